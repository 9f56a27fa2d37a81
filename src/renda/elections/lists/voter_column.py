"""A column that names a voter of the roll: by identity number when it is typed in, by the number of the entry ever after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.cells import CellError
from renda.core.crypto import keyed_digest, keyed_hash
from renda.directory import gate
from renda.elections.models import Voter
from renda.registers.columns.base import Column, Errors, ReadContext, read_each

ENTRY = re.compile(r"登记编号\s*(\d{1,18})-([0-9a-f]{6})")


@dataclass(kw_only=True)
class VoterRef(Column):
    """A voter, whose number is asked for and never kept or shown here. Two queries for a whole column."""

    secret: bool = True
    kind: ClassVar[str] = "text"

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        parsed, errors = read_each(self._parse, values, None)
        seen = gate.visible_to(context.actor, Voter.objects.all())
        entries = set(seen.filter(pk__in=[one for one in parsed if isinstance(one, int)]).values_list("pk", flat=True))
        hashes = {keyed_hash(one) for one in parsed if isinstance(one, str)}
        rows = seen.filter(identity_hash__in=hashes).order_by("election__election_day", "pk").values_list("identity_hash", "pk")
        found = {bytes(digest): pk for digest, pk in rows}  # the latest election's entry comes last
        result, more = read_each(lambda one: _pick(one, entries, found), parsed, self.empty)
        return result, more | errors

    def _parse(self, raw: Any) -> int | str:
        entry = ENTRY.search(str(raw))
        if entry is None:
            return cells.read_identity_number(raw, typed=True)
        if entry.group(2) != _mark(int(entry.group(1))):
            raise CellError(_("这个登记编号不是本系统的登记册给出的。请先导入选民登记册，再按身份证号填写这一栏。"))
        return int(entry.group(1))

    def cell(self, value: int) -> str:
        return f"登记编号 {value}-{_mark(value)}"


def _mark(pk: int) -> str:
    """Six characters that only this office's keys give: in another office the same number of an entry is somebody else."""
    return keyed_digest(f"voter {pk}")[:6]


def _pick(one: int | str, entries: set[int], found: Mapping[bytes, int]) -> int:
    pk = (one if one in entries else None) if isinstance(one, int) else found.get(keyed_hash(one))
    if pk is None:
        raise CellError(_("登记册上没有这个人，或者不在您的权限范围内。请核对身份证号，或先登记此人。"))
    return pk
