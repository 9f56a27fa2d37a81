"""Pages of the security administrator: accounts, their hats, first passwords, locks and sessions. Changes are `directory.accounts`'s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.directory import accounts, gate, names, roles
from renda.directory.accounts import AccountFault
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.journal.models import Entry
from renda.ui.history import action_name
from renda.web import factors, lockout, outside, policies, sessions
from renda.web.account_forms import AccountForm, CapacityForm

PER_PAGE = 50
LOG_LINES = 20
SUGGESTED = 12
UNPROCESSABLE = 422
STATES = {
    "": gettext_lazy("全部"), "open": gettext_lazy("启用"), "locked": gettext_lazy("已停用"), "first": gettext_lazy("未改初始密码"),
    "bare": gettext_lazy("没有身份"),
}  # fmt: skip
View = Callable[..., HttpResponse]


def _for_managers(view: View) -> View:
    """Only those who may manage accounts; nothing of these pages is kept by the browser."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        gate.require(_actor(request), roles.ACCOUNTS)
        return view(request, *args, **kwargs)

    return guarded


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("首页"), "/"), (_("账号"), reverse("accounts") if more else ""), *more]


@require_GET
@_for_managers
def index(request: HttpRequest) -> HttpResponse:
    """The accounts that the actor manages, by sign-in name."""
    words, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    rows = accounts.manageable(_actor(request)).prefetch_related(
        Prefetch("hats", Hat.objects.select_related("division", "organ"))
    )
    if words:
        rows = rows.filter(
            Q(username__icontains=words) | Q(display_name__icontains=words) | Q(hats__organ__name__icontains=words)
        ).distinct()
    rows = rows.filter(_in_state(state))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "words": words, "state": state, "states": [(code, name, code == state) for code, name in STATES.items()],
        "crumbs": _crumbs(), "own": _actor(request).account_id,
    }  # fmt: skip
    return render(request, "web/accounts.html", context)


def _in_state(state: str) -> Q:
    return {
        "open": Q(is_active=True), "locked": Q(is_active=False), "first": Q(must_change_password=True, is_active=True), "bare": Q(hats__isnull=True),
    }.get(state, Q())  # fmt: skip


@require_http_methods(["GET", "POST"])
@_for_managers
@sensitive_variables("password")
def new(request: HttpRequest) -> HttpResponse:
    """The form for a new account; saved, it shows the first password once."""
    actor = _actor(request)
    form = AccountForm(request.POST or None, actor=actor, initial={"division": actor.division_id})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account, password = accounts.create(
                data["username"], data["name"], person=data["person"], capacity=form.capacity(), actor=actor
            )
        except AccountFault as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            return _hand_over(request, account, password, _("账号已建立"))
    context = {"form": form, "crumbs": _crumbs((_("新建账号"), ""))}
    return render(request, "web/account_new.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
@_for_managers
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An account: its hats, what may be done, where it is signed in, what was done with it."""
    return _page(request, _account(request, pk))


def _page(request: HttpRequest, account: Account, form: CapacityForm | None = None, fault: str = "") -> HttpResponse:
    actor = _actor(request)
    own = account.pk == actor.account_id
    asked = form is not None or bool(fault)
    context = {
        "account": account, "own": own, "hats": Hat.objects.filter(account=account).select_related("division", "organ"),
        "form": form or CapacityForm(actor=actor, initial={"division": actor.division_id}), "asked": form is not None, "fault": fault,
        "sessions": sessions.of_account(account, request.session.session_key), "log": _log(account),
        "has_factor": policies.has_factor(account), "linked": account.outside_identities.exists(),
        "closed_minutes": lockout.minutes_left(account.username), "crumbs": _crumbs((account.display_name, "")),
    }  # fmt: skip
    return render(request, "web/account.html", context, status=UNPROCESSABLE if asked else 200)


def _account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(accounts.manageable(_actor(request)).select_related("person"), pk=pk)


def _log(account: Account) -> list[tuple[datetime, str, str, str]]:
    """When, what, who and the detail of the newest journal lines about an account."""
    rows = Entry.objects.filter(subject_kind=accounts.KIND, subject_id=account.pk).order_by("-sequence")[:LOG_LINES]
    return [
        (e.at, action_name(e.action), e.actor, (e.payload or {}).get("hat") or (e.payload or {}).get("reason") or "")
        for e in rows
    ]


@require_POST
@_for_managers
def give_hat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account another hat."""
    account, form = _account(request, pk), CapacityForm(request.POST, actor=_actor(request))
    if form.is_valid():
        try:
            hat = accounts.give(account, form.capacity(), actor=_actor(request))
        except AccountFault as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        else:
            return _back(request, account, _("已增加身份：%(hat)s。") % {"hat": hat.shown})
    return _page(request, account, form)


@require_POST
@_for_managers
def take_hat(request: HttpRequest, pk: int, hat: int) -> HttpResponse:
    """Take a hat back."""
    account = _account(request, pk)
    taken = get_object_or_404(Hat.objects.select_related("account", "division", "organ"), pk=hat, account=account)
    accounts.take(taken, actor=_actor(request))
    return _back(request, account, _("已收回身份：%(hat)s。") % {"hat": taken.shown})


@require_POST
@_for_managers
@sensitive_variables("password")
@sensitive_post_parameters()
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, shown once; the account is signed out everywhere."""
    account = _account(request, pk)
    password = accounts.reset_password(account, actor=_actor(request))
    sessions.end(account)
    lockout.forget(account.username)
    return _hand_over(request, account, password, _("密码已重置"))


def _hand_over(request: HttpRequest, account: Account, password: str, title: str) -> HttpResponse:
    context = {"account": account, "password": password, "title": title, "crumbs": _crumbs((title, ""))}
    return render(request, "web/account_password.html", context)


@require_POST
@_for_managers
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the account, which signs it out, or open it again."""
    account, active = _account(request, pk), request.POST.get("active") == "1"
    try:
        accounts.set_active(account, active, reason=request.POST.get("reason", ""), actor=_actor(request))
    except AccountFault as fault:
        return _page(request, account, fault=str(fault))
    if not active:
        sessions.end(account)
    return _back(request, account, _("账号已启用。") if active else _("账号已停用，正在使用的也已下线。"))


@require_POST
@_for_managers
def factors_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all second factors of an account away, for a lost phone; it is signed out everywhere."""
    account = _account(request, pk)
    factors.take_away(account, actor=_actor(request))
    sessions.end(account)
    return _back(request, account, _("第二重验证已全部取消，本人下次登录后可以重新设置。"))


@require_POST
@_for_managers
def outside_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the link with the office's sign-in service; the next use links anew."""
    account = _account(request, pk)
    accounts.require_manageable(account, _actor(request))
    outside.unlink(account, actor=_actor(request))
    return _back(request, account, _("与统一身份认证的绑定已解除。"))


@require_POST
@_for_managers
def open_lockout(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a name try again that was closed for too many wrong passwords."""
    account = _account(request, pk)
    lockout.forget(account.username)
    return _back(request, account, _("已解除登录限制，可以重新登录。"))


@require_POST
@_for_managers
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the account out everywhere; of one's own account the session in use stays."""
    account = _account(request, pk)
    ended = sessions.end(account, but=request.session.session_key)
    accounts.note_sessions_ended(account, ended, actor=_actor(request))
    return _back(request, account, ngettext("已下线 %(n)d 处登录。", "已下线 %(n)d 处登录。", ended) % {"n": ended})


@require_GET
@_for_managers
def people(request: HttpRequest) -> JsonResponse:
    """Type-ahead for the person behind an account: deputies and post holders of the actor's divisions, by name or initials."""
    words = request.GET.get("q", "").strip()[:40]
    rows = accounts.holders(_actor(request)).order_by("pinyin", "pk") if words else accounts.holders(_actor(request)).none()
    rows = rows.filter(initials__istartswith=words) if words.isascii() else rows.filter(name__contains=words.partition("（")[0])
    found = list(rows.values_list("pk", "employer", "division__name")[: SUGGESTED + 1])
    texts = names.qualified_names([pk for pk, _employer, _division in found])
    results = [{"id": pk, "text": texts[pk], "note": employer or division} for pk, employer, division in found[:SUGGESTED]]
    return JsonResponse({"results": results, "more": len(found) > SUGGESTED})


def _back(request: HttpRequest, account: Account, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("account", args=[account.pk]))
