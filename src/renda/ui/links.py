"""Matters that are linked by hand: the list on a matter's page, as far as the reader sees them; linking and unlinking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import linking
from renda.procedure.linking import RELATIONS, LinkRefused
from renda.procedure.models import Link, Matter
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses, history
from renda.ui.pages import UNPROCESSABLE, actor_of, back, crumbs, register_at
from renda.ui.words import said

PLACE = "#links"


@dataclass(frozen=True)
class Row:
    """A linked matter that the reader sees."""

    title: str
    kind: str
    url: str
    relation: str
    note: str
    by: str
    at: datetime
    remove_url: str = ""


@dataclass
class Links:
    """What the page of a matter says of its links. ``add_url`` where the reader may add some, to matters of ``kinds`` (code, name)."""

    rows: list[Row] = field(default_factory=list)
    add_url: str = ""
    kinds: list[tuple[str, str]] = field(default_factory=list)
    relations: list[tuple[str, str]] = field(default_factory=list)


def of_matter(register: Register, record: Any, actor: Actor) -> Links:
    """The links of a matter, to those matters alone that the actor may see."""
    found, may_edit = Links(), not record.voided_at and gate.may(actor, roles.EDIT, record)
    rows = linking.between(record.pk)
    seen = _seen([row.across(record.pk) for row in rows], actor)
    for row in rows:
        other = row.across(record.pk)
        target = seen.get(other.pk)
        if target is None:
            continue
        remove = addresses.of_action(register, record.pk, "unlink", str(row.pk)) if may_edit else ""
        found.rows.append(
            Row(
                " · ".join(filter(None, (other.number, other.title))), said(target.name), addresses.of_record(target, other.pk),
                str(RELATIONS.get(row.relation, row.relation)), row.note, history.who(row.by), row.at, remove,
            )
        )  # fmt: skip
    if may_edit:
        found.add_url = addresses.of_action(register, record.pk, "link")
        found.kinds = [(one.code, said(one.name)) for one in _registers(actor)]
        found.relations = [(code, str(words)) for code, words in RELATIONS.items()]
    return found


def _registers(actor: Actor) -> list[Register]:
    """The registers of matters that the actor may see."""
    return [one for one in registry.all_registers() if one.matter_kind and gate.may(actor, roles.VIEW, one.model)]


def _seen(several: Sequence[Matter], actor: Actor) -> dict[int, Register]:
    """Those of the matters that the actor may see, by key, with their registers. One query for each register with such a kind."""
    found: dict[int, Register] = {}
    for register in _registers(actor):
        ids = [one.pk for one in several if one.kind == register.matter_kind]
        if ids:
            rows = gate.visible_to(actor, register.records()).filter(pk__in=ids, voided_at__isnull=True)
            found = dict.fromkeys(rows.values_list("pk", flat=True), register) | found
    return found


def _matter(register: Register, pk: int, actor: Actor) -> Matter:
    """The matter of a page, voided or not, as far as the actor sees it. Http404 otherwise, PermissionDenied for a role that sees none."""
    gate.require(actor, roles.VIEW, register.model)
    rows = gate.visible_to(actor, register.model._default_manager.filter(**register.fixed))
    found = rows.filter(pk=pk).first()
    if found is None or not register.matter_kind:
        raise Http404
    return cast(Matter, found)


@require_POST
def link(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """Link the matter to another by kind and number."""
    register, actor = register_at(room, slug), actor_of(request)
    one = _matter(register, pk, actor)
    gate.require(actor, roles.EDIT, one)
    try:
        other = _by_number(request.POST.get("kind", ""), request.POST.get("number", "").strip(), one, actor)
        linking.link(one, other, request.POST.get("relation", ""), request.POST.get("note", ""), actor=actor)
    except LinkRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已关联，两个事项的页面上都会列出。"))
    return HttpResponseRedirect(addresses.of_record(register, pk) + PLACE)


def _by_number(code: str, number: str, one: Matter, actor: Actor) -> Matter:
    """The matter of a register with this number that the actor sees; what it does not see and what is not there are answered alike."""
    register = next((each for each in _registers(actor) if each.code == code), None)
    rows = gate.visible_to(actor, register.records()).filter(number=number) if register and number else None
    found = rows.order_by("-pk").first() if rows is not None else None
    if found is None:
        raise LinkRefused(_("没有编号为“%(number)s”的事项，请核对类别和编号。") % {"number": number})
    return cast(Matter, found)


@require_http_methods(["GET", "POST"])
@never_cache
def unlink(request: HttpRequest, room: str, slug: str, pk: int, row: int) -> HttpResponse:
    """Take a link away: asks with its name, for a reason."""
    register, actor = register_at(room, slug), actor_of(request)
    one = _matter(register, pk, actor)
    gate.require(actor, roles.EDIT, one)
    held = next((each for each in linking.between(pk) if each.pk == row), None)
    if held is None:
        raise Http404
    end = held.across(pk).pk
    target = _seen([held.across(pk)], actor).get(end)
    if target is None:
        raise Http404
    other = _matter(target, end, actor)
    here, fault = addresses.of_record(register, pk), ""
    if request.method == "POST":
        try:
            linking.unlink(held, one, other, reason=request.POST.get("reason", ""), actor=actor)
        except LinkRefused as refused:
            fault = str(refused)
        else:
            messages.success(request, _("已取消关联，原因已记入日志。"))
            return HttpResponseRedirect(here + PLACE)
    return _unlink_page(request, register, one, held, other, fault)


def _unlink_page(request: HttpRequest, register: Register, one: Matter, held: Link, other: Matter, fault: str) -> HttpResponse:
    title, here = _("取消关联"), addresses.of_record(register, one.pk)
    context = {
        "title": title, "other": " · ".join(filter(None, (other.number, other.title))), "relation": RELATIONS.get(held.relation, ""),
        "fault": fault, "reason": request.POST.get("reason", ""), "cancel_url": here + PLACE,
        "crumbs": crumbs(register, (one.number or one.title[:20], here), (title, ""), back=back(request, register)),
    }  # fmt: skip
    return render(request, "ui/unlink.html", context, status=UNPROCESSABLE if fault else 200)
