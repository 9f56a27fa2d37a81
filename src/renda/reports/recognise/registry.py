"""From a recognised figure to the platform's own indicator, by the table of `reports.binding`; no database is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .figure import Figure


def name_indicators(figures: Sequence[Figure], indicators: Iterable[Any], text: str = "") -> None:
    """Set `indicator` of every figure that the table binds to one of `indicators`; what it cannot decide stays without one."""
    from renda.reports.binding import bind

    known = {indicator.code for indicator in indicators}
    for figure, bound in zip(figures, bind(figures, text), strict=True):
        binding = bound.binding
        figure.indicator = binding.indicator if binding and binding.indicator in known else None
