"""The pages on which a step is taken, the last one is undone, and a secret answer is shown for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal.services import change
from renda.procedure import checking, lawful, offers, permission, revealing, services, undoing
from renda.procedure.cases import Case
from renda.procedure.declaration import Step
from renda.procedure.models import Matter
from renda.procedure.permission import Way
from renda.procedure.refusals import Fault, Overtaken, StepRefused
from renda.registers.register import Register
from renda.ui import addresses, deadlines, detail, step_files, step_forms, steps, timeline
from renda.ui.pages import UNPROCESSABLE, actor_of, back, crumbs, register_at, saved
from renda.ui.words import said


@dataclass
class At:
    """A matter that is open on a page of its procedure: its register, who looks at it, and the case."""

    register: Register
    actor: Actor
    case: Case

    @property
    def pk(self) -> int:
        """The matter's primary key."""
        return int(self.case.record.pk)

    @property
    def model(self) -> type[Matter]:
        """The model of the matter's kind."""
        return steps.matter_model(self.register)

    @property
    def url(self) -> str:
        """The matter's page."""
        return addresses.of_record(self.register, self.pk)


def at(request: HttpRequest, room: str, slug: str, pk: int) -> At:
    """The matter at an address. Http404 where it is voided, out of sight, or moves by no procedure."""
    register, actor = register_at(room, slug), actor_of(request)
    record = detail.find(register, pk, actor)
    if record.voided_at or not steps.has_procedure(register):
        raise Http404
    return At(register, actor, steps.load(register, pk, actor))


@require_http_methods(["GET", "POST"])
@never_cache
def step(request: HttpRequest, room: str, slug: str, pk: int, code: str) -> HttpResponse:
    """The form of a step: what it leads to, what it rests on, what it asks. Posted, the step is taken."""
    here = at(request, room, slug, pk)
    declared = _declared(here, code)
    way = permission.way(here.actor, declared.who, here.case.record)
    if not way:
        words = {"step": said(declared.name), "who": said(declared.who.name)}
        raise PermissionDenied(_("“%(step)s”由%(who)s办理，您当前的身份不能办理。") % words)
    if request.method == "GET":
        return _page(request, here, declared, way, step_forms.blank(declared, here.case.record))
    typed = step_forms.read(declared, request.POST.dict(), here.actor, here.case.record.division_id)
    handed = step_files.read(declared, request)
    step_files.answer(declared, typed, handed)
    faults = _take(here, declared, typed, handed, request) if not typed.errors else _all_faults(declared, typed)
    again = handed.any
    if isinstance(faults, Overtaken):
        here = At(here.register, here.actor, steps.load(here.register, pk, here.actor))
        meanwhile = _since(here, _number(request.POST.get("seen")))
        return _page(
            request, here, declared, way, step_forms.filled(declared, typed, one_matter=True), overtaken=meanwhile, again=again
        )
    if faults or typed.errors:
        return _page(request, here, declared, way, step_forms.filled(declared, typed, faults, one_matter=True), again=again)
    return _done(request, here, declared)


def _declared(here: At, code: str) -> Step:
    try:
        return here.case.procedure.step(code)
    except KeyError as unknown:
        raise Http404 from unknown


def _take(
    here: At, declared: Step, typed: step_forms.Typed, handed: step_files.Received, request: HttpRequest
) -> list[Fault] | Overtaken:
    seen = _number(request.POST.get("seen"))
    try:
        with change():
            (taken,) = services.take(
                here.model,
                here.register.matter_kind,
                declared.code,
                [here.pk],
                actor=here.actor,
                on=typed.on,
                answers=typed.answers,
                outside="outside" in request.POST,
                seen={} if seen is None else {here.pk: seen},
            )
            step_files.keep(here.register, here.case.record, taken, handed, typed.answers, actor=here.actor)
    except Overtaken as overtaken:
        return overtaken
    except StepRefused as refused:
        return refused.faults
    return []


def _all_faults(declared: Step, typed: step_forms.Typed) -> list[Fault]:
    """What else is wrong beside what could not be read, so that all of it is told at once."""
    return [one for one in checking.bad_answers(declared, typed.answers) if one.field not in typed.errors]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _since(here: At, seen: int | None) -> list[timeline.Item]:
    """The steps that were taken or undone after the page was opened; the last one where that cannot be told."""
    organs, divisions = steps.names_of(here.case)
    items = timeline.of_case(here.register, here.case, organs, divisions, may_reveal=False)
    taken = [one for one in items if one.step]
    return [one for one in taken if one.place > (seen or 0)] or taken[-1:]


def _page(
    request: HttpRequest,
    here: At,
    declared: Step,
    way: Way,
    form: step_forms.StepForm,
    *,
    overtaken: list[timeline.Item] | None = None,
    again: bool = False,
) -> HttpResponse:
    case, name = here.case, said(declared.name)
    organs, _divisions = steps.names_of(case)
    barred = list(checking.bars(declared, case))
    title = _("线下办理登记：%(step)s") % {"step": name} if way == "outside" else name
    letters = {one.code: said(one.name) for one in case.procedure.letters}
    context = {
        "title": title, "name": name, "declared": declared, "leads": said(declared.leads), "form": form, "again": again, "barred": barred, "overtaken": overtaken,
        "article": lawful.citations(case.under, declared.basis, case.on), "due": _kept(here, declared, organs), "matter": label_of(case), "state": said(case.state.name),
        "state_tone": steps.tone_of(case), "outside": deadlines.who_words(case, declared.who, organs) if way == "outside" else "",
        "letters": [letters[code] for code in declared.letters], "seen": case.record.steps_taken, "cancel_url": here.url,
        "draft": f"{request.user.pk}:{here.register.code}:{here.pk}:{declared.code}",
        "crumbs": matter_crumbs(request, here, title),
    }  # fmt: skip
    return render(request, "ui/step.html", context, status=UNPROCESSABLE if form.wrong or barred or overtaken else 200)


def _kept(here: At, declared: Step, organs: Mapping[int, str]) -> deadlines.Deadline | None:
    """The running deadline that the step keeps; at a matter's end none runs."""
    row = offers.kept(declared, here.case)
    return deadlines.of_row(here.case, row, organs) if row and not here.case.state.final else None


def label_of(case: Case) -> str:
    """Number and title of a matter."""
    return " · ".join(filter(None, (case.record.number, case.record.title)))


def matter_crumbs(request: HttpRequest, here: At, title: str) -> list[tuple[str, str]]:
    """The way from home over the list and the matter to a page of its procedure."""
    named = (here.case.record.number or here.case.record.title[:20], here.url)
    return crumbs(here.register, named, (title, ""), back=back(request, here.register))


def _done(request: HttpRequest, here: At, declared: Step) -> HttpResponse:
    """Back to the matter with what comes next; to the list where the actor no longer sees the matter."""
    draft = f"{here.register.code}:{here.pk}:{declared.code}"
    words = _("已办理“%(step)s”。") % {"step": said(declared.name)}
    if not gate.visible_to(here.actor, here.register.records()).filter(pk=here.pk).exists():
        saved(request, words, draft)
        return HttpResponseRedirect(addresses.of_list(here.register, back(request, here.register)))
    case = steps.load(here.register, here.pk, here.actor)
    saved(request, words + steps.next_words(case, steps.names_of(case)[0]), draft)
    return HttpResponseRedirect(here.url)


@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """Undo the last step: says what it was and what the matter will be again, and asks for the reason."""
    here = at(request, room, slug, pk)
    if not undoing.may_undo(here.case):
        if not here.case.standing:
            raise Http404
        raise PermissionDenied(_("只有办理该步骤的人或者主管的工作人员可以更正。"))
    faults: list[Fault] = []
    if request.method == "POST":
        seen = _number(request.POST.get("seen"))
        try:
            reason = request.POST.get("reason", "")
            undone = services.undo(here.model, here.register.matter_kind, pk, reason=reason, actor=here.actor, seen=seen)
        except StepRefused as refused:
            faults = refused.faults
            here = at(request, room, slug, pk)
        else:
            words = {"step": _step_name(here, undone.code), "state": _state_name(here, undone.from_state)}
            messages.success(request, _("已更正：“%(step)s”不再有效，该事项恢复为“%(state)s”。原因已记入日志。") % words)
            return HttpResponseRedirect(here.url)
    if not here.case.standing:
        return HttpResponseRedirect(here.url)
    return _undo_page(request, here, faults)


def _undo_page(request: HttpRequest, here: At, faults: list[Fault]) -> HttpResponse:
    case, last = here.case, here.case.standing[-1]
    organs, divisions = steps.names_of(case)
    items = timeline.of_case(here.register, case, organs, divisions, may_reveal=False)
    title = _("更正上一步：%(step)s") % {"step": _step_name(here, last.code)}
    context = {
        "title": title, "matter": label_of(case), "item": next(one for one in items if one.place == last.place),
        "before": _state_name(here, last.from_state), "now": said(case.state.name), "reason": request.POST.get("reason", ""),
        "faults": faults, "seen": case.record.steps_taken, "cancel_url": here.url, "crumbs": matter_crumbs(request, here, title),
    }  # fmt: skip
    return render(request, "ui/step_undo.html", context, status=UNPROCESSABLE if faults else 200)


def _step_name(here: At, code: str) -> str:
    known = {one.code: said(one.name) for one in here.case.procedure.steps}
    return known.get(code, code)


def _state_name(here: At, code: str) -> str:
    known = {one.code: said(one.name) for one in here.case.procedure.states}
    return known.get(code, code)


@require_http_methods(["GET", "POST"])
@never_cache
def answer(request: HttpRequest, room: str, slug: str, pk: int, place: int, ask: str) -> HttpResponse:
    """A secret answer of a step, for a reason that is journalled; shown once, in the answer itself, and kept nowhere."""
    here = at(request, room, slug, pk)
    gate.require(here.actor, roles.REVEAL, here.register.model)
    taken = next((one for one in here.case.steps if one.place == place), None)
    declared = revealing.secret_ask(here.register.matter_kind, taken.code, ask) if taken else None
    if taken is None or declared is None or ask not in taken.given:
        raise Http404
    value, fault = "", ""
    if request.method == "POST":
        try:
            value = revealing.reveal(
                here.model,
                here.register.matter_kind,
                pk,
                place,
                ask,
                reason=request.POST.get("reason", ""),
                actor=here.actor,
            )
        except StepRefused as refused:
            fault = refused.faults[0].reason
    label = said(declared.label)
    title = _("查看%(name)s") % {"name": label}
    context = {
        "title": title, "value": value, "fault": fault, "column": label, "name": label_of(here.case), "long": declared.kind == "long",
        "back_url": here.url, "crumbs": matter_crumbs(request, here, title),
    }  # fmt: skip
    return render(request, "ui/reveal.html", context, status=UNPROCESSABLE if fault else 200)
