"""Changes to an election's calendar: an act marked as done or not, the election day moved, the feed made and revoked."""

from __future__ import annotations

import secrets
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renda.core import clock, crypto
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import ActDone, DayChange, Election, ScheduleFeed
from renda.elections.schedule import entries
from renda.journal.services import Line, change, record
from renda.registers import registry
from renda.registers.services import Change, save

ELECTIONS = "elections.elections"
TOKEN_BYTES = 32


class ScheduleFault(ValueError):
    """What was asked cannot be done; ``field`` names the field of the form that is wrong."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


def mark(election: Election, key: str, on: date, *, note: str = "", actor: Actor) -> None:
    """Mark an act as done on a day. Errors: PermissionDenied; ScheduleFault for an unknown act, a day to come, a second mark."""
    gate.require(actor, roles.EDIT, election)
    known = entries.plan_of(election).by_key()
    if key not in known:
        raise ScheduleFault(_("日程里没有这一项，请刷新后重试。"))
    if on > clock.today():
        raise ScheduleFault(_("完成日期不能晚于今天。"), "on")
    with change():
        _locked(election)
        if ActDone.objects.filter(election=election, key=key).exists():
            raise ScheduleFault(_("“%(title)s”已经标为完成；要改日期，请先撤销。") % {"title": known[key].title})
        ActDone.objects.create(election=election, key=key, done_on=on, note=note[:200], by=str(actor), at=clock.now())
        record(_line("election.act_done", election, actor, act=known[key].title, key=key, on=on, note=note[:200]))


def unmark(election: Election, key: str, *, reason: str, actor: Actor) -> None:
    """Take a mark back, for a reason. Errors: PermissionDenied; ScheduleFault without a reason or without a mark."""
    gate.require(actor, roles.EDIT, election)
    if not reason.strip():
        raise ScheduleFault(_("请写明撤销的原因。"), "reason")
    with change():
        _locked(election)
        gone, _by_model = ActDone.objects.filter(election=election, key=key).delete()
        if not gone:
            raise ScheduleFault(_("这一项没有标为完成，不用撤销。"))
        record(_line("election.act_undone", election, actor, key=key, reason=reason.strip()[:300]))


def move_day(election: Election, new: date, *, reason: str, actor: Actor) -> list[Election]:
    """Move the election day, and that of the elections held with it; the elections moved, the asked one first.

    Every legal date follows by itself, since none is stored. Errors: PermissionDenied; ScheduleFault without a reason, for the same day,
    after the vote, or for a day that no legal date can be counted from.
    """
    gate.require(actor, roles.EDIT, election)
    if not reason.strip():
        raise ScheduleFault(_("请写明变更选举日的原因。"), "reason")
    if new == election.election_day:
        raise ScheduleFault(_("与现在的选举日相同。"), "day")
    if election.held_with_id:
        raise ScheduleFault(_("本次选举与县级选举同步进行，请在县级选举的日程里变更选举日。"), "day")
    plan = entries.plan_of(election, day=new)
    if plan.fault:
        raise ScheduleFault(plan.fault, "day")
    if plan.by_key()[entries.recorded.VOTING].done:
        raise ScheduleFault(_("已经有投票记录，选举日不能再改。另行选举、重新投票请在计票中办理。"), "day")
    with change():
        together = [election, *Election.objects.alive().filter(held_with=election, election_day=election.election_day)]
        for one in together:
            _move(_locked(one), new, reason.strip(), actor)
    return together


def _move(election: Election, new: date, reason: str, actor: Actor) -> None:
    old = election.election_day
    save(registry.get(ELECTIONS), [Change({"election_day": new}, election.pk)], actor=actor)
    DayChange.objects.create(election=election, old=old, new=new, reason=reason[:300], by=str(actor), at=clock.now())
    record(_line("election.day_moved", election, actor, before=old, after=new, reason=reason[:300]))


def make_feed(election: Election, *, actor: Actor) -> str:
    """Make the election's feed and return its secret; the feed that there was stops working."""
    gate.require(actor, roles.EDIT, election)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with change():
        _locked(election)
        living(election).update(revoked_at=clock.now())
        ScheduleFeed.objects.create(election=election, digest=_digest(token), by=str(actor), made_at=clock.now())
        record(_line("election.feed_made", election, actor))
    return token


def revoke_feed(election: Election, *, actor: Actor) -> bool:
    """Revoke the election's feed; whether there was one."""
    gate.require(actor, roles.EDIT, election)
    with change():
        gone = living(election).update(revoked_at=clock.now())
        if gone:
            record(_line("election.feed_revoked", election, actor))
    return bool(gone)


def living(election: Election) -> QuerySet[ScheduleFeed]:
    """The feed that works, if any."""
    return ScheduleFeed.objects.filter(election=election, revoked_at__isnull=True)


def feed_with(pk: int, token: str) -> Election | None:
    """The election whose working feed has this secret."""
    feed = ScheduleFeed.objects.filter(
        election=pk, digest=_digest(token), revoked_at__isnull=True, election__voided_at__isnull=True
    )  # fmt: skip
    found = feed.select_related("election__division").first()
    return found.election if found else None


def _locked(election: Election) -> Election:
    return Election.objects.select_for_update(of=("self",)).select_related("division").get(pk=election.pk)


def _line(action: str, election: Election, actor: Actor, **said: object) -> Line:
    return Line(str(actor), action, ELECTIONS, election.pk, str(election), said)


def _digest(token: str) -> str:
    return crypto.steady_hash(f"election-feed:{token}").hex()
