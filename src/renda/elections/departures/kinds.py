"""The kinds of matter by which a mandate ends early: recall by the voters, resignation."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

RECALL = MatterKind(
    code="deputy_recall",
    name="罢免代表",
    milestones=(
        ("received", "收到罢免要求"),
        ("accepted", "受理"),
        ("refused", "不予受理"),
        ("answered", "代表申辩"),
        ("distributed", "印发原选区选民"),
        ("voted", "表决通过"),
        ("failed", "表决未通过"),
        ("announced", "公告"),
        ("filed", "备案"),
        ("ended", "终止"),
    ),
    opens="received",
    closes=("refused", "failed", "announced", "ended"),
    number="罢{year}-{n:03d}",
)

RESIGNATION = MatterKind(
    code="deputy_resignation",
    name="代表辞职",
    milestones=(
        ("received", "收到辞职请求"),
        ("decided", "接受辞职"),
        ("kept", "表决未通过"),
        ("announced", "公告"),
        ("withdrawn", "撤回"),
    ),
    opens="received",
    closes=("kept", "announced", "withdrawn"),
    number="辞{year}-{n:03d}",
)


def declare() -> None:
    """Register the kinds (called once, at start)."""
    for kind in (RECALL, RESIGNATION):
        register(kind)
