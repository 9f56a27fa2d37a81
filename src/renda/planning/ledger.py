"""The registers of the planning room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.core import clock
from renda.directory.gate import Access
from renda.planning import models
from renda.registers.columns import Choice, Column, Day, DivisionRef, Number, Ref, Text, Whole, YesNo
from renda.registers.directory import LEVEL_WORDS, ordered_days
from renda.registers.register import Fault, Register, SavedView, Values
from renda.registers.registry import register

AREA = ("区划", "乡镇（街道）", "所在乡镇", "乡镇")


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (_plan(), _upward(), _support(), _problems(), _returns(), _external(), _visits()):
        register(one)


def _register(
    code: str, name: str, model: type, key: tuple[str, ...], label: str, date: str, columns: list[Column], about: str, **more: Any
) -> Register:
    if not any(column.field == "division" for column in columns):
        columns = [*columns, DivisionRef(synonyms=AREA, listed=False)]
    more.setdefault("access", Access("planning"))
    return Register(
        code=f"planning.{code}", name=name, model=model, key=key, label=label, date=date, columns=columns, about=about, **more
    )


def _plan() -> Register:
    words = {
        "监督": "supervision",
        "会议": "meeting",
        "代表": "deputy",
        "任免": "appointment",
        "决定": "decision",
        "机关建设": "self",
    }
    return _register(
        "plan",
        "年度工作计划",
        models.PlanItem,
        ("year", "title"),
        "title",
        "planned_on",
        [
            Whole(field="year", least=1950, most=2200, synonyms=("计划年度",), filtered=True),
            Text(field="title", synonyms=("事项", "工作事项", "工作任务", "计划内容")),
            Choice(field="category", synonyms=("类别", "分类"), words=words, filtered=True),
            Ref(field="owner", to="directory.organs", synonyms=("责任部门", "牵头部门", "承办机构")),
            Day(field="planned_on", synonyms=("完成时限", "计划时间", "计划日期")),
            Day(field="done_on", synonyms=("完成日期", "完成时间", "实际完成时间")),
            Text(field="outcome", synonyms=("落实情况", "进展")),
        ],
        "年度工作要点和计划的事项、责任单位和完成情况",
        words=("工作计划", "工作要点", "年度计划"),
        views=(
            SavedView("open", "未完成", lambda rows: rows.filter(done_on__isnull=True)),
            SavedView("late", "逾期", lambda rows: rows.filter(done_on__isnull=True, planned_on__lt=clock.today())),
        ),
    )


def _upward() -> Register:
    return _register(
        "upward_reports",
        "请示报告",
        models.UpwardReport,
        ("title", "submitted_on"),
        "title",
        "submitted_on",
        [
            Text(field="title", synonyms=("文件标题", "请示报告标题", "题目")),
            Choice(field="kind", synonyms=("种类", "类别"), filtered=True),
            Text(field="number", synonyms=("发文字号", "编号")),
            Day(field="submitted_on", synonyms=("上报日期", "报送时间", "日期")),
            YesNo(field="in_writing", synonyms=("是否书面",), listed=False),
            Day(field="answered_on", synonyms=("批复时间", "答复日期")),
        ],
        "向县委的请示和报告",
        words=("请示", "向县委请示报告", "重大事项请示报告"),
        rules=(ordered_days("submitted_on", "answered_on", gettext_noop("批复日期早于报送日期")),),
    )


def _support() -> Register:
    words = {
        "研究议题": "topic",
        "常委会议题": "topic",
        "工作会议": "conference",
        "文件": "document",
        "印发文件": "document",
        "听取汇报": "report_heard",
    }
    return _register(
        "party_support",
        "党委支持人大工作",
        models.PartySupport,
        ("title", "held_on"),
        "title",
        "held_on",
        [
            Text(field="title", synonyms=("内容", "名称", "议题")),
            Choice(field="kind", synonyms=("类型",), words=words, filtered=True),
            Day(field="held_on", synonyms=("时间", "会议日期", "印发日期")),
            Text(field="number", synonyms=("发文字号",)),
        ],
        "党委研究人大议题、召开人大工作会议、出台文件的情况",
        words=("党委支持", "县委研究人大工作"),
    )


def _problems() -> Register:
    return _register(
        "problems",
        "问题整改",
        models.Problem,
        ("title", "found_on"),
        "title",
        "found_on",
        [
            Text(field="title", synonyms=("存在问题", "问题描述", "问题内容")),
            Text(field="source", synonyms=("来源",), filtered=True),
            Ref(field="owner", to="directory.organs", synonyms=("责任部门", "整改单位")),
            Day(field="found_on", synonyms=("提出日期", "发现时间")),
            Day(field="due_on", synonyms=("整改时限", "完成时限")),
            Day(field="corrected_on", synonyms=("整改日期", "完成日期", "销号日期")),
            Text(field="measures", synonyms=("措施", "整改情况")),
        ],
        "工作中存在的问题和整改情况",
        words=("整改台账", "问题清单（自身）", "整改"),
        rules=(ordered_days("found_on", "corrected_on", gettext_noop("整改完成日期早于发现日期")),),
        views=(SavedView("open", "未整改", lambda rows: rows.filter(corrected_on__isnull=True)),),
    )


def township_only(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: a return is a township's."""
    from renda.directory.models import Division

    townships = set(Division.objects.filter(level="township").values_list("pk", flat=True))
    for index, row in enumerate(rows):
        if row.get("division") and row["division"] not in townships:
            yield index, "division", _("乡镇填报须写明是哪个乡镇（街道）")


def _returns() -> Register:
    return _register(
        "township_returns",
        "乡镇填报",
        models.TownshipReturn,
        ("year", "division"),
        "division",
        "reported_on",
        [
            DivisionRef(synonyms=("乡镇", "乡镇（街道）", "填报单位", "乡镇名称"), filtered=True),
            Whole(field="year", least=1950, most=2200, synonyms=("填报年度",), filtered=True),
            Day(field="reported_on", synonyms=("填报日期", "上报日期")),
            Whole(field="congress_sessions", synonyms=("召开人代会次数", "人代会")),
            Whole(field="presidium_meetings", synonyms=("主席团会议",)),
            Whole(field="joint_activities", synonyms=("联席活动",)),
            Whole(field="deputy_activities", synonyms=("代表活动", "组织代表活动次数")),
            Whole(field="appraised_units", synonyms=("评议站所",)),
            Whole(field="appraising_deputies", synonyms=("评议代表人数", "参加代表人数")),
            Whole(field="suggestions", synonyms=("建议件数",)),
        ],
        "各乡镇人大每年一次的工作填报",
        words=("乡镇人大填报", "乡镇工作统计"),
        rules=(township_only,),
    )


def _external() -> Register:
    return _register(
        "external_figures",
        "外部数据",
        models.ExternalFigure,
        ("name", "as_of"),
        "name",
        "as_of",
        [
            Text(field="name", synonyms=("名称", "指标名称"), filtered=True),
            Number(field="value", synonyms=("数据", "数量")),
            Text(field="unit", synonyms=("单位", "量词")),
            Day(field="as_of", synonyms=("日期", "截至日期", "统计日期")),
            Text(field="source", synonyms=("来源", "提供单位")),
        ],
        "其他单位提供、不由本平台计算的数据，如政协提案数",
        words=("外部数据登记",),
    )


def _visits() -> Register:
    return _register(
        "visits",
        "上级来访",
        models.SuperiorVisit,
        ("visitor", "visited_on"),
        "visitor",
        "visited_on",
        [
            Text(field="visitor", synonyms=("来访单位", "来访领导", "单位")),
            Choice(field="level", synonyms=("层级", "级别"), words=LEVEL_WORDS, filtered=True),
            Text(field="topic", synonyms=("事由", "调研主题", "内容")),
            Day(field="visited_on", synonyms=("日期", "来访时间", "时间")),
            Whole(field="persons", synonyms=("人数",)),
        ],
        "上级人大和领导来县调研、视察、检查",
        words=("来访台账", "上级调研"),
    )
