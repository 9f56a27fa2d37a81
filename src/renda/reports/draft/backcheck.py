"""The old text as its own proof: by the same binding, the records of its year should come to what it says.

Where most figures of the text do, the one that does not is bound to the wrong thing, or was counted otherwise: it stays open. Where few do
(the old records are not here, or the text is another county's), nothing follows from it, and the comment alone tells.
"""

from __future__ import annotations

from decimal import Decimal

from . import manner as m
from .approximate import word_of
from .judge import Case, amount
from .layout import Layout

ENOUGH = 5
MOST = Decimal("0.6")


def check_back(cases: list[Case], layout: Layout, own: int | None, target: int) -> None:
    """Tell each filled case whether the old text's own number follows from the records, and open those that alone do not."""
    checked = [case for case in cases if case.filled and (verdict(case, layout, own, target)) is not None]
    agreeing = sum(1 for case in checked if case.agrees)
    trusted = len(checked) >= ENOUGH and agreeing >= MOST * len(checked)
    for case in checked:
        if case.agrees:
            continue
        then = _then(case, own, target)
        assert then is not None
        why = f"按同一口径计算，原文所述年度为 {amount(then, case.entry.unit)}，与原文“{case.entry.old}”不符，口径可能不对"
        if trusted and not case.chosen:
            case.open(f"{why}；本年值为 {amount(case.entry.value or 0, case.entry.unit)}，请选定口径")
        else:
            case.hint = f"{why}，请核对。"


def verdict(case: Case, layout: Layout, own: int | None, target: int) -> bool | None:
    """Whether the records of the old text's year come to its number; None where it cannot be asked. Kept in the case."""
    then = _then(case, own, target)
    manner = case.manner
    if then is None or manner is None or manner.old is None:
        return None
    case.agrees = _states(manner, then, case, layout)
    return case.agrees


def _then(case: Case, own: int | None, target: int) -> Decimal | None:
    """What a report of the old text's year meant: this value where both are one year, last year's where it lies a year back. 0 proves nothing."""
    binding = case.entry.binding
    if own is None or binding is None or binding.form in ("change", "difference"):
        return None
    value = {0: case.entry.value, 1: case.entry.before}.get(target - own)
    return None if not value else Decimal(value)


def _states(manner: m.Manner, value: Decimal, case: Case, layout: Layout) -> bool:
    old, step = manner.old, manner.step
    assert old is not None
    assert step is not None
    word = word_of(layout.text, case.figure.start, case.figure.end, manner)
    if word is None:
        place = Decimal(1).scaleb(-manner.decimals) * manner.factor
        return m.round_to(value, place) == old
    if word.rule in ("over", "at least"):
        return m.floor_to(value, step) == old or value == old
    return abs(value - old) <= old * Decimal("0.05")
