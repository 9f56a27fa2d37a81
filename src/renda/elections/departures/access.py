"""Who reaches what: recalls and resignations are public matters of the room; whoever signed stands behind the roll."""

from __future__ import annotations

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import ROLL
from renda.elections.models import RecallSigner
from renda.law import uses

ACCESS = Access("elections")
USED = {
    "罢免代表：提出和受理": (
        "recall.county.signatures", "recall.township.signatures", "recall.request.content", "recall.distribution",
    ),
    "罢免代表：表决和后果": ("recall.majority", "recall.secret", "recall.chair", "recall.consequence", "recall.steps_local"),
    "代表辞职": ("resign.county.deputy", "resign.township.deputy", "resign.consequence"),
    "补选": ("byelection.who", "byelection.candidates"),
}  # fmt: skip


def declare() -> None:
    """Tell the gate, and which parameters of the law are used where (called once, at start)."""
    gate.declare(RecallSigner, Access(ROLL, division="recall__division"))
    for where, keys in USED.items():
        for key in keys:
            uses.declare("rule", where, key)
