"""What stands around a figure: its own words, the text right before and after it within the clause, the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renda.reports.recognise.figure import Figure

_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_SENTENCE = re.compile(r"[。！？!?\n]")
_REACH = 40
_PARAGRAPH = 800


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of one figure. Without the text nothing is known before and after it, and the rest is its own phrase."""

    phrase: str
    before: str
    after: str
    sentence: str
    paragraph: str
    previous: Figure | None
    following: Figure | None

    @property
    def near(self) -> str:
        """The words that a condition on the figure itself is looked for in."""
        return self.phrase or f"{self.before} {self.after}"


def around(figures: Sequence[Figure], index: int, text: str) -> Around:
    """The surroundings of figure number `index`; neighbours only within reach and within the sentence."""
    figure = figures[index]
    previous = figures[index - 1] if index else None
    following = figures[index + 1] if index + 1 < len(figures) else None
    if not text:
        near = (one if one and abs(one.start - figure.start) <= _REACH * 2 else None for one in (previous, following))
        return Around(figure.phrase, "", "", figure.phrase, figure.phrase, *near)
    first = max(
        (m.end() for m in _SENTENCE.finditer(text, max(0, figure.start - 400), figure.start)), default=max(0, figure.start - 400)
    )
    last_match = _SENTENCE.search(text, figure.end, figure.end + 400)
    last = last_match.start() if last_match else min(len(text), figure.end + 400)
    before = text[max(first, previous.end if previous else 0) : figure.start]
    after = text[figure.end : min(last, following.start if following else last)]
    stop = _CLAUSE.search(after)
    return Around(
        phrase=figure.phrase,
        before=_CLAUSE.split(before)[-1][-_REACH:],
        after=(after[: stop.start()] if stop else after)[:_REACH],
        sentence=text[first:last],
        paragraph=text[max(text.rfind("\n", 0, figure.start) + 1, figure.start - _PARAGRAPH) : figure.end],
        previous=previous if previous and previous.start >= first and figure.start - previous.end <= _REACH else None,
        following=following if following and following.end <= last and following.start - figure.end <= _REACH else None,
    )
