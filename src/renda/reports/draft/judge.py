"""One figure judged: may it be filled, with what words, or why not. Never guesses: whatever is in doubt stays open with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from renda.reports.recognise import Figure

from .approximate import Approximation, approximate, word_of
from .direction import Direction, direction_of, other_base, towards
from .layout import Layout
from .manner import Manner, read_manner
from .model import Binding, Entry
from .ordinals import occasion

POINTS = ("个百分点", "百分点")
PERCENT = ("%", "％")
_SEVERAL_YEARS = re.compile(r"(?:近|过去|前)?(?:[两二三四六七八九十]|\d{1,2})年(?:来|间|以来|多来)")
_FAR = 200
_DAYS = {
    "天": "天",
    "日": "天",
    "月": "个月",
    "个月": "个月",
    "小时": "小时",
    "个小时": "小时",
    "工作日": "工作日",
    "个工作日": "工作日",
}


class Answered(Protocol):
    """What the records say for a binding (as `binding.answers.Answer` does)."""

    @property
    def value(self) -> Decimal | int | None: ...
    @property
    def before(self) -> Decimal | int | None: ...
    @property
    def records(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def period(self) -> tuple[date, date, str] | None: ...
    @property
    def why(self) -> str: ...


@dataclass
class Finding:
    """What is known about one figure before it is judged. `shared` are the several things that one number stands for (各9件)."""

    figure: Figure
    binding: Binding | None
    why: str = ""
    counts: str = ""
    answer: Answered | None = None
    shared: list[tuple[str, Answered | None]] = field(default_factory=list)
    chosen: bool = False


@dataclass
class Case:
    """A figure under judgement: its entry, what the edits will be made of, whether the old number follows from the records (`agrees`)."""

    figure: Figure
    entry: Entry
    manner: Manner | None = None
    approximation: Approximation | None = None
    direction: Direction | None = None
    untrue_direction: str = ""
    hint: str = ""
    chosen: bool = False
    agrees: bool | None = None

    def open(self, why: str) -> None:
        """Mark the figure; its old text stays."""
        self.entry.status, self.entry.why, self.entry.new = "marked", why, self.entry.old
        self.approximation = None

    @property
    def filled(self) -> bool:
        """Whether the figure is filled."""
        return self.entry.status == "filled"

    @property
    def value(self) -> Decimal | None:
        """What the records say, as a decimal."""
        return None if self.entry.value is None else Decimal(self.entry.value)


def judge(findings: list[Finding], layout: Layout, *, accept: float, own: int | None = None) -> list[Case]:
    """A case for each figure, in order. `own` is the year that the text reports on."""
    commas = any("," in finding.figure.text for finding in findings)
    return [_case(number, finding, layout, accept, commas, own) for number, finding in enumerate(findings, 1)]


def _case(number: int, finding: Finding, layout: Layout, accept: float, commas: bool, own: int | None) -> Case:
    figure, binding, answer = finding.figure, finding.binding, finding.answer
    old = layout.text[figure.start : figure.end]
    entry = Entry(
        number, figure.start, figure.end, old, old, "marked",
        phrase=figure.phrase, counts=finding.counts, binding=binding, reference=figure.reference, kind=figure.kind,
        confidence=1.0 if finding.chosen else binding.confidence if binding else figure.confidence,
    )  # fmt: skip
    if answer is not None:
        entry.value, entry.before, entry.records = answer.value, answer.before, answer.records
        entry.unit, entry.period = _unit(answer), answer.period
    case = Case(figure, entry, read_manner(old), chosen=finding.chosen)
    case.direction = direction_of(layout, figure.start, figure.end) if figure.form == "change" else None
    why = _refusal(finding, case, accept) or ("" if finding.chosen else _other_time(case, layout, own))
    if why:
        case.open(why)
    else:
        _fill(case, layout, commas)
    return case


def _unit(answer: Answered) -> str:
    """The unit that the value is in: amounts are told in yuan, whatever the indicator's measure word."""
    return "元" if answer.unit.endswith("元") and "美" not in answer.unit else answer.unit


def _refusal(finding: Finding, case: Case, accept: float) -> str:
    """Why a figure may not be filled; empty when it may."""
    if finding.binding is None:
        return finding.why or "不能确定数的是什么，没有对应的指标"
    answer = finding.answer
    if answer is None or answer.value is None:
        return (answer.why if answer else "") or finding.why or "没有可以计算的记录"
    if case.entry.confidence < accept and not finding.chosen:
        return f"把握不够（{case.entry.confidence:.2f}，低于 {accept:.2f}），本年值为 {shown(answer)}，请核对口径后填写"
    return (
        _unwritable(case) or _empty(case, Decimal(answer.value)) or _unshared(finding) or _wrong_way(case, Decimal(answer.value))
    )


def _other_time(case: Case, layout: Layout, own: int | None) -> str:
    """A period or a base of comparison that the words name and the binding does not mean."""
    binding = case.entry.binding
    if case.figure.form == "change":
        base = other_base(layout, case.figure.start, own)
        return f"文中是与“{base}”相比，不是与上年相比，请核对后填写；与上年相比为 {told(case)}" if base else ""
    if binding is not None and binding.period.get("type") == "term":
        first = max(layout.sentence(case.figure.start).start, case.figure.start - _FAR)
        several = _SEVERAL_YEARS.search(layout.text, first, case.figure.start)
        return f"“{several[0]}”是从哪年到哪年，文中没有写明；本届以来为 {told(case)}" if several else ""
    once = "" if binding is None or "until" in binding.period else occasion(layout, case.figure.start)
    return f"文中说的是“{once}”的数，不是全年的数，请核对后填写；全年为 {told(case)}" if once else ""


def _unwritable(case: Case) -> str:
    if case.manner is None:
        return f"原文是区间或不能改写的写法（{case.entry.old}），本年值为 {told(case)}，请改写"
    return _unit_differs(case)


def _unit_differs(case: Case) -> str:
    """Units that cannot be turned into each other: the table should not have bound them."""
    figure, unit = case.figure.bare_unit, case.entry.unit
    if not unit:
        return ""
    differs = (
        (figure in PERCENT) is not (unit in PERCENT)
        or (figure in POINTS) is not (unit in POINTS)
        or figure.endswith("元") is not unit.endswith("元")
        or (figure in _DAYS and unit in _DAYS and _DAYS[figure] != _DAYS[unit])
        or "美元" in figure
    )
    return f"原文以“{figure}”计，指标以“{unit}”计，不能换算；本年值为 {told(case)}" if differs else ""


def _empty(case: Case, value: Decimal) -> str:
    if value == 0 and case.figure.form == "change":
        return "本年与上年持平（变化为 0），原文的说法不再成立，请改写"
    if value == 0:
        return "按台账计算为 0：本年没有这样的记录，请核对是未开展还是未登记"
    if value < 0 and case.figure.form != "change":
        return f"计算结果为负数（{told(case)}），请核对台账"
    whole = case.figure.kind in ("persons", "person_times") or (
        case.figure.kind == "count" and not (case.manner and case.manner.decimals)
    )
    if whole and case.figure.form == "value" and value != value.to_integral_value():
        return f"计算结果不是整数（{told(case)}），请核对口径"
    if case.entry.binding is not None and case.entry.binding.form == "ratio" and value > 100 and case.entry.unit in PERCENT:
        return f"占比超过 100%（{told(case)}），请核对台账"
    return ""


def _unshared(finding: Finding) -> str:
    """One number told of several things (各9件) stands only where all of them are equal."""
    if not finding.shared or finding.chosen:
        return ""
    unknown = [name for name, answer in finding.shared if answer is None or answer.value is None]
    if unknown:
        return f"“各”所指的几样要逐项相等，其中“{'”“'.join(unknown)}”不能确定对应的指标或无法计算，请分别核对"
    values = {answer.value for _, answer in finding.shared if answer is not None}
    if len(values) > 1:
        each = "；".join(f"{name} {shown(answer)}" for name, answer in finding.shared if answer is not None)
        return f"“各”所指的几样本年并不相等（{each}），请分别写明"
    return ""


def _wrong_way(case: Case, value: Decimal) -> str:
    """A change told with the wrong word: the word is marked, and the number with it."""
    if case.figure.form != "change":
        return ""
    if case.direction is None:
        return f"前后没有说明是增是减，本年变化为 {told(case)}，请改写"
    if (value > 0) is (case.direction.sign > 0):
        return ""
    relative = case.entry.unit in (*PERCENT, *POINTS)
    right = ("上升" if relative else "增加") if value > 0 else "下降" if relative else "减少"
    case.untrue_direction = f"本年不是“{case.direction.text}”：{right} {plain(abs(value))}{case.entry.unit}，请改写。"
    return f"本年变化与“{case.direction.text}”相反：{right} {plain(abs(value))}{case.entry.unit}，请连同前面的词一并改写"


def _fill(case: Case, layout: Layout, commas: bool) -> None:
    assert case.manner is not None
    assert case.value is not None
    word = word_of(layout.text, case.figure.start, case.figure.end, case.manner)
    case.approximation = approximate(case.manner, abs(case.value), word, commas=commas)
    case.entry.status, case.entry.new = "filled", case.approximation.written.text
    if case.figure.form != "change":
        _check_way(case, layout)


def _check_way(case: Case, layout: Layout) -> None:
    """提高到 and 降至 must be true against last year."""
    case.direction = towards(layout, case.figure.start)
    if case.direction is None or case.value is None:
        return
    if case.entry.before is None:
        case.untrue_direction = f"上年值无法计算，不能核实是否“{case.direction.text}”，请核对。"
    elif not (case.value - Decimal(case.entry.before)) * case.direction.sign > 0:
        then = amount(case.entry.before, case.entry.unit)
        case.untrue_direction = f"上年为 {then}，本年为 {told(case)}，不能说“{case.direction.text}”，请改写。"


def plain(value: Decimal | int) -> str:
    """A value as people read it, without needless zeros."""
    number = Decimal(value)
    whole = number == number.to_integral_value()
    return f"{int(number):,}" if whole else f"{number.normalize():,f}"


def amount(value: Decimal | int, unit: str) -> str:
    """A value with its unit; large amounts in 万元."""
    if unit == "元" and abs(Decimal(value)) >= 10_000:
        return plain(Decimal(value) / 10_000) + "万元"
    return plain(value) + unit


def shown(answer: Answered) -> str:
    """An answer's value with its unit."""
    return "无法计算" if answer.value is None else amount(answer.value, _unit(answer))


def told(case: Case) -> str:
    """A case's value with its unit."""
    return "无法计算" if case.entry.value is None else amount(case.entry.value, case.entry.unit)
