"""Indicators of supervision."""

from __future__ import annotations

from typing import Any

from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganKind, OrganSystem
from renda.figures import Breakdown, Difference, Distinct, Indicator, Ratio, Sum, SumOf, register
from renda.registers.columns.base import find_field
from renda.supervision import models
from renda.supervision import populations as of

ORGAN = Breakdown("organ", "报告机关", "organ__name")
SYSTEM = Breakdown("system", "机关系统", "organ__system", labels=OrganSystem)
MANNER = Breakdown("manner", "方式", "manner", labels=models.Manner)
FORUM = Breakdown("forum", "会议层级", "forum", labels=models.Forum)
FIELD = Breakdown("field", "领域", "field")
LEAD = Breakdown("lead", "委员会", "lead__name")
REPORT = {"register": "supervision.reports", "evidence": ("title", ("organ__name", "报告机关"), ("at__on", "听取审议日期"))}
FINANCE = {"register": "supervision.finance", "evidence": ("title", "category", ("at__on", "审议日期"))}


def declare() -> None:
    """Register the room's indicators (called once, at start)."""
    for group in (
        _reports(),
        _finance(),
        _inspections(),
        _visits(),
        _inquiries(),
        _appraisals(),
        _opinions(),
        _problems(),
        _merged(),
    ):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str = "", **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    if "population" in more:
        more.setdefault("date", "at__on")
    return Indicator(code=f"supervision.{code}", name=name, units=units, reference=reference, about=about, **more)


def _reports() -> list[Indicator]:
    kind = Breakdown("type", "报告类型", "routine", labels=models.RoutineReport)
    return [
        _figure(
            "reports",
            "听取审议专项工作报告项数",
            ("项", "个"),
            "I001",
            "常委会会议听取（书面）审议的专项工作报告，法定例行报告另计",
            population=of.reports,
            breakdowns=(ORGAN, SYSTEM, MANNER, FIELD),
            aliases=("听取专项报告", "听取专项工作报告", "听取和审议专项工作报告", "专项工作报告"),
            **REPORT,
        ),
        _figure(
            "all_reports",
            "常委会和主任会议听取专项工作报告项数",
            ("项", "个"),
            "I001",
            "各层级会议听取审议的专项工作报告",
            population=of.all_reports,
            breakdowns=(FORUM, ORGAN, SYSTEM, MANNER),
            **REPORT,
        ),
        _figure(
            "routine_special",
            "其他法定例行报告项数",
            ("项", "个"),
            None,
            "环境状况、法治政府建设等法定例行报告",
            population=of.routine_reports,
            breakdowns=(kind, FORUM),
            **REPORT,
        ),
        _figure(
            "finance_reports",
            "计划预算类法定报告项数",
            ("项", "个"),
            None,
            "计划、预算、决算、审计、国资、债务等报告",
            population=of.finance_reports,
            breakdowns=(Breakdown("type", "报告类型", "category", labels=models.FinanceKind), FORUM),
            **FINANCE,
        ),
        _figure(
            "routine",
            "法定例行报告项数",
            ("项", "个"),
            "I017",
            "计划、预算、决算、审计、环保、国资等法定报告，与专项工作报告分列",
            count=SumOf("supervision.finance_reports", "supervision.routine_special"),
            aliases=("法定报告", "例行报告"),
        ),
        _figure(
            "written_special",
            "书面审议专项报告项数",
            ("项", "个"),
            None,
            "书面审议的专项工作报告和例行报告",
            population=of.written_reports,
            breakdowns=(ORGAN, SYSTEM),
            **REPORT,
        ),
        _figure(
            "written_finance",
            "书面审议计划预算类报告项数",
            ("项", "个"),
            None,
            "书面审议的计划预算类报告",
            population=of.written_finance,
            breakdowns=(ORGAN, SYSTEM),
            **FINANCE,
        ),
        _figure(
            "written",
            "书面审议报告项数",
            ("项", "个"),
            "I018",
            "以书面方式审议的报告",
            count=SumOf("supervision.written_special", "supervision.written_finance"),
            aliases=("书面审议报告", "书面审议"),
        ),
    ]


def _finance() -> list[Indicator]:
    kind = Breakdown("type", "类型", "category", labels=models.FinanceKind)
    projects = Breakdown("project_class", "项目类别", "project_class")

    def total(code: str, name: str, units: tuple[str, ...], reference: str, field: str, dim: Breakdown) -> Indicator:
        about = f"计划预算监督台账中“{find_field(models.FinanceItem, field).verbose_name}”之和，按审议日期计"
        return _figure(code, name, units, reference, about, population=of.finance, count=Sum(field), breakdowns=(dim,), **FINANCE)

    return [
        _figure(
            "finance",
            "计划预算审查监督项数",
            ("项", "个"),
            "I074",
            "审议的计划、预算、决算、审计、国资、债务和政府投资等事项",
            population=of.finance,
            breakdowns=(kind, FORUM, MANNER),
            aliases=("计划预算审查", "预算审查监督"),
            **FINANCE,
        ),
        total("review_meetings", "计划预算审查会次数", ("次",), "I074", "review_meetings", kind),
        total("review_reports", "计划预算审查报告份数", ("份",), "I074", "review_reports", kind),
        total("review_opinions", "计划预算审查意见条数", ("条",), "I074", "review_opinions", kind),
        total("projects_added", "政府投资项目新增数", ("个", "项"), "I075", "projects_added", projects),
        total("projects_removed", "政府投资项目调减数", ("个", "项"), "I075", "projects_removed", projects),
        total("funds_before", "整合前资金项目数", ("个", "项"), "I075", "funds_before", projects),
        total("funds_after", "整合后资金项目数", ("个", "项"), "I075", "funds_after", projects),
        _figure(
            "funds_merged",
            "资金项目整合减少数",
            ("个", "项"),
            "I075",
            "整合前减整合后",
            count=Difference("supervision.funds_before", "supervision.funds_after"),
        ),
    ]


def _inspections() -> list[Indicator]:
    form = Breakdown("form", "组织形式", "form", labels=models.InspectionForm)
    more = {"register": "supervision.inspections", "evidence": ("title", "form", ("at__on", "启动日期"))}
    return [
        _figure(
            "inspections",
            "执法检查次数",
            ("项", "次"),
            "I007",
            "期间内启动的执法检查",
            population=of.inspections,
            breakdowns=(form, FIELD, LEAD),
            aliases=("执法检查", "开展执法检查", "组织执法检查"),
            **more,
        ),
        _figure(
            "inspected_laws",
            "执法检查涉及法律法规部数",
            ("部", "件"),
            "I008",
            "执法检查涉及的法律法规，同一部只计一次",
            population=of.inspections,
            count=Distinct("laws__same"),
            breakdowns=(Breakdown("law_kind", "法律类别", "laws__kind", labels=models.LawKind), form),
            aliases=("检查法律法规", "涉及法律法规"),
            **more,
        ),
    ]


def _visits() -> list[Indicator]:
    form = Breakdown("form", "活动形式", "form", labels=models.VisitForm)
    organiser = Breakdown("organiser", "组织主体", "organiser__name")
    level = Breakdown("level", "代表层级", "deputy_level", labels=Level)
    topic = Breakdown("topic", "主题", "topic")
    more: dict[str, Any] = {
        "date": "starts_on",
        "register": "supervision.visits",
        "evidence": ("title", "form", "starts_on", ("organiser__name", "组织主体")),
    }
    people: dict[str, Any] = {
        "date": "activity__starts_on",
        "division": "activity__division",
        "kind": "person_times",
        "breakdowns": (form,),
    }
    shown = (("activity__title", "活动"), ("activity__starts_on", "日期"))
    return [
        _figure(
            "tours",
            "视察次数",
            ("次", "项"),
            "I010",
            "集中视察、专题视察",
            population=of.tours,
            breakdowns=(organiser, level, FIELD),
            aliases=("视察", "集中视察", "专题视察", "组织视察"),
            **more,
        ),
        _figure(
            "surveys",
            "专题调研次数",
            ("次", "项"),
            "I011",
            "专题调研",
            population=of.surveys,
            breakdowns=(LEAD, topic, FIELD),
            aliases=("调研", "专题调研", "开展调研"),
            **more,
        ),
        _figure(
            "visits",
            "视察调研合计次数",
            ("次", "项"),
            "I012",
            "视察与调研合计，一次活动只计一次",
            population=of.visits,
            breakdowns=(form, organiser, FIELD),
            aliases=("视察和调研", "视察调研", "组织视察和调研", "开展视察调研"),
            **more,
        ),
        _figure(
            "visitors_named",
            "参加视察调研执法检查代表人次（列名）",
            ("人次",),
            None,
            "台账列名的代表",
            population=of.visitors,
            evidence=(("person__name", "姓名"), *shown),
            **people,
        ),
        _figure(
            "visitors_unnamed",
            "参加视察调研执法检查代表人次（未列名）",
            ("人次",),
            None,
            "台账只登记人数的代表",
            population=of.unnamed_visitors,
            count=Sum("count"),
            evidence=(*shown, ("count", "人数")),
            **people,
        ),
        _figure(
            "visitors",
            "代表参加视察调研执法检查人次",
            ("人次",),
            None,
            "列名的与未列名的之和",
            kind="person_times",
            count=SumOf("supervision.visitors_named", "supervision.visitors_unnamed"),
            aliases=("参加专项视察、调研和执法检查等活动", "代表参加视察、调研和执法检查"),
        ),
    ]


def _inquiries() -> list[Indicator]:
    form = Breakdown("form", "会议形式", "form", labels=models.InquiryForm)
    rated = Breakdown("rated", "现场测评", "rated")
    unit = Breakdown("unit_kind", "单位类型", "units__kind", labels=OrganKind)
    organ = Breakdown("organ", "机关", "organ__name")
    more = {"register": "supervision.inquiries", "evidence": ("title", "form", ("at__on", "询问日期"))}
    audience: dict[str, Any] = {
        "date": "starts_on",
        "register": "supervision.audiences",
        "evidence": ("title", "starts_on", ("organ__name", "被约见机关")),
    }
    people: dict[str, Any] = {
        "date": "activity__starts_on",
        "division": "activity__division",
        "breakdowns": (Breakdown("organ", "机关", "activity__officialaudience__organ__name"),),
    }
    shown = (("activity__title", "约见"), ("activity__starts_on", "日期"))
    return [
        _figure(
            "inquiries",
            "专题询问次数",
            ("次", "项"),
            "I009",
            "期间内举行的专题询问",
            population=of.inquiries,
            breakdowns=(form, rated, FIELD),
            aliases=("专题询问", "开展专题询问"),
            **more,
        ),
        _figure(
            "questioned",
            "被询问单位数",
            ("个", "家"),
            "I071",
            "专题询问中应询的单位，一个单位只计一次",
            population=of.inquiries,
            count=Distinct("units"),
            breakdowns=(unit,),
            aliases=("应询单位", "应询部门"),
            **more,
        ),
        _figure(
            "interpellations",
            "质询次数",
            ("次", "件"),
            "I073",
            "提出的质询案",
            population=of.interpellations,
            breakdowns=(
                Breakdown("addressee", "对象", "addressee__name"),
                Breakdown("level", "提出时间", "level", labels=models.InterpellationLevel),
            ),
            register="supervision.interpellations",
            evidence=("title", ("addressee__name", "受质询机关"), ("at__on", "提出日期")),
            aliases=("质询案", "质询"),
        ),
        _figure(
            "audiences",
            "代表约见场次",
            ("场", "次"),
            "I072",
            "代表约见国家机关负责人的场次",
            population=of.audiences,
            breakdowns=(organ,),
            aliases=("代表约见", "约见国家机关负责人"),
            **audience,
        ),
        _figure(
            "audience_named",
            "参加约见代表人次（列名）",
            ("人次",),
            None,
            "列名的代表",
            kind="person_times",
            population=of.audience_deputies,
            evidence=(("person__name", "姓名"), *shown),
            **people,
        ),
        _figure(
            "audience_unnamed",
            "参加约见代表人次（未列名）",
            ("人次",),
            None,
            "只登记人数的代表",
            kind="person_times",
            population=of.unnamed_audience_deputies,
            count=Sum("count"),
            evidence=(*shown, ("count", "人数")),
            **people,
        ),
        _figure(
            "audience_deputies",
            "参加约见代表人次",
            ("人次", "名"),
            "I072",
            "列名的与未列名的之和",
            kind="person_times",
            count=SumOf("supervision.audience_named", "supervision.audience_unnamed"),
        ),
    ]


def _appraisals() -> list[Indicator]:
    post = Breakdown("post", "职务", "post_class", labels=models.PostClass)
    manner = Breakdown("manner", "方式", "manner", labels=models.StatementManner)
    grade = Breakdown("grade", "评议等次", "grade", labels=models.AppraisalGrade)
    batch = Breakdown("batch", "批次", "batch")
    organ = Breakdown("organ", "被评议单位", "organ__name")
    unit = {
        "register": "supervision.appraisals",
        "evidence": ("title", ("organ__name", "被评议单位"), ("at__on", "评议日期"), "grade"),
    }
    person = {
        "register": "supervision.appraisals",
        "kind": "persons",
        "evidence": ("title", ("person__name", "被评议人"), "post", ("at__on", "评议日期"), "grade"),
    }
    return [
        _figure(
            "work_appraisals",
            "工作评议次数",
            ("次", "项"),
            "I063",
            "工作评议的条目，每个单位一次计一项",
            population=of.work_appraisals,
            breakdowns=(organ, grade, batch),
            aliases=("工作评议", "开展工作评议"),
            **unit,
        ),
        _figure(
            "appraised_units",
            "被评议部门数",
            ("个", "家"),
            "I063",
            "工作评议的部门，一个部门只计一次（届内累计按届取数）",
            population=of.work_appraisals,
            count=Distinct("organ"),
            breakdowns=(grade, batch),
            aliases=("评议部门",),
            **unit,
        ),
        _figure(
            "appraised_officials",
            "履职评议人数",
            ("名", "人"),
            "I064",
            "被评议的选举任命人员，一人只计一次",
            population=of.performance_appraisals,
            count=Distinct("person"),
            breakdowns=(post, manner, grade),
            aliases=("履职评议", "述职评议"),
            **person,
        ),
        _figure(
            "appraised_judges",
            "两官评议人数",
            ("名", "人"),
            "I065",
            "被评议的法官、检察官，一人只计一次（届内累计按届取数）",
            population=of.judicial_appraisals,
            count=Distinct("person"),
            breakdowns=(post, batch, grade),
            aliases=("“两官”评议", "法官检察官评议"),
            **person,
        ),
    ]


def _opinions() -> list[Indicator]:
    form = Breakdown("form", "意见类别", "form", labels=models.LetterForm)
    more = {"register": "supervision.opinions", "evidence": ("title", "number", ("at__on", "日期"))}
    return [
        _figure(
            "opinions",
            "审议意见书份数",
            ("份", "件"),
            "I014",
            "期间内交办的审议意见、评议意见、视察意见和建议函",
            population=of.letters,
            breakdowns=(form, Breakdown("organ", "交办对象", "organs__name")),
            aliases=("审议意见", "交办审议意见", "发出审议意见"),
            **more,
        ),
        _figure(
            "opinion_items",
            "审议意见条目数",
            ("条",),
            "I015",
            "期间内交办的审议意见中逐条的意见建议",
            population=of.opinion_items,
            date="letter__opened_on",
            register="supervision.opinion_items",
            evidence=(("letter__title", "意见书"), "ordinal", "text", "state"),
            breakdowns=(
                Breakdown("letter", "意见书", "letter__title"),
                Breakdown("form", "意见类别", "letter__form", labels=models.LetterForm),
                Breakdown("state", "落实情况", "state", labels=models.HandlingState),
            ),
            aliases=("审议意见条数", "提出审议意见建议"),
        ),
        _figure(
            "opinion_results",
            "审议意见落实报告数",
            ("项", "件"),
            "I016",
            "听取或书面审议的审议意见处理情况报告",
            population=of.opinion_results,
            breakdowns=(Breakdown("manner", "方式", "result_manner", labels=models.Manner), form),
            aliases=("审议意见落实情况报告", "审议意见处理情况报告"),
            **more,
        ),
    ]


def _problems() -> list[Indicator]:
    state = Breakdown("state", "整改状态", "state", labels=models.CorrectionState)
    organ = Breakdown("organ", "责任单位", "organ__name")
    more: dict[str, Any] = {
        "register": "supervision.problems",
        "evidence": (("list__title", "问题清单"), "ordinal", "text", "state", "corrected_on"),
        "breakdowns": (state, organ),
    }
    return [
        _figure(
            "problem_lists",
            "问题清单份数",
            ("份", "张"),
            "I021",
            "期间内交办的问题清单",
            population=of.problem_lists,
            breakdowns=(organ,),
            register="supervision.problem_lists",
            evidence=("title", ("at__on", "交办日期")),
            aliases=("问题清单",),
        ),
        _figure(
            "problems",
            "问题清单问题数",
            ("个", "条"),
            "I021",
            "期间内交办的清单中的问题",
            population=of.problems,
            date="list__opened_on",
            aliases=("清单问题", "发现问题"),
            **more,
        ),
        _figure(
            "problems_corrected",
            "期间内完成整改问题数",
            ("个", "条"),
            "I021",
            "在期间内完成整改的问题，不论何时交办",
            population=of.corrected_problems,
            date="corrected_on",
            aliases=("整改问题", "完成整改问题"),
            **more,
        ),
        _figure(
            "problems_settled",
            "交办问题已整改数",
            ("个", "条"),
            "I021",
            "期间内交办的问题中现已整改的",
            population=of.corrected_problems,
            date="list__opened_on",
            **more,
        ),
        _figure(
            "correction_rate",
            "问题整改率",
            ("%",),
            "I021",
            "期间内交办的问题中已整改的占比",
            kind="ratio",
            count=Ratio("supervision.problems_settled", "supervision.problems"),
        ),
    ]


def _merged() -> list[Indicator]:
    kind = Breakdown("kind", "监督方式", "kind", labels=models.WorkKind)
    source = Breakdown("source", "来源类别", "source", labels=models.Source)
    more: dict[str, Any] = {"date": "on", "evidence": ("kind", "title", "on", "source")}
    return [
        _figure(
            "work",
            "监督活动合并次数",
            ("次", "项"),
            "I013",
            "各类监督活动合计，一件只计一次；按“监督方式”筛选可任意组合，如 监督方式=执法检查、视察、调研",
            population=of.work,
            breakdowns=(kind, source),
            aliases=("监督活动", "执法检查、视察、调研", "开展各类监督活动"),
            **more,
        ),
        _figure(
            "by_source",
            "分来源监督项目数",
            ("项", "个"),
            "I020",
            "注明来源类别的监督项目",
            population=of.sourced_work,
            breakdowns=(source, kind),
            aliases=("监督项目", "法定监督项目", "重点监督项目"),
            **more,
        ),
    ]
