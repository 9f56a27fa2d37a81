"""What a clerk corrected, remembered: the same phrase is bound the same way in the next report."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from .context import Place
from .figure import Figure

_NOISE = re.compile(r"[\s\d,.，。、；：“”\"'（）()]+|[XxＸ×]+|全年|共|累计|先后|分别|达到?|今年|去年|一年来")


def key(figure: Figure, place: Place) -> str:
    """What identifies a figure from one year to the next: its measure word and its head, without numbers."""
    return f"{figure.bare_unit}|{_NOISE.sub('', place.head)}"


def load(path: Path) -> dict[str, str | None]:
    """The remembered bindings of a county's data folder; empty when nothing was remembered yet."""
    if not path.exists():
        return {}
    loaded = json.loads(path.read_text("utf-8"))
    return {str(name): code for name, code in loaded.get("bindings", {}).items()}


def recall(figures: list[Figure], places: list[Place], memory: Mapping[str, str | None]) -> None:
    """Bind as remembered, over what the rules say."""
    if not memory:
        return
    for figure, place in zip(figures, places, strict=True):
        name = key(figure, place)
        if name in memory:
            figure.reference = memory[name]
            figure.confidence = 0.98 if memory[name] else 0.0
            figure.why = "remembered"
