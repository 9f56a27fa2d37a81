"""The kinds of matter of voter lists: objections to a list, transfers between districts."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

OBJECTION = MatterKind(
    code="voter_objection",
    name="选民名单申诉",
    milestones=(
        ("published", "名单公布"),
        ("election_day", "选举日"),
        ("received", "收到申诉"),
        ("declined", "不予受理"),
        ("decided", "作出处理决定"),
        ("told", "决定送达"),
        ("sued", "起诉"),
        ("admitted", "法院立案"),
        ("judged", "判决"),
        ("judgment_told", "判决送达"),
        ("closed", "了结"),
    ),
    opens="received",
    closes=("declined", "closed"),
    number="诉{year}-{n:03d}",
)

TRANSFER = MatterKind(
    code="voter_transfer",
    name="选民资格转移",
    milestones=(
        ("asked", "申请"),
        ("released", "转出选区同意"),
        ("refused", "不同意"),
        ("withdrawn", "撤回"),
        ("moved", "转入"),
    ),
    opens="asked",
    closes=("refused", "withdrawn", "moved"),
    number="转{year}-{n:04d}",
)


def declare() -> None:
    """Register the kinds (called once, at start)."""
    for kind in (OBJECTION, TRANSFER):
        register(kind)
