"""Who acts in this request: the account's hat, and the actor that the gate knows."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate
from renda.directory.models import Hat
from renda.web import door

Answer = Callable[[HttpRequest], HttpResponse]
HAT_KEY = "hat"


def hats(get_response: Answer) -> Answer:
    """Set ``request.hats``, ``request.hat`` and ``request.actor``; an account without a hat is told whom to ask.

    A first password has to be changed, and a second factor that the policy asks for set up, before anything else is opened.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.hats, request.hat, request.actor = [], None, None  # type: ignore[attr-defined]
        if not request.user.is_authenticated or request.path.startswith("/static/"):
            return get_response(request)
        worn = _hats_of(request)
        if not worn and request.path not in _always_open():
            return render(request, "web/no_hat.html", status=403)
        if request.user.must_change_password and request.path not in _always_open():
            return HttpResponseRedirect(reverse("password"))
        if request.session.get(door.ENROL) and not request.path.startswith((reverse("my-security"), *_always_open())):
            messages.info(request, _("按单位的登录安全规定，请先设置第二重验证，再继续使用平台。"))
            return HttpResponseRedirect(reverse("my-security"))
        return get_response(request)

    return middleware


def _hats_of(request: HttpRequest) -> list[Hat]:
    found = list(Hat.objects.filter(account_id=request.user.pk or 0).select_related("account", "division", "organ"))
    if found:
        chosen = request.session.get(HAT_KEY)
        request.hats = found  # type: ignore[attr-defined]
        request.hat = next((hat for hat in found if hat.pk == chosen), found[0])  # type: ignore[attr-defined]
        request.actor = gate.actor_of(request.hat)  # type: ignore[attr-defined]
    return found


def _always_open() -> set[str]:
    return {reverse("password"), reverse("sign-out"), reverse("language"), reverse("login")}
