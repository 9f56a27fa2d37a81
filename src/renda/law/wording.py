"""Values of the law in Chinese words, as a page or a letter shows them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from renda.law import store
from renda.law.numerals import chinese_number
from renda.law.units import label
from renda.law.values import Value, plain

_COMPARED = {"more_than": "超过{}", "at_least": "{}以上", "at_most": "不超过{}", "exactly": "{}"}
_HALF = Fraction(1, 2)


def in_words(value: Value) -> str:
    """One line: 20 日, 过半数, 三分之二以上, 15–35 名组成人员, 甲、乙、丙."""
    found = value.value
    choice = store.declaration(value.key).choice
    if choice is not None and choice.options and str(found) in choice.options:
        return choice.options[str(found)]
    if isinstance(found, bool):
        return "是"
    if isinstance(found, Fraction):
        return ratio_in_words(found, value.comparison, str(value.details.get("whole", "全数")))
    if isinstance(found, Mapping):
        return _mapping(found, value.unit_label)
    if isinstance(found, list | tuple):
        return "、".join(str(one) for one in found)
    unit = label(value.unit)
    return f"{found} {unit}".strip() if isinstance(found, int) else str(plain(found))


def ratio_in_words(ratio: Fraction, comparison: str, whole: str = "全数") -> str:
    """过半数 for more than a half, 三分之二以上 for two thirds or more, 不超过应选名额 for at most the whole."""
    if ratio == 1:
        return _COMPARED.get(comparison, "{}").format(whole)
    if ratio == _HALF and comparison in ("more_than", "at_least"):
        return "过半数" if comparison == "more_than" else "半数以上"
    return _COMPARED.get(comparison, "{}").format(_fraction(ratio))


def _fraction(ratio: Fraction) -> str:
    if 100 % ratio.denominator == 0 and ratio.denominator > 10:
        return f"百分之{chinese_number(int(ratio * 100))}"
    return f"{chinese_number(ratio.denominator)}分之{chinese_number(ratio.numerator)}"


def _mapping(found: Mapping[str, Any], unit: str) -> str:
    if set(found) == {"min", "max"}:
        low, high = (_fraction(one) if isinstance(one, Fraction) else str(one) for one in (found["min"], found["max"]))
        return f"{low}–{high} {unit}".strip()
    if set(found) == {"from_month", "to_month"}:
        return f"每年 {found['from_month']} 月至 {found['to_month']} 月"
    lines = [f"{_NAMES.get(name, name)} {plain(one)}" for name, one in found.items()]
    mixed = any("）" in line for line in lines)
    return "；".join(lines) + (f"（{unit}）" if unit and not mixed else "")


_NAMES = {
    "chairs": "主任（主席）",
    "vice_min": "副职至少",
    "vice_max": "副职至多",
    "first": "第一次",
    "second": "第二次",
    "services": "服务和货物类",
    "works": "工程类",
    "county_min": "县级至少",
    "county_max": "县级至多",
    "township_min": "乡级至少",
    "township_max": "乡级至多",
    "scrutineers_min": "监票人至少",
    "staff_min": "工作人员至少",
    "list_days": "选民名单",
    "candidates_days": "候选人名单",
    "formal_days": "正式候选人名单",
    "agenda_list_months": "提前列出议题（月）",
    "notice_days": "提前通知（日）",
    "light_fine": "较轻罚款（元）",
    "fine": "罚款（元）",
    "days_min": "拘留至少（日）",
    "days_max": "拘留至多（日）",
    "ringleader_days_min": "首要分子拘留至少（日）",
    "ringleader_days_max": "首要分子拘留至多（日）",
    "ringleader_fine": "首要分子罚款（元）",
    "off": "放假",
    "work": "上班",
    "min": "至少",
    "max": "至多",
}
