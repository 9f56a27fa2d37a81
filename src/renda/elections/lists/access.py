"""Who reaches what of the voter lists: publications are public matters of the election, whatever names voters belongs to the roll."""

from __future__ import annotations

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import ROLL
from renda.elections import models

OF_OBJECTION = Access(ROLL, organs=("office",))
OF_TRANSFER = Access(ROLL, organs=("from_office", "to_office"))


def declare() -> None:
    """Tell the gate (called once, at start)."""
    gate.declare(models.Publication, Access("elections", open_to_bound=True))
    gate.declare(models.Listed, Access(ROLL, division="district__division", organs=("district__office",)))
    gate.declare(models.Publishing, Access(ROLL, division="election__division"))
    gate.declare(models.Print, Access(ROLL, organs=("district__office",)))
