"""Figures that get their meaning from the one before: list items, shares, changes (其中…, 占…%, 同比…)."""

from __future__ import annotations

import re

from .context import Contexts, Place
from .figure import Figure
from .lexicon import series

_LIST_CUE = re.compile(r"其中|分别|包括|分为|按[^，。]{1,12}(?:分|划分|看|来看|统计)|涉及|主要(?:是|有|集中)|:|：|类|方面|[(（]")
_SHARE = re.compile(r"占|比重|比例")
_CONTINUED = re.compile(r"(?:提高|提升|增加|上升|下降|降低|减少|缩短|压缩|增|降|减|升|调整|整合)(?:到|至|为)$")
# What counts something else by itself, so is no further item of the list before it.
_OTHER = re.compile(r"旁听|听取|开展|组织|召开|举办|视察|检查|培训|走访|接待|慰问|现有|实有|共有|终止|名额")
_REACH = 160


def _same_measure(first: Figure, second: Figure) -> bool:
    persons = ("名", "人", "位", "")
    if first.bare_unit == second.bare_unit:
        return True
    return first.bare_unit in persons and second.bare_unit in persons


def _anchor_list(figures: list[Figure], index: int, places: list[Place], text: str) -> str | None:
    """The indicator of the list that figure `index` is an item of."""
    figure, place = figures[index], places[index]
    for back in range(index - 1, -1, -1):
        candidate = figures[back]
        if places[back].paragraph_index != place.paragraph_index or figure.start - candidate.end > _REACH:
            return None
        if not candidate.reference or not _same_measure(candidate, figure) or candidate.form != "value":
            continue
        target = series().get(candidate.reference, {}).get("list")
        if target is None:
            continue
        between = text[candidate.end : figure.start]
        sibling = target == candidate.reference or any(figures[k].reference == target for k in range(back, index))
        near = sibling and "。" not in between and len(between) < 40 and not _OTHER.search(place.head)
        if near or _LIST_CUE.search(re.split(r"[;；]", between)[-1]):
            return target
        return None
    return None


def _anchor_previous(figures: list[Figure], index: int, places: list[Place], key: str) -> str | None:
    if index == 0:
        return None
    previous, figure = figures[index - 1], figures[index]
    if previous.reference is None or places[index - 1].sentence_span != places[index].sentence_span:
        return None
    if figure.start - previous.end > 30:
        return None
    return series().get(previous.reference, {}).get(key, previous.reference)


def _anchor_same(figures: list[Figure], index: int) -> str | None:
    """The indicator of the figure before when this one is what it became (由120名提高至140名)."""
    if index == 0 or figures[index].start - figures[index - 1].end > 10:
        return None
    return figures[index - 1].reference if figures[index - 1].bare_unit == figures[index].bare_unit else None


def _became(figures: list[Figure], index: int, text: str) -> Figure | None:
    """The figure before when it tells what this one was (由90.2%提高到97.8%), whatever else stands near."""
    figure = figures[index]
    if figure.form == "change" or not _CONTINUED.search(text[max(0, figure.start - 8) : figure.start]):
        return None
    return figures[index - 1] if _anchor_same(figures, index) else None


def _inherit(figures: list[Figure], index: int, places: list[Place], text: str) -> str | None:
    figure, place = figures[index], places[index]
    if _CONTINUED.search(text[max(0, figure.start - 8) : figure.start]) and figure.form != "change":
        return _anchor_same(figures, index)
    if figure.form == "change":
        return _anchor_previous(figures, index, places, "change")
    if figure.kind == "ratio":
        if not _SHARE.search(place.clause) and place.side != "" and "(" not in text[figure.start - 2 : figure.start]:
            return None
        return _anchor_previous(figures, index, places, "ratio")
    return _anchor_list(figures, index, places, text)


def inherit(figures: list[Figure], places: list[Place], contexts: Contexts) -> None:
    """Bind what the rules left open and no tie forbids, from the figure before."""
    for index, figure in enumerate(figures):
        became = _became(figures, index, contexts.text)
        if became:
            figure.reference, figure.confidence, figure.why = became.reference, became.confidence, "series"
            continue
        if figure.reference or figure.why.startswith("tie"):
            continue
        code = _inherit(figures, index, places, contexts.text)
        if code:
            figure.reference = code
            figure.confidence = 0.7
            figure.why = "series"
