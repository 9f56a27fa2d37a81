"""Enforcement inspections, and tours and surveys."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from renda.directory.gate import Access
from renda.registers.columns import Choice, Day, HeadCountOf, Milestone, People, Ref, Text
from renda.registers.directory import LEVEL_WORDS, ordered_days
from renda.registers.register import Register
from renda.supervision import models, rules
from renda.supervision.laws import Laws
from renda.supervision.ledgers.common import shared


def registers() -> tuple[Register, ...]:
    """The registers of inspections and visits."""
    return _inspections(), _visits()


def _inspections() -> Register:
    return Register(
        code="supervision.inspections",
        name="执法检查",
        words=("执法检查台账", "开展执法检查", "执法检查项目", "法律法规实施情况检查"),
        model=models.EnforcementInspection,
        matter_kind="supervision.inspection",
        key=("title", "started"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="title", name="检查名称", synonyms=("标题", "执法检查名称", "检查主题", "检查项目", "项目名称", "名称")),
            Text(field="number", synonyms=("检查编号",), listed=False),
            Laws(
                field="laws",
                rows=models.InspectedLaw,
                parent="inspection",
                name="涉及法律法规",
                synonyms=("法律法规", "检查法律", "检查的法律法规", "法律法规名称", "涉及法律"),
                help="各部法律法规用书名号；必要时在后面用括号注明法律、行政法规或地方性法规",
            ),
            Choice(
                field="form",
                synonyms=("检查形式", "检查方式", "组织方式", "检查类型"),
                words={
                    "本级": "own",
                    "常委会组织": "own",
                    "委托": "committee",
                    "委托专委会": "committee",
                    "上级委托": "delegated",
                    "联动": "linked",
                    "三级联动": "linked",
                    "上下级联动": "linked",
                },
                filtered=True,
            ),
            Text(field="leader", synonyms=("组长", "带队领导", "带队人"), listed=False),
            Milestone(
                field="started", name="启动日期", synonyms=("检查日期", "开始日期", "检查时间", "启动时间", "日期", "时间")
            ),
            Milestone(field="ended", name="检查结束日期", synonyms=("结束日期", "结束时间"), listed=False),
            Milestone(field="reported", name="报告审议日期", synonyms=("审议日期", "听取报告日期", "审议时间", "报告日期")),
            *shared(),
        ],
        rules=(
            rules.ordered("started", "ended", "检查结束日期早于启动日期"),
            rules.ordered("started", "reported", "报告审议日期早于启动日期"),
        ),
        access=Access("supervision", organs=("lead",)),
        about="对法律法规实施情况的检查（监督法第五章）",
    )


def _visits() -> Register:
    return Register(
        code="supervision.visits",
        name="视察调研",
        words=("视察", "调研", "视察台账", "调研台账", "视察和调研", "专题调研", "集中视察", "视察调研活动"),
        model=models.FieldVisit,
        key=("form", "title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(
                field="title",
                name="活动名称",
                synonyms=("视察名称", "调研名称", "名称", "视察调研名称", "调研课题", "题目", "标题"),
            ),
            Choice(
                field="form",
                synonyms=("类别", "活动类型", "类型", "形式", "视察/调研", "视察或调研"),
                words={
                    "集中视察": "tour",
                    "专题视察": "tour",
                    "代表视察": "tour",
                    "专项视察": "tour",
                    "专题调研": "survey",
                    "集中调研": "survey",
                    "调查研究": "survey",
                    "执法检查": "enforcement_visit",
                    "实地检查": "enforcement_visit",
                },
                filtered=True,
            ),
            Day(
                field="starts_on",
                name="活动日期",
                precision="precision",
                synonyms=("日期", "时间", "活动时间", "开始日期", "视察时间", "调研时间"),
            ),
            Day(field="ends_on", synonyms=("结束时间",), listed=False),
            Text(field="place", synonyms=("活动地点", "视察地点", "调研地点", "视察点位"), listed=False),
            Ref(field="organiser", to="directory.organs", synonyms=("组织主体", "组织者", "主办单位", "组织机构"), filtered=True),
            Choice(field="deputy_level", synonyms=("代表层级", "层级"), words=LEVEL_WORDS, filtered=True, listed=False),
            Text(field="topic", name="主题", synonyms=("视察内容", "调研内容", "内容", "课题"), listed=False),
            People(
                field="deputies",
                name="参加代表",
                rest="deputy",
                synonyms=("参加人员", "参与代表", "代表姓名", "参加代表人数", "参加人数"),
            ),
            People(
                field="members",
                name="参加的组成人员",
                capacity="committee_member",
                synonyms=("常委会组成人员", "参加组成人员", "带队领导"),
                listed=False,
            ),
            HeadCountOf(
                field="staff", people_class="staff", name="机关干部人数", synonyms=("工作人员人数", "机关人员"), listed=False
            ),
            Ref(field="inspection", to="supervision.inspections", synonyms=("对应执法检查",), listed=False),
            Text(field="report_title", synonyms=("调研报告", "视察报告", "成果", "报告名称"), listed=False),
            Text(field="summary", long=True, synonyms=("小结", "备注", "活动情况"), listed=False),
            *shared(),
        ],
        prepare=rules.activity_kind,
        rules=(ordered_days("starts_on", "ends_on", gettext_noop("结束日期早于活动日期")), rules.inspection_of_visit),
        access=Access("supervision", organs=("organiser", "lead"), people=("participations__person",)),
        about="常委会、专门委员会和代表的视察、调研，以及执法检查的实地检查",
    )
