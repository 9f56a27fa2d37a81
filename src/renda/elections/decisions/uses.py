"""Which parameters of the law the decisions read, so that the page of a parameter can say what a change touches."""

from __future__ import annotations

from renda.elections.decisions.calendar import BIRTH, STRICT, counted_back
from renda.law import keys, uses

COUNT = (
    "elec.count.turnout", "elec.count.valid_election.ballots", "elec.count.valid_ballot", "elec.count.win.base", "elec.count.win.first",
    "elec.count.more_than_seats", "elec.count.tie", "elec.count.rerun.trigger", "elec.count.rerun.candidates", "elec.count.rerun.win",
    "elec.count.rerun.still_short", "choice.rerun.turnout", "choice.rerun.tie_order", "choice.second_tie", "byelection.details", "recall.majority",
    "elec.vote.proxy.max", "elec.vote.options", "elec.review.scope", "elec.district.seats",
)  # fmt: skip
SURPLUS = ("elec.cand.surplus.min", "elec.cand.surplus.max", "byelection.candidates")
DATES = ("elec.voter.age", "elec.list.objection.window", "elec.list.objection.decide", "elec.vote.days", "elec.first_session")
OPEN = ("choice.announce.deadline", "choice.rerun.deadline")
PLAN = (
    "elec.committee.chair", "elec.committee.county.appointed_by", "elec.committee.duties", "elec.committee.member_candidate", "elec.committee.size",
    "elec.workgroup.size", "elec.district.actor", "elec.district.basis", "elec.district.equality.tolerance", "elec.quota.min_township",
    "elec.vote.mobile.staff", "elec.vote.places", "elec.vote.scrutineers",
)  # fmt: skip
LISTS = ("elec.list.fields", "elec.voter.id", "elec.voter.one_vote", "elec.voter.validity", "elec.count.announce")
_QUOTA_PARTS = ("base", "step", "cap", "small", "decider")
QUOTA = (
    *(f"elec.quota.{level}.{part}" for level in ("county", "township") for part in _QUOTA_PARTS),
    *(f"elec.quota.{name}" for name in ("rounding", "formula", "frozen", "extra5", "extra5.base", "population_basis")),
)


def declare() -> None:
    """Say where each parameter is read; called once when the room starts."""
    uses.declare("outcome", "计票结果的判定", *COUNT)
    uses.declare("rule", "候选人人数与应选名额的差额", *SURPLUS)
    uses.declare("outcome", "代表名额的测算", *QUOTA)
    uses.declare("deadline", "选举日程", BIRTH, *counted_back(), *DATES, *_by_elections())
    uses.declare("choice", "选举日程", STRICT, *OPEN)
    uses.declare("rule", "选区、选举机构和投票组织", *PLAN)
    uses.declare("rule", "选民名单和选举公告", *LISTS)


def _by_elections() -> list[str]:
    return [key for key in keys() if key.startswith("byelection.deadlines.")]
