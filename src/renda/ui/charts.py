"""A chart as data: what charts.js draws and the table twin beside it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass
class ChartRow:
    """One row of the table twin."""

    label: str
    values: list[Any]
    link: str = ""


@dataclass
class Chart:
    """``kind`` is bar, line or rows (bars lying down); ``series`` are name and values, as many as ``labels``;
    ``tones`` colours them as states (done, soon, run, late), ``stack`` puts them one upon another."""

    title: str
    kind: str
    axis: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[Any]]]
    unit: str = ""
    note: str = ""
    size: str = ""
    links: Sequence[str] = field(default_factory=list)
    whole: bool = False
    stack: bool = False
    tones: Sequence[str] = field(default_factory=list)

    @property
    def data(self) -> dict[str, Any]:
        """What charts.js reads."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "series": [{"name": name, "values": [_plain(v) for v in values]} for name, values in self.series],
            "unit": self.unit,
            "links": list(self.links) or None,
            "whole": self.whole,
            "stack": self.stack,
            "tones": list(self.tones) or None,
        }

    @property
    def rows(self) -> list[ChartRow]:
        """The table twin."""
        links = list(self.links) or [""] * len(self.labels)
        return [
            ChartRow(label, [values[place] for _, values in self.series], links[place]) for place, label in enumerate(self.labels)
        ]


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
