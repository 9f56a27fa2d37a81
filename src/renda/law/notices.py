"""The State Council's yearly holiday notice as text → the year's table.

The notice is written in one form since 2007: ``二、春节：2月15日（农历腊月二十八、周日）至23日（…）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from renda.law.calendars import PUBLISHED, HolidayYear, check_year
from renda.law.errors import LawDataError

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ITEM = re.compile(r"(?:^|[\n。；])\s*(?:[（(]?[一二三四五六七八九十]+[）)]?[、.．]?\s*)?(?P<name>[^：:，。；\n]{2,12})[：:]")
_DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
_SPAN = re.compile(_DAY.format("a") + r"(?:\s*(?:至|—|－|-|到)\s*" + _DAY.format("b") + r")?")
_COUNT = re.compile(r"共(\d+)天")


def read_notice(text: str, year: int) -> HolidayYear:
    """The arrangement of ``year`` that the notice's text gives.

    Errors: LawDataError where no holiday is found, a date is none, or a stated number of days (共 9 天) is not that of the dates read.
    """
    plain = _BRACKETS.sub("", text)
    off: dict[date, str] = {}
    worked: set[date] = set()
    for name, words in _items(plain):
        for sentence in re.split(r"[。；\n]", words):
            days = list(_days(sentence, year))
            if "上班" in sentence and "放假" not in sentence:
                worked.update(days)
            elif "放假" in sentence:
                _check_count(name, sentence, days)
                off.update(dict.fromkeys(days, name))
    if not off:
        raise LawDataError("没有从通知中读到放假日期。请粘贴通知中“一、元旦：1月1日……放假”各项的原文。")
    found = HolidayYear(year, PUBLISHED, {day: off[day] for day in sorted(off) if day.year == year}, _of_year(worked, year))
    check_year(found, "通知")
    return found


def _of_year(days: set[date], year: int) -> frozenset[date]:
    return frozenset(day for day in days if day.year == year)


def _items(text: str) -> Iterator[tuple[str, str]]:
    """Each holiday's name with what is said on it."""
    marks = list(_ITEM.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield mark["name"].strip(), text[mark.end() : end]


def _days(sentence: str, year: int) -> Iterator[date]:
    month, this_year = 0, year
    for found in _SPAN.finditer(sentence):
        this_year, month = int(found["ay"] or this_year), int(found["am"] or month)
        first = last = _date(this_year, month, int(found["ad"]), found[0])
        if found["bd"]:
            this_year, month = int(found["by"] or this_year), int(found["bm"] or month)
            last = _date(this_year, month, int(found["bd"]), found[0])
        while first <= last:
            yield first
            first += timedelta(days=1)


def _date(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise LawDataError(f"通知中的“{words}”不是日期，请核对。") from None


def _check_count(name: str, sentence: str, days: list[date]) -> None:
    stated = _COUNT.search(sentence)
    if stated and int(stated[1]) != len(days):
        raise LawDataError(f"{name}：通知写的是共 {stated[1]} 天，读到的是 {len(days)} 天，请核对。")
