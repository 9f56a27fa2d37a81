"""How the door is kept: read by every request that asks, changed by those who manage accounts, each change in the journal."""

from __future__ import annotations

from renda.directory import gate, roles
from renda.directory.accounts import ADMINISTRATORS
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.journal import services as journal
from renda.journal.services import Line
from renda.web.models import CodeDevice, Demand, DoorPolicy, Passkey

KIND = "web.policy"


def current() -> DoorPolicy:
    """The policy in force; the built-in one until somebody has changed it."""
    return DoorPolicy.objects.filter(pk=1).first() or DoorPolicy(pk=1)


def change(*, idle_minutes: int, second_factor: str, actor: Actor) -> DoorPolicy:
    """Set the policy. PermissionDenied without the right, ValidationError for values that cannot be."""
    gate.require(actor, roles.ACCOUNTS)
    before = current()
    wanted = DoorPolicy(pk=1, idle_minutes=idle_minutes, second_factor=second_factor)
    wanted.full_clean(validate_unique=False, validate_constraints=False)
    changed = {
        name: [getattr(before, name), getattr(wanted, name)]
        for name in ("idle_minutes", "second_factor")
        if getattr(before, name) != getattr(wanted, name)
    }
    if changed:
        with journal.change():
            DoorPolicy.objects.update_or_create(
                pk=1, defaults={"idle_minutes": wanted.idle_minutes, "second_factor": wanted.second_factor}
            )
            journal.record(Line(str(actor), "door.policy", KIND, 1, "登录安全", {"changes": changed}))
    return wanted


def has_factor(account: Account) -> bool:
    """Whether the account has set up one-time codes or a passkey."""
    return (
        CodeDevice.objects.filter(account=account, confirmed_at__isnull=False).exists()
        or Passkey.objects.filter(account=account).exists()
    )


def needs_factor(account: Account) -> bool:
    """Whether the policy asks for a second factor of this account."""
    wanted = current().second_factor
    if wanted == Demand.ADMINISTRATORS:
        return Hat.objects.filter(account=account, role__in=ADMINISTRATORS).exists()
    return wanted == Demand.EVERYONE


def must_enrol(account: Account) -> bool:
    """Whether the account has to set up a second factor before it goes on."""
    return needs_factor(account) and not has_factor(account)
