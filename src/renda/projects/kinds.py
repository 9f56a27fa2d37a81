"""The kinds of matter of the projects room."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

LIVELIHOOD = MatterKind(
    code="projects.livelihood",
    name="民生实事项目",
    milestones=(("proposed", "列为候选日期"), ("voted", "票决日期"), ("started", "开工日期"), ("finished", "完成日期")),
    opens="proposed",
    closes=("finished",),
    number="实事{year}-{n:03d}",
)
MICRO = MatterKind(
    code="projects.micro",
    name="民生微实事项目",
    milestones=(("collected", "征集日期"), ("chosen", "确定日期"), ("started", "实施日期"), ("finished", "完成日期")),
    opens="collected",
    closes=("finished",),
    number="微实事{year}-{n:03d}",
)


def declare() -> None:
    """Register the kinds (called once, at start)."""
    register(LIVELIHOOD)
    register(MICRO)
