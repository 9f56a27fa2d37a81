"""What the changes of voting and counting share: the fault of a refused one, the journal's line, a locked round."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import constraints, models
from renda.elections.models import Election, VoteRound
from renda.elections.pages import require_open
from renda.journal.services import Line, record
from renda.law.ballots import Law
from renda.lawbook.reading import context

ROUND = "elections.round"
PROXY = "elections.proxy"
_CONSTRAINED = (
    models.VoteRound, models.BallotBox, models.HourlyTurnout, models.VoteProxy, models.Tally, models.TallyLine,
)  # fmt: skip


class VotingFault(ValueError):
    """A change that cannot be made; the text (Chinese) says what happened, why, and what to do next."""


def law_of(one: VoteRound) -> Law:
    """The law of the day of the vote, under the packs and choices of its division."""
    return partial(context(one.division_id).parameter, as_of=one.day)


def round_of(actor: Actor, election: Election, pk: int) -> VoteRound:
    """A round of the election that the actor may see; 404 otherwise."""
    rows = gate.visible_to(actor, VoteRound.objects.alive()).select_related("district", "division", "election", "after")
    return get_object_or_404(rows, pk=pk, election=election)


def lock(pk: int) -> VoteRound:
    """The round with its row locked until the change ends: counts and figures of one round change one after the other.

    Raises VotingFault where it was voided in the meantime, PermissionDenied where the election's file is closed.
    """
    found = VoteRound.objects.select_for_update(of=("self",)).select_related("district", "division", "election").get(pk=pk)
    if found.voided_at:
        raise VotingFault(_("这一轮投票已经作废，请返回列表刷新后重试。"))
    require_open(found.election)
    return found


def require_unsettled(one: VoteRound) -> None:
    """Refuse a change of a round whose result was settled."""
    if one.settled_at:
        raise VotingFault(_("这一轮的结果已经核定，不能直接改；确有错误的，请在计票页面写明原因更正。"))


def require_edit(actor: Actor, one: VoteRound) -> None:
    """The gate for a change of a round."""
    gate.require(actor, roles.EDIT, one)


def note(actor: Actor, action: str, one: VoteRound, **payload: Any) -> None:
    """Journal something about a round. ``payload`` holds totals and reasons, never a person."""
    record(Line(str(actor), action, ROUND, one.pk, f"{one.election.name} {one}", payload))


def said_by_constraints() -> AbstractContextManager[None]:
    """A rule of the database that refuses a change, told in its own words."""
    return constraints.said(VotingFault, _CONSTRAINED)
