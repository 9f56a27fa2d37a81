"""The pages of importing ledgers. Each asks the gate; every change is a function of `flow`."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.ledgers import divisions, flow, pages
from renda.ledgers.exporting import export_all
from renda.ledgers.models import Import, State
from renda.ledgers.sheets import DIVISIONS, write_divisions_template, write_template
from renda.registers import registry

UNPROCESSABLE = 422
SHOWN = 50


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _importer(request: HttpRequest) -> Actor:
    actor = _actor(request)
    flow.require_importer(actor)
    return actor


def _import(request: HttpRequest, pk: int) -> Import:
    found = flow.find(pk, _importer(request))
    if found is None:
        raise Http404
    return found


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Imports so far, the upload, empty workbooks."""
    return _index(request)


def _index(request: HttpRequest, fault: str = "") -> HttpResponse:
    actor = _importer(request)
    rows = [(one, pages.tone(one), _(one.get_state_display()), pages.totals(one)) for one in flow.visible(actor)[:SHOWN]]
    context = {
        "rows": rows, "registers": flow.importable(actor), "fault": fault, "most": flow.MOST_BYTES // 2**20,
        "may_reveal": any(gate.may(actor, roles.REVEAL, register.model) for register in registry.all_registers()),
        "may_export": any(gate.may(actor, roles.EXPORT, register.model) for register in registry.all_registers()),
        "accept": ",".join(flow.SUFFIXES), "crumbs": [(_("首页"), "/"), (_("导入台账"), "")],
    }  # fmt: skip
    return render(request, "ledgers/index.html", context, status=UNPROCESSABLE if fault else 200)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in and go to their import."""
    _importer(request)
    try:
        made = flow.upload(request.FILES.getlist("files"), request.hat)  # type: ignore[attr-defined]
    except flow.NotAccepted as refusal:
        return _index(request, str(refusal))
    return HttpResponseRedirect(reverse("ledgers-import", args=[made.pk]))


@require_GET
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An import: progress, preview or result, by its state."""
    one, actor = _import(request, pk), _actor(request)
    title = _("导入 %(n)s 号") % {"n": one.pk}
    context: dict[str, Any] = {
        "one": one, "title": title, "tone": pages.tone(one), "state": _(one.get_state_display()),
        "running": one.state in flow.RUNNING, "progress": pages.progress_of(one),
        "sheets": pages.sheets_of(one, actor), "totals": pages.totals(one), "registers": flow.importable(actor),
        "has_rejects": (flow.folder_of(one.pk) / flow.REJECTS).exists(),
        "checked": one.state == State.CHECKED, "done": one.state == State.DONE, "failed": one.state == State.FAILED,
        "clean": not (one.report.get("rejected") or one.report.get("conflicting")),
        "good": one.report.get("created", 0) + one.report.get("updated", 0),
        "crumbs": [(_("首页"), "/"), (_("导入台账"), reverse("ledgers")), (title, "")],
    }  # fmt: skip
    context["to_settle"] = context["checked"] and any(sheet.unknown or sheet.ask_register for sheet in context["sheets"])
    return render(request, "ledgers/import.html", context)


@require_GET
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks for itself while the import runs; the whole page once it is over."""
    one = _import(request, pk)
    if one.state not in flow.RUNNING:
        return HttpResponseClientRefresh()
    return render(
        request, "ledgers/progress.html", {"one": one, "progress": pages.progress_of(one), "state": _(one.get_state_display())}
    )


def _step(request: HttpRequest, one: Import, step: Any) -> HttpResponse:
    try:
        step()
    except (flow.NotAccepted, ValueError) as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("ledgers-import", args=[one.pk]))


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember which columns unknown headings are and which registers unknown sheets are, and check again."""
    one, hat = _import(request, pk), request.hat  # type: ignore[attr-defined]
    posted = request.POST.dict()
    mappings, registers = pages.mappings_in(one, posted), pages.registers_in(one, posted)
    return _step(request, one, lambda: flow.settle(one, mappings, registers, hat=hat))


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Import all rows, or the good ones (``how`` is all or good)."""
    one, hat = _import(request, pk), request.hat  # type: ignore[attr-defined]
    if one.account_id != request.user.pk:
        raise PermissionDenied(_("只有上传人可以确认这次导入。"))
    good = request.POST.get("how") == "good"
    return _step(request, one, lambda: flow.confirm(one, take_good_rows=good, hat=hat))


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    one, actor = _import(request, pk), _actor(request)
    return _step(request, one, lambda: flow.give_up(one, actor=actor))


@require_GET
def rejects(request: HttpRequest, pk: int) -> FileResponse:
    """The rows that were not taken, with the reason beside the cell."""
    one = _import(request, pk)
    path = flow.folder_of(one.pk) / flow.REJECTS
    if one.account_id != request.user.pk or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=_("退回的行-%(n)s号.xlsx") % {"n": one.pk})


@require_GET
def template(request: HttpRequest, code: str) -> FileResponse:
    """The empty workbook of one register."""
    actor = _importer(request)
    register = next((one for one in flow.importable(actor) if one.code == code), None)
    if register is None:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "template.xlsx"
        write_template(target, register)
        content = target.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{register.name}.xlsx")


@require_GET
def templates(request: HttpRequest) -> FileResponse:
    """The empty workbooks of all registers that the actor may import."""
    actor = _importer(request)
    with tempfile.TemporaryDirectory() as folder:
        if divisions.may_take(actor):
            write_divisions_template(Path(folder) / DIVISIONS)
        for number, register in enumerate(flow.importable(actor), 1):
            write_template(Path(folder) / f"{number:02d}-{register.name}.xlsx", register)
        return _zipped(Path(folder), _("台账空表.zip"))


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> FileResponse:
    """Every register that the actor may export, as workbooks that can be imported again; secret columns only where a reason is posted."""
    actor = _importer(request)
    with tempfile.TemporaryDirectory() as folder:
        export_all(Path(folder), actor=actor, reason=request.POST.get("reason", ""))
        return _zipped(Path(folder), _("台账导出%(day)s.zip") % {"day": f"{clock.today():%Y%m%d}"})


def _zipped(folder: Path, name: str) -> FileResponse:
    content = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(folder.glob("*.xlsx")):
            packed.write(path, path.name)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=name)
