"""我的登录安全: one's own second factors, recovery codes and sessions. Changes ask for a proof that is not older than ten minutes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.directory.models import Account
from renda.web import door, factors, mailing, passkeys, policies, services, sessions
from renda.web.access_views import UNPROCESSABLE, next_address
from renda.web.factors import FactorFault
from renda.web.forms import SureForm
from renda.web.models import CodeDevice, MailAddress, Passkey

View = Callable[..., HttpResponse]


def _account(request: HttpRequest) -> Account:
    return request.user  # type: ignore[return-value]


def _needs_proof(view: View) -> View:
    """Ask for the password once more where the last proof is too old."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if door.is_sure(request):
            return view(request, *args, **kwargs)
        after = request.path if request.method == "GET" else reverse("my-security")
        return HttpResponseRedirect(f"{reverse('my-sure')}?{urlencode({'next': after})}")

    return guarded


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("首页"), "/"), (_("登录安全"), reverse("my-security") if more else ""), *more]


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The page of one's own sign-in."""
    account = _account(request)
    context = {
        "device": CodeDevice.objects.filter(account=account, confirmed_at__isnull=False).first(),
        "passkeys": Passkey.objects.filter(account=account), "possible": passkeys.is_possible(request), "needed": policies.needs_factor(account),
        "codes_left": factors.codes_left(account), "has_factor": policies.has_factor(account),
        "sessions": sessions.of_account(account, request.session.session_key), "idle": policies.current().idle_minutes,
        "sure": door.is_sure(request), "mail": MailAddress.objects.filter(account=account).first(), "mailing": mailing.is_set_up(),
        "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "web/my_security.html", context)


@require_POST
@_needs_proof
@sensitive_post_parameters()
def mail(request: HttpRequest) -> HttpResponse:
    """Where one's reminders are sent, and whether."""
    try:
        kept = mailing.keep_address(_account(request), request.POST.get("address", ""), wanted="wanted" in request.POST)
    except mailing.MailFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("到期提醒将每天发到您的邮箱。") if kept.wanted else _("不再发送到期提醒邮件。"))
    return HttpResponseRedirect(reverse("my-security"))


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def sure(request: HttpRequest) -> HttpResponse:
    """One's own password once more."""
    form = SureForm(request.POST or None, account=_account(request))
    if request.method == "POST" and form.is_valid():
        door.make_sure(request)
        return HttpResponseRedirect(next_address(request))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "crumbs": _crumbs((_("确认是本人"), "")),
    }
    return render(request, "web/my_sure.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@_needs_proof
@sensitive_post_parameters()
@sensitive_variables("codes")
def codes(request: HttpRequest) -> HttpResponse:
    """Set up one-time codes: the QR code, then the first code as proof."""
    account, fault = _account(request), ""
    try:
        device = factors.begin(account)
        if request.method == "POST":
            fresh = factors.confirm(account, request.POST.get("code", "")[:20])
            door.enrolled(request)
            return _handed_over(request, fresh, _("动态口令已启用。"))
    except FactorFault as refusal:
        found = CodeDevice.objects.filter(account=account, confirmed_at__isnull=True).first()
        if found is None:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("my-security"))
        device, fault = found, str(refusal)
    context = {
        "picture": factors.picture(account, device), "secret": factors.grouped(str(device.secret)), "fault": fault,
        "crumbs": _crumbs((_("绑定动态口令"), "")),
    }  # fmt: skip
    return render(request, "web/my_codes.html", context, status=UNPROCESSABLE if fault else 200)


@require_POST
@_needs_proof
def codes_off(request: HttpRequest) -> HttpResponse:
    """Stop one-time codes."""
    return _changed(request, lambda: factors.remove_codes(_account(request)), _("动态口令已停用。"))


@require_POST
@_needs_proof
@sensitive_variables("fresh")
def recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old."""
    if not policies.has_factor(_account(request)):
        return HttpResponseRedirect(reverse("my-security"))
    fresh = factors.renew_codes(_account(request))
    return _handed_over(request, fresh, _("已生成新的恢复码，原来的已作废。"))


def _handed_over(request: HttpRequest, fresh: list[str], words: str) -> HttpResponse:
    """Recovery codes, shown once, in the answer itself."""
    if not fresh:
        messages.success(request, words)
        return HttpResponseRedirect(reverse("my-security"))
    return render(request, "web/my_recovery.html", {"fresh": fresh, "words": words, "crumbs": _crumbs((_("恢复码"), ""))})


@require_POST
@_needs_proof
def passkey_options(request: HttpRequest) -> JsonResponse:
    """What the browser is asked for a new passkey."""
    try:
        return JsonResponse(passkeys.ask_new(request, _account(request)))
    except FactorFault as fault:
        return JsonResponse({"fault": str(fault)}, status=UNPROCESSABLE)


@require_POST
@_needs_proof
@sensitive_variables("fresh")
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Keep a new passkey."""
    try:
        answer = json.loads(request.POST.get("answer", ""))
        fresh = passkeys.add(request, _account(request), answer, request.POST.get("name", ""))
    except FactorFault as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("my-security"))
    except ValueError:
        messages.error(request, _("没有添加：设备的回答无法识别。请重新添加一次。"))
        return HttpResponseRedirect(reverse("my-security"))
    door.enrolled(request)
    return _handed_over(request, fresh, _("通行密钥已添加。"))


@require_POST
@_needs_proof
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    return _changed(request, lambda: factors.remove_passkey(_account(request), pk), _("通行密钥已删去。"))


def _changed(request: HttpRequest, change: Callable[[], None], words: str) -> HttpResponse:
    try:
        change()
    except FactorFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("my-security"))


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions; the one in use ends by signing out."""
    account = _account(request)
    if sessions.end_one(account, pk, but=request.session.session_key):
        services.note(account, "sessions_ended", {"sessions": 1}, actor=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("这处登录已下线。"))
    else:
        messages.info(request, _("这处登录已经退出，不用再下线。"))
    return HttpResponseRedirect(reverse("my-security"))


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but the one in use."""
    account = _account(request)
    ended = sessions.end(account, but=request.session.session_key)
    if ended:
        services.note(account, "sessions_ended", {"sessions": ended}, actor=request.actor)  # type: ignore[attr-defined]
    messages.success(request, ngettext("已下线 %(n)d 处登录。", "已下线 %(n)d 处登录。", ended) % {"n": ended})
    return HttpResponseRedirect(reverse("my-security"))
