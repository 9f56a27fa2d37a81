"""What comes before and out of the printer: checks, the comparison with last year, the Word document, PDF, evidence, records."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.figures.evaluate import Unanswerable
from renda.figures.periods import NoSuchPeriod
from renda.registers import registry as registers
from renda.reports.binding.records import Block, blocks_of
from renda.reports.draft.model import PENDING, Draft, Segment
from renda.reports.models import Report, State
from renda.reports.pages.common import actor_of, found, frame, working
from renda.reports.recognise.source import Unreadable
from renda.reports.services import checking, choosing, composing, settling
from renda.reports.services.places import spots
from renda.ui import addresses

RECORDS = 500
_NOT_IN_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@require_GET
@never_cache
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """What to look at before printing, each with the way to where it is mended."""
    report = working(request, pk)
    draft = composing.current(report, actor=actor_of(request))
    all_spots = spots(draft, settling.choices_by_place(report))
    rows = checking.findings(report, draft, all_spots, actor=actor_of(request))
    counts = [(tone, sum(row.tone == tone for row in rows)) for tone in (checking.LATE, checking.SOON, checking.RUN)]
    return render(
        request, "reports/checks.html", frame(request, report, "report-checks") | {"rows": rows, "counts": dict(counts)}
    )


@dataclass(frozen=True)
class Pair:
    """A paragraph as it was and as it is."""

    old: SafeString
    new: SafeString
    same: bool


@require_GET
@never_cache
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Last year's text and this year's, paragraph by paragraph, with what differs marked."""
    report = working(request, pk)
    draft = composing.current(report, actor=actor_of(request))
    only = request.GET.get("only") == "1"
    rows = [pair for pair in pairs(draft) if not (only and pair.same)]
    return render(request, "reports/compare.html", frame(request, report, "report-compare") | {"rows": rows, "only": only})


def pairs(draft: Draft) -> list[Pair]:
    """The paragraphs of a draft, old and new side by side."""
    rows = []
    for line in draft.paragraphs():
        old = mark_safe("".join(_old(draft, segment) for segment in line))  # noqa: S308 (every piece is made by format_html)
        new = mark_safe("".join(_new(draft, segment) for segment in line))  # noqa: S308
        if old or new:
            rows.append(Pair(old, new, all(_same(draft, segment) for segment in line)))
    return rows


def _before(draft: Draft, segment: Segment) -> str:
    return segment.text if segment.edit is None else draft.source[segment.edit.start : segment.edit.end]


def _same(draft: Draft, segment: Segment) -> bool:
    return segment.edit is None or (segment.text == _before(draft, segment) and not segment.edit.marked)


def _old(draft: Draft, segment: Segment) -> SafeString:
    text = _before(draft, segment)
    return format_html("{}" if segment.edit is None or segment.text == text or not text else "<del>{}</del>", text)


def _new(draft: Draft, segment: Segment) -> SafeString:
    edit = segment.edit
    if edit is None:
        return format_html("{}", segment.text)
    mark = format_html('<span class="rp-pending">{}</span>', PENDING) if edit.marked else ""
    changed = segment.text != _before(draft, segment)
    return format_html("<ins>{}</ins>{}" if changed else "{}{}", segment.text, mark)


@require_GET
@never_cache
def records(request: HttpRequest, pk: int, start: int, end: int, nth: int) -> HttpResponse:
    """The records behind a figure, as far as the actor may see them."""
    report = working(request, pk)
    draft = composing.current(report, actor=actor_of(request))
    entry = next((one for one in draft.entries if (one.start, one.end, 0) == (start, end, nth)), None)
    if entry is None or entry.binding is None:
        raise Http404
    blocks: list[Block] = []
    fault = ""
    try:
        blocks = blocks_of(entry.binding, report.year, report.division, actor_of(request))
    except (NoSuchPeriod, Unanswerable, KeyError) as error:
        fault = str(error)
    shown = [
        (block, [(_address(row), [row.get(name) for name in block.headings]) for row in block.rows[:RECORDS]]) for block in blocks
    ]
    crumbs = [
        (_("首页"), "/"),
        (_("年度报告"), reverse("reports")),
        (report.title, reverse("report", args=[pk])),
        (entry.new, ""),
    ]
    context = {
        "report": report, "entry": entry, "blocks": shown, "fault": fault, "most": RECORDS, "crumbs": crumbs,
        "value": choosing.said_value(entry.value, entry.unit), "before": choosing.said_value(entry.before, entry.unit),
        "back": reverse("report", args=[pk]) + f"?at={start}-{end}-{nth}",
    }  # fmt: skip
    return render(request, "reports/records.html", context)


def _address(row: dict[str, object]) -> str:
    try:
        return addresses.of_record(registers.get(str(row["register"])), int(str(row["pk"]))) if row["register"] else ""
    except KeyError:
        return ""


Write = Callable[[Report, Draft, Path], None]


def _download(request: HttpRequest, pk: int, suffix: str, write: Write, *, kind: str = "") -> HttpResponseBase:
    """Make a file and hand it over; what stands in the way is said on the report's page."""
    from renda.reports.papers import NoPdf, SourceChanged

    report = working(request, pk)
    draft = composing.current(report, actor=actor_of(request))
    name = _NOT_IN_NAME.sub("", f"{report.title}{kind}")[:80] or _("报告")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"report{suffix}"
        try:
            with translation.override(composing.PAPER_LANGUAGE):
                write(report, draft, target)
        except (NoPdf, SourceChanged, Unreadable) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("report", args=[pk]))
        content = target.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{name}{suffix}")


def _docx(report: Report, draft: Draft, path: Path) -> None:
    from renda.reports.papers import Heading, write_docx

    with tempfile.TemporaryDirectory() as folder:
        head = {name: report.heading.get(name, "") for name in settling.HEAD}
        write_docx(draft, path, source=composing.source_file(report, Path(folder)), heading=Heading(**head, note=_note(report)))


def _note(report: Report) -> str:
    """What is printed under an issued report: its digest, and the journal's head when it was issued."""
    if report.state != State.ISSUED:
        return ""
    said = {"day": f"{report.issue.issued_on:%Y-%m-%d}", "digest": report.issue.digest}
    note = _("印发日期 %(day)s，印发稿摘要 SHA-256：%(digest)s") % said
    head = report.issue.content.get("journal")
    return note + _("；日志链头（第 %(sequence)s 条）：%(hash)s") % head if head else note


def _pdf(report: Report, draft: Draft, path: Path) -> None:
    from renda.reports.papers import to_pdf

    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.docx"
        _docx(report, draft, paper)
        to_pdf(paper, path)


@require_GET
def docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft, or the issued report, as a Word document; with ``annex=1`` what became of the year's plan stands behind it."""
    found(request, pk)
    return _download(request, pk, ".docx", _with_annex(request) if request.GET.get("annex") == "1" else _docx)


def _with_annex(request: HttpRequest) -> Write:
    from renda.reports.plan.annex import append_to_report

    def write(report: Report, draft: Draft, path: Path) -> None:
        _docx(report, draft, path)
        append_to_report(report, path, actor=actor_of(request))

    return write


@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as PDF; without LibreOffice a message says what to install."""
    return _download(request, pk, ".pdf", _pdf)


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence workbook."""
    from renda.reports.evidence import write_evidence

    actor = actor_of(request)
    return _download(request, pk, ".xlsx", lambda _report, draft, path: write_evidence(draft, path, actor), kind=_("（依据）"))
