"""What a text is made of, as far as drafting needs it: lines, sentences, names in title marks, the part on the coming year."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from renda.reports.recognise.numerals import narrow

_PLAN = re.compile(r"(?:工作)?(?:安排|打算|计划|思路)|主要任务|下一步|今后|新的一年|明年|未来五年")
_TITLE_MARKS = re.compile(r"《[^《》\n]{1,120}》|〈[^〈〉\n]{1,80}〉")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[。！？!?；;，,：:\n]")
_LONGEST_HEADING = 30
_OWN_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年(?:度)?(?:[^，。；\d\n]{0,12}?)(?:工作(?:情况|回顾|总结|报告)|主要工作|履职情况|开展情况|办理情况)"
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
        """Where the part on the coming year begins; the text's end where there is none."""
        for line in self.filled_lines[1:]:
            words = self.text[line.start : line.end]
            if len(words) <= _LONGEST_HEADING and _PLAN.search(words) and not words.endswith(("。", "，", "；")):
                return line.start
        return len(self.text)

    @cached_property
    def own_year(self) -> int | None:
        """The year that the text reports on: of its headings, else the one most often named (the earlier of two)."""
        told = [int(match[1]) for match in _OWN_YEAR.finditer(self.plain[: self.plan_from])]
        if told:
            return max(set(told), key=lambda year: (told.count(year), year))
        counts: dict[int, int] = {}
        for match in _YEAR.finditer(self.plain[: self.plan_from]):
            counts[int(match[1])] = counts.get(int(match[1]), 0) + 1
        return max(counts, key=lambda year: (counts[year], year)) if counts else None


def _spans(text: str, ends: re.Pattern[str]) -> list[Span]:
    found, start = [], 0
    for match in ends.finditer(text):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, len(text)))
    return found
