"""Year words: those of the text's own time move by the distance to the target year; dates, names and ordinals are marked or kept.

今年, 去年 and 本届以来 keep their words: in the new text they mean the new year. Nothing inside a law's name moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .layout import Layout
from .model import Edit

_Y = r"(?:(?<!\d)(?:19|20)\d{2}(?!\d)|[一二][九〇零○][〇零○一二三四五六七八九]{2}|(?<!\d)20[XxＸ×]{2})"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[XxＸ×]{1,2})"
_DASH = r"\s*[-—–~～至到]{1,2}\s*"
_YEAR = re.compile(_Y)
_RANGE = re.compile(rf"(?P<first>{_Y})(?:年)?{_DASH}(?P<last>{_Y})(?:年度?)?")
_NUMERIC_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_DOCUMENT_NUMBER = re.compile(rf"[〔\[［【(（]\s*{_Y}\s*[〕\]］】)）]\s*第?\s*{_N}\d*\s*号")
_MONTHS = re.compile(rf"\s*{_N}(?:月)?{_DASH}{_N}月")
_MONTH = re.compile(rf"\s*(?P<month>{_N})\s*月(?:\s*(?P<day>{_N})\s*[日号])?(?P<tail>份|底|末|初|上旬|中旬|下旬)?")
_YEAR_WORD = re.compile(r"\s*(?:年度?)")
_FIXED = re.compile(r"\s*年?(?:修正|修订|颁布|公布|施行|制定|实施的|通过|成立|设立|远景目标|愿景|议程)")
_PLAN_NAME = re.compile(r"规划|纲要|普法|五年计划|行动方案|行动计划|实施方案|攻坚行动|《")
_BARE_DATE = re.compile(
    r"(?<![\d每年月至到—\-~～、.])(?:今年|当年|同年)?(?:\d{1,2}|元|十?[一二三四五六七八九十])月(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[日号](?!报)"
)
_BARE_MONTH = re.compile(
    r"(?<![\d每年月至到—\-~～、.个])(?:今年|当年|同年)?(?:(?:\d{1,2}|元)月(?:份|底|初|末|上旬|中旬|下旬)?(?![饼球\d日号])|(?<![一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|上旬|中旬|下旬|(?=[，,])))"
)
_YEARLY = re.compile(r"12月4日|3月15日|4月15日|11月9日|6月5日|8月15日|3月8日|每[年月]")
_LONGEST_DATELINE = 45
_YEAR_END = (("12", "31"), ("1", "1"))

Fate = Literal["shift", "mark", "keep"]


@dataclass(frozen=True)
class YearWord:
    """A year or date in the text, what becomes of it and why. `years` are the stretches that hold a bare year."""

    start: int
    end: int
    years: tuple[tuple[int, int], ...]
    fate: Fate
    why: str = ""


def year_edits(layout: Layout, own: int | None, target: int, taken: bytearray) -> list[Edit]:
    """The edits of year words. `taken` has 1 at code points that belong to figures.

    At a distance of 0 the text's dates stand; a text without a year has nothing to move, its dates are marked.
    """
    if own == target:
        return []
    edits: list[Edit] = []
    covered = bytearray(taken)
    for word in [*year_words(layout, own, covered), *_bare_dates(layout, covered)]:
        if any(covered[word.start : word.end]):
            continue
        covered[word.start : word.end] = b"\x01" * (word.end - word.start)
        if word.fate == "shift" and own is not None:
            edits += [_shifted(layout, start, end, target - own) for start, end in word.years]
        elif word.fate == "mark":
            edits.append(Edit(word.start, word.end, layout.text[word.start : word.end], "year", True, word.why))
    return sorted(edits, key=lambda edit: edit.start)


def _shifted(layout: Layout, start: int, end: int, distance: int) -> Edit:
    old = layout.text[start:end]
    year = year_value(layout.plain[start:end])
    assert year is not None
    new = written_like(old, year + distance)
    return Edit(start, end, new, "year", False, f"年份随报告年度由{old}改为{new}。")


def year_value(text: str) -> int | None:
    """The year that digits or Chinese numerals name; None for a blank (20XX)."""
    digits = "".join(_HAN_DIGITS.get(character, character) for character in text)
    return int(digits) if digits.isdigit() else None


_HAN_DIGITS = {**{c: str(n) for n, c in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}


def written_like(old: str, year: int) -> str:
    """A year in the script of the old one: 2022, ２０２２, 二〇二二."""
    if old[0] in "一二":
        zero = next((c for c in old if c in "〇零○"), "〇")
        return "".join(zero if d == "0" else "〇一二三四五六七八九"[int(d)] for d in str(year))
    if "０" <= old[0] <= "９":
        return "".join(chr(ord(d) - ord("0") + ord("０")) for d in str(year))
    return str(year)


def year_words(layout: Layout, own: int | None, taken: bytearray) -> Iterator[YearWord]:
    """Each year of the text with its fate, the longest expression first where several begin at one place."""
    position = 0
    plain = layout.plain
    while match := _YEAR.search(plain, position):
        position = match.end()
        if taken[match.start()]:
            continue
        word = _word(layout, own, match)
        if word is not None:
            position = max(position, word.end)
            yield word


def _word(layout: Layout, own: int | None, match: re.Match[str]) -> YearWord | None:
    start, end, plain = match.start(), match.end(), layout.plain
    bare = ((start, end),)
    if layout.names[start]:
        return _in_name(layout, own, match)
    number = _document_number(plain, start)
    if number:
        near = _near(match[0], own)
        why = "文号中的年份不随报告改动，请核对是否仍引用这一文件。"
        return YearWord(*number, bare, "mark" if near else "keep", why)
    span = _RANGE.match(plain, start)
    if span:
        return _range(layout, own, span)
    date = _NUMERIC_DATE.match(plain, start)
    if date:
        return YearWord(start, date.end(), bare, "mark", "原文是具体日期，本年的日期请核对后填写。")
    if "X" in match[0].upper() or "×" in match[0]:
        whole = _date_end(plain, end)
        return YearWord(start, whole, bare, "mark", "原文日期空缺，请填写。") if whole > end else None
    after = _YEAR_WORD.match(plain, end)
    if after is None:
        if plain[start - 1 : start] in ("（", "(") and plain[end : end + 1] in ("）", ")"):
            return _plain_year(match, own, end)
        return None
    return _dated(layout, own, match, after.end())


def _in_name(layout: Layout, own: int | None, match: re.Match[str]) -> YearWord:
    """A year inside title marks: of a law it stays; one of the text's own time may belong to a document made each year."""
    year = year_value(match[0])
    near = own is not None and year in (own - 1, own, own + 1)
    law = re.search(r"修正|修订|法》|条例》|规定》", layout.text[match.end() : layout.text.find("》", match.end()) + 1])
    why = "书名号内的年份是名称的一部分，没有改动；如是每年一件的文件，请改为本年的名称。"
    word = _YEAR_WORD.match(layout.plain, match.end())
    end = word.end() if word else match.end()
    return YearWord(match.start(), end, (match.span(),), "mark" if near and not law else "keep", why)


def _document_number(plain: str, start: int) -> tuple[int, int] | None:
    for opening in range(start - 1, max(-1, start - 3), -1):
        match = _DOCUMENT_NUMBER.match(plain, opening)
        if match and match.start() < start:
            return match.span()
    return None


def _near(raw: str, own: int | None) -> bool:
    year = year_value(raw)
    return own is None or (year is not None and abs(year - own) <= 1)


def _range(layout: Layout, own: int | None, span: re.Match[str]) -> YearWord:
    """2021—2025年 of a plan's name stays; any other run of years is marked."""
    years = (span.span("first"), span.span("last"))
    first, last = year_value(span["first"]), year_value(span["last"])
    around = layout.text[max(0, span.start() - 16) : span.start()] + layout.text[span.end() : span.end() + 14]
    if first is not None and last is not None and last - first >= 2 and _PLAN_NAME.search(around):
        return YearWord(span.start(), span.end(), years, "keep")
    return YearWord(span.start(), span.end(), years, "mark", "原文是跨年的期间，没有按年份推移，请核对。")


def _dated(layout: Layout, own: int | None, match: re.Match[str], end: int) -> YearWord:
    """A year with 年 behind it: a day or month of a past event is marked, a whole year moves."""
    plain, start = layout.plain, match.start()
    bare = (match.span(),)
    if _FIXED.match(plain, match.end()):
        near = _near(match[0], own) or _after(match[0], own)
        return YearWord(start, end, bare, "mark" if near else "keep", "这里的年份是固定的，没有推移，请核对。")
    if _MONTHS.match(plain, end):
        return _plain_year(match, own, end)
    month = _MONTH.match(plain, end)
    if month and plain[month.end() : month.end() + 1] not in ("份",):
        return _month(layout, own, match, month)
    return _plain_year(match, own, end)


def _month(layout: Layout, own: int | None, match: re.Match[str], month: re.Match[str]) -> YearWord:
    start, end = match.start(), month.end()
    until = layout.plain[max(0, start - 3) : start].strip().endswith(("截至", "截止", "至"))
    year_end = (month["month"], month["day"]) in _YEAR_END or (month["month"] == "12" and month["tail"] in ("底", "末"))
    if year_end or (until and month["day"] is None):
        return _plain_year(match, own, end)
    heading = layout.line(start)
    short = heading.end - heading.start <= _LONGEST_DATELINE and "。" not in layout.text[heading.start : heading.end]
    if short and layout.text[heading.start : start].strip(" \u3000—-（(") == "":
        return YearWord(start, end, (match.span(),), "mark", "原文的日期是上次报告的日期，请填写本次的日期。")
    return YearWord(start, end, (match.span(),), "mark", "原文是以往某一事项的具体日期，不随年份推移，请核对本年的日期。")


def _plain_year(match: re.Match[str], own: int | None, end: int) -> YearWord:
    """A whole year: within one of the text's own it moves; another is a fixed one."""
    bare = (match.span(),)
    if own is None:
        return YearWord(match.start(), end, bare, "mark", "不知道原文报告的是哪一年，年份没有推移，请核对。")
    if _near(match[0], own):
        return YearWord(match.start(), end, bare, "shift")
    why = (
        "目标年份或远期年份，没有推移，请核对。"
        if _after(match[0], own)
        else "较早的年份多为固定的起点或往事，没有推移，请核对。"
    )
    return YearWord(match.start(), end, bare, "mark", why)


def _after(raw: str, own: int | None) -> bool:
    year = year_value(raw)
    return own is not None and year is not None and year > own


def _date_end(plain: str, end: int) -> int:
    """Where a date with blanks ends (20XX年X月X日)."""
    year = _YEAR_WORD.match(plain, end)
    if not year:
        return end
    month = _MONTH.match(plain, year.end())
    return month.end() if month else year.end()


def _bare_dates(layout: Layout, taken: bytearray) -> Iterator[YearWord]:
    """Days and months without a year (3月5日, 4月下旬) of what was done; yearly days and the coming year's part stay."""
    plain = layout.plain
    for pattern in (_BARE_DATE, _BARE_MONTH):
        for match in pattern.finditer(plain, 0, layout.plan_from):
            start = match.start()
            if taken[start] or layout.names[start] or _YEARLY.search(plain[max(0, start - 2) : match.end()]):
                continue
            if re.match(r"前|起施行", plain[match.end() : match.end() + 3]) or plain[start - 1 : start] in ("“", "（"):
                continue
            yield YearWord(start, match.end(), (), "mark", "原文是上年某一事项的日期，请核对本年的日期。")
