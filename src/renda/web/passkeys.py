"""Passkeys (WebAuthn): what a browser is asked, and what its answer proves. The public half alone is kept.

The site is known to authenticators by its host name, so passkeys work at one name (or at localhost) and over TLS only.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from renda.core import clock
from renda.directory.models import Account
from renda.journal import services as journal
from renda.web import factors, services
from renda.web.factors import FactorFault
from renda.web.models import Passkey

CHALLENGE = "passkey:challenge"
NAME_LENGTH = 40
MOST = 10


def is_possible(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys here: over TLS, or on this machine by name."""
    return request.is_secure() or _site(request) == "localhost"


def _site(request: HttpRequest) -> str:
    return request.get_host().rsplit(":", 1)[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def ask_new(request: HttpRequest, account: Account) -> dict[str, Any]:
    """What the browser is asked for a new passkey. FactorFault where there are too many."""
    held = list(Passkey.objects.filter(account=account))
    if len(held) >= MOST:
        raise FactorFault(_("最多可以有 %(n)d 个通行密钥，请先删去不用的。") % {"n": MOST})
    options = generate_registration_options(
        rp_id=_site(request),
        rp_name=factors.ISSUER,
        user_id=f"renda-{account.pk}".encode(),
        user_name=account.username,
        user_display_name=account.display_name,
        exclude_credentials=[_described(key) for key in held],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return _asked(request, options)


def ask(request: HttpRequest, account: Account | None) -> dict[str, Any]:
    """What the browser is asked to prove: one of the account's passkeys, or (nobody known) any, with the person verified."""
    options = generate_authentication_options(
        rp_id=_site(request),
        allow_credentials=[_described(key) for key in Passkey.objects.filter(account=account)] if account else None,
        user_verification=UserVerificationRequirement.PREFERRED if account else UserVerificationRequirement.REQUIRED,
    )
    return _asked(request, options)


def _asked(request: HttpRequest, options: Any) -> dict[str, Any]:
    request.session[CHALLENGE] = bytes_to_base64url(options.challenge)
    return json.loads(options_to_json(options))


def _described(key: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential))


def add(request: HttpRequest, account: Account, answer: dict[str, Any], name: str) -> list[str]:
    """Keep a new passkey; returns recovery codes where there were none. FactorFault where the answer proves nothing."""
    try:
        proof = verify_registration_response(
            credential=answer,
            expected_challenge=_challenge(request),
            expected_rp_id=_site(request),
            expected_origin=_origin(request),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise FactorFault(_("没有添加：设备的回答通不过核对。请重新添加一次。")) from error
    credential = bytes_to_base64url(proof.credential_id)
    if Passkey.objects.filter(credential=credential).exists():
        raise FactorFault(_("这个通行密钥已经添加过。"))
    with journal.change():
        key = Passkey.objects.create(
            account=account, credential=credential, public_key=proof.credential_public_key, sign_count=proof.sign_count,
            transports=_transports(answer), name=name.strip()[:NAME_LENGTH] or _("通行密钥"), added_at=clock.real_now(),
        )  # fmt: skip
        services.note(account, "factor_added", {"factor": f"通行密钥“{key.name}”"})
        return factors.renew_codes(account, note=False) if not factors.codes_left(account) else []


def _transports(answer: dict[str, Any]) -> list[str]:
    given = (answer.get("response") or {}).get("transports") or []
    return [str(one)[:20] for one in given if isinstance(one, str)][:5]


def prove(request: HttpRequest, account: Account | None, answer: dict[str, Any]) -> Account:
    """The account whose passkey signed the challenge. FactorFault for anything else.

    With nobody known beforehand the authenticator must have verified the person (fingerprint, face, PIN), as this is the only proof.
    """
    key = Passkey.objects.filter(credential=str(answer.get("id", ""))[:1400]).select_related("account").first()
    if key is None or (account is not None and key.account_id != account.pk) or not key.account.is_active:
        raise FactorFault(_("这个通行密钥没有登记，或者账号已停用。请用密码登录，或联系安全管理员。"))
    try:
        proof = verify_authentication_response(
            credential=answer, expected_challenge=_challenge(request), expected_rp_id=_site(request), expected_origin=_origin(request),
            credential_public_key=bytes(key.public_key), credential_current_sign_count=key.sign_count,
            require_user_verification=account is None,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise FactorFault(_("通行密钥没有通过核对，请再试一次，或改用密码登录。")) from error
    Passkey.objects.filter(pk=key.pk).update(sign_count=proof.new_sign_count, used_at=clock.real_now())
    return key.account


def _challenge(request: HttpRequest) -> bytes:
    """The challenge that was given out, once."""
    given = request.session.pop(CHALLENGE, "")
    return base64url_to_bytes(given) if given else secrets.token_bytes(32)  # what was not given out is matched by nothing
