"""The registers of recalls and resignations: entered by hand or from a ledger, moved on by their procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from renda.directory import congress
from renda.directory.models import Mandate, Person
from renda.directory.models.divisions import Level
from renda.elections.departures import (
    access,
    effects,
    entrances,
    kinds,
    letters,
    mandates,
    recall_procedure,
    resignation_procedure,
)
from renda.elections.departures.access import ACCESS
from renda.elections.models import Recall, Resignation
from renda.registers.columns import Choice, Column, DivisionRef, Milestone, PersonRef, Phone, Text, Whole
from renda.registers.register import Fault, Register, SavedView, Values
from renda.registers.registry import register

RECALLS, RESIGNATIONS = "elections.recalls", "elections.resignations"
LEVELS = {
    "县": "county",
    "县代表": "county",
    "区": "county",
    "乡": "township",
    "镇": "township",
    "乡镇": "township",
    "乡镇代表": "township",
}
RECALL_OUTCOMES = {"通过": "passed", "未通过": "failed", "不受理": "not_admitted", "撤回": "ended"}
RESIGNATION_OUTCOMES = {"接受": "accepted", "不接受": "not_accepted", "未通过": "not_accepted"}


def declare() -> None:
    """Register kinds, procedures, letters, registers and ways in (called once, at start, after the room's own registers)."""
    access.declare()
    kinds.declare()
    recall_procedure.declare()
    resignation_procedure.declare()
    letters.declare()
    register(recalls())
    register(resignations())
    entrances.declare()


def _mandates(rows: Sequence[Values]) -> dict[int, Mandate | None]:
    """Row index → the mandate that the row is about."""
    return {
        index: mandates.held(row["person"], row["level"], row["received"].date) if _told(row) else None
        for index, row in enumerate(rows)
    }


def _told(row: Values) -> bool:
    return bool(row.get("person") and row.get("level") and row.get("received"))


def _prepare(rows: Sequence[Values], kind: str) -> None:
    """Fill what follows from the deputy: district, title, and the division whose organ handles the matter."""
    names = dict(Person.objects.filter(pk__in={row["person"] for row in rows if row.get("person")}).values_list("pk", "name"))
    for index, mandate in _mandates(rows).items():
        row = rows[index]
        if mandate is None:
            continue
        row["constituency"] = row.get("constituency") or mandate.electoral_district
        row["title"] = row.get("title") or f"{kind}{mandate.get_level_display()}代表{names.get(row['person'], '')}"
        to_county = kind == "罢免" or mandate.level == Level.COUNTY
        row["division"] = congress.county_of(mandate.division).pk if to_county else mandate.division_id


def prepare_recalls(rows: Sequence[Values]) -> None:
    """A demand for a recall goes to the standing committee of the county, for township deputies too (选举法 50(1))."""
    _prepare(rows, "罢免")


def prepare_resignations(rows: Sequence[Values]) -> None:
    """County deputies resign to the county's standing committee, township deputies to the township's congress (选举法 55(2))."""
    _prepare(rows, "辞去")


def whole(rows: Sequence[Values]) -> Iterable[Fault]:
    """Somebody can be recalled or resign only from a mandate that is held, after it began."""
    for index, mandate in _mandates(rows).items():
        row = rows[index]
        if "received" in row and not row.get("received"):
            yield index, "received", _("请填收到日期")
        if _told(row) and mandate is None:
            yield index, "person", _("代表名册中，此人在 %(day)s 不是这一层级的代表，请核对姓名和代表层级") % {"day": _day(row)}
        if row.get("counted") is not None and row.get("signed") is not None and row["counted"] > row["signed"]:
            yield index, "counted", _("有效联名人数多于联名人数，请核对")


def _day(row: Values) -> date:
    found: date = row["received"].date
    return found


def _common() -> list[Column]:
    return [
        PersonRef(field="person", synonyms=("代表姓名", "姓名", "被罢免代表", "辞职代表")),
        Choice(field="level", synonyms=("层级", "代表级别"), words=LEVELS, filtered=True),
        Text(field="constituency", synonyms=("选区", "选区名称"), required=False, help="不填的，按代表名册上的选区"),
    ]


def recalls() -> Register:
    """Demands for a recall: one row each."""
    return Register(
        code=RECALLS,
        name="罢免代表",
        words=("罢免要求登记", "罢免代表登记", "罢免案登记"),
        model=Recall,
        matter_kind=kinds.RECALL.code,
        key=("number",),
        second_key=("received", "person", "level"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="number", name="罢免编号", synonyms=("编号",)),
            Milestone(field="received", name="收到罢免要求日期", synonyms=("收到日期", "提出日期"), required=True),
            *_common(),
            Whole(field="signed", synonyms=("联名选民数", "签名人数"), least=1, help="罢免要求上签名的人数"),
            Text(field="lead", synonyms=("领衔人", "联系人"), secret=True, listed=False),
            Phone(field="phone", synonyms=("电话", "联系方式"), listed=False),
            Text(field="reasons", synonyms=("理由",), secret=True, required=True, long=True, listed=False, help="罢免要求应当写明罢免理由"),
            Whole(field="counted", synonyms=("核实人数",), listed=False, required=False, help="受理时核实，登记时不填"),
            Text(field="title", name="事由", required=False, listed=False, help="不填的自动填写"),
            Milestone(field="accepted", name="受理日期", listed=False),
            Milestone(field="answered", name="代表申辩日期", listed=False),
            Choice(field="statement", listed=False, required=False),
            Milestone(field="distributed", name="印发选民日期", listed=False),
            Milestone(field="voted", name="表决通过日期"),
            Milestone(field="failed", name="表决未通过日期", listed=False),
            Whole(field="voters", synonyms=("全体选民数",), listed=False, required=False),
            Whole(field="participants", synonyms=("参加表决人数",), listed=False, required=False),
            Whole(field="recovered", synonyms=("收回票数",), listed=False, required=False),
            Whole(field="void", synonyms=("废票",), listed=False, required=False),
            Whole(field="yes", synonyms=("赞成票数",), listed=False, required=False),
            Choice(field="outcome", synonyms=("表决结果",), words=RECALL_OUTCOMES, filtered=True, required=False),
            Milestone(field="refused", name="不予受理日期", listed=False),
            Milestone(field="announced", name="公告日期"),
            Milestone(field="filed", name="备案日期", listed=False),
            Milestone(field="ended", name="终止办理日期", listed=False),
            DivisionRef(synonyms=("区划",), filtered=True, listed=False),
        ],
        prepare=prepare_recalls,
        rules=(whole,),
        views=(SavedView("open", "正在办理", lambda rows: rows.filter(settled=False)),),
        after_save=lambda ids: effects.settle(Recall, ids),
        access=ACCESS,
        about="选民联名要求罢免县级、乡级人大代表：受理、申辩、印发、表决、公告（选举法第五十条至第五十四条）",
    )  # fmt: skip


def resignations() -> Register:
    """Deputies' resignations on their way: one row each."""
    return Register(
        code=RESIGNATIONS,
        name="代表辞职办理",
        words=("代表辞职请求登记", "辞去代表职务登记"),
        model=Resignation,
        matter_kind=kinds.RESIGNATION.code,
        key=("number",),
        second_key=("received", "person", "level"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="number", name="辞职编号", synonyms=("编号",)),
            Milestone(field="received", name="收到辞职请求日期", synonyms=("收到日期", "提出日期"), required=True),
            *_common(),
            Text(field="reason", synonyms=("原因", "理由"), secret=True, long=True, listed=False, required=False),
            Text(field="title", name="事由", required=False, listed=False, help="不填的自动填写"),
            Milestone(field="decided", name="接受辞职日期"),
            Milestone(field="kept", name="表决未通过日期", listed=False),
            Whole(field="whole", synonyms=("组成人员总数", "全体代表数"), listed=False, required=False),
            Whole(field="yes", synonyms=("赞成票",), listed=False, required=False),
            Choice(field="outcome", synonyms=("表决结果",), words=RESIGNATION_OUTCOMES, filtered=True, required=False),
            Milestone(field="announced", name="公告日期"),
            Milestone(field="withdrawn", name="撤回日期", listed=False),
            DivisionRef(synonyms=("区划",), filtered=True, listed=False),
        ],
        prepare=prepare_resignations,
        rules=(whole,),
        views=(SavedView("open", "正在办理", lambda rows: rows.filter(settled=False)),),
        after_save=lambda ids: effects.settle(Resignation, ids),
        access=ACCESS,
        about="县级、乡级人大代表辞去代表职务：表决、公告，代表职务随即终止（选举法第五十五条、第五十六条）",
    )  # fmt: skip
