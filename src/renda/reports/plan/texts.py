"""The texts that a plan part is read from: an uploaded file, a pasted text, or a report that is in work here."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.reports.draft.model import PENDING
from renda.reports.models import Report
from renda.reports.recognise.source import MAX_BYTES, SUFFIXES, Unreadable, read
from renda.reports.services import composing, finding

__all__ = ["SUFFIXES", "NoPlanPart", "Unreadable", "reports", "taken"]
OFFERED = 20
PASTED_MOST = 200_000


class NoPlanPart(ValueError):
    """There is no plan part to read; the message (Chinese) says what to do."""


def reports(actor: Actor) -> list[Report]:
    """Reports in work or issued that the actor may see, the newest first."""
    return list(finding.visible(actor).order_by("-year", "-pk")[:OFFERED])


def taken(request: HttpRequest, actor: Actor) -> tuple[str, str, int | None]:
    """The name and the text that the request gives, and the year it reports on where that is known.

    Raises Unreadable for a file that is no report, NoPlanPart where nothing was given.
    """
    chosen = request.POST.get("report") or request.GET.get("report", "")
    if chosen:
        return _in_work(chosen, actor)
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        if (uploaded.size or 0) > MAX_BYTES:
            raise Unreadable(_("文件超过 %(most)d MB，请删去图片等附件后再试。") % {"most": MAX_BYTES // 2**20})
        return uploaded.name or "", _read(uploaded.name or "", b"".join(uploaded.chunks())), None
    pasted = request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")[:PASTED_MOST]
    if not pasted.strip():
        raise NoPlanPart(_("请先选择文件、选择平台中的报告，或粘贴工作安排部分的文字。"))
    return _("粘贴的文字"), pasted, None


def _read(name: str, content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{Path(name).suffix.lower()[:8]}"
        path.write_bytes(content)
        try:
            return read(path)
        except Unreadable as error:
            raise Unreadable(str(error).replace(path.name, Path(name).name)) from error


def _in_work(chosen: str, actor: Actor) -> tuple[str, str, int | None]:
    """The draft of a report here, or (``12-source``) the last year's text that it came from."""
    pk, _sign, which = chosen.partition("-")
    report = finding.find(int(pk), actor) if pk.isdigit() else None
    if report is None:
        raise Http404
    if which == "source":
        return report.source_name, report.source_text, report.source_year
    return report.title, composing.current(report, actor=actor).text().replace(PENDING, ""), report.year
