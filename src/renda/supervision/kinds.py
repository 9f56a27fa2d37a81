"""The kinds of matter of supervision: their milestones, what opens and what closes them.

National law sets no deadline that runs from a milestone of these kinds: the days before a meeting (Supervision Law, art. 15) run
backwards from it, and the time for dealing with deliberation opinions is set by each letter.
"""

from renda.procedure.kinds import MatterKind, register

REPORT = MatterKind(
    "supervision.report",
    "专项工作报告",
    (("submitted", "报送日期"), ("heard", "听取审议日期")),
    opens="submitted",
    closes=("heard",),
)
INSPECTION = MatterKind(
    "supervision.inspection",
    "执法检查",
    (("started", "启动日期"), ("ended", "检查结束日期"), ("reported", "报告审议日期")),
    opens="started",
    closes=("reported",),
)
FINANCE = MatterKind(
    "supervision.finance",
    "计划预算审查监督",
    (("submitted", "报送日期"), ("reviewed", "初步审查日期"), ("heard", "审议日期")),
    opens="submitted",
    closes=("heard",),
)
INQUIRY = MatterKind(
    "supervision.inquiry", "专题询问", (("held", "询问日期"), ("reported", "处理报告日期")), opens="held", closes=("reported",)
)
INTERPELLATION = MatterKind(
    "supervision.interpellation",
    "质询案",
    (("submitted", "提出日期"), ("answered", "答复日期"), ("reanswered", "再作答复日期")),
    opens="submitted",
    closes=("answered",),
)
APPRAISAL = MatterKind(
    "supervision.appraisal",
    "评议",
    (("started", "启动日期"), ("rated", "评议日期"), ("corrected", "整改报告日期")),
    opens="started",
    closes=("rated",),
)
LETTER = MatterKind(
    "supervision.letter",
    "审议意见",
    (("issued", "交办日期"), ("replied", "反馈日期"), ("heard", "落实报告审议日期")),
    opens="issued",
    closes=("heard", "replied"),
)
PROBLEMS = MatterKind(
    "supervision.problems", "问题清单", (("issued", "交办日期"), ("closed", "全部销号日期")), opens="issued", closes=("closed",)
)


def declare() -> None:
    """Register the kinds (called once, at start)."""
    for kind in (REPORT, INSPECTION, FINANCE, INQUIRY, INTERPELLATION, APPRAISAL, LETTER, PROBLEMS):
        register(kind)
