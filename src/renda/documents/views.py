"""Pages of the templates of letters (文书模板): the list, one template with its words and versions, upload, return to the shipped one, samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.documents import checking, pdf, registry, rendering, samples, services
from renda.documents.language import TemplateFault
from renda.documents.models import TemplateVersion
from renda.documents.registry import Template
from renda.files.services import content_of

UNPROCESSABLE = 422
FORMS = ("template", "docx", "pdf")
PDF_TYPE = "application/pdf"


def _place(request: HttpRequest) -> tuple[Actor, Division]:
    """The actor, let in by the gate, and whose templates these are."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.VIEW, TemplateVersion)
    division = services.division_of(actor)
    if division is None:
        raise PermissionDenied(_("还没有登记区划，不能设置文书模板。请先导入区划。"))
    return actor, division


def _template(code: str) -> Template:
    found = registry.find(code)
    if found is None:
        raise Http404(_("没有这种文书。"))
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All letters by field of work, with which template counts here."""
    _actor, division = _place(request)
    own = services.in_force(division)
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in registry.all_templates():
        row = {"name": _(one.name), "to": _(one.to), "url": reverse("letter-template", args=[one.code]), "own": own.get(one.code)}
        groups.setdefault(_(one.group), []).append(row)
    context = {"groups": groups, "division": division, "crumbs": [(_("首页"), "/"), (_("文书模板"), "")]}
    return render(request, "documents/templates.html", context)


@require_GET
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One template: how it looks with a sample, its placeholders and versions, and the forms that change it."""
    actor, division = _place(request)
    return _page(request, actor, division, _template(code))


def _page(
    request: HttpRequest,
    actor: Actor,
    division: Division,
    template: Template,
    *,
    fault: str = "",
    given: Mapping[str, str] | None = None,
) -> HttpResponse:
    current = services.current(template, division)
    versions = services.versions(template, division)
    used, looks = set(), []
    try:
        filled = rendering.fill(current.content, template.samples(), title=template.name)
        used, looks = set(filled.used), rendering.paragraphs(filled.content)
    except TemplateFault as broken:  # a letter that lost a word since its template was uploaded
        fault = fault or str(broken)
    sampled = template.samples()
    words = [(one, one.name in used, _shown(sampled[one.name])) for one in template.words]
    context = {
        "template": template, "name": _(template.name), "to": _(template.to), "current": current.version, "versions": versions, "words": words,
        "looks": looks, "fault": fault,
        "given": given or {}, "may_edit": gate.may(actor, roles.EDIT, TemplateVersion), "division": division,
        "own": bool(versions and versions[0].file_id), "pdf": pdf.can_make_pdf(),
        "made": samples.is_made(template, current), "making": samples.state_of(template, current),
        "most": checking.MOST_BYTES // 1024 // 1024,
        "inherited": current.version is not None and current.version.division_id != division.pk,
        "crumbs": [(_("首页"), "/"), (_("文书模板"), reverse("letter-templates")), (_(template.name), "")],
    }  # fmt: skip
    return render(request, "documents/template.html", context, status=UNPROCESSABLE if fault else 200)


def _shown(sample: str | list[str]) -> str:
    return "；".join(sample) if isinstance(sample, list) else sample


@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take an uploaded file as the division's template."""
    actor, division = _place(request)
    template, sent, reason = _template(code), request.FILES.get("file"), request.POST.get("reason", "")
    before = services.current(template, division).content
    try:
        if sent is None:
            raise TemplateFault(_("请先选择要上传的 .docx 文件。"))
        if (sent.size or 0) > checking.MOST_BYTES:
            raise checking.too_large(sent.size or 0)
        content = sent.read()
        made = services.upload(template, division, sent.name or "", content, reason=reason, actor=actor)
    except TemplateFault as refusal:
        return _page(request, actor, division, template, fault=str(refusal), given={"reason": reason})
    words = {"name": _(template.name), "version": made.version}
    messages.success(request, _("《%(name)s》的模板已更换（第 %(version)s 版），今后生成的文书用新模板。") % words)
    _warn_of_lost(request, template, before, content)
    return HttpResponseRedirect(reverse("letter-template", args=[code]))


def _warn_of_lost(request: HttpRequest, template: Template, before: bytes, content: bytes) -> None:
    """Say which words the old template used and the new one does not: often an oversight."""
    lost = rendering.words_used(before, template.samples()) - rendering.words_used(content, template.samples())
    if lost:
        named = "、".join(word.name for word in template.words if word.name in lost)
        messages.warning(
            request, _("新模板没有用到原来的占位符：%(named)s。如果不是有意删去，请核对后重新上传。") % {"named": named}
        )


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Go back to the shipped template."""
    actor, division = _place(request)
    template, reason = _template(code), request.POST.get("reason", "")
    try:
        services.restore(template, division, reason=reason, actor=actor)
    except TemplateFault as refusal:
        return _page(request, actor, division, template, fault=str(refusal))
    messages.success(request, _("《%(name)s》已恢复为平台自带的模板。") % {"name": _(template.name)})
    return HttpResponseRedirect(reverse("letter-template", args=[code]))


@require_GET
def file(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A version of the division's template, or (0) the shipped one."""
    _actor, division = _place(request)
    template = _template(code)
    if version == 0:
        return _attachment(template.shipped.read_bytes(), f"{_(template.name)}.docx")
    row = next((one for one in services.versions(template, division) if one.version == version), None)
    if row is None or row.file is None:
        raise Http404
    return _attachment(content_of(row.file), f"{_(template.name)} v{row.version}.docx")


@require_GET
@never_cache
def sample(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The template in force: itself (``template``), or filled in with a sample, as ``docx`` or (once it is made) ``pdf``."""
    _actor, division = _place(request)
    template = _template(code)
    if form not in FORMS:
        raise Http404
    current = services.current(template, division)
    if form == "template":
        return _attachment(current.content, f"{_(template.name)}.docx")
    name = _("%(name)s（样稿）") % {"name": _(template.name)}
    if form == "docx":
        return _attachment(rendering.render(current.content, template.samples(), title=template.name), f"{name}.docx")
    made = samples.made(template, current)
    if made is None:
        return HttpResponseRedirect(reverse("letter-template", args=[code]))
    return _attachment(made, f"{name}.pdf", PDF_TYPE)


@require_POST
def sample_order(request: HttpRequest, code: str) -> HttpResponse:
    """Have the sample made as PDF in the background."""
    _actor, division = _place(request)
    template = _template(code)
    try:
        samples.order(template, services.current(template, division))
    except pdf.NoPdf as missing:
        messages.error(request, str(missing))
    return HttpResponseRedirect(reverse("letter-template", args=[code]))


@require_GET
@never_cache
def sample_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the sample is; the whole page once it is there or has failed."""
    _actor, division = _place(request)
    template = _template(code)
    making = samples.state_of(template, services.current(template, division))
    if making is None or making.state not in samples.UNDER_WAY:
        return HttpResponseClientRefresh()
    return render(request, "documents/sample_progress.html", {"template": template, "making": making})


def _attachment(content: bytes, name: str, media_type: str = checking.MEDIA_TYPE) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox"
    return response
