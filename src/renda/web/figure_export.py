"""The records behind a figure as a workbook: what the figure's page lists, all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.directory import gate, roles
from renda.figures import evaluate
from renda.journal import services as journal
from renda.journal.services import Line
from renda.ui.templatetags.renda import cell
from renda.ui.words import said
from renda.web import figure_pages

WIDEST, NARROWEST = 48, 10
SHEET_NAME = 31


@require_GET
def export(request: HttpRequest, code: str) -> FileResponse:
    """The evidence of a figure, journalled as every export is."""
    actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    indicator, question = figure_pages.asked(request, code)
    rows = evaluate.records(indicator, question, actor=actor)
    with journal.change():
        about = {"rows": len(rows), "period": question.period.name, "division": question.division.code}
        journal.record(Line(str(actor), "list.exported", "figures", None, indicator.name, about))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figure.xlsx"
        _write(target, said(indicator.name), rows)
        content = target.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{said(indicator.name)}{question.period.name}.xlsx")


def _write(target: Path, name: str, rows: list[dict[str, Any]]) -> None:
    headings = figure_pages.headings_of(rows)
    book = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_plain(name) or _("依据"))
    bold = book.add_format({"bold": True, "bg_color": "#f4f1ec", "border": 1})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, said(heading), bold)
        sheet.set_column(place, place, min(WIDEST, max(NARROWEST, 2 * max((len(cell(r.get(heading))) for r in rows), default=0))))
    for line, row in enumerate(rows, 1):
        for place, heading in enumerate(headings):
            sheet.write_string(line, place, cell(row.get(heading)))
    sheet.freeze_panes(1, 0)
    book.close()


def _plain(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\'")[:SHEET_NAME]
