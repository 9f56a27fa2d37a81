"""What figures of one text must keep among themselves: parts within their whole, sums that add up, shares of what they are shares of.

A relation that held in the old text and does not hold in the new one is a contradiction: its figures are marked with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from .judge import Case, plain
from .layout import Layout
from .manner import floor_to

_CUE_BEFORE_LIST = re.compile(r"其中|包括|分别|分为|：|:|（|\(|按[^，。]{0,12}[分看]|有|即|含")
_CUE_OF_TOTAL = re.compile(r"共计|合计|总计|累计|共|总共|一共|计")
_AMONG = re.compile(r"其中|包括")
_TURN = re.compile(r"(?P<up>提高|提升|增加|上升|增长|扩大)|(?P<down>降低|下降|减少|压减|缩短|压缩|回落)")
_REACH, _MOST_PARTS = 14, 40
_ROUNDING = Decimal("0.06")


def contradict(cases: list[Case], layout: Layout) -> None:
    """Mark every case that contradicts another."""
    for paragraph in _paragraphs(cases, layout):
        _parts_of_wholes(paragraph, layout)
        _sums(paragraph, layout)
        _shares(paragraph, layout)
        _turns(paragraph, layout)
    _one_question_two_figures(cases)


def _paragraphs(cases: Sequence[Case], layout: Layout) -> Iterator[list[Case]]:
    current: list[Case] = []
    line = -1
    for case in cases:
        start = layout.line(case.figure.start).start
        if current and start != line:
            yield current
            current = []
        line = start
        current.append(case)
    if current:
        yield current


def _alike(first: Case, second: Case) -> bool:
    """Whether two figures count in the same measure, plainly."""
    persons = ("人", "名", "位")
    one, two = first.figure.bare_unit, second.figure.bare_unit
    return (
        first.figure.form == second.figure.form == "value"
        and (one == two or (one in persons and two in persons))
        and one not in ("%", "％")
    )


def _old(case: Case) -> Decimal | None:
    exact = case.manner is not None and not case.manner.about
    return case.manner.old if exact and case.manner is not None else None


def _parts_of_wholes(cases: list[Case], layout: Layout) -> None:
    """其中: no part, and no sum of parts that were disjoint before, may exceed the whole."""
    for index, whole in enumerate(cases):
        parts = _parts_after(cases, index, layout)
        if not parts or not whole.filled or whole.value is None:
            continue
        ready = [part for part in parts if part.filled and part.value is not None]
        larger = [part for part in ready if part.value is not None and part.value > whole.value]
        if larger:
            told = "、".join(f"{part.entry.phrase or part.entry.old} {plain(part.value or 0)}" for part in larger)
            _open([whole, *larger], f"“其中”的部分大于总数：{told}，总数 {plain(whole.value)}，自相矛盾，请核对台账")
            continue
        total = sum((part.value or Decimal(0) for part in ready), Decimal(0))
        if len(ready) > 1 and len(ready) == len(parts) and total > whole.value and not _overlapped_before(whole, parts):
            _open(
                [whole, *ready],
                f"“其中”各部分之和 {plain(total)} 大于总数 {plain(whole.value)}，自相矛盾，请核对台账或是否有重复",
            )


def _parts_after(cases: list[Case], index: int, layout: Layout) -> list[Case]:
    whole = cases[index]
    if index + 1 == len(cases) or whole.figure.form != "value":
        return []
    end = layout.sentence(whole.figure.start).end
    following = cases[index + 1]
    if following.figure.start > end or not _AMONG.search(layout.text[whole.figure.end : following.figure.start]):
        return []
    found = []
    for part in cases[index + 1 : index + 1 + _MOST_PARTS]:
        if part.figure.start > end or _CUE_OF_TOTAL.search(layout.text[part.figure.start - 3 : part.figure.start]):
            break
        if _alike(whole, part):
            found.append(part)
    return found


def _overlapped_before(whole: Case, parts: list[Case]) -> bool:
    """Whether the old text's parts already came to more than their whole (one suggestion led by two units)."""
    olds, old = [_old(part) for part in parts], _old(whole)
    known = [value for value in olds if value is not None]
    return old is not None and len(known) == len(olds) and sum(known, Decimal(0)) > old


def _open(cases: list[Case], why: str) -> None:
    for case in cases:
        if case.filled:
            case.open(why)


def _sums(cases: list[Case], layout: Layout) -> None:
    """A total that was the sum of figures beside it must be their sum again."""
    for index, whole in enumerate(cases):
        old = _old(whole)
        if old is None or not old or whole.figure.form != "value":
            continue
        for parts in (_run_after(cases, index, old, layout), _run_before(cases, index, old, layout)):
            if parts:
                _check_sum(whole, parts)


def _run_after(cases: list[Case], index: int, old: Decimal, layout: Layout) -> list[Case]:
    """Figures after a total, from the first cue of a list on, that came to it in the old text."""
    for start in range(index + 1, min(len(cases), index + _REACH)):
        gap = layout.text[cases[start - 1].figure.end : cases[start].figure.start]
        if not _CUE_BEFORE_LIST.search(gap):
            continue
        run = _run(cases[start : start + _REACH], cases[index], old)
        if run:
            return run
    return []


def _run_before(cases: list[Case], index: int, old: Decimal, layout: Layout) -> list[Case]:
    """Figures before a total (3次、5次，共8次) of the same sentence."""
    start = cases[index].figure.start
    if not _CUE_OF_TOTAL.search(layout.text[max(0, start - 4) : start]):
        return []
    sentence = layout.sentence(start).start
    before = [case for case in reversed(cases[max(0, index - _REACH) : index]) if case.figure.start >= sentence]
    return _run(before, cases[index], old)


def _run(cases: list[Case], whole: Case, old: Decimal) -> list[Case]:
    total = Decimal(0)
    run: list[Case] = []
    for case in cases[:_REACH]:
        if not _alike(whole, case):
            if case.figure.form == "value" and case.figure.kind != "ratio":
                return []
            continue
        value = _old(case)
        if value is None or not value:
            return []
        total, run = total + value, [*run, case]
        if total >= old:
            break
    return run if len(run) > 1 and total == old else []


def _check_sum(whole: Case, parts: list[Case]) -> None:
    if not whole.filled or not all(part.filled for part in parts):
        return
    total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    assert whole.value is not None
    if total == whole.value:
        return
    why = f"原文各项之和等于总数，本年各项之和为 {plain(total)}，总数为 {plain(whole.value)}，不再相等，"
    if total < whole.value:
        whole.open(why + "请补写其余各项或核对台账")
    else:
        _open([whole, *parts], why + "请核对台账是否有重复")


def _shares(cases: list[Case], layout: Layout) -> None:
    """A percentage that was a share of two figures before it must be their share again; an open one is told as a hint."""
    for index, share in enumerate(cases):
        old = _old(share)
        if share.figure.bare_unit not in ("%", "％") or share.figure.form != "ratio" or not old:
            continue
        pair = _share_of(cases[max(0, index - _REACH) : index], share, old)
        if pair is None:
            continue
        part, whole = pair
        if not (part.filled and whole.filled and part.value is not None and whole.value):
            continue
        now = part.value * 100 / whole.value
        if (
            share.filled
            and share.value is not None
            and abs(share.value - now) > _ROUNDING + Decimal(1).scaleb(-_decimals(share)) / 2
        ):
            share.open(f"按文中两数计算为 {now:.2f}%，按指标计算为 {plain(share.value)}%，不一致，请核对口径")
        elif not share.filled:
            share.hint = f"按文中 {part.entry.new} 与 {whole.entry.new} 计算为 {now:.2f}%。"


def _share_of(before: list[Case], share: Case, old: Decimal) -> tuple[Case, Case] | None:
    """The nearest figure before a percentage, and the whole of which it was that percentage."""
    counts = [case for case in before if case.figure.form == "value" and _old(case)]
    if not counts:
        return None
    part = counts[-1]
    tolerance = Decimal(1).scaleb(-_decimals(share)) / 2 + Decimal("0.001")
    for whole in reversed(counts[:-1]):
        first, second = _old(part), _old(whole)
        if first and second and _alike(part, whole) and second >= first and abs(first * 100 / second - old) <= tolerance:
            return part, whole
    return None


def _decimals(case: Case) -> int:
    return case.manner.decimals if case.manner else 0


def _turns(cases: list[Case], layout: Layout) -> None:
    """由 A 提高到 B: B must be on the right side of A."""
    for first, second in pairwise(cases):
        gap = layout.text[first.figure.end : second.figure.start]
        turn = _TURN.search(gap)
        if turn is None or len(gap) > 8 or not gap.endswith(("到", "至", "为")) or not (first.filled and second.filled):
            continue
        assert first.value is not None
        assert second.value is not None
        if (second.value > first.value) is not bool(turn["up"]) or second.value == first.value:
            why = f"本年由 {plain(first.value)} 到 {plain(second.value)}，不能说“{turn[0]}”，请改写"
            _open([first, second], why)


def _one_question_two_figures(cases: list[Case]) -> None:
    """Two figures that were different, or are told of different things, cannot both be the answer to one question."""
    asked: dict[object, list[Case]] = {}
    for case in cases:
        binding = case.entry.binding
        if binding is None or not case.filled:
            continue
        key = (binding.indicator, tuple(sorted(binding.where.items())), repr(sorted(binding.period.items())), binding.form)
        asked.setdefault((key, case.figure.bare_unit), []).append(case)
    for group in asked.values():
        if len(group) > 1 and not _same_thing(group):
            proven = [case for case in group if case.agrees]
            if proven and _same_thing(proven):
                group = [case for case in group if not case.agrees]
            each = "、".join(f"“{case.entry.phrase}{case.entry.old}”" for case in group)
            _open(group, f"{each}与另一处不同的数对应同一个口径，不可能都对，请分别选定口径")


def _same_thing(group: list[Case]) -> bool:
    """Whether figures of one question may be repeats: equal before (30余 is the 32 of another place), or blanks told with the same words."""
    manners = [case.manner for case in group if case.manner and case.manner.old is not None]
    if len(manners) < len(group):
        return len({case.entry.phrase for case in group}) == 1
    exact = {manner.old for manner in manners if not manner.about}
    if len(exact) > 1:
        return False
    rounded = {manner.old for manner in manners if manner.about}
    if not exact or not rounded:
        return len(exact or rounded) == 1
    value = exact.pop() or Decimal(0)
    return all(m.old == floor_to(value, m.step or Decimal(1)) for m in manners if m.about)
