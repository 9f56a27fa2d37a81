"""The county's choices: the list, one question with its options, effect and history; packs of local rules in use."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.directory.models import Division
from renda.law import pack, pack_names, store, uses
from renda.law.values import history
from renda.law.wording import in_words
from renda.lawbook import listing, services, table
from renda.lawbook.forms import ChoiceForm, PacksForm
from renda.lawbook.listing import ChoiceRow
from renda.lawbook.services import LawbookFault
from renda.lawbook.views.common import UNPROCESSABLE, actor_of, page, place_of, require_settings, settle, settled

STATES = {"chosen": "run", "pack": "done", "default": "soon", "open": "idle"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All open questions by field of work; those without a default stand as 待定 until a pack or the county says."""
    wanted, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    rows = listing.choices(place_of(request))
    groups: dict[str, list[ChoiceRow]] = {}
    for row in rows:
        if wanted in ("", row.state) and (not words or words in row.declared.title + row.key + row.choice.why):
            groups.setdefault(row.key.partition(".")[0], []).append(row)
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    views = [("", _("全部"), len(rows)), ("chosen", _("本县已选"), counts["chosen"]), ("pack", _("按地方规定"), counts["pack"]),
             ("default", _("暂按默认"), counts["default"]), ("open", _("待定"), counts["open"])]  # fmt: skip
    shown = {
        "groups": [(table.FAMILIES[family], groups[family]) for family in table.FAMILIES if family in groups], "views": views, "wanted": wanted,
        "words": words, "tones": STATES,
    }  # fmt: skip
    return page(request, "lawbook/choices.html", "law-choices", shown)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One question; posted, the county's choice."""
    row = _row(request, key)
    form = ChoiceForm(request.POST or None, row=row)
    if request.method == "POST":
        require_settings(request)
        if form.is_valid() and _choose(request, row, form):
            return HttpResponseRedirect(reverse("law-choice", args=[key]))
    return _page(request, row, form)


def _choose(request: HttpRequest, row: ChoiceRow, form: ChoiceForm) -> bool:
    data, words = form.cleaned_data, _("“%(title)s”已选定。") % {"title": row.declared.title}
    actor, place = actor_of(request), place_of(request)

    def work() -> int:
        return services.choose(row.key, data["value"], reason=data["reason"], since=data["since"], actor=actor, division=place)

    return settled(request, form, words, work, law="value")


def _page(request: HttpRequest, row: ChoiceRow, form: ChoiceForm, fault: str = "") -> HttpResponse:
    place = place_of(request)
    failed = bool(fault) or (form.is_bound and bool(form.errors))
    options = [
        (code, text, row.choice.default == code, str(row.value.value) == code if row.value else False)
        for code, text in row.choice.options.items()
    ]
    local = [
        (pack(name).title, in_words(one), one)
        for name in store.packs_with(row.key)
        for one in history(row.key, [name])
        if one.pack == name
    ]
    shown = {
        "row": row, "form": form, "tone": STATES[row.state], "options": options, "local": local, "fault": fault,
        "past": [(one, listing.shown(row.choice, one.value)) for one in listing.past_choices(row.key, place)],
        "steers": uses.of(row.key), "own": [one for one in row.rows if one.division == place],
    }  # fmt: skip
    crumbs = [(_("本县选择"), reverse("law-choices")), (row.declared.title, "")]
    return page(request, "lawbook/choice.html", "law-choices", shown, *crumbs, status=UNPROCESSABLE if failed else 200)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to the default, the pack's rule, or 待定."""
    require_settings(request)
    row = _row(request, key)
    reason = request.POST.get("reason", "")
    try:
        settle(
            request,
            _("已撤销本县对“%(title)s”的选择。") % {"title": row.declared.title},
            lambda: services.withdraw_choice(key, reason=reason, actor=actor_of(request), division=place_of(request)),
        )
    except LawbookFault as fault:
        return _page(request, row, ChoiceForm(row=row), str(fault))
    return HttpResponseRedirect(reverse("law-choice", args=[key]))


def _row(request: HttpRequest, key: str) -> ChoiceRow:
    row = listing.choice(key, place_of(request))
    if row is None:
        raise Http404(_("这不是由本县选择的事项。"))
    return row


@require_http_methods(["GET", "POST"])
def packs(request: HttpRequest) -> HttpResponse:
    """The packs that there are, those in use in the order of their force; posted, the packs to use."""
    place = place_of(request)
    used = listing.pack_rows(place)
    form = PacksForm(request.POST or None, used=[use.pack for use in used])
    if request.method == "POST":
        require_settings(request)
        if form.is_valid() and _use(request, form, place):
            return HttpResponseRedirect(reverse("law-packs"))
    rows = [(pack(name), len(pack(name).keys), _texts(name)) for name in pack_names()]
    shown = {
        "rows": rows,
        "form": form,
        "used": [(use, pack(use.pack).title) for use in used],
        "order": {u.pack: u.position for u in used},
    }
    return page(
        request, "lawbook/packs.html", "law-packs", shown, status=UNPROCESSABLE if form.is_bound and form.errors else 200
    )  # fmt: skip


def _use(request: HttpRequest, form: PacksForm, place: Division | None) -> bool:
    reason, actor = form.cleaned_data["reason"], actor_of(request)

    def work() -> int:
        return services.use_packs(form.chosen(), reason=reason, actor=actor, division=place)

    return settled(request, form, _("启用的地方规定已更新。"), work)


def _texts(name: str) -> list[tuple[str, bool]]:
    """The texts that a pack holds, each with whether it is only a pattern for a county."""
    found: dict[str, bool] = {}
    for key in pack(name).keys:
        local = store.local_declaration(name, key)
        for entry in local.entries if local else ():
            text = store.statute(entry.statute)
            found[text.short] = text.pattern
    return sorted(found.items())
