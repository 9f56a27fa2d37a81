"""What the planning room can count."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.figures import Breakdown, Difference, Distinct, Indicator, Ratio, Rows, Sum, register
from renda.planning import models

CATEGORY = Breakdown("category", "计划类别", "category", labels=models.PlanCategory)
AREA = Breakdown("division", "乡镇", "division__name")


def declare() -> None:
    """Register the indicators."""
    for group in (_plan(), _upward(), _problems(), _townships(), _outside()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"planning.{code}", name=name, units=units, reference=reference, about=about, **more)


def done_items() -> QuerySet:
    """Plan items that were done, whenever."""
    return models.PlanItem.objects.alive().filter(done_on__isnull=False)


def _plan() -> list[Indicator]:
    more = {
        "date": "planned_on",
        "breakdowns": (CATEGORY, Breakdown("owner", "责任单位", "owner__name")),
        "evidence": ("title", ("owner__name", "责任单位"), "planned_on", "done_on"),
        "register": "planning.plan",
    }
    return [
        _figure(
            "items",
            "年度计划项数",
            ("项", "件"),
            "I144",
            "计划在期间内完成的事项",
            population=models.PlanItem.objects.alive,
            aliases=("年度计划", "计划项目", "工作要点"),
            **more,
        ),
        _figure(
            "items_done",
            "年度计划完成项数",
            ("项", "件"),
            "I144",
            "计划在期间内完成、已经完成的事项",
            population=done_items,
            **more,
        ),
        _figure(
            "completion",
            "年度计划完成率",
            ("%",),
            "I144",
            "已完成÷计划",
            kind="ratio",
            aliases=("计划完成率",),
            count=Ratio("planning.items_done", "planning.items"),
        ),
    ]


def _upward() -> list[Indicator]:
    kind = Breakdown("kind", "类型", "kind", labels=models.SupportKind)
    support = {
        "date": "held_on",
        "breakdowns": (kind,),
        "evidence": ("title", "kind", "held_on"),
        "register": "planning.party_support",
    }

    def of(code: str) -> Any:
        return lambda: models.PartySupport.objects.alive().filter(kind=code)

    return [
        _figure(
            "upward_reports",
            "向党委请示报告次数",
            ("件", "次", "项"),
            "I078",
            "向同级党委的请示和报告",
            population=models.UpwardReport.objects.alive,
            date="submitted_on",
            breakdowns=(
                Breakdown("kind", "请示报告", "kind", labels=models.UpwardKind),
                Breakdown("in_writing", "书面", "in_writing"),
            ),
            evidence=("title", "kind", "submitted_on"),
            register="planning.upward_reports",
            aliases=("请示报告", "向县委请示报告", "向市委请示报告", "请示汇报"),
        ),
        _figure(
            "party_support",
            "党委研究支持人大工作件次",
            ("件", "次", "项"),
            "I079",
            "党委研究人大议题、召开会议、出台文件的合计",
            population=models.PartySupport.objects.alive,
            **support,
        ),
        _figure(
            "party_topics",
            "党委常委会研究人大议题数",
            ("个", "项", "次"),
            "I079",
            "党委常委会研究的人大议题",
            population=of("topic"),
            aliases=("研究人大议题", "县委常委会研究"),
            **support,
        ),
        _figure(
            "party_conferences",
            "党委人大工作会议次数",
            ("次",),
            "I079",
            "党委召开的人大工作会议",
            population=of("conference"),
            aliases=("人大工作会议",),
            **support,
        ),
        _figure(
            "party_documents",
            "党委出台人大工作文件数",
            ("件", "份", "个"),
            "I079",
            "党委出台的有关人大工作的文件",
            population=of("document"),
            aliases=("出台文件",),
            **support,
        ),
    ]


def corrected() -> QuerySet:
    """Problems that were corrected."""
    return models.Problem.objects.alive().filter(corrected_on__isnull=False)


def _problems() -> list[Indicator]:
    more = {
        "date": "found_on",
        "breakdowns": (Breakdown("source", "来源", "source"),),
        "evidence": ("title", "found_on", "corrected_on"),
        "register": "planning.problems",
    }
    return [
        _figure(
            "problems", "自身问题数", ("个", "项"), None, "期间内发现的自身问题", population=models.Problem.objects.alive, **more
        ),
        _figure(
            "problems_corrected", "自身问题整改数", ("个", "项"), None, "期间内发现、已经整改的问题", population=corrected, **more
        ),
        _figure(
            "correction_rate",
            "自身问题整改率",
            ("%",),
            None,
            "已整改÷发现",
            kind="ratio",
            count=Ratio("planning.problems_corrected", "planning.problems"),
        ),
    ]


def townships() -> QuerySet:
    """The townships and subdistricts."""
    return Division.objects.filter(level=Level.TOWNSHIP)


def _townships() -> list[Indicator]:
    more = {
        "population": models.TownshipReturn.objects.alive,
        "date": "reported_on",
        "breakdowns": (AREA,),
        "evidence": (("division__name", "乡镇"), "year", "reported_on"),
        "register": "planning.township_returns",
    }
    return [
        _figure(
            "township_sessions",
            "乡镇人代会次数",
            ("次",),
            "I142",
            "各乡镇填报的人代会次数之和",
            count=Sum("congress_sessions"),
            aliases=("乡镇人民代表大会",),
            **more,
        ),
        _figure(
            "presidium_meetings",
            "乡镇主席团会议次数",
            ("次",),
            "I142",
            "各乡镇填报的主席团会议次数之和",
            count=Sum("presidium_meetings"),
            aliases=("主席团会议",),
            **more,
        ),
        _figure(
            "joint_activities",
            "乡镇联席活动次数",
            ("次",),
            "I142",
            "各乡镇填报的联席活动次数之和",
            count=Sum("joint_activities"),
            **more,
        ),
        _figure(
            "township_activities",
            "乡镇代表活动次数",
            ("次",),
            "I142",
            "各乡镇填报的代表活动次数之和",
            count=Sum("deputy_activities"),
            **more,
        ),
        _figure(
            "appraised_units",
            "乡镇人大评议站所数",
            ("个",),
            "I143",
            "各乡镇组织评议的站所数之和",
            count=Sum("appraised_units"),
            aliases=("评议站所",),
            **more,
        ),
        _figure(
            "appraising_deputies",
            "乡镇人大评议参加代表数",
            ("人", "名"),
            "I143",
            "各乡镇评议参加代表数之和",
            kind="persons",
            count=Sum("appraising_deputies"),
            **more,
        ),
        _figure(
            "townships_reported", "已填报乡镇数", ("个",), "I142", "期间内报送填报的乡镇", count=Distinct("division"), **more
        ),
        _figure(
            "townships",
            "乡镇（街道）数",
            ("个",),
            None,
            "期末的乡镇、街道",
            kind="stock",
            population=townships,
            count=Rows(),
            stock=("valid_from", "valid_to"),
            division="pk",
            evidence=("name", "code"),
            breakdowns=(Breakdown("urban", "街道", "urban"),),
        ),
        _figure(
            "townships_missing",
            "未填报乡镇数",
            ("个",),
            "I142",
            "乡镇（街道）数减已填报数",
            count=Difference("planning.townships", "planning.townships_reported"),
        ),
    ]


def _outside() -> list[Indicator]:
    name = Breakdown("name", "数据名称", "name")
    return [
        _figure(
            "visits",
            "上级来访次数",
            ("次", "批"),
            "I146",
            "上级来县调研、视察、检查",
            population=models.SuperiorVisit.objects.alive,
            date="visited_on",
            breakdowns=(Breakdown("level", "来访层级", "level", labels=Level),),
            evidence=("visitor", "topic", "visited_on"),
            register="planning.visits",
            aliases=("上级来访", "来县调研"),
        ),
        _figure(
            "external",
            "外部数据",
            ("件", "个"),
            "I146",
            "其他单位提供的数据之和，须按名称取数；不由本平台计算",
            outside=True,
            population=models.ExternalFigure.objects.alive,
            date="as_of",
            count=Sum("value"),
            breakdowns=(name, Breakdown("source", "来源", "source")),
            evidence=("name", "value", "unit", "source", "as_of"),
            register="planning.external_figures",
        ),
    ]
