"""Sign-in (password, second proof, passkey) and sign-out, password, hat and language."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renda.directory.models import Account, Hat
from renda.web import door, idle, lockout, outside, passkeys, policies, services
from renda.web.factors import FactorFault
from renda.web.forms import CodeForm, PasswordForm, SignInForm
from renda.web.middleware import HAT_KEY
from renda.web.models import How

YEAR_SECONDS = 365 * 24 * 3600
UNPROCESSABLE = 422


def next_address(request: HttpRequest) -> str:
    """Where to go on: an address of this site from ``next``, otherwise home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("home")


ENDED = {
    idle.IDLE: gettext_lazy("您已有一段时间没有操作，为安全起见已退出登录。请重新登录，登录后回到原来的页面。"),
    idle.LONG: gettext_lazy("本次登录已满 12 小时，为安全起见已退出。请重新登录，登录后回到原来的页面。"),
}


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_address(request))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.account:
        return proven(request, form.account, next_address(request), How.PASSWORD)
    context = {
        "form": form, "next": request.POST.get("next") or request.GET.get("next", ""), "ended": ENDED.get(request.GET.get("ended", "")),
        "passkeys": passkeys.is_possible(request), "outside": outside.label(),
    }  # fmt: skip
    return render(request, "web/sign_in.html", context, status=UNPROCESSABLE if form.errors else 200)


def proven(request: HttpRequest, account: Account, next_address: str, how: str) -> HttpResponse:
    """After the first proof: in, or on to the second where the account has one."""
    if policies.has_factor(account):
        door.wait_for_second(request, account, next_address, how)
        return HttpResponseRedirect(reverse("login-second"))
    door.enter(request, account, how)
    return HttpResponseRedirect(next_address)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def second(request: HttpRequest) -> HttpResponse:
    """The second proof: the code on the phone, a recovery code, or (by the script) a passkey."""
    half = door.waiting(request)
    if half is None:
        return HttpResponseRedirect(reverse("login"))
    form = CodeForm(request.POST or None, account=half.account)
    if request.method == "POST" and form.is_valid():
        door.enter(request, half.account, form.how)
        return HttpResponseRedirect(half.next)
    context = {
        "form": form, "name": half.account.display_name, "codes": form.has_codes,
        "passkeys": half.account.passkeys.exists() and passkeys.is_possible(request),
    }  # fmt: skip
    return render(request, "web/sign_in_second.html", context, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to sign with a passkey, before anybody is signed in."""
    half = door.waiting(request)
    return JsonResponse(passkeys.ask(request, half.account if half else None))


@login_not_required
@never_cache
@require_POST
def passkey(request: HttpRequest) -> JsonResponse:
    """Sign in with a passkey: as the second proof, or alone where the authenticator verified the person."""
    half = door.waiting(request)
    try:
        account = passkeys.prove(request, half.account if half else None, json.loads(request.POST.get("answer", "")))
    except ValueError as fault:
        words = str(fault) if isinstance(fault, FactorFault) else _("设备的回答无法识别，请再试一次。")
        return JsonResponse({"fault": words}, status=UNPROCESSABLE)
    if lockout.minutes_left(account.username):
        return JsonResponse({"fault": _("该登录名已暂停登录，请稍后再试，或联系安全管理员。")}, status=UNPROCESSABLE)
    address = half.next if half else next_address(request)
    door.enter(request, account, How.KEY if half else How.PASSKEY)
    return JsonResponse({"next": address})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("您已退出登录。"))
    return HttpResponseRedirect(reverse("login"))


@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; a first password must be changed here before anything else."""
    form = PasswordForm(request.POST or None, account=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        services.change_password(request.user, form.cleaned_data["new"], actor=request.actor)  # type: ignore[attr-defined, arg-type]
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
        messages.success(request, _("密码已修改。"))
        return HttpResponseRedirect(reverse("home"))
    return render(request, "web/password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def hat(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own capacities from now on."""
    wanted = request.POST.get("hat", "")
    chosen = get_object_or_404(Hat, pk=wanted if wanted.isdigit() else 0, account_id=request.user.pk)
    before = request.hat  # type: ignore[attr-defined]
    request.session[HAT_KEY] = chosen.pk
    services.note_hat(request.user, chosen, before=before)  # type: ignore[arg-type]
    messages.success(request, _("已切换为：%(hat)s。") % {"hat": chosen})
    return HttpResponseRedirect(reverse("home"))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie of this browser."""
    response = HttpResponseRedirect(next_address(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            secure=settings.HTTPS,
            httponly=True,
        )
    return response
