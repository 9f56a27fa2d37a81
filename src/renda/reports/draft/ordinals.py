"""Ordinals of sessions and terms (第十七届…第五次会议): which session a new report speaks of is for the clerk to say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .layout import Layout
from .model import Edit

_N = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4}|[XxＸ×]{1,3})"
_BODY = r"(?:人民代表大会|人大|人代会|常务委员会|常委会|政协|党代会|县委|市委|区委|省委|纪委|全国|[县市区旗州省乡镇本])"
_SESSION = re.compile(
    rf"第?{_N}届(?:{_BODY}){{0,4}}第?{_N}次(?:全体|扩大|代表)?(?:会议|全会|会)|第{_N}次(?:人大)?(?:常委会|常务委员会|主任|党组)(?:（扩大）)?会议"
)
_TERM = re.compile(rf"(?<![党全新上本历每])第?(?P<n>{_N})届(?:{_BODY}){{0,3}}(?:人民代表大会|人大|人代会)(?!{_N}次)")
_FAR = 200
_NATION = re.compile(r"全国|全省|省|中央|党的")


_NOT_AT = re.compile(r"以来|以后|确定|精神|提出的|部署|要求|通过的|批准|决定的|决议")
_DAY = re.compile(r"(?<![\d每前至到—\-~～、.个])(?:\d{1,2}|元)月(?:\d{1,2}日|份|初|底|末|上旬|中旬|下旬)?(?![\d—\-~～至到])")
_UP_TO = re.compile(r"(?:截至|截止|至|到)(?:(?:19|20)\d{2}\s*年)?$")


def occasion(layout: Layout, start: int) -> str:
    """The one meeting, day or month that the sentence speaks of before the place `start`; empty where it speaks of the whole year."""
    first = max(layout.sentence(start).start, start - _FAR)
    for match in _SESSION.finditer(layout.plain, first, start):
        if not _NOT_AT.match(layout.text, match.end()):
            return match[0]
    for match in _DAY.finditer(layout.plain, first, start):
        if not _UP_TO.search(layout.plain[max(0, match.start() - 10) : match.start()]):
            return match[0]
    return ""


def ordinal_edits(layout: Layout, own: int | None, target: int, taken: bytearray, same_term: Iterable[int] = ()) -> list[Edit]:
    """Marks for sessions and terms. `same_term` are the numbers of terms known to run in both years: those stand."""
    if own == target:
        return []
    known, edits = set(same_term), []
    for pattern, why in (
        (_SESSION, "届次、会次不随年份推移，请按本年的会议改写。"),
        (_TERM, "届次是否已换届，请核对。"),
    ):
        for match in pattern.finditer(layout.plain):
            start, end = match.span()
            if any(taken[start:end]) or layout.names[start]:
                continue
            if pattern is _TERM and (_number(match["n"]) in known or _NATION.search(match[0])):
                continue
            taken[start:end] = b"\x01" * (end - start)
            edits.append(Edit(start, end, layout.text[start:end], "year", True, why))
    return edits


def _number(text: str) -> int | None:
    from renda.reports.recognise.numerals import chinese_value

    if text.isdigit():
        return int(text)
    value = chinese_value(text) if not text.strip("一二三四五六七八九十百") else None
    return value if isinstance(value, int) else None
