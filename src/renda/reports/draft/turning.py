"""由 90% 提高到 95%: the first figure is of the year before, the second of this one; both are one thing counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from renda.reports.recognise import Figure

from .layout import Layout
from .model import Binding

_FROM = re.compile(r"(?:由|从)(?:原来的?|过去的?|上年的?|去年的?|(?:19|20)\d{2}年的?)?$")
_TURN = re.compile(
    r"(?:大幅|明显|稳步|逐步)?(?:提高|提升|增加|上升|增长|扩大|降低|下降|减少|压减|缩短|压缩|回落|增|升|降|减|变)(?:到了?|至|为)$"
)

UNKNOWN = "“由……到……”中变化前的数，不能确定是哪一年的、数的是什么，请核对"


@dataclass(frozen=True)
class Turn:
    """Two neighbouring figures of a change; `alone` is a text that tells the second without the first."""

    first: int
    alone: str

    @property
    def second(self) -> int:
        """The place of the figure that it came to."""
        return self.first + 1


def turns(layout: Layout, figures: Sequence[Figure]) -> Iterator[Turn]:
    """The changes told with both figures."""
    for index, (one, two) in enumerate(pairwise(figures)):
        if two.start - one.end > 8 or not _TURN.fullmatch(layout.text[one.end : two.start]):
            continue
        sentence = layout.sentence(one.start)
        opening = _FROM.search(layout.text[max(sentence.start, one.start - 10) : one.start])
        if opening:
            stem = layout.text[max(sentence.start, one.start - 120) : one.start - len(opening[0])]
            yield Turn(index, f"{stem}{layout.text[two.start : two.end]}。")


def year_before(binding: Binding) -> Binding | None:
    """The same thing a year earlier; None for what is not counted by the year."""
    period = dict(binding.period)
    if period.get("type", "year") not in ("year", "at") or binding.form in ("change", "difference"):
        return None
    period.pop("year", None)
    period["offset"] = int(period.get("offset", 0)) - 1
    alike = [year_before(one) for one in binding.alike]
    return replace(binding, period=period, alike=tuple(one for one in alike if one is not None))
