"""Signing in through the office's own sign-in service (OpenID Connect, code flow with PKCE). Off unless the settings name a service.

A claim of the service's signed answer names the account (`settings.OIDC["claim"]`); no account is ever made here. The first use links the
account with the service's own number for the person (`sub`), and from then on that number alone opens it: a name that the service
gives to somebody else opens nothing.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Account
from renda.journal import services as journal
from renda.web import lockout, services
from renda.web.models import How, OutsideIdentity

NEXT = "outside:next"
TIMEOUT_SECONDS = 10
LOCAL = ("localhost", "127.0.0.1", "::1")


class NotKnown(ValueError):
    """The service's answer opens no account; the text says why and what to do."""


def label() -> str:
    """What the button of the sign-in page says; empty where no service is named."""
    return settings.OIDC["name"] if settings.OIDC["issuer"] else ""


@lru_cache(maxsize=1)
def _client() -> Any:
    """The client of the named service; its published settings are read at first use."""
    issuer = settings.OIDC["issuer"].rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise NotKnown(_("统一身份认证的地址必须是 https 地址，请联系系统管理员。"))
    oauth = OAuth()
    oauth.register(
        "office",
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_id=settings.OIDC["client"],
        client_secret=_secret(),
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": TIMEOUT_SECONDS},
    )
    return oauth.create_client("office")


def _secret() -> str:
    file = settings.OIDC["secret_file"]
    return Path(file).read_text("utf-8").strip() if file else ""


def forget_client() -> None:
    """Read the settings anew at the next use."""
    _client.cache_clear()


FAULTS = (AuthlibBaseError, JoseError, RequestException, NotKnown, OSError, KeyError, ValueError, RuntimeError)


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Off to the service, with the page to come back to. By a link: the policy of this site lets no form lead elsewhere."""
    if not label():
        return HttpResponseRedirect(reverse("login"))
    request.session[NEXT] = request.GET.get("next", "")
    try:
        return _client().authorize_redirect(request, request.build_absolute_uri(reverse("login-outside-back")))
    except FAULTS as fault:
        return _refused(request, _because(fault))


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Back from the service: its answer is checked (signature, issuer, audience, nonce, state) and opens the account that it names."""
    from renda.web.access_views import proven

    if not label():
        return HttpResponseRedirect(reverse("login"))
    try:
        token = _client().authorize_access_token(request)
        account = account_of(token.get("userinfo") or {})
    except FAULTS as fault:
        return _refused(request, _because(fault))
    return proven(request, account, _next(request), How.OUTSIDE)


def account_of(claims: dict[str, Any]) -> Account:
    """The account that the checked claims open. NotKnown where there is none."""
    issuer, subject = str(claims.get("iss", "")).rstrip("/"), str(claims.get("sub", ""))
    if issuer != settings.OIDC["issuer"].rstrip("/") or not subject:
        raise NotKnown(_("统一身份认证的回答不是本单位认证服务签发的，没有登录。"))
    linked = OutsideIdentity.objects.filter(issuer=issuer, subject=subject).select_related("account").first()
    account = linked.account if linked else _first_use(issuer, subject, claims)
    if not account.is_active or lockout.minutes_left(account.username):
        raise NotKnown(_("您的账号已停用或暂停登录，请联系安全管理员。"))
    return account


def _first_use(issuer: str, subject: str, claims: dict[str, Any]) -> Account:
    name = str(claims.get(settings.OIDC["claim"]) or "").strip().lower()
    account = Account.objects.filter(username=name, is_active=True).first() if name else None
    if account is None:
        raise NotKnown(_("平台上没有与您的统一身份对应的账号，请联系安全管理员建立。"))
    if OutsideIdentity.objects.filter(account=account, issuer=issuer).exists():
        raise NotKnown(_("登录名“%(name)s”已与另一个统一身份绑定，请联系安全管理员核实。") % {"name": name})
    with journal.change():
        OutsideIdentity.objects.create(account=account, issuer=issuer, subject=subject, linked_at=clock.real_now())
        services.note(account, "outside_linked", {"issuer": issuer})
    return account


def unlink(account: Account, *, actor: Actor) -> None:
    """Forget which outside identity opens an account; the next use links anew."""
    with journal.change():
        OutsideIdentity.objects.filter(account=account).delete()
        services.note(account, "outside_unlinked", actor=actor)


def _next(request: HttpRequest) -> str:
    wanted = request.session.pop(NEXT, "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("home")


def _because(fault: Exception) -> str:
    if isinstance(fault, NotKnown):
        return str(fault)
    if isinstance(fault, (RequestException, OSError)):
        return _("暂时连不上统一身份认证服务。请稍后再试，或用登录名和密码登录。")
    return _("统一身份认证没有成功。请重新登录一次；仍不成功的，请用登录名和密码登录，并告诉系统管理员。")


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return HttpResponseRedirect(reverse("login"))
