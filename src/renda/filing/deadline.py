"""The last day for filing a document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from renda import law
from renda.lawbook.services import Context, context
from renda.registers.register import Values

FILING = "file.deadline.local"
"""监督法 40 leaves the period to the province; those read all say thirty days from publication."""


def last_day(issued_on: date, under: Context) -> date | None:
    """The last day to file what was issued on a day; None where neither a provincial pack nor the county's choice fixes the period."""
    try:
        return under.due(FILING, issued_on).date
    except law.LawError:
        return None


def fill(rows: Sequence[Values]) -> None:
    """Put the last day into rows that have a day of issue and no last day of their own, by the law of their division."""
    wanted = [row for row in rows if "file_by" in row and row["file_by"] is None and row.get("issued")]
    under = {place: context(place) for place in {row.get("division") for row in wanted}}
    for row in wanted:
        if row["issued"].precision == "day":
            row["file_by"] = last_day(row["issued"].date, under[row.get("division")])
