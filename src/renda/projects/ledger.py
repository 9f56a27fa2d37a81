"""The registers of the projects room."""

from __future__ import annotations

from collections.abc import Sequence

from renda.directory.gate import Access
from renda.projects import models
from renda.registers.columns import Choice, Day, DivisionRef, Milestone, Money, Ref, Text, Whole, YesNo
from renda.registers.register import Register, SavedView, Values
from renda.registers.registry import register

ACCESS = Access("projects")
AREA = ("区划", "乡镇（街道）", "所在乡镇", "乡镇", "镇街")
UNIT = ("责任部门", "牵头单位", "承办单位", "负责单位", "实施部门", "实施单位", "责任单位")
FIELD_WORDS = {"道路": "traffic", "交通": "traffic", "卫生": "health", "医疗": "health", "环保": "environment", "水利": "water",
               "养老": "elderly", "安全": "safety", "便民": "service", "文化": "culture", "住房": "housing"}  # fmt: skip
CHANNEL_WORDS = {
    "代表": "deputy",
    "联络站": "station",
    "群众": "public",
    "居民": "public",
    "部门": "department",
    "网络": "hotline",
    "热线": "hotline",
}


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (_livelihood(), _votes(), _evaluations(), _proposals(), _micro(), _outputs(), _money()):
        register(one)


def _livelihood() -> Register:
    words = {"完成": "done", "已办结": "done", "在建": "under_way", "实施中": "under_way", "推进中": "under_way"}
    return Register(
        code="projects.livelihood",
        name="民生实事项目",
        words=("民生实事", "民生实事台账", "票决项目"),
        model=models.LivelihoodProject,
        key=("year", "title"),
        label="title",
        date="opened_on",
        matter_kind="projects.livelihood",
        columns=[
            Whole(field="year", least=1950, most=2200, synonyms=("项目年度",), filtered=True),
            Text(field="number", name="项目编号", synonyms=("编号",)),
            Text(field="title", name="项目名称", synonyms=("名称", "实事名称", "民生实事")),
            Choice(
                field="tier", synonyms=("层级", "项目类别"), words={"项": "item", "类": "class", "子项": "part"}, filtered=True
            ),
            Ref(field="belongs_to", to="projects.livelihood", synonyms=("上级项目", "所属大类"), listed=False),
            Choice(field="field", synonyms=("领域", "类别"), words=FIELD_WORDS, filtered=True),
            Ref(field="unit", to="directory.organs", synonyms=UNIT),
            YesNo(field="chosen", synonyms=("是否票决产生", "是否入选", "票决结果"), filtered=True),
            Money(field="planned_total", synonyms=("计划总投资", "概算总投资", "投资总额")),
            Money(field="planned_year", synonyms=("年度投资计划", "当年计划投资"), listed=False),
            Money(field="spent", synonyms=("完成投资额", "累计完成投资", "已完成投资")),
            Money(field="received", synonyms=("到位资金额", "资金到位"), listed=False),
            Choice(field="completion", synonyms=("完成情况", "进度"), words=words, filtered=True),
            Milestone(field="proposed", name="列为候选日期", synonyms=("候选日期", "立项日期")),
            Milestone(field="voted", name="票决日期", synonyms=("票决时间", "表决日期")),
            Milestone(field="started", name="开工日期", synonyms=("开工时间", "启动日期"), listed=False),
            Milestone(field="finished", name="完成日期", synonyms=("完工日期", "竣工日期", "完成时间")),
            Text(field="content", synonyms=("主要内容", "建设规模"), listed=False),
            DivisionRef(synonyms=AREA, listed=False),
        ],
        access=Access("projects", organs=("unit",)),
        views=(SavedView("chosen", "票决产生", lambda rows: rows.filter(chosen=True)),),
        about="民生实事候选项目和票决产生的项目",
    )


def _of_project(
    code: str, name: str, model: type, key: tuple[str, ...], date: str, columns: list, about: str, *, to: str, **more: object
) -> Register:
    project = Ref(field="project", to=to, synonyms=("项目名称", "项目", "所属项目"), filtered=True)
    return Register(
        code=f"projects.{code}",
        name=name,
        model=model,
        key=("project", *key),
        label="project" if code != "outputs" else "name",
        date=date,
        parent="project",
        columns=[project, *columns, DivisionRef(synonyms=AREA, listed=False)],
        access=ACCESS,
        about=about,
        **more,  # type: ignore[arg-type]
    )


def _votes() -> Register:
    columns = [
        Day(field="voted_on", synonyms=("日期", "投票日期")),
        Whole(field="deputies", synonyms=("参加投票代表", "投票代表", "到会代表数")),
        Whole(field="issued", synonyms=("发出表决票", "发票数")),
        Whole(field="returned", synonyms=("收回表决票", "收票数")),
        Whole(field="votes", synonyms=("赞成票", "得票", "票数")),
    ]
    return _of_project(
        "votes", "民生实事票决", models.ProjectVote, ("voted_on",), "voted_on", columns, "人代会对每个候选项目的票决票数",
        to="projects.livelihood", words=("票决情况", "票决结果"),
    )  # fmt: skip


def grade(rows: Sequence[Values]) -> None:
    """The grade by the votes: more than half satisfied; else more than half satisfied or basically satisfied; else not."""
    for row in rows:
        satisfied, basically = row.get("satisfied") or 0, row.get("basically") or 0
        total = satisfied + basically + (row.get("unsatisfied") or 0) + (row.get("abstained") or 0)
        if "satisfied" in row:
            passed = satisfied * 2 > total, (satisfied + basically) * 2 > total
            row["grade"] = (
                models.Grade.SATISFIED if passed[0] else models.Grade.BASICALLY if passed[1] else models.Grade.UNSATISFIED
            )


def _evaluations() -> Register:
    columns = [
        Day(field="evaluated_on", synonyms=("日期", "评估日期")),
        Whole(field="satisfied", synonyms=("满意", "满意票数")),
        Whole(field="basically", synonyms=("基本满意", "基本满意票数")),
        Whole(field="unsatisfied", synonyms=("不满意", "不满意票数")),
        Whole(field="abstained", synonyms=("弃权", "弃权票数")),
    ]
    return _of_project(
        "evaluations", "民生实事测评", models.ProjectEvaluation, ("evaluated_on",), "evaluated_on", columns, "代表对民生实事项目的满意度测评票数",
        to="projects.livelihood", words=("项目测评", "满意度测评（民生实事）"), prepare=grade,
    )  # fmt: skip


def _proposals() -> Register:
    return Register(
        code="projects.proposals",
        name="民生实事征集",
        words=("项目征集", "征集建议", "征集台账"),
        model=models.ProjectProposal,
        key=("title", "proposed_on"),
        label="title",
        date="proposed_on",
        columns=[
            Text(field="title", synonyms=("建议内容", "征集内容", "项目建议")),
            Choice(field="channel", synonyms=("渠道", "来源"), words=CHANNEL_WORDS, filtered=True),
            Choice(field="field", synonyms=("领域", "类别"), words=FIELD_WORDS, filtered=True),
            Day(field="proposed_on", synonyms=("征集时间", "提出日期", "日期")),
            Whole(field="count", least=1, synonyms=("建议条数", "数量")),
            YesNo(field="adopted", synonyms=("是否采纳", "是否入选候选"), filtered=True),
            DivisionRef(synonyms=AREA, filtered=True),
        ],
        access=ACCESS,
        about="从代表、联络站和群众征集的民生实事建议",
    )


def _micro() -> Register:
    return Register(
        code="projects.micro",
        name="民生微实事项目",
        words=("微实事", "民生微实事", "微心愿", "微实事台账"),
        model=models.MicroProject,
        key=("title", "collected"),
        label="title",
        date="opened_on",
        matter_kind="projects.micro",
        columns=[
            Text(field="number", name="项目编号", synonyms=("编号",)),
            Text(field="title", name="项目名称", synonyms=("名称", "微实事名称", "微实事项目")),
            DivisionRef(synonyms=AREA, filtered=True),
            Text(field="place", synonyms=("地点", "实施位置", "村（社区）")),
            Text(field="proposer", synonyms=("提出人", "来源人", "提议人")),
            Choice(field="channel", synonyms=("渠道", "来源"), words=CHANNEL_WORDS, filtered=True),
            Choice(field="field", synonyms=("领域", "类别"), words=FIELD_WORDS, filtered=True),
            Ref(field="unit", to="directory.organs", synonyms=UNIT),
            YesNo(field="county_level", synonyms=("是否县级项目",), listed=False),
            Money(field="budget", synonyms=("预算", "计划资金", "预算金额")),
            Milestone(field="collected", name="征集日期", required=True, synonyms=("收集日期", "提出日期", "征集时间")),
            Milestone(field="chosen", name="确定日期", synonyms=("立项日期", "确定时间")),
            Milestone(field="started", name="实施日期", synonyms=("开工日期", "启动日期"), listed=False),
            Milestone(field="finished", name="完成日期", synonyms=("完工日期", "完成时间", "竣工日期")),
            Text(field="content", synonyms=("内容", "实施内容"), listed=False),
        ],
        access=Access("projects", organs=("unit",)),
        about="群众身边的民生微实事：征集、确定、实施和完成",
    )


def _outputs() -> Register:
    columns = [
        Text(field="name", synonyms=("成果", "名称", "建成内容")),
        Whole(field="quantity", synonyms=("完成数量",)),
        Text(field="unit", synonyms=("单位", "量词")),
        Day(field="finished_on", synonyms=("日期", "完成时间")),
    ]
    return _of_project(
        "outputs", "微实事成果", models.ProjectOutput, ("name", "finished_on"), "finished_on", columns, "微实事做成了什么，按名称和数量登记",
        to="projects.micro", words=("项目成果", "建设成果"),
    )  # fmt: skip


def _money() -> Register:
    words = {
        "县财政": "county",
        "财政资金": "county",
        "乡镇资金": "township",
        "街道资金": "township",
        "捐助": "donation",
        "捐赠": "donation",
    }
    columns = [
        Day(field="paid_on", synonyms=("拨款日期", "支付日期", "日期")),
        Money(field="amount", synonyms=("金额", "拨款金额", "投入资金", "资金")),
        Choice(field="source", synonyms=("来源",), words=words, filtered=True),
        Text(field="purpose", synonyms=("资金用途",)),
    ]
    return _of_project(
        "money", "微实事资金", models.ProjectMoney, ("paid_on", "source", "purpose"), "paid_on", columns, "微实事投入、拨付的资金",
        to="projects.micro", words=("资金台账", "资金拨付"),
    )  # fmt: skip
