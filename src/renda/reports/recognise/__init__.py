"""Recognising figures in report texts: what is counted, by which indicator, in which breakdown and period.

Plain Python; needs neither Django nor a database. `recognise` is the one entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .attributes import describe
from .bind import bind
from .context import Contexts, Place
from .exclude import excluded
from .figure import Figure
from .memory import recall
from .names import names
from .numerals import narrow
from .scan import scan
from .series import inherit

__all__ = ["Figure", "recognise"]

SURE = 0.55


def recognise(text: str, year: int | None = None, memory: Mapping[str, str | None] | None = None) -> list[Figure]:
    """All figures and blanks of `text` (newlines already \\n), in order, each bound or left open.

    `year` is the year the text reports on (guessed from it when None); `memory` maps `memory.key` of a figure
    to the reference a clerk chose (None: leave open) and overrides the rules.
    """
    plain = narrow(text)
    kept, places, contexts = _understand(plain, scan(plain), memory or {})
    describe(kept, places, contexts, year)
    kept += names(plain, kept, excluded(plain, quoted=False))
    for figure in kept:
        figure.text = text[figure.start : figure.end]
    return sorted(kept, key=lambda figure: figure.start)


def _understand(text: str, figures: list[Figure], memory: Mapping[str, str | None]) -> tuple[list[Figure], list[Place], Contexts]:
    """Bind the figures; once more without the rhetoric, which else stands between a figure and its words."""
    while True:
        contexts = Contexts(text, figures)
        places = list(bind(figures, contexts))
        inherit(figures, places, contexts)
        recall(figures, places, memory)
        kept = _drop_rhetoric(figures, places)
        if len(kept) == len(figures):
            return figures, places, contexts
        figures = [figure.unbound() for figure in kept]


def _drop_rhetoric(figures: list[Figure], places: list[Place]) -> list[Figure]:
    """Without the Chinese numerals that count nothing (一个, 两点): those no rule binds at their own place."""
    solid = {places[i].sentence_span for i, figure in enumerate(figures) if figure.number_form not in ("weak",)}
    kept = []
    for figure, place in zip(figures, places, strict=True):
        if figure.number_form == "weak":
            if not figure.reference or place.carried or figure.confidence < SURE or figure.why == "series":
                continue
            if re.search(r"(?:至少|每[人名个]|最后)[^，。]{0,4}$", place.clause[: figure.start - place.clause_span[0]]):
                continue
            if figure.value == 1 and place.sentence_span not in solid:
                continue
        kept.append(figure)
    return kept
