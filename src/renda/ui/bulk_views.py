"""The pages on which a step is taken in several matters: choose the step, fill its form once, see in which it can be taken, take it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.procedure import lawful, previewing, services
from renda.procedure.cases import Case
from renda.procedure.declaration import Step
from renda.procedure.refusals import Fault, StepRefused
from renda.registers.register import Register
from renda.ui import addresses, bulk_steps, step_forms, steps
from renda.ui.pages import UNPROCESSABLE, actor_of, back, crumbs, register_at, saved
from renda.ui.picking import picked
from renda.ui.words import said


@require_http_methods(["GET", "POST"])
@never_cache
def bulk(request: HttpRequest, room: str, slug: str) -> HttpResponse:
    """A step in the picked matters. Without a step it is chosen; the form is filled once; the preview says which can and why others cannot."""
    register, actor = register_at(room, slug), actor_of(request)
    gate.require(actor, roles.VIEW, register.model)
    if not steps.has_procedure(register):
        raise Http404
    if not bulk_steps.may(register, actor):
        raise PermissionDenied(_("您当前的身份没有可以批量办理的步骤。"))
    source = request.POST if request.method == "POST" else request.GET
    ids = picked(source)
    several = bulk_steps.chosen(register, ids, actor) if len(ids) <= bulk_steps.MOST else []
    code = source.get("step", "")
    if not code or not several:
        return _choose(request, register, several, len(ids))
    step = _declared(several[0], code)
    if request.method == "GET" or source.get("stage") == "edit":
        form = _typed_before(step, request, actor) if request.method == "POST" else step_forms.blank(step)
        return _form(request, register, step, several, form)
    return _posted(request, register, step, several, actor)


def _declared(case: Case, code: str) -> Step:
    found = next((one for one in case.procedure.steps if one.code == code and one.bulk), None)
    if found is None:
        raise Http404
    return found


def _typed_before(step: Step, request: HttpRequest, actor: Actor) -> step_forms.StepForm:
    return step_forms.filled(step, step_forms.read(step, request.POST.dict(), actor))


def _choose(request: HttpRequest, register: Register, several: Sequence[Case], count: int) -> HttpResponse:
    title = _("批量办理：%(name)s") % {"name": said(register.name)}
    context = {
        "title": title, "picked": several, "count": count, "most": bulk_steps.MOST, "too_many": count > bulk_steps.MOST,
        "states": bulk_steps.by_state(register, several), "common": bulk_steps.common(several), "back_url": _list_url(request, register),
        "crumbs": crumbs(register, (title, ""), back=back(request, register)),
    }  # fmt: skip
    return render(request, "ui/steps_choose.html", context)


def _list_url(request: HttpRequest, register: Register) -> str:
    return addresses.of_list(register, back(request, register))


def _context(request: HttpRequest, register: Register, step: Step, several: Sequence[Case], title: str) -> dict[str, object]:
    return {
        "title": title, "name": said(step.name), "declared": step, "leads": said(step.leads), "picked": several, "count": len(several),
        "article": lawful.citations(several[0].under, step.basis, several[0].on), "outside": said(step.who.name) if bulk_steps.outside(several, step) else "",
        "cancel_url": _list_url(request, register), "draft": f"{request.user.pk}:{register.code}:steps:{step.code}",
        "crumbs": crumbs(register, (title, ""), back=back(request, register)),
    }  # fmt: skip


def _form(
    request: HttpRequest, register: Register, step: Step, several: Sequence[Case], form: step_forms.StepForm
) -> HttpResponse:
    words = {"step": said(step.name), "n": len(several)}
    context = _context(request, register, step, several, _("批量办理：%(step)s（%(n)d 件）") % words) | {"form": form}
    return render(request, "ui/steps_form.html", context, status=UNPROCESSABLE if form.wrong else 200)


def _posted(request: HttpRequest, register: Register, step: Step, several: list[Case], actor: Actor) -> HttpResponse:
    typed = step_forms.read(step, request.POST.dict(), actor)
    bad = [one for one in previewing.bad_answers(register.matter_kind, step.code, typed.answers) if one.field not in typed.errors]
    if typed.errors or bad or typed.on is None:
        return _form(request, register, step, several, step_forms.filled(step, typed, bad))
    for one in several:
        one.on = typed.on
    rows = bulk_steps.preview(register, several, step, typed.answers)
    can = [row for row in rows if not row.faults]
    if request.POST.get("stage") != "take":
        return _preview(request, register, step, several, rows, typed)
    if len(can) < len(rows):  # what the preview offered has changed meanwhile
        return _preview(request, register, step, several, rows, typed, overtaken=True)
    try:
        services.take(
            steps.matter_model(register),
            register.matter_kind,
            step.code,
            [row.pk for row in can],
            actor=actor,
            on=typed.on,
            answers=typed.answers,
            outside=bulk_steps.outside(several, step),
            seen=_seen(request.POST, can),
        )
    except StepRefused as refused:
        _add_faults(rows, refused.faults)
        return _preview(request, register, step, several, rows, typed, overtaken=True)
    words = {"step": said(step.name), "n": len(can)}
    draft = f"{register.code}:steps:{step.code}"
    saved(request, ngettext("已办理“%(step)s”%(n)d 件。", "已办理“%(step)s”%(n)d 件。", len(can)) % words, draft)
    return HttpResponseRedirect(_list_url(request, register))


def _seen(posted: QueryDict, can: Sequence[bulk_steps.Row]) -> dict[int, int]:
    """What the preview had shown of each matter; a matter that it had not shown as open counts as changed."""
    pairs = [one.partition(":") for one in posted.getlist("seen")]
    shown = {int(pk): int(count) for pk, _colon, count in pairs if pk.isdigit() and count.isdigit()}
    return {row.pk: shown.get(row.pk, -1) for row in can}


def _add_faults(rows: Sequence[bulk_steps.Row], faults: Sequence[Fault]) -> None:
    by_pk = {row.pk: row for row in rows}
    for fault in faults:
        if fault.matter in by_pk:
            by_pk[fault.matter].faults.append(fault)


def _preview(
    request: HttpRequest,
    register: Register,
    step: Step,
    several: Sequence[Case],
    rows: Sequence[bulk_steps.Row],
    typed: step_forms.Typed,
    *,
    overtaken: bool = False,
) -> HttpResponse:
    can, cannot = [row for row in rows if not row.faults], [row for row in rows if row.faults]
    title = _("批量办理：%(step)s（核对）") % {"step": said(step.name)}
    context = _context(request, register, step, several, title) | {
        "can": can, "cannot": cannot, "overtaken": overtaken, "kept": list(typed.texts.items()),
    }  # fmt: skip
    return render(request, "ui/steps_preview.html", context, status=UNPROCESSABLE if overtaken or not can else 200)
