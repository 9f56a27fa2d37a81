"""The kind of matter that petitions are."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

PETITION = MatterKind(
    code="petition",
    name="信访事项",
    milestones=(
        ("received", "收到"),
        ("accepted", "受理"),
        ("forwarded", "转办"),
        ("assigned", "交办"),
        ("answered", "承办单位答复"),
        ("closed", "办结"),
        ("told", "告知信访人"),
    ),
    opens="received",
    closes=("closed",),
    due=("pet.handle", "accepted"),
    number="信{year}-{n:04d}",
)


def declare() -> None:
    """Register the kind (called once, at start)."""
    register(PETITION)
