"""The grammar of placeholders in a Word template.

    {{ 指标 }}                        {{ 执法检查 }}、{{ supervision.inspections }}
    {{ 事项.量 }}                     {{ 培训.人次 }}、{{ 信访.办结率 }}、{{ 建议.满意率 }}
    {{ 指标(分项) }}                  {{ 代表建议(提出时间=闭会期间) }}、{{ 女代表(县) }}
    {{ 指标:时期 }}                   {{ 建议.满意率:2020 }}、{{ 信访件次:上年 }}、{{ 执法检查:本届以来 }}、{{ 执法检查:上半年 }}
    {{ 指标|写法 }}                   {{ 信访件次|同比 }}、{{ 培训.人次|汉字 }}、{{ 微实事资金|万元|整数 }}
    {{ 年度 }} {{ 上年度 }} {{ 下年度 }} {{ 区划 }} {{ 日期 }}

The parts come in this order. Full-width signs mean the same as half-width ones. Nothing in a placeholder is ever executed: a template
comes from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from renda.core.text import normalise

PLACEHOLDER = re.compile(r"[{｛]{2}(?P<inside>[^{}｛｝\n]{0,200})[}｝]{2}|(?P<open>[{｛]{2})")
WORDS = ("年度", "上年度", "下年度", "区划", "日期")
FORMS = {"同比": "change", "增减": "difference", "占比": "ratio"}
SCALES = {"元": 1, "万元": 10_000, "亿元": 10**8, "万": 10_000, "亿": 10**8}
DECIMALS = {"整数": 0, "一位小数": 1, "两位小数": 2}
HAN, UNIT = "汉字", "单位"
WAYS = (*FORMS, *SCALES, *DECIMALS, HAN, UNIT)

_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")
_RELATIVE = {"本年": 0, "今年": 0, "当年": 0, "上年": -1, "去年": -1, "上年度": -1, "前年": -2}
_LEADING = re.compile(rf"(?P<year>{_YEAR.pattern}|{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?P<rest>.*)")
_SPAN = re.compile(r"上半年|下半年|前?[一二三四]季度|1[-—至~]\d{1,2}月|前\d{1,2}个?月")
_SINCE = re.compile(r"去年以来|今年以来|换届以来|(?:人代会|人大会议|大会|会议)以来")
_TERM = re.compile(r"本届(?:以来)?|任期以来")
_PARTS = re.compile(r"(?P<name>[^(]+?)\((?P<parts>.*)\)")


class Misread(ValueError):
    """A placeholder that does not follow the grammar; the message (Chinese) says what to write. `nearest` are words that may be meant."""

    def __init__(self, why: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.nearest = nearest


@dataclass(frozen=True)
class Asked:
    """A placeholder taken apart: name, parts (``分项`` or ``维度=分项``), period as a binding has it, ways of writing."""

    name: str
    parts: tuple[str, ...] = ()
    period: Mapping[str, Any] = field(default_factory=dict)
    ways: tuple[str, ...] = ()


def parse(inside: str, year: int, known: frozenset[str] = frozenset()) -> Asked:
    """Take the inside of a placeholder apart, for a report on `year`. `known` names are not searched for parts. Raises Misread."""
    text = normalise(inside).replace(" ", "")
    head, *ways = text.split("|")
    name, _colon, period = head.partition(":")
    if not name:
        raise Misread("占位符里没有写指标，请写成 {{ 执法检查 }} 这样。")
    for way in ways:
        if way not in WAYS:
            raise Misread(f"不认识写法“{way}”，可用的写法：{'、'.join(WAYS)}。")
    parts: tuple[str, ...] = ()
    found = None if name in known else _PARTS.fullmatch(name)
    if found:
        name, parts = found["name"], tuple(part for part in re.split("[,;、]", found["parts"]) if part)
    return Asked(name, parts, period_of(period, year), tuple(ways))


def period_of(words: str, year: int) -> dict[str, Any]:
    """What a period in words means in a report on `year`, as bindings say it. Raises Misread."""
    if _TERM.fullmatch(words):
        return {"type": "term"}
    if _SINCE.fullmatch(words):
        return {"type": "since", "words": words}
    offset, rest = 0, words
    leading = _LEADING.fullmatch(words)
    if leading:
        told = _YEAR.fullmatch(leading["year"])
        offset, rest = int(told[1]) - year if told else _RELATIVE[leading["year"]], leading["rest"]
    own = {"offset": offset} if offset else {}
    if not rest:
        return {"type": "year", **own}
    if _SPAN.fullmatch(rest):
        return {"type": "span", "words": rest, **own}
    if rest in ("年底", "年末", "底", "末"):
        return {"type": "at", **own}
    raise Misread(f"看不懂时期“{words}”，可写年份（如 2020）、上年、本届以来、去年以来、上半年、前三季度、年底。")
