"""Rules over whole rows of the room's registers: what the cells must agree on among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.registers.columns.satellites import Attended
from renda.registers.register import Fault, Rule, Values


def not_above(people: str, limit: str, reason: str) -> Rule:
    """A rule: no more people, named and unnamed, than ``limit``."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            attended, most = row.get(people), row.get(limit)
            if isinstance(attended, Attended) and most is not None and len(attended.people) + (attended.unnamed or 0) > most:
                yield index, limit, reason

    return rule


def sum_not_above(parts: Sequence[str], whole: str, reason: str) -> Rule:
    """A rule: the parts together are not above the whole, where the whole is known."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            if row.get(whole) is not None and sum(row.get(part) or 0 for part in parts) > row[whole]:
                yield index, whole, reason

    return rule


def two_people(first: str, second: str, reason: str) -> Rule:
    """A rule: the two columns do not name the same person."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            if row.get(first) and row.get(first) == row.get(second):
                yield index, second, reason

    return rule


def one_meeting_one_number(rows: Sequence[Values]) -> Iterable[Fault]:
    """Rows of one meeting (same division, day and venue) must tell the same number of voters present."""
    told: dict[tuple, int] = {}
    for index, row in enumerate(rows):
        if not row.get("venue") or row.get("voters") is None:
            continue
        known = told.setdefault((row.get("division"), row.get("on"), row["venue"]), row["voters"])
        if known != row["voters"]:
            yield index, "voters", _("同一场述职会前面写的参会选民是 %(known)s 人，请核对") % {"known": known}
