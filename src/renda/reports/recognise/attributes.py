"""What a bound figure says beside its number: phrase, breakdown, period, kind, direction."""

from __future__ import annotations

import re
from typing import Any

from .context import Contexts, Place
from .figure import Figure
from .lexicon import entries

_UP = re.compile(r"增长|增加|增幅|提高|提升|上升|上涨|扩大|多|高|增")
_DOWN = re.compile(r"下降|减少|降低|回落|压减|少|低|降幅|缩短|压缩|减|降")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!.{0,3}[月出生])")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_TERM = re.compile(r"五年来|过去五年|五年间|本届(?:以来)?|届内|任期(?:内|以来)|换届以来|四年来|三年来|过去四年|历届|近五年")
_SINCE = re.compile(r"去年以来|今年以来|近年来|人代会以来|大会以来|(?:次会议)以来|自去年起|自今年起|换届以来")
_SPAN = re.compile(r"(上半年|下半年|前?[一二三四]季度|1[—\-至~～]\d{1,2}月|前\d{1,2}个?月)")
_UNTIL = re.compile(r"截至([^，。]{1,14})")
_LAST = re.compile(r"上年|去年|上一年")
_PLAN = re.compile(r"(?:工作安排|工作打算|主要任务|下一步|工作计划|今后|新的一年|明年)")
_PERSISTENT = {"I092", "I094", "I122"}
_PUNCTUATION = " \u3000,，、;；:：“”\"'（）()[]【】。"


def _phrase(place: Place) -> str:
    head = place.head.strip(_PUNCTUATION)
    if place.side == "right":
        verb = re.search(r"[\u4e00-\u9fff]{2,8}$", place.tail.strip(_PUNCTUATION))
        head = (verb[0] if verb and len(verb[0]) <= 6 else "") + head
    return head[-40:] if place.side == "left" else head[:40]


def _breakdown(figure: Figure, place: Place) -> dict[str, str]:
    found: dict[str, str] = {}
    if figure.reference is None:
        return found
    local = place.head + " " + place.tail
    for dim, values in entries()[figure.reference].dims.items():
        if not values and figure.why == "series" and place.head:
            found[dim] = _phrase(place)
            continue
        for source in (place.head, local):
            hit = next((value for value, cue in values.items() if cue.search(source)), None)
            if hit:
                found[dim] = hit
                break
    return found


def _direction(figure: Figure, text: str) -> dict[str, str]:
    if figure.form != "change":
        return {}
    left = text[max(0, figure.start - 10) : figure.start]
    ups, downs = list(_UP.finditer(left)), list(_DOWN.finditer(left))
    if not ups and not downs:
        return {}
    up = (ups[-1].end() if ups else -1) > (downs[-1].end() if downs else -1)
    return {"方向": "增加" if up else "减少"}


class Periods:
    """The period each figure speaks of; the year of the text unless the sentence says otherwise."""

    def __init__(self, contexts: Contexts, year: int | None) -> None:
        self.contexts = contexts
        self.year = year or self._guess()
        self.plan_from = self._find_plan()
        title = contexts.title + contexts.lead
        self.whole_term = bool(re.search(r"过去五年|五年来|五年的?工作|任期内|本届(?:县|市|区)?人大常委会.{0,12}任期", title))

    def _guess(self) -> int | None:
        """The year most often named; a report names next year as well, so the earlier wins a draw."""
        counts: dict[int, int] = {}
        for match in _ANY_YEAR.finditer(self.contexts.text):
            year = int(match[1])
            counts[year] = counts.get(year, 0) + 1
        return max(counts, key=lambda year: (counts[year], -year)) if counts else None

    def _find_plan(self) -> int:
        for start, end in self.contexts.paragraphs:
            line = self.contexts.text[start:end].strip()
            if len(line) <= 30 and _PLAN.search(line) and start:
                return start
        return len(self.contexts.text)

    def of(self, figure: Figure, place: Place) -> dict[str, Any]:
        """The period of one figure as an object: type, and year, span or end as far as stated."""
        if figure.start >= self.plan_from and self.year:
            return {"type": "plan", "year": self.year + 1}
        near = place.sentence + place.clause
        if _TERM.search(near) or (self.whole_term and not _YEAR.search(near)):
            return {"type": "term"}
        if figure.reference in _PERSISTENT:
            return {"type": "at", **({"year": self.year} if self.year else {})}
        since = _SINCE.search(near)
        if since:
            return {"type": "since", "words": since[0]}
        year = self._year(near, place)
        period: dict[str, Any] = {"type": "year"}
        if year:
            period["year"] = year
        span = _SPAN.search(near)
        if span:
            period = {**period, "type": "span", "words": span[0]}
        until = _UNTIL.search(near)
        if until:
            period["until"] = until[1]
        return period

    def _year(self, near: str, place: Place) -> int | None:
        stated = list(_YEAR.finditer(near))
        if stated:
            return int(stated[-1][1])
        if _LAST.search(place.clause) and not re.search(r"(?:比|较|同)(?:上年|去年)", place.clause) and self.year:
            return self.year - 1
        return self.year


def describe(figures: list[Figure], places: list[Place], contexts: Contexts, year: int | None) -> None:
    """Fill phrase, breakdown, period and kind of every figure."""
    periods = Periods(contexts, year)
    for figure, place in zip(figures, places, strict=True):
        figure.phrase = figure.phrase or _phrase(place)
        figure.breakdown = {**_breakdown(figure, place), **figure.breakdown, **_direction(figure, contexts.text)}
        figure.period = periods.of(figure, place)
        if figure.kind == "count" and figure.reference in _PERSISTENT:
            figure.kind = "stock"
        if figure.breakdown.get("内容") == "任务量":
            figure.kind = "output"
