"""From a reference to the platform's own indicator, when the platform is there to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .figure import Figure


def by_reference(indicators: Iterable[Any]) -> dict[str, list[Any]]:
    """The registered indicators that answer each reference."""
    found: dict[str, list[Any]] = defaultdict(list)
    for indicator in indicators:
        if indicator.reference:
            found[indicator.reference].append(indicator)
    return dict(found)


def name_indicators(figures: Iterable[Figure], indicators: Iterable[Any]) -> None:
    """Set `indicator` of every bound figure whose reference one indicator answers; several that fit leave it open."""
    table = by_reference(indicators)
    for figure in figures:
        fitting = table.get(figure.reference or "", [])
        fitting = _narrowed(fitting, [item for item in fitting if item.kind == figure.kind])
        fitting = _narrowed(fitting, [item for item in fitting if figure.bare_unit in item.units])
        figure.indicator = fitting[0].code if len(fitting) == 1 else None


def _narrowed(all_: list[Any], some: list[Any]) -> list[Any]:
    return some if len(all_) > 1 and some else all_
