"""What an import says of itself: every row of every sheet accounted for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("created", "updated", "unchanged", "conflicting", "rejected")
OUTCOME_NAMES = {"created": "新增", "updated": "更新", "unchanged": "未变", "conflicting": "冲突", "rejected": "退回"}


@dataclass
class RowFault:
    """Why a row was not taken: its number in the sheet, the column (field; empty for the whole row) and the reason."""

    row: int
    field: str
    heading: str
    reason: str


@dataclass
class SheetReport:
    """What became of one sheet."""

    file: str
    sheet: str
    register: str = ""
    name: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    rejects: list[RowFault] = field(default_factory=list)
    conflicts: list[RowFault] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    left_out: str = ""

    @property
    def read(self) -> int:
        """Rows read: the sum of all outcomes."""
        return sum(self.counts.values())


@dataclass
class Report:
    """What became of an import."""

    sheets: list[SheetReport] = field(default_factory=list)
    committed: bool = False
    dry_run: bool = False
    rejects_workbook: str = ""
    batch: int | None = None

    def total(self, outcome: str) -> int:
        """Rows with this outcome over all sheets."""
        return sum(sheet.counts[outcome] for sheet in self.sheets)

    @property
    def read(self) -> int:
        """Rows read in all."""
        return sum(sheet.read for sheet in self.sheets)

    @property
    def refused(self) -> bool:
        """Whether rows stand in the way of taking all."""
        return bool(self.total("rejected") or self.total("conflicting"))

    def as_dict(self, *, fault_limit: int = 200) -> dict[str, Any]:
        """Plain data for JSON; ``fault_limit`` faults per sheet at most (the workbook has all)."""
        return {
            "read": self.read,
            **{outcome: self.total(outcome) for outcome in OUTCOMES},
            "committed": self.committed,
            "dry_run": self.dry_run,
            "batch": self.batch,
            "rejects_workbook": self.rejects_workbook,
            "sheets": [_sheet(sheet, fault_limit) for sheet in self.sheets],
        }


def _sheet(sheet: SheetReport, limit: int) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "register": sheet.register,
        "name": sheet.name,
        "read": sheet.read,
        **sheet.counts,
        "rejects": [vars(fault) for fault in sheet.rejects[:limit]],
        "conflicts": [vars(fault) for fault in sheet.conflicts[:limit]],
        "unknown_headings": sheet.unknown_headings,
        "skipped": [{"row": row, "reason": reason} for row, reason in sheet.skipped[:limit]],
        "left_out": sheet.left_out,
    }
