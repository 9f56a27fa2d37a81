"""The kind of matter that bills and suggestions are."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

SUGGESTION = MatterKind(
    code="suggestion",
    name="议案建议",
    milestones=(
        ("submitted", "提出"),
        ("received", "收到"),
        ("assigned", "交办"),
        ("signed", "签收"),
        ("met", "面商"),
        ("replied", "答复"),
        ("closed", "办结"),
        ("feedback", "代表反馈"),
        ("rehandled", "再次答复"),
        ("withdrawn", "撤回"),
    ),
    opens="submitted",
    closes=("closed", "withdrawn"),
    due=("sugg.reply.normal", "assigned"),
)


def declare() -> None:
    """Register the kind (called once, at start)."""
    register(SUGGESTION)
