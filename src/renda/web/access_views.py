"""Sign-in and sign-out, password, hat and language."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from renda.directory.models import Hat
from renda.web import services, sessions
from renda.web.forms import PasswordForm, SignInForm
from renda.web.middleware import HAT_KEY

YEAR_SECONDS = 365 * 24 * 3600


def next_address(request: HttpRequest) -> str:
    """Where to go on: an address of this site from ``next``, otherwise home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("home")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_address(request))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.account:
        login(request, form.account)
        services.note_sign_in(form.account)
        sessions.opened(request, form.account)
        return HttpResponseRedirect(next_address(request))
    status = 422 if form.errors else 200
    return render(
        request,
        "web/sign_in.html",
        {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")},
        status=status,
    )


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
    request.session[HAT_KEY] = chosen.pk
    services.note_hat(request.user, chosen)  # type: ignore[arg-type]
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
