"""Second factors of an account: one-time codes (TOTP, RFC 6238), recovery codes, and taking them away. Each change is journalled."""

from __future__ import annotations

import hmac
import secrets

import pyotp
import segno
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.crypto import keyed_digest
from renda.directory import accounts
from renda.directory.gate import Actor
from renda.directory.models import Account
from renda.journal import services as journal
from renda.web import policies, services
from renda.web.models import CodeDevice, Passkey, RecoveryCode

ISSUER = "人大工作平台"
STEP_SECONDS = 30
DRIFT = 1
CODES = 10
GROUP = 5
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class FactorFault(ValueError):
    """What was given is no proof, or what is asked for cannot be; the text says why."""


def begin(account: Account) -> CodeDevice:
    """The device that is being set up: a fresh secret until a first code proves it; FactorFault where one is in use."""
    device, _new = CodeDevice.objects.get_or_create(account=account, defaults={"secret": pyotp.random_base32()})
    if device.confirmed_at:
        raise FactorFault(_("动态口令已经启用。换手机的，请先停用再重新绑定。"))
    return device


def address(account: Account, device: CodeDevice) -> str:
    """The otpauth address that a phone's application reads."""
    return pyotp.TOTP(str(device.secret)).provisioning_uri(name=account.username, issuer_name=ISSUER)


def picture(account: Account, device: CodeDevice) -> str:
    """The address as a QR code, drawn here, as a data address of an SVG picture."""
    return segno.make(address(account, device), error="m").svg_data_uri(scale=5, border=2, light="white")


def grouped(secret: str) -> str:
    """The secret as it is typed by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def confirm(account: Account, code: str) -> list[str]:
    """Take the first code of a new device and put the device in force; returns new recovery codes where there were none."""
    with journal.change():
        device = CodeDevice.objects.select_for_update().filter(account=account, confirmed_at__isnull=True).first()
        if device is None or not _take(device, code):
            raise FactorFault(_("口令不对。请核对手机时间是否准确，再输入当前显示的六位数字。"))
        device.confirmed_at = clock.real_now()
        device.save(update_fields=["confirmed_at"])
        services.note(account, "factor_added", {"factor": "动态口令"})
        return renew_codes(account, note=False) if not codes_left(account) else []


def check_code(account: Account, code: str) -> bool:
    """Whether the code is the device's now (half a minute early or late at most); each code counts once."""
    with journal.change():
        device = CodeDevice.objects.select_for_update().filter(account=account, confirmed_at__isnull=False).first()
        return bool(device and _take(device, code))


def _take(device: CodeDevice, code: str) -> bool:
    digits = "".join(code.split())
    now = int(clock.real_now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(str(device.secret))
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > device.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), digits.encode()):
            device.last_step = step
            device.save(update_fields=["last_step"])
            return True
    return False


def renew_codes(account: Account, *, note: bool = True) -> list[str]:
    """New recovery codes in place of the old; they are kept as digests alone, so this is when they are seen."""
    fresh = ["-".join(_word() for _group in range(2)) for _code in range(CODES)]
    with journal.change():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account, code)) for code in fresh)
        if note:
            services.note(account, "codes_renewed")
    return fresh


def codes_left(account: Account) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()


def use_recovery(account: Account, code: str) -> bool:
    """Take a recovery code, once."""
    with journal.change():
        used = RecoveryCode.objects.filter(account=account, digest=_digest(account, code), used_at__isnull=True).update(
            used_at=clock.real_now()
        )
        if used:
            services.note(account, "recovery_used")
    return bool(used)


def remove_codes(account: Account) -> None:
    """Stop one-time codes. FactorFault where the policy asks for a second factor and this is the last."""
    _may_lose(account, Passkey.objects.filter(account=account).exists())
    with journal.change():
        if CodeDevice.objects.filter(account=account).delete()[0]:
            services.note(account, "factor_removed", {"factor": "动态口令"})
        _without_factor(account)


def remove_passkey(account: Account, pk: int) -> None:
    """Take a passkey away. FactorFault where the policy asks for a second factor and this is the last."""
    others = Passkey.objects.filter(account=account).exclude(pk=pk).exists()
    _may_lose(account, others or CodeDevice.objects.filter(account=account, confirmed_at__isnull=False).exists())
    with journal.change():
        key = Passkey.objects.filter(account=account, pk=pk).first()
        if key:
            services.note(account, "factor_removed", {"factor": f"通行密钥“{key.name}”"})
            key.delete()
        _without_factor(account)


def _without_factor(account: Account) -> None:
    """Recovery codes stand in for a factor; without one they would be a weak spare key."""
    if not policies.has_factor(account):
        RecoveryCode.objects.filter(account=account).delete()


def _may_lose(account: Account, others: bool) -> None:
    if not others and policies.needs_factor(account):
        raise FactorFault(_("按单位的登录安全规定，您的账号必须保留一种第二重验证。请先添加另一种，再停用这一种。"))


def take_away(account: Account, *, actor: Actor) -> None:
    """For a lost phone: the security administrator takes all second factors away; the person sets up new ones at the next sign-in."""
    accounts.require_manageable(account, actor)
    with journal.change():
        CodeDevice.objects.filter(account=account).delete()
        Passkey.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
        accounts.note_factors_taken(account, actor=actor)


def _word() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(GROUP))


def _digest(account: Account, code: str) -> str:
    return keyed_digest(f"recovery:{account.pk}:{''.join(c for c in code.lower() if c.isalnum())}")
