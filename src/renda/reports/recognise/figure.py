"""A figure found in a text, as it travels through the engine and as it is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Value = int | float | list[int | float] | None


@dataclass(slots=True)
class Figure:
    """One figure or blank. Offsets are code points of the text; `value` is as written, None for a blank."""

    start: int
    end: int
    text: str
    value: Value
    unit: str
    number_form: str = "arabic"
    about: str = ""
    form: str = "value"
    kind: str = "count"
    phrase: str = ""
    reference: str | None = None
    indicator: str | None = None
    breakdown: dict[str, str] = field(default_factory=dict)
    period: dict[str, Any] = field(default_factory=dict)
    confidence: float = 0.0
    why: str = ""

    @property
    def bare_unit(self) -> str:
        """The measure word without 万, 亿 and brackets: 万件(次) is 件次."""
        return re.sub(r"[(（)）]", "", self.unit.lstrip("万亿千百"))

    @property
    def blank(self) -> bool:
        """Whether the number itself is missing (XX件)."""
        return self.number_form == "blank"

    def unbound(self) -> Figure:
        """The same figure as scanned, without what was found out about it."""
        return Figure(self.start, self.end, self.text, self.value, self.unit, self.number_form, self.about, self.form, self.kind)

    def as_json(self) -> dict[str, Any]:
        """The object that `renda report recognise --json` prints."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "value": self.value,
            "unit": self.unit,
            "phrase": self.phrase,
            "indicator": self.indicator,
            "reference": self.reference,
            "breakdown": self.breakdown,
            "period": self.period,
            "form": self.form,
            "kind": self.kind,
            "confidence": round(self.confidence, 2),
        }
