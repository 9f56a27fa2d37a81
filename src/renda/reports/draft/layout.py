"""What a text is made of, as far as drafting needs it: lines, sentences, names in title marks, the part on the coming year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from renda.reports.recognise.numerals import narrow

_PLAN = re.compile(
    r"工作(?:的)?(?:安排|打算|思路|计划|设想)$|(?:主要|重点|目标)任务$|(?:安排|打算|设想)$|下一步|今后(?:五年|一年|工作|的|一段)|明年|来年|新的?一年|下一?年度?工作|未来五年"
)
_HEADING_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_TITLE_MARKS = re.compile(r"《[^《》\n]{1,120}》|〈[^〈〉\n]{1,80}〉")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[。！？!?；;，,：:\n]")
_LONGEST_HEADING = 30
_LONGEST_TITLE = 45
_OWN_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年(?:度)?(?:[^，。；\d\n]{0,12}?)(?:工作(?:情况|回顾|总结|报告|成效)|主要工作|履职情况|开展情况|办理情况)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


@dataclass(frozen=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int


class Layout:
    """A text taken apart once. Offsets are code points; `plain` is the text with half-width digits, of the same length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = narrow(text)
        self.lines = _spans(text, re.compile("\n"))
        self.sentences = _spans(text, _SENTENCE_END)
        self.clauses = _spans(text, _CLAUSE_END)
        self._starts = {id(spans): [span.start for span in spans] for spans in (self.lines, self.sentences, self.clauses)}

    def sentence(self, position: int) -> Span:
        """The sentence (up to 。！？；) around a position."""
        return self._around(self.sentences, position)

    def clause(self, position: int) -> Span:
        """The clause around a position."""
        return self._around(self.clauses, position)

    def line(self, position: int) -> Span:
        """The paragraph around a position."""
        return self._around(self.lines, position)

    def _around(self, spans: list[Span], position: int) -> Span:
        return spans[max(0, bisect_right(self._starts[id(spans)], position) - 1)]

    @cached_property
    def filled_lines(self) -> list[Span]:
        """The lines that hold text, without the blanks at their ends."""
        found = []
        for line in self.lines:
            raw = self.text[line.start : line.end]
            if raw.strip():
                start = line.start + len(raw) - len(raw.lstrip())
                found.append(Span(start, start + len(raw.strip())))
        return found

    @cached_property
    def names(self) -> bytearray:
        """One byte per code point: 1 inside 《》 and 〈〉."""
        mask = bytearray(len(self.text))
        for match in _TITLE_MARKS.finditer(self.text):
            mask[match.start() : match.end()] = b"\x01" * len(match[0])
        return mask

    @cached_property
    def plan_from(self) -> int:
        """Where the part on the coming year begins: a heading that says so, or that names a later year; the end where there is none."""
        first = next((int(match[1]) for match in _YEAR.finditer(self.plain)), None)
        for line in self.filled_lines[1:]:
            words = self.plain[line.start : line.end]
            if len(words) > _LONGEST_HEADING or words.endswith(("。", "，", "；", "：", ":")):
                continue
            named = _HEADING_YEAR.search(words)
            later = named is not None and first is not None and int(named[1]) > first and "工作" in words
            if later or _PLAN.search(words):
                return line.start
        return len(self.text)

    @cached_property
    def own_year(self) -> int | None:
        """The year that the text reports on: of its title and headings, else the one most often named (of two, the first)."""
        told = [
            int(match[1])
            for line in self.filled_lines
            if line.end - line.start <= _LONGEST_TITLE
            and line.start < self.plan_from
            and "。" not in self.text[line.start : line.end]
            for match in _OWN_YEAR.finditer(self.plain, line.start, line.end)
        ]
        return _most_frequent(told or [int(match[1]) for match in _YEAR.finditer(self.plain[: self.plan_from])])


def _most_frequent(years: list[int]) -> int | None:
    counts = Counter(years)  # keeps the order of first mention, which breaks a tie
    return max(counts, key=lambda year: counts[year], default=None)


def _spans(text: str, ends: re.Pattern[str]) -> list[Span]:
    found, start = [], 0
    for match in ends.finditer(text):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, len(text)))
    return found
