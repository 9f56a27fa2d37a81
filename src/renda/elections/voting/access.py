"""What the gate is told of rounds, mandates and tallies, and which parameters of the law they use. Called once, at start."""

from __future__ import annotations

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import COUNT, ROLL
from renda.elections.models import Tally, VoteProxy, VoteRound
from renda.law import uses

USED = {
    "换届选举：委托投票": (
        "elec.vote.proxy.max", "elec.vote.proxy.reason", "elec.vote.proxy.same_constituency", "elec.vote.proxy.form",
        "elec.vote.proxy.consent", "elec.vote.proxy.will",
    ),
    "换届选举：开设投票": ("elec.cand.surplus.min", "elec.cand.surplus.max"),
    "换届选举：参加投票过半数": ("elec.count.turnout",),
    "换届选举：选票": ("elec.count.valid_ballot", "elec.vote.options", "elec.vote.scribe"),
    "换届选举：计票和当选": (
        "elec.count.win.base", "elec.count.win.first", "elec.count.rerun.win", "elec.count.tie", "elec.count.rerun.trigger",
        "choice.rerun.turnout", "choice.second_tie", "choice.rerun.tie_order",
    ),
}  # fmt: skip


def declare() -> None:
    """Rounds are open to whoever sees elections; mandates name voters; tallies are closed until they are settled."""
    from renda.elections.counting import letters

    gate.declare(VoteRound, Access("elections", open_to_bound=True))
    gate.declare(VoteProxy, Access(ROLL, organs=("district__office",)))
    gate.declare(Tally, Access(COUNT, division="round__division"))
    for where, keys in USED.items():
        for key in keys:
            uses.declare("rule", where, key)
    letters.declare()
