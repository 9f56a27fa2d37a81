"""Publishing the lists of a whole county in the background: ordered on the page, done by the worker, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Hat
from renda.elections.lists import publishing
from renda.elections.lists.publishing import Notice, NotPublished
from renda.elections.models import Election, Publishing, Voter, WorkState
from renda.jobs.running import Running, is_running
from renda.journal.services import change

FEW = 10_000
"""Voters up to whom lists are published while the clerk waits (about half a second)."""
UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)


def is_much(election: Election, wanted: Sequence[int]) -> bool:
    """Whether so many voters stand in these districts that publishing is work for the background."""
    return _voters(election, wanted) > FEW


def _voters(election: Election, wanted: Sequence[int]) -> int:
    return Voter.objects.registered().filter(election_id=election.roll_id, district__in=wanted).count()


def order(election: Election, wanted: Iterable[int], notice: Notice, *, hat: Hat) -> Publishing:
    """Have the lists of these districts published in the background. What can be refused now is refused now: raises NotPublished and
    PermissionDenied as `publishing.publish` does."""
    actor, chosen = gate.actor_of(hat), sorted(set(wanted))
    publishing.checked(election, notice, actor)
    said = {**asdict(notice), "on": notice.on.isoformat(), "fields": list(notice.fields)}
    try:
        with change():
            publishing.not_yet(publishing.locked(election, chosen, actor))
            made = Publishing.objects.create(
                election_id=election.pk, districts=chosen, notice=said, voters=_voters(election, chosen), account_id=actor.account_id,
                by=str(actor)[:200], progress={"language": translation.get_language()},
            )  # fmt: skip
            _queue(made.pk, hat.pk)
    except IntegrityError as error:
        if "publishing_one_at_a_time" not in str(error):
            raise
        raise NotPublished(_("这次选举的名单正在公布，请等它完成后再办理。")) from error
    return made


def _queue(pk: int, hat: int) -> None:
    from renda.elections import tasks

    tasks.voter_lists_publish.defer(work_id=pk, hat_id=hat)


def run(pk: int, hat_id: int) -> None:
    """The background part. Whatever happens, the work says what became of it."""
    with Running(Publishing, pk) as running:
        one = Publishing.objects.filter(pk=pk, state__in=UNDER_WAY).select_related("election").first()
        if one is None or not running.taken:
            return
        Publishing.objects.filter(pk=pk).update(state=WorkState.RUNNING)
        with translation.override(one.progress.get("language")):
            _run_guarded(one, hat_id, running)


def _run_guarded(one: Publishing, hat_id: int, running: Running) -> None:
    try:
        hat = Hat.objects.select_related("account", "division", "organ").get(pk=hat_id, account_id=one.account_id or 0)
        publishing.publish(one.election, one.districts, _notice(one), actor=gate.actor_of(hat), progress=running.report)
        _end(one.pk, WorkState.DONE, "")
    except (NotPublished, PermissionDenied) as error:
        _end(one.pk, WorkState.FAILED, str(error))
    except Hat.DoesNotExist:
        _end(one.pk, WorkState.FAILED, _("公布人的身份已被撤销，没有公布任何名单。请由有权限的人员重新办理。"))
    except Exception:
        _end(one.pk, WorkState.FAILED, _("系统出错，没有公布任何名单。请重试；如果仍然出错，请告诉系统管理员。"))
        raise


def _notice(one: Publishing) -> Notice:
    said = one.notice
    return Notice(date.fromisoformat(said["on"]), said["place"], said["order"], tuple(said["fields"]), said["late_reason"])


def _end(pk: int, state: WorkState, message: str) -> None:
    Publishing.objects.filter(pk=pk).update(state=state, message=message[:500], ended_at=clock.now())


def latest(election: Election, actor: Actor) -> dict[str, Any] | None:
    """The last work as the page shows it, while it is under way or where it failed; None where there is nothing to say."""
    one = gate.visible_to(actor, Publishing.objects.filter(election=election)).first()
    if one is None or one.state not in (*UNDER_WAY, WorkState.FAILED):
        return None
    total = one.progress.get("total") or 0
    return {
        "one": one, "running": one.state in UNDER_WAY, "words": _(one.get_state_display()), "what": one.progress.get("what", ""),
        "percent": min(100, one.progress.get("done", 0) * 100 // total) if total else None, "districts": len(one.districts),
    }  # fmt: skip


def recover() -> None:
    """Mark work that nobody is at any more as failed; its transaction is undone, so nothing was published."""
    message = _("平台中途停止，没有公布任何名单。请重新办理。")
    for one in Publishing.objects.filter(state=WorkState.RUNNING).order_by("pk"):
        if not is_running(Publishing, one.pk):
            _end(one.pk, WorkState.FAILED, message)
