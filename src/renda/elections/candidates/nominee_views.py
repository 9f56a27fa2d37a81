"""Pages of a nominee: the nomination, the record with the candidate form, declining and striking off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from renda.core.text import mask_phone
from renda.directory import gate, roles
from renda.documents.language import TemplateFault
from renda.elections import legal, pages
from renda.elections.candidates import changes, details, elsewhere, formpaper, nominating, nominees, overview
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.forms import LeaveForm, NominationForm, NomineeForm
from renda.elections.candidates.views import TAB, attempt, crumbs, may, refused, row_of, status_of
from renda.elections.models import STANDING, Election, Nomination, NominationKind, NominationSigner, Nominee, Stage
from renda.elections.roll.masking import masked
from renda.files.packages import DOCX
from renda.files.serving import attachment


@require_http_methods(["GET", "POST"])
@never_cache
def nominate(request: HttpRequest, pk: int, district: int) -> HttpResponse:
    """Enter a nomination of somebody new, or of somebody who was nominated already."""
    election, actor = pages.election_of(request, pk, roles.CREATE, Nominee), pages.actor_of(request)
    row = row_of(election, actor, district)
    known = [one for one in row.nominees if one.stage in (*STANDING, Stage.PROPOSED)]
    form = NominationForm(request.POST or None, known=known, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and _nominate(request, form, row, known):
        return redirect("election-nominees", pk, district)
    rules = [legal.law_on(election)(f"elec.cand.{part}") for part in ("nominator.voters", "nominator.limit", "info_duty")]
    title = _("登记推荐")
    shown = {
        "form": form,
        "row": row,
        "rules": rules,
        "title": title,
        "nomination": NominationForm.NOMINATION,
        **may(election, actor),
    }
    path = crumbs(election, row, title)
    return pages.page(
        request, "elections/candidates/nominate.html", election, TAB, shown, *path, status=status_of(form)
    )  # fmt: skip


def _nominate(request: HttpRequest, form: NominationForm, row: overview.Row, known: list[Nominee]) -> bool:
    wanted = form.cleaned_data["nominee"]
    nominee = next((one for one in known if one.pk == wanted), None) or form.values()
    if form.cleaned_data["kind"] == NominationKind.VOTERS and not gate.may(
        pages.actor_of(request), roles.CREATE, NominationSigner
    ):
        form.add_error("kind", _("选民联名须核对选民登记册，请由有登记册权限的人员登记。"))
        return False
    try:
        entered = nominating.nominate(row.district, nominee, form.proposal(), actor=pages.actor_of(request))
    except CandidateFault as fault:
        refused(form, fault)
        return False
    made = entered.nomination
    if made.refused:
        messages.warning(request, _("推荐不成立，已登记原因：%(why)s") % {"why": made.refused})
    else:
        messages.success(request, _("%(name)s的推荐已登记。") % {"name": made.nominee.name})
        for words in entered.warnings:
            messages.warning(request, words)
    return True


@require_http_methods(["GET", "POST"])
@never_cache
def show(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """A nominee's record; sent back, it is corrected."""
    action = roles.EDIT if request.method == "POST" else roles.VIEW
    election, actor = pages.election_of(request, pk, action, Nominee), pages.actor_of(request)
    one = changes.nominee_of(actor, election, nominee)
    rights = may(election, actor)
    form = NomineeForm(request.POST or None, nominee=one)
    if request.method == "POST" and form.is_valid() and _correct(request, form, one):
        return redirect("election-nominee", pk, nominee)
    row = row_of(election, actor, one.district_id)
    shown = {
        "one": changes.nominee_of(actor, election, nominee), "form": form, "row": row, "leave_form": LeaveForm(), "groups": form.groups(),
        "nominations": Nomination.objects.filter(nominee=one).order_by("pk"), "signers": _signers(request, one),
        "warnings": elsewhere.warnings(election, [one]).get(one.pk, []), "number": masked(str(one.identity_number or "")),
        "phone": mask_phone(str(one.phone or "")), "answers": _answers(one) if gate.may(actor, roles.EDIT, Nominee) else [],
        "may_form": gate.may(actor, roles.REVEAL, one), **rights,
    }  # fmt: skip
    path = crumbs(election, row, one.name)
    return pages.page(
        request, "elections/candidates/nominee.html", election, TAB, shown, *path, status=status_of(form)
    )  # fmt: skip


def _answers(one: Nominee) -> list[tuple[str, str]]:
    said = details.read(one)
    return [(str(field.label), said[field.key]) for field in details.FIELDS if field.key in said]


def _signers(request: HttpRequest, one: Nominee) -> dict[int, list[str]]:
    """Names of those who signed, by nomination, for those who see the roll."""
    actor = pages.actor_of(request)
    if not gate.may(actor, roles.VIEW, NominationSigner):
        return {}
    found: dict[int, list[str]] = {}
    rows = gate.visible_to(actor, NominationSigner.objects.filter(nominee=one)).select_related("voter").order_by("pk")
    for signer in rows:
        found.setdefault(signer.nomination_id, []).append(signer.voter.name)
    return found


def _correct(request: HttpRequest, form: NomineeForm, one: Nominee) -> bool:
    try:
        changed = nominees.correct(one, form.changed_values(), actor=pages.actor_of(request))
    except CandidateFault as fault:
        refused(form, fault)
        return False
    messages.success(request, _("已保存。") if changed else _("没有改动。"))
    return True


def _of(request: HttpRequest, pk: int, nominee: int) -> tuple[Election, Nominee]:
    election = pages.election_of(request, pk, roles.EDIT, Nominee)
    return election, changes.nominee_of(pages.actor_of(request), election, nominee)


@require_POST
def paper(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """The candidate form as .docx; asks for the reason, since it shows whole numbers."""
    election = pages.election_of(request, pk, roles.VIEW, Nominee)
    one = changes.nominee_of(pages.actor_of(request), election, nominee)
    try:
        content = formpaper.make(one, reason=request.POST.get("reason", ""), actor=pages.actor_of(request))
    except (CandidateFault, TemplateFault) as fault:
        messages.error(request, str(fault))
        return redirect("election-nominee", pk, nominee)
    return attachment(content, _("代表候选人登记表（%(name)s）.docx") % {"name": one.name}, DOCX)


@require_POST
def leave(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """The nominee declines or is struck off."""
    _election, one = _of(request, pk, nominee)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写日期和原因。"))
        return redirect("election-nominee", pk, nominee)

    def work() -> str:
        said = form.cleaned_data
        struck = said["how"] == "struck"
        nominating.leave(one, struck=struck, on=said["on"], reason=said["reason"], actor=pages.actor_of(request))
        return _("%(name)s已登记除名。") % {"name": one.name} if struck else _("%(name)s已登记不接受推荐。") % {"name": one.name}

    attempt(request, work)
    return redirect("election-nominee", pk, nominee)


@require_POST
def drop(request: HttpRequest, pk: int, nominee: int) -> HttpResponse:
    """Void a nominee who was entered by mistake."""
    _election, one = _of(request, pk, nominee)

    def work() -> str:
        nominating.drop(one, reason=request.POST.get("reason", ""), actor=pages.actor_of(request))
        return _("%(name)s的登记已作废。") % {"name": one.name}

    if attempt(request, work):
        return redirect("election-nominees", pk, one.district_id)
    return redirect("election-nominee", pk, nominee)


@require_POST
def void_nomination(request: HttpRequest, pk: int, nomination: int) -> HttpResponse:
    """Void a nomination that was entered by mistake."""
    election = pages.election_of(request, pk, roles.EDIT, Nominee)
    nominees_seen = gate.visible_to(pages.actor_of(request), Nominee.objects.alive()).filter(election=election)
    one = get_object_or_404(Nomination.objects.alive().select_related("nominee"), pk=nomination, nominee__in=nominees_seen)

    def work() -> str:
        nominating.void(one, reason=request.POST.get("reason", ""), actor=pages.actor_of(request))
        return _("这份推荐已作废，签名不再计算。")

    attempt(request, work)
    return redirect("election-nominee", pk, one.nominee_id)
