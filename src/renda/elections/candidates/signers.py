"""Finding the voters who signed a nomination on the roll: by identity number, by name, or by both. Nobody is guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from renda.core import cells
from renda.core.crypto import keyed_hash
from renda.directory import gate
from renda.directory.gate import Actor
from renda.elections.candidates import changes
from renda.elections.models import Election, ElectoralDistrict, Voter

_PARTS = re.compile(r"[\s,，;；、\t]+")
MOST_LINES = 2000


@dataclass(frozen=True)
class Signature:
    """One line as it was handed in: the place on the paper, a name or a number or both."""

    line: int
    name: str
    number: str

    @property
    def shown(self) -> str:
        """The line as a message may repeat it: never the number."""
        return self.name or _("所填号码")


@dataclass
class Signed:
    """What became of the lines: the voters that were found, in the order of signing, and why the others do not count."""

    voters: list[Voter] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lines: int = 0


def read(text: str) -> list[Signature]:
    """The lines of a list of signatures, one person each: ``张三``, ``张三 身份证号`` or the number alone. Empty lines are left out."""
    found = []
    for line, words in enumerate((one.strip() for one in text.splitlines()), 1):
        if words:
            found.append(_signature(line, words))
    return found[:MOST_LINES]


def _signature(line: int, words: str) -> Signature:
    number, names = "", []
    for part in _PARTS.split(words):
        try:
            number = cells.read_identity_number(part)
        except cells.CellError:
            names.append(part)
    return Signature(line, "".join(names), number)


def find(election: Election, district: ElectoralDistrict, several: Sequence[Signature], *, actor: Actor) -> Signed:
    """The registered voters of the district who signed; each counts once. Two queries, however many signed."""
    found = Signed(lines=len(several))
    rows = gate.visible_to(actor, changes.voters_of(district, election)).only("pk", "name", "identity_hash")
    hashes = {one.number: keyed_hash(one.number) for one in several if one.number}
    by_hash = {bytes(voter.identity_hash): voter for voter in rows.filter(identity_hash__in=list(hashes.values()))}
    by_name: dict[str, list[Voter]] = defaultdict(list)
    for voter in rows.filter(name__in={one.name for one in several if not one.number}):
        by_name[voter.name].append(voter)
    taken: set[int] = set()
    for one in several:
        fits = _by_number(by_hash.get(hashes[one.number]), one) if one.number else by_name.get(one.name, [])
        fault = _fault(one, fits, taken)
        if fault:
            found.faults.append(_("第 %(line)s 行 %(who)s：%(why)s") % {"line": one.line, "who": one.shown, "why": fault})
            continue
        found.voters.append(fits[0])
        taken.add(fits[0].pk)
    return found


def _by_number(voter: Voter | None, one: Signature) -> list[Voter]:
    return [voter] if voter is not None and one.name in ("", voter.name) else []


def _fault(one: Signature, fits: Sequence[Voter], taken: set[int]) -> str:
    if not fits:
        return _("不是本选区登记册上的选民，或者姓名与号码不符")
    if len(fits) > 1:
        return _("本选区有 %(n)s 名选民叫这个名字，请在姓名后加填身份证号") % {"n": len(fits)}
    return _("重复签名，只计一次") if fits[0].pk in taken else ""
