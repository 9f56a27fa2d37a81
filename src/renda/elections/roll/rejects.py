"""The rows that were not taken as a workbook: as they stood, the reason beside them, and no identity number in full."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from renda.elections.roll import columns, outcomes
from renda.elections.roll.masking import masked
from renda.ledgers.sheets import Book

if TYPE_CHECKING:
    from renda.elections.roll.importing import Work

MOST_ROWS = 1_000_000
HIDDEN = frozenset({"phone", "address"})
"""Not needed to find the row in the clerk's own file."""


def write_rejects(target: Path | IO[bytes], work: Work) -> bool:
    """Write them; returns whether there were any. Numbers are masked: the row number leads to the row in the clerk's own file."""
    if not work.refused:
        return False
    with Book(target) as book:  # type: ignore[arg-type]
        sheet = book.sheet(_("没有列入的行"))
        fields = [name for name in columns.FIELDS if name not in HIDDEN and any(name in held.cells.columns for held in work.held)]
        heads = [_("文件"), _("工作表"), _("行号"), *(columns.TITLES[name] for name in fields), _("去向"), _("原因")]
        for place, text in enumerate(heads):
            sheet.write_string(0, place, text, book.heading)
            sheet.set_column(place, place, 60 if place == len(heads) - 1 else 16)
        sheet.freeze_panes(1, 0)
        cells = _cells(work, fields)
        for line, one in enumerate(work.refused[:MOST_ROWS], 1):
            held = work.held[one.part]
            told = [str(outcomes.WORDS[one.outcome]), outcomes.reason_of(one.outcome, one.why)]
            for place, value in enumerate([held.file, held.sheet, one.row, *cells[one.part, one.row], *told]):
                book.put(sheet, line, place, value, text=isinstance(value, str), fault=place == len(heads) - 1)
    return True


def _cells(work: Work, fields: list[str]) -> dict[tuple[int, int], list[str]]:
    """(sheet, row) → its cells, of the rows that were not taken."""
    found: dict[tuple[int, int], list[str]] = {}
    for part, held in enumerate(work.held):
        wanted = [one.row for one in work.refused if one.part == part]
        rows = held.cells.filter(held.cells["row"].is_in(wanted))
        for row in rows.to_dicts():
            found[part, row["row"]] = [_shown(name, row.get(name) or "") for name in fields]
    return found


def _shown(name: str, text: str) -> str:
    return masked(text) if name == "identity_number" else text
