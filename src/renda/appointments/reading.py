"""What follows from the written words of an appointment: the system of its post, assessors, and who decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.appointments.models import Action, DecidedBy
from renda.directory.models import Organ
from renda.directory.models.organs import OrganSystem
from renda.registers.register import Fault, Values

SYSTEMS = (
    (re.compile("审判|法院|庭长|执行局"), OrganSystem.COURT),
    (re.compile("检察"), OrganSystem.PROCURATORATE),
    (re.compile("监察|监委"), OrganSystem.SUPERVISION),
    (re.compile("人大|人民代表大会|代表工作委员会|工作委员会主任|法制委员会|预算工作"), OrganSystem.CONGRESS),
    (re.compile("局长|县长|区长|市长|政府|财政|公安|主任|镇长|乡长"), OrganSystem.GOVERNMENT),
)
"""Titles of state organs' posts, in the order in which they decide."""


def prepare(rows: Sequence[Values]) -> None:
    """Fill system, assessor and deciding body where the ledger leaves them to be understood from post, organ and action."""
    organs = {row["organ"] for row in rows if row.get("organ")}
    systems = dict(Organ.objects.filter(pk__in=organs).values_list("pk", "system")) if organs else {}
    for row in rows:
        post = row.get("post") or ""
        if "人民陪审员" in post:
            row["assessor"] = True
        if "system" in row and not row["system"]:
            row["system"] = systems.get(row.get("organ") or 0) or system_of(post)
        if row.get("action") in (Action.ELECT, Action.RECALL) and row.get("decided_by") == DecidedBy.COMMITTEE:
            row["decided_by"] = DecidedBy.TOWNSHIP if re.search("镇长|乡长|主席团|乡镇", post) else DecidedBy.CONGRESS


def system_of(post: str) -> str:
    """The system that a post's title belongs to; empty where the title does not say."""
    return next((str(system) for words, system in SYSTEMS if words.search(post)), "")


def votes_within(rows: Sequence[Values]) -> Iterable[Fault]:
    """The votes are no more than those present."""
    for index, row in enumerate(rows):
        votes = [row.get(name) for name in ("votes_for", "votes_against", "abstentions")]
        present = row.get("present")
        if present is not None and None not in votes and sum(v or 0 for v in votes) > present:
            yield (
                index,
                "present",
                _("赞成、反对、弃权共 %(votes)s 票，多于出席人数 %(present)s")
                % {"votes": sum(v or 0 for v in votes), "present": present},
            )


def counted(rows: Sequence[Values]) -> Iterable[Fault]:
    """A batch of assessors has a head count."""
    for index, row in enumerate(rows):
        if not row.get("appointed") and not row.get("removed"):
            yield index, "appointed", _("任命人数和免职人数至少要填一项")


def passed(rows: Sequence[Values]) -> None:
    """A mark of sixty passes where the ledger does not say."""
    for row in rows:
        if row.get("passed") is None and row.get("score") is not None and "passed" in row:
            row["passed"] = row["score"] >= 60
