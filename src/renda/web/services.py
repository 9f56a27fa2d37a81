"""What the door changes: passwords; and what it notes in the journal: signing in, changing the hat."""

from __future__ import annotations

from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.journal import services as journal
from renda.journal.services import Line


def change_password(account: Account, new: str, *, actor: Actor | None) -> None:
    """Set an account's own password. The journal says that it changed, never what it is."""
    with journal.change():
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        journal.record(Line(str(actor or account), "account.password", "directory.account", account.pk, account.display_name))


def note_sign_in(account: Account) -> None:
    """Journal a sign-in."""
    with journal.change():
        journal.record(Line(account.display_name, "account.sign_in", "directory.account", account.pk, account.display_name))


def note_hat(account: Account, hat: Hat) -> None:
    """Journal that an account now acts in another capacity."""
    with journal.change():
        journal.record(
            Line(account.display_name, "account.hat", "directory.account", account.pk, account.display_name, {"hat": str(hat)})
        )
