"""Through the door: a first proof (password, the office's sign-in service), a second one where the account has it, then the session."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest

from renda.core import clock
from renda.directory.models import Account
from renda.web import idle, policies, services, sessions

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF, SURE, ENROL = "door:half", "door:sure", "door:enrol"
HALF_MINUTES, SURE_MINUTES = 5, 10


@dataclass(frozen=True)
class Half:
    """Somebody who has given the first proof and owes the second."""

    account: Account
    next: str
    how: str


def enter(request: HttpRequest, account: Account, how: str) -> None:
    """Open the session; whatever was known of a half-open door is gone."""
    request.session.pop(HALF, None)
    login(request, account, backend=BACKEND)
    now = _now()
    request.session[idle.SINCE] = request.session[idle.SEEN] = request.session[SURE] = now
    request.session[ENROL] = policies.must_enrol(account)
    services.note_sign_in(account, how)
    sessions.opened(request, account, how)


def wait_for_second(request: HttpRequest, account: Account, next_address: str, how: str) -> None:
    """Remember the first proof for a few minutes, under a new session key."""
    request.session.cycle_key()
    request.session[HALF] = {"account": account.pk, "at": _now(), "next": next_address, "how": how}


def waiting(request: HttpRequest) -> Half | None:
    """Who owes the second proof in this session, if not for too long."""
    known = request.session.get(HALF)
    if not known or _now() - known["at"] > HALF_MINUTES * 60:
        return None
    account = Account.objects.filter(pk=known["account"], is_active=True).first()
    return Half(account, known["next"], known["how"]) if account else None


def is_sure(request: HttpRequest) -> bool:
    """Whether a proof was given within the last minutes, as changes of one's own sign-in ask for."""
    return _now() - request.session.get(SURE, 0) <= SURE_MINUTES * 60


def make_sure(request: HttpRequest) -> None:
    """Note that a proof was given now."""
    request.session[SURE] = _now()


def enrolled(request: HttpRequest) -> None:
    """The second factor that was asked for is there."""
    request.session[ENROL] = False


def _now() -> int:
    return int(clock.real_now().timestamp())
