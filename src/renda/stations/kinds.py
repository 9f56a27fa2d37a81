"""The kind of matter that a citizen's opinion is."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

OPINION = MatterKind(
    code="stations.opinion",
    name="群众意见",
    milestones=(
        ("received", "收集日期"),
        ("answered", "现场答复日期"),
        ("transferred", "转交日期"),
        ("resolved", "办结日期"),
        ("told", "反馈群众日期"),
    ),
    opens="received",
    closes=("answered", "resolved"),
    number="意见{year}-{n:04d}",
)


def declare() -> None:
    """Register the kind (called once, at start)."""
    register(OPINION)
