"""The kind of matter that petitions are: its milestones. What may be done with them stands in ``procedure.py``."""

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
        ("report_due", "办结报告期限"),
        ("passed", "上报下转"),
        ("notified", "书面告知"),
        ("objected", "单位提出异议"),
        ("returned", "收回材料"),
        ("taken_up", "承办单位受理"),
        ("extended", "延长期限"),
        ("extended_to", "延长后的期限"),
        ("pressed", "督办"),
        ("answered", "承办单位答复"),
        ("reported", "办结报告"),
        ("closed", "办结"),
        ("declined", "不予受理"),
        ("told", "告知信访人"),
        ("review_asked", "申请复查"),
        ("reviewed", "复查意见"),
        ("review_told", "复查意见送达"),
        ("recheck_asked", "申请复核"),
        ("heard_from", "听证开始"),
        ("heard_to", "听证结束"),
        ("rechecked", "复核终结"),
    ),
    opens="received",
    closes=("closed", "declined", "rechecked"),
    number="信{year}-{n:04d}",
)


def declare() -> None:
    """Register the kind (called once, at start)."""
    register(PETITION)
