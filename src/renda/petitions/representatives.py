"""How many representatives a joint petition may choose (信访工作条例 20(3)): the one rule for registered visits and for the public form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from renda.core import cells
from renda.law import LawError
from renda.lawbook.reading import Context

MOST = "pet.visit.representatives"


@dataclass(frozen=True)
class Excess:
    """More representatives were chosen than the law allows: how many, how many it allows, and its article."""

    chosen: int
    most: int
    article: str


def too_many(names: str, under: Context, day: date) -> Excess | None:
    """Whether the names, as somebody wrote them in one cell, are more than the law of the day allows; None where they are not."""
    chosen = len(cells.split_list(names)) if names else 0
    try:
        most = under.parameter(MOST, as_of=day)
    except LawError:
        return None
    return Excess(chosen, int(most.value), most.citation) if chosen > int(most.value) else None
