"""Special reports, and plan and budget review."""

from __future__ import annotations

from renda.directory.gate import Access
from renda.registers.columns import Choice, Milestone, Money, Ref, Text, Whole
from renda.registers.register import Register
from renda.supervision import models, rules
from renda.supervision.ledgers.common import FORUM_WORDS, MANNER_WORDS, MEETINGS, shared

ORGAN = ("报告单位", "报告部门", "汇报单位", "被监督单位")


def registers() -> tuple[Register, ...]:
    """The registers of reports."""
    return _reports(), _finance()


def _reports() -> Register:
    return Register(
        code="supervision.reports",
        name="专项工作报告",
        words=("听取专项工作报告", "专项报告", "听取审议报告", "专项工作报告台账", "听取汇报"),
        model=models.SpecialReport,
        matter_kind="supervision.report",
        key=("title", "heard"),
        label="title",
        other_names=("number",),
        date="closed_on",
        columns=[
            Text(field="title", name="报告名称", synonyms=("标题", "专项报告名称", "议题", "报告题目", "项目名称", "名称")),
            Text(field="number", synonyms=("序号编号", "报告编号"), listed=False),
            Ref(field="organ", to="directory.organs", synonyms=ORGAN, filtered=True),
            Text(field="reporter", synonyms=("汇报人", "作报告人"), listed=False),
            Choice(
                field="forum",
                synonyms=("会议类型", "审议层级", "听取层级", "会议类别", "听取会议"),
                words=FORUM_WORDS,
                filtered=True,
            ),
            Choice(field="manner", synonyms=("方式", "听取方式", "报告方式"), words=MANNER_WORDS, filtered=True),
            Choice(
                field="routine",
                synonyms=("法定报告类型", "报告类型", "法定例行报告"),
                words={
                    "环境": "environment",
                    "环保": "environment",
                    "环境状况": "environment",
                    "法治政府": "rule_of_law",
                    "专项工作": "",
                },
                filtered=True,
            ),
            Text(field="meeting_title", synonyms=MEETINGS, listed=False),
            Milestone(field="submitted", name="报送日期", synonyms=("报送时间", "报告报送日期"), listed=False),
            Milestone(
                field="heard",
                name="听取审议日期",
                synonyms=("审议日期", "听取日期", "审议时间", "听取时间", "日期", "时间", "会议日期"),
            ),
            *shared(),
        ],
        rules=(rules.ordered("submitted", "heard", "听取审议日期早于报送日期"),),
        access=Access("supervision", organs=("organ",)),
        about="常委会会议、主任会议听取审议的专项工作报告；计划、预算、决算、审计等报告登记在“计划预算监督”",
    )


FINANCE_WORDS = {
    "计划": "plan",
    "计划报告": "plan",
    "国民经济计划执行": "plan_execution",
    "计划执行": "plan_execution",
    "上半年计划执行": "plan_execution",
    "预算": "budget",
    "预算报告": "budget",
    "预算执行": "budget_execution",
    "上半年预算执行": "budget_execution",
    "预算调整方案": "budget_adjustment",
    "财政决算": "final_accounts",
    "决算草案": "final_accounts",
    "审计": "audit",
    "审计报告": "audit",
    "审计整改": "audit_correction",
    "审计整改情况": "audit_correction",
    "国资": "assets",
    "国有资产": "assets",
    "国有资产管理": "assets",
    "政府债务": "debt",
    "债务": "debt",
    "政府投资": "investment",
    "规划中期评估": "five_year",
    "五年规划": "five_year",
}


def _finance() -> Register:
    return Register(
        code="supervision.finance",
        name="计划预算监督",
        words=("预算监督", "计划预算审查监督", "财经监督", "计划预算审查", "预决算审查", "财政经济监督"),
        model=models.FinanceItem,
        matter_kind="supervision.finance",
        key=("title", "heard"),
        label="title",
        other_names=("number",),
        date="closed_on",
        columns=[
            Text(field="title", name="事项名称", synonyms=("标题", "审查事项", "报告名称", "项目名称", "名称")),
            Text(field="number", synonyms=("报告编号",), listed=False),
            Choice(
                field="category",
                synonyms=("类别", "事项类别", "报告类型", "类型", "监督类型"),
                words=FINANCE_WORDS,
                filtered=True,
            ),
            Ref(field="organ", to="directory.organs", synonyms=ORGAN, filtered=True),
            Choice(field="forum", synonyms=("会议类型", "审议层级", "会议类别"), words=FORUM_WORDS, filtered=True, listed=False),
            Choice(field="manner", synonyms=("方式", "听取方式", "报告方式"), words=MANNER_WORDS, filtered=True, listed=False),
            Milestone(field="submitted", name="报送日期", synonyms=("报送时间",), listed=False),
            Milestone(field="reviewed", name="初步审查日期", synonyms=("初审日期", "审查日期", "审查时间")),
            Milestone(
                field="heard", name="审议日期", synonyms=("审议时间", "批准日期", "听取日期", "听取审议日期", "日期", "时间")
            ),
            Whole(field="review_meetings", unit="次", synonyms=("审查会", "召开审查会次数", "审查会议次数"), listed=False),
            Whole(field="review_reports", unit="份", synonyms=("审查报告", "审查结果报告份数"), listed=False),
            Whole(field="review_opinions", unit="条", synonyms=("审查意见", "提出审查意见条数", "意见条数"), listed=False),
            Text(field="project_class", synonyms=("投资项目类别",), listed=False),
            Whole(field="projects_added", unit="个", synonyms=("增加项目数", "新增项目", "调增项目数"), listed=False),
            Whole(field="projects_removed", unit="个", synonyms=("减少项目数", "调减项目", "取消项目数"), listed=False),
            Whole(field="funds_before", unit="个", synonyms=("整合前项目数", "整合前"), listed=False),
            Whole(field="funds_after", unit="个", synonyms=("整合后项目数", "整合后"), listed=False),
            Money(field="amount", synonyms=("金额", "资金额", "调整金额"), listed=False),
            *shared(),
        ],
        rules=(
            rules.ordered("submitted", "heard", "审议日期早于报送日期"),
            rules.ordered("reviewed", "heard", "审议日期早于初步审查日期"),
            rules.both_funds,
        ),
        access=Access("supervision", organs=("organ",)),
        about="计划、预算、决算、审计、国有资产、政府债务和政府投资项目的审查监督",
    )
