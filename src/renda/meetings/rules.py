"""Rules over whole rows: counts that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.registers.register import Fault, Rule, Values


def not_above(parts: Sequence[str], whole: str, blame: str, reason: str) -> Rule:
    """A rule: the parts together are not above the whole, where the whole and the first part are known."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            total = row.get(whole)
            if total is not None and row.get(parts[0]) is not None and sum(row.get(part) or 0 for part in parts) > total:
                yield index, blame, reason

    return rule


def votes_of(whole: Sequence[str], parts: Sequence[str], reason: str) -> Rule:
    """A rule: votes together are not above the first whole that is known."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            total = next((row[name] for name in whole if row.get(name) is not None), None)
            if total is not None and sum(row.get(part) or 0 for part in parts) > total:
                yield (
                    index,
                    parts[0],
                    _("%(reason)s（合计 %(sum)s，最多 %(total)s）")
                    % {"reason": _(reason), "sum": sum(row.get(part) or 0 for part in parts), "total": total},
                )

    return rule


def base_known(rows: Sequence[Values]) -> Iterable[Fault]:
    """The base of a satisfaction vote needs its count."""
    for index, row in enumerate(rows):
        if row.get("base") == "all" and row.get("electorate") is None:
            yield index, "electorate", _("得票率按全体组成人员计算，请填写全体组成人员数")
        if row.get("base") == "present" and row.get("present") is None:
            yield index, "present", _("得票率按到会人员计算，请填写到会人数")
        if bool(row.get("base")) != bool(row.get("line")) and {"base", "line"} <= row.keys():
            yield index, "line" if row.get("base") else "base", _("得票率基数和等次线须同时填写，才能判定等次")
