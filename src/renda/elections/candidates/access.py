"""What the gate is told of candidates, and which parameters of the law they use. Called once, at start."""

from __future__ import annotations

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import ROLL
from renda.elections.models import Announcement, CandidateList, NominationSigner, Nominee
from renda.law import uses

OPEN = Access("elections", open_to_bound=True)
USED = {
    "换届选举：推荐代表候选人": (
        "elec.cand.nominator.voters", "elec.cand.nominator.limit", "elec.cand.nominator.org", "elec.cand.info_duty", "elec.cand.two_areas",
        "elec.cand.foreign_funding", "elec.cand.form",
    ),
    "换届选举：候选人名单": (
        "elec.cand.all_listed", "elec.cand.order", "elec.cand.selection", "elec.cand.preelection.mode", "elec.cand.preelection.turnout",
        "elec.cand.initial_publish", "elec.cand.formal_publish",
    ),
    "换届选举：介绍候选人": ("elec.cand.meet_voters", "elec.cand.stop"),
}  # fmt: skip


def declare() -> None:
    """Nominees, lists and announcements are public matters of the election; who signed belongs to the roll."""
    from renda.elections.candidates import finders, letters, registers

    registers.declare()
    letters.declare()
    finders.declare()
    for model in (Nominee, CandidateList, Announcement):
        gate.declare(model, OPEN)
    signers = Access(ROLL, division="nomination__district__division", organs=("nomination__district__office",))
    gate.declare(NominationSigner, signers)
    for where, keys in USED.items():
        for key in keys:
            uses.declare("rule", where, key)
