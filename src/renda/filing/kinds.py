"""The kinds of matter of the room: documents, reviews, regulation bills."""

from __future__ import annotations

from renda.procedure.kinds import MatterKind, register

DOCUMENT = MatterKind(
    code="filing_document",
    name="规范性文件备案",
    milestones=(
        ("issued", "公布"),
        ("filed", "报送备案"),
        ("supplement_asked", "要求补正"),
        ("supplemented", "补正"),
        ("sent_back", "退回"),
        ("registered", "登记"),
        ("distributed", "分送"),
        ("prolonged", "延长审查"),
        ("reviewed", "完成审查"),
        ("told", "反馈制定机关"),
        ("replied", "制定机关回复"),
        ("corrected", "纠正"),
        ("confirmed", "确认纠正"),
        ("annul_moved", "提请撤销"),
        ("decided", "常委会决定"),
    ),
    opens="filed",
    closes=("sent_back", "reviewed", "corrected", "confirmed", "decided"),
    number="备{year}-{n:03d}",
)

REVIEW = MatterKind(
    code="filing_review",
    name="审查要求和审查建议",
    milestones=(("received", "收到"), ("started", "启动审查"), ("reviewed", "完成审查"), ("told", "告知提出人")),
    opens="received",
    closes=("reviewed",),
    number="审{year}-{n:03d}",
)

REGULATION = MatterKind(
    code="filing_regulation",
    name="法规案",
    milestones=(
        ("planned", "立项"),
        ("first_reading", "一审"),
        ("second_reading", "二审"),
        ("third_reading", "三审"),
        ("passed", "通过"),
        ("approved", "批准"),
        ("published", "公布"),
    ),
    opens="planned",
    closes=("passed",),
    number="法{year}-{n:02d}",
)


def declare() -> None:
    """Register the kinds (called once, at start)."""
    for kind in (DOCUMENT, REVIEW, REGULATION):
        register(kind)
