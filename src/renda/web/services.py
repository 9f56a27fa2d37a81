"""What the door changes: passwords; and what it notes in the journal: signing in, changing the hat."""

from __future__ import annotations

from typing import Any

from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.journal import services as journal
from renda.journal.services import Line
from renda.web.models import How


def change_password(account: Account, new: str, *, actor: Actor | None) -> None:
    """Set an account's own password. The journal says that it changed, never what it is."""
    with journal.change():
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        journal.record(Line(str(actor or account), "account.password", "directory.account", account.pk, account.display_name))


def note(account: Account, action: str, payload: dict[str, Any] | None = None, *, actor: Actor | None = None) -> None:
    """Journal what somebody did with his own account; nested in the change that it belongs to."""
    with journal.change():
        journal.record(
            Line(str(actor or account), f"account.{action}", "directory.account", account.pk, account.display_name, payload or {})
        )


def note_sign_in(account: Account, how: str) -> None:
    """Journal a sign-in: by what, and the hat that is worn from then on."""
    hat = Hat.objects.filter(account=account).select_related("division", "organ").first()
    note(account, "sign_in", {"how": str(How(how).label), **({"hat": str(hat)} if hat else {})})


def note_hat(account: Account, hat: Hat, *, before: Hat | None = None) -> None:
    """Journal that an account now acts in another capacity."""
    note(account, "hat", {"hat": str(hat), **({"before": str(before)} if before else {})})
