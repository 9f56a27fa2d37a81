"""What a nominee's record says: entered and corrected by hand; consent and true information noted (选举法 30(2))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.crypto import keyed_digest
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.candidates import changes
from renda.elections.candidates.changes import CandidateFault
from renda.elections.models import CandidateList, Nominee
from renda.journal.services import change

SECRET = ("identity_number", "phone", "address", "details")
OPEN = (
    "name", "sex", "birth_date", "nationality", "party", "education", "post", "sector", "reelected", "resume", "consented_on", "informed_on",
    "untrue",
)  # fmt: skip


def correct(nominee: Nominee, values: Mapping[str, Any], *, actor: Actor) -> list[str]:
    """Store new values of the record; returns the names of the fields that changed. The journal holds secret ones as keyed digests alone.

    Raises CandidateFault where somebody else stands under the number or name, or the name is on a published list.
    """
    gate.require(actor, roles.EDIT, nominee)
    with change(), changes.said_by_constraints():
        district = changes.lock(nominee.district_id)
        one = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
        fresh = {name: values[name] for name in (*OPEN, *SECRET) if name in values and values[name] != getattr(one, name)}
        if not fresh:
            return []
        _check(one, fresh)
        before = {name: _said(name, getattr(one, name)) for name in fresh}
        for name, value in fresh.items():
            setattr(one, name, value)
        written = [*fresh, *(["identity_hash"] if "identity_number" in fresh else [])]
        one.save(update_fields=written)
        after = {name: _said(name, value) for name, value in fresh.items()}
        label = f"{district.name} {one.name}"
        changes.note(actor, "nominee.corrected", changes.NOMINEE, one.pk, label, before=before, after=after)
    return list(fresh)


def _check(one: Nominee, fresh: Mapping[str, Any]) -> None:
    today = clock.today()
    for name in ("consented_on", "informed_on", "birth_date"):
        if fresh.get(name) and fresh[name] > today:
            raise CandidateFault(_("日期晚于今天，请核对。"))
    listed = CandidateList.objects.alive().filter(district=one.district_id, rows__nominee=one).exists()
    if "name" in fresh and listed:
        raise CandidateFault(
            _("%(name)s已列入公布的名单，姓名不能直接改；确有错误的，先撤销名单（写明原因），更正后重新公布。")
            % {"name": one.name}
        )


def _said(name: str, value: Any) -> Any:
    if name in SECRET:
        return keyed_digest(str(value)) if value else ""
    return str(value) if value is not None else ""
