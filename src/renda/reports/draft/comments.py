"""The comment of each figure: what is counted, this year's value and last year's, the records behind; or why it is open."""

from __future__ import annotations

from .judge import PERCENT, Case, amount, told
from .model import Entry


def comment(case: Case) -> str:
    """A figure's Word comment, a few short lines."""
    entry = case.entry
    lines = []
    if entry.counts:
        lines.append(f"口径：{entry.counts}")
    elif entry.phrase:
        lines.append(f"原文所数：{entry.phrase}")
    if not case.filled:
        lines.append(f"待核原因：{entry.why.rstrip('。')}。")
    if entry.value is not None and entry.binding is not None:
        lines.append(values(case))
    if case.filled and (note := _writing(case)):
        lines.append(note)
    if case.hint:
        lines.append(case.hint)
    if entry.binding is not None and entry.confidence < 1:
        lines.append(f"把握：{entry.confidence:.2f}")
    return "\n".join(lines)


def values(case: Case) -> str:
    """This year's value with its period and records, and last year's."""
    entry = case.entry
    period = f"（{entry.period[2]}）" if entry.period else ""
    before = "无法计算" if entry.before is None else amount(entry.before, _before_unit(entry))
    name = "上年同期值" if case.figure.form != "change" else "上年数"
    return f"本年值{period}：{told(case)}，依据记录 {entry.records} 条；{name}：{before}。"


def _before_unit(entry: Entry) -> str:
    """Last year's value of a change is of the thing itself, whose unit is not the change's."""
    changed = entry.binding is not None and entry.binding.form == "change"
    return "" if changed and entry.unit in (*PERCENT, "个百分点") else entry.unit


def _writing(case: Case) -> str:
    """How the number came to be written as it is, where it is not the value itself."""
    approximation = case.approximation
    if approximation is None or case.value is None:
        return ""
    stated = approximation.written.stated
    if approximation.untrue:
        return f"“{approximation.word.text if approximation.word else ''}”：{approximation.untrue}"
    if stated == abs(case.value):
        return ""
    word = approximation.word
    ways = {
        "over": "按原文的精确程度去尾",
        "at least": "按原文的精确程度去尾",
        "near": "按原文的精确程度进位",
        "under": "按原文的精确程度进位",
    }
    return f"写法：{ways.get(word.rule, '按原文的精确程度取整') if word else '四舍五入'}，确数为 {told(case)}。"
