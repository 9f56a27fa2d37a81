"""The pages of every register. Each asks the gate, builds what the template shows, and leaves every change to `registers.services`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.registers import loading, registry, services
from renda.registers.query import Query
from renda.registers.register import Register
from renda.ui import addresses, detail, editing, entrances, exporting, filters, listing, lookup, rooms
from renda.ui.pages import UNPROCESSABLE
from renda.ui.pages import actor_of as _actor
from renda.ui.pages import back as _back
from renda.ui.pages import crumbs as _crumbs
from renda.ui.pages import register_at as _register
from renda.ui.pages import saved as _saved
from renda.ui.picking import picked
from renda.ui.words import entered, said

MOST_VOIDED = 500


@require_GET
def room(request: HttpRequest, room: str) -> HttpResponse:
    """A room's registers."""
    shown = rooms.build(room, _actor(request))
    if not shown:
        raise PermissionDenied(_("您当前的身份没有可以查看的“%(room)s”台账。") % {"room": rooms.label(room)})
    if len(shown) == 1:
        return HttpResponseRedirect(shown[0].url)
    crumbs = [(_("首页"), "/"), (rooms.label(room), "")]
    return render(
        request,
        "ui/room.html",
        {"title": rooms.label(room), "registers": shown, "crumbs": crumbs, "entrances": entrances.of_room(room, _actor(request))},
    )


@require_GET
def records(request: HttpRequest, room: str, slug: str) -> HttpResponse:
    """The list of a register."""
    register, actor = _register(room, slug), _actor(request)
    gate.require(actor, roles.VIEW, register.model)
    if "columns" in request.GET:
        request.session[f"columns:{register.code}"] = request.GET.getlist("columns")
        return HttpResponseRedirect(addresses.of_list(register, addresses.changed(request.GET, ("columns",))))
    plain = filters.plain(register, request.GET, actor)
    if plain is not None:
        return HttpResponseRedirect(addresses.of_list(register, plain.urlencode()))
    if _back(request, register) != request.GET.urlencode():
        request.session[f"list:{register.code}"] = request.GET.urlencode()
    page = listing.build(register, actor, request.GET, request.session.get(f"columns:{register.code}", []))
    return render(request, "ui/list.html", {"page": page, "crumbs": _crumbs(register)})


@require_GET
def export(request: HttpRequest, room: str, slug: str) -> HttpResponse | FileResponse:
    """The list as a workbook: what is seen, or what was picked."""
    register, actor = _register(room, slug), _actor(request)
    columns = listing.chosen_columns(register, request.session.get(f"columns:{register.code}", []))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.xlsx"
        exporting.export(register, actor, Query.parse(register, request.GET), columns, target, picked(request.GET))
        content = target.open("rb")  # stays readable after its name is gone
    name = f"{said(register.name)}{clock.today():%Y%m%d}.xlsx"
    return FileResponse(content, as_attachment=True, filename=name)


@require_GET
@never_cache
def record(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """A record's page."""
    register, actor = _register(room, slug), _actor(request)
    page = detail.build(register, detail.find(register, pk, actor), actor)
    crumbs = _crumbs(register, (page.title, ""), back=_back(request, register))
    return render(request, "ui/detail.html", {"page": page, "crumbs": crumbs, "register": register})


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest, room: str, slug: str) -> HttpResponse:
    """The form for a new record."""
    register, actor = _register(room, slug), _actor(request)
    gate.require(actor, roles.CREATE, register.model)
    form = editing.blank(register, request.GET.dict(), actor)
    if request.method == "POST":
        form, pk = editing.create(register, request.POST.dict(), actor)
        if pk is not None:
            _saved(request, _("已登记。"), f"{register.code}:new")
            if "again" in request.POST:
                return HttpResponseRedirect(request.get_full_path())
            return HttpResponseRedirect(addresses.of_record(register, pk))
    title = _("登记%(name)s") % {"name": entered(said(register.name))}
    return _form(
        request, register, form, title, f"{register.code}:new", addresses.of_list(register, _back(request, register)), new=True
    )


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """The form for an existing record."""
    register, actor = _register(room, slug), _actor(request)
    found = _living(register, pk, actor)
    gate.require(actor, roles.EDIT, register.model)
    form = editing.of_record(register, pk)
    if request.method == "POST":
        form, saved = editing.edit(register, found, request.POST.dict(), actor)
        if saved is not None:
            _saved(request, _("已保存。"), f"{register.code}:{pk}")
            return HttpResponseRedirect(addresses.of_record(register, pk))
    title = _("修改%(name)s") % {"name": said(register.name)}
    return _form(request, register, form, title, f"{register.code}:{pk}", addresses.of_record(register, pk))


def _form(
    request: HttpRequest, register: Register, form: editing.Form, title: str, draft: str, cancel: str, *, new: bool = False
) -> HttpResponse:
    context = {
        "form": form, "title": title, "register": register, "cancel_url": cancel, "new": new,
        "draft": f"{request.user.pk}:{draft}", "crumbs": _crumbs(register, (title, ""), back=_back(request, register)),
    }  # fmt: skip
    return render(request, "ui/form.html", context, status=UNPROCESSABLE if form.faulty or form.fault else 200)


def _living(register: Register, pk: int, actor: Actor) -> Any:
    found = detail.find(register, pk, actor)
    if found.voided_at:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """Void one record: asks with its name, for a reason."""
    register, actor = _register(room, slug), _actor(request)
    _living(register, pk, actor)
    return _void(request, register, [pk], addresses.of_record(register, pk))


@require_http_methods(["GET", "POST"])
def void_many(request: HttpRequest, room: str, slug: str) -> HttpResponse:
    """Void the picked records: asks with their names, for a reason."""
    register = _register(room, slug)
    source: QueryDict = request.POST if request.method == "POST" else request.GET
    return _void(request, register, picked(source, MOST_VOIDED), addresses.of_list(register, _back(request, register)))


def _void(request: HttpRequest, register: Register, pks: list[int], cancel: str) -> HttpResponse:
    actor = _actor(request)
    gate.require(actor, roles.VOID, register.model)
    names = _labels(register, pks, actor)
    if not names:
        return HttpResponseRedirect(addresses.of_list(register, _back(request, register)))
    fault = ""
    if request.method == "POST":
        try:
            services.void(register, list(names), reason=request.POST.get("reason", ""), actor=actor)
        except services.Refused as refusal:
            fault = str(refusal)
        else:
            messages.success(
                request,
                ngettext("已作废 %(n)d 条，原因已记入日志。", "已作废 %(n)d 条，原因已记入日志。", len(names))
                % {"n": len(names)},
            )
            return HttpResponseRedirect(addresses.of_list(register, _back(request, register)))
    title = _("作废%(name)s") % {"name": said(register.name)}
    context = {
        "title": title, "names": names, "fault": fault, "cancel_url": cancel, "reason": request.POST.get("reason", ""),
        "crumbs": _crumbs(register, (title, ""), back=_back(request, register)),
    }  # fmt: skip
    return render(request, "ui/void.html", context, status=UNPROCESSABLE if fault else 200)


def _labels(register: Register, pks: list[int], actor: Actor) -> dict[int, str]:
    ids = list(gate.visible_to(actor, register.records()).filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
    label = register.by_field[register.label]
    values = loading.load(register, ids, [label])
    shown = label.cells([values[pk][label.field] for pk in ids])
    return {pk: str(text or _("（无标题）")) for pk, text in zip(ids, shown, strict=True)}


@require_http_methods(["GET", "POST"])
@never_cache
def reveal(request: HttpRequest, room: str, slug: str, pk: int, field: str) -> HttpResponse:
    """A secret value, for a reason that is journalled. It is shown once, in the answer itself, and kept nowhere."""
    register, actor = _register(room, slug), _actor(request)
    found = _living(register, pk, actor)
    gate.require(actor, roles.REVEAL, register.model)
    column = register.by_field.get(field)
    if column is None or not column.secret:
        raise Http404
    value, fault = "", ""
    if request.method == "POST":
        try:
            value = services.reveal(register, pk, field, reason=request.POST.get("reason", ""), actor=actor)
        except services.Refused as refusal:
            fault = str(refusal)
    title = _("查看%(name)s") % {"name": said(column.name)}
    context = {
        "title": title, "value": value, "fault": fault, "column": said(column.name), "name": _labels(register, [pk], actor).get(found.pk, ""),
        "back_url": addresses.of_record(register, pk), "crumbs": _crumbs(register, (title, ""), back=_back(request, register)),
    }  # fmt: skip
    return render(request, "ui/reveal.html", context, status=UNPROCESSABLE if fault else 200)


@require_GET
def suggestions(request: HttpRequest, target: str) -> JsonResponse:
    """Type-ahead as JSON: `results` with `text` and `note`, `more` where there are more than shown."""
    actor = _actor(request)
    try:
        if target not in (lookup.PEOPLE, lookup.DIVISIONS):
            gate.require(actor, roles.VIEW, registry.get(target).model)
        found = lookup.find(target, request.GET.get("q", ""), actor, lookup.LIMIT + 1)
    except KeyError as unknown:
        raise Http404 from unknown
    results = [{"id": one.pk, "text": one.text, "note": one.note} for one in found[: lookup.LIMIT]]
    return JsonResponse({"results": results, "more": len(found) > lookup.LIMIT})
