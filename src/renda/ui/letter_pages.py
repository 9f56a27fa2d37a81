"""Pages of a matter's letters: checking what a letter will say and making it; downloading a version through the gate."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from renda.core import clock
from renda.directory.gate import Actor
from renda.documents import papers
from renda.documents import registry as templates
from renda.documents.checking import MEDIA_TYPE
from renda.documents.language import TemplateFault
from renda.files.serving import attachment
from renda.procedure import cases
from renda.procedure.models import Matter
from renda.procedure.registry import of_kind
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses, detail, letters
from renda.ui.words import said

UNPROCESSABLE = 422


def _matter(request: HttpRequest, room: str, slug: str, pk: int) -> tuple[Register, Any, Actor]:
    """The register, the matter as far as the actor may see it, and the actor. Http404 for what has no procedure."""
    try:
        register = registry.get(f"{room}.{slug}")
    except KeyError as unknown:
        raise Http404 from unknown
    actor: Actor = request.actor  # type: ignore[attr-defined]
    record = detail.find(register, pk, actor)
    if not register.matter_kind or of_kind(register.matter_kind) is None:
        raise Http404
    return register, record, actor


@require_http_methods(["GET", "POST"])
@never_cache
def make(request: HttpRequest, room: str, slug: str, pk: int, place: int, letter: str) -> HttpResponse:
    """What a letter will say, with what its maker fills in; making it leads back to the matter."""
    register, record, actor = _matter(request, room, slug, pk)
    case = cases.load(cast(type[Matter], register.model), register.matter_kind, [pk], actor=actor, on=clock.today())[0]
    draft = letters.draft(register, case, place, letter)
    given, fault = request.POST.dict(), ""
    if request.method == "POST":
        try:
            made = letters.make(register, pk, place, letter, given, actor=actor)
        except TemplateFault as refusal:
            fault = str(refusal)
        else:
            words = {"letter": said(draft.template.name), "number": made.paper.number}
            messages.success(request, _("已生成《%(letter)s》，文号 %(number)s，可在“文书”中下载。") % words)
            return HttpResponseRedirect(addresses.of_record(register, pk) + "#letters")
    title = _("生成%(letter)s") % {"letter": said(draft.template.name)}
    context = {
        "title": title, "draft": draft, "known": draft.known(), "asked": draft.asked(given), "fault": fault, "number": given.get(templates.NUMBER, draft.number),
        "reason": given.get("reason", ""), "record": record, "cancel_url": addresses.of_record(register, pk),
        "step": said(case.procedure.step(draft.taken.code).name), "crumbs": _crumbs(register, pk, record, title),
    }  # fmt: skip
    return render(request, "ui/letter_make.html", context, status=UNPROCESSABLE if fault else 200)


def _crumbs(register: Register, pk: int, record: Any, title: str) -> list[tuple[str, str]]:
    return [
        (_("首页"), "/"),
        (said(register.name), addresses.of_list(register)),
        (record.number or record.title, addresses.of_record(register, pk)),
        (title, ""),
    ]


@require_GET
@never_cache
def download(request: HttpRequest, room: str, slug: str, pk: int, version: int) -> HttpResponse:
    """A version of a letter as .docx. One that holds masked values asks for the right to unmask, and is journalled."""
    register, record, actor = _matter(request, room, slug, pk)
    found = papers.find(register.matter_kind, pk, version)
    template = templates.find(found.paper.code) if found else None
    if found is None or template is None:
        raise Http404
    if not letters.may_open(actor, register, found.paper, found):
        raise PermissionDenied(_("这份文书含有保密内容，您当前的身份不能下载。需要时请向出具文书的工作人员索取。"))
    if found.secret:
        papers.note_opened(found, template.name, register=register.code, label=record.called, actor=actor)
    name = f"{said(template.name)} {found.paper.number or record.number}.docx"
    response = attachment(papers.content_of(found), name, MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response
