"""What an import of lists says of itself: every row of every sheet accounted for, without a cell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from renda.elections.roll.outcomes import OUTCOMES

if TYPE_CHECKING:
    import polars as pl


@dataclass
class SheetReport:
    """One sheet: its rows, or why it was left out."""

    file: str
    sheet: str
    read: int = 0
    left_out: str = ""
    unknown: list[str] = field(default_factory=list)


@dataclass
class Report:
    """One import. ``counts``: rows by outcome; they add up to ``read``."""

    sheets: list[SheetReport] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    in_pool: int = 0
    unknown_groups: list[str] = field(default_factory=list)
    committed: bool = False
    dry_run: bool = False
    rejects: str = ""

    @property
    def read(self) -> int:
        """Rows read, over all sheets."""
        return sum(sheet.read for sheet in self.sheets)

    def as_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "read": self.read,
            **self.counts,
            "in_pool": self.in_pool,
            "committed": self.committed,
            "dry_run": self.dry_run,
            "rejects": self.rejects,
            "unknown_groups": sorted(self.unknown_groups)[:50],
            "sheets": [vars(sheet) for sheet in self.sheets],
        }


@dataclass
class Refusal:
    """A row that was not taken: where it stands and why (a code of `outcomes.LOOKS` or words)."""

    part: int
    row: int
    outcome: str
    why: str


@dataclass
class Held:
    """A sheet's cells, held in memory until it is known which rows go back. ``start``: the place of its first staged row."""

    file: str
    sheet: str
    cells: pl.DataFrame
    start: int = 0
    rows: pl.Series | None = None
