"""Registers of the plan: seats fixed, voter groups, election bodies and their members, people at polling places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.directory.gate import Access
from renda.elections import models
from renda.elections.plan import incompatible, seats
from renda.registers.columns import Choice, Column, Day, DivisionRef, Phone, Ref, Text, Whole, YesNo
from renda.registers.directory import ordered_days
from renda.registers.register import Fault, Register, Rule, Values
from renda.registers.registry import register

OPEN = Access("elections", open_to_bound=True)
OFFICE = Access("elections")
"""Names, telephones and family ties of members and staff: for those who run the election."""
AREA = ("区划", "乡镇（街道）", "所在乡镇", "乡镇")


def declare() -> None:
    """Register the registers of the plan (called once, at start)."""
    for one in (_decisions(), _groups(), _bodies(), _members(), _staff()):
        register(one)


def same_election(field: str, model: type[Any], words: str) -> Rule:
    """A rule: the record named in ``field`` belongs to the row's election."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        wanted = {row[field] for row in rows if row.get(field)}
        if not wanted:
            return
        owner = dict(model._default_manager.filter(pk__in=wanted).values_list("pk", "election_id"))
        for index, row in enumerate(rows):
            if row.get(field) and row.get("election") and owner.get(row[field]) != row["election"]:
                yield index, field, _(words)

    return rule


def no_circle(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: the body above is not one of the kind that stands below (a committee stands above its office and groups)."""
    kinds = dict(
        models.ElectionBody.objects.filter(pk__in={row["parent"] for row in rows if row.get("parent")}).values_list("pk", "kind")
    )
    for index, row in enumerate(rows):
        above = kinds.get(row.get("parent") or 0)
        if above == models.BodyKind.GROUP:
            yield index, "parent", _("选区工作组下面不再设机构，请改填选举委员会或其分会、办公室")


def _of_election(
    code: str, name: str, model: type, key: tuple[str, ...], label: str, columns: list[Column], about: str, **more: Any
) -> Register:
    election = Ref(field="election", to="elections.elections", synonyms=("选举名称", "所属选举", "哪次选举"), filtered=True)
    return Register(
        code=f"elections.{code}", name=name, model=model, key=("election", *key), label=label, parent="election",
        columns=[election, *columns, DivisionRef(synonyms=AREA, filtered=True)], about=about,
        access=more.pop("access", OPEN), date=more.pop("date", "election__election_day"), **more,
    )  # fmt: skip


def _decisions() -> Register:
    return _of_election(
        "seat_decisions", "代表名额决定", models.SeatDecision, ("division", "decided_on"), "number",
        [
            Text(field="number", synonyms=("文号", "决定")),
            Whole(field="seats", least=1, most=3000, unit="名", synonyms=("代表总名额", "总名额", "名额")),
            Whole(field="population", least=1, unit="人", synonyms=("人口", "总人口")),
            Day(field="counted_on", synonyms=("人口截止日期", "人口统计日期")),
            Text(field="basis", synonyms=("口径", "人口口径"), listed=False),
            Choice(field="ground", synonyms=("缘由",), words={"首次确定": "first", "重大工程": "works"}, filtered=True),
            Day(field="decided_on", synonyms=("决定时间",)),
            Text(field="decided_by", synonyms=("决定机关",)),
            Text(field="note", listed=False),
        ],
        "常委会确定的每一级代表大会的代表总名额", words=("代表名额", "名额确定"), date="decided_on",
        rules=(ordered_days("counted_on", "decided_on", gettext_noop("决定日期早于人口数的截止日期")),), after_save=seats.follow_decisions,
    )  # fmt: skip


def _groups() -> Register:
    return _of_election(
        "voter_groups", "选民小组", models.VoterGroup, ("district", "name"), "name",
        [
            Text(field="name", synonyms=("小组名称", "小组")),
            Ref(field="district", to="elections.districts", synonyms=("选区名称", "所在选区"), filtered=True),
            Text(field="leader", synonyms=("小组长",)),
            Text(field="convenor"),
        ],
        "各选区的选民小组和组长、召集人", words=("选民小组一览", "小组名册"),
        rules=(same_election("district", models.ElectoralDistrict, gettext_noop("这个选区不属于所填的选举，请核对")),),
    )  # fmt: skip


def _bodies() -> Register:
    return _of_election(
        "bodies", "选举机构", models.ElectionBody, ("name",), "name",
        [
            Text(field="name", synonyms=("名称", "机构")),
            Choice(field="kind", synonyms=("类别",), words={"委员会": "committee", "办公室": "office", "工作组": "group"}, filtered=True),
            Ref(field="parent", to="elections.bodies", synonyms=("上级",)),
            Text(field="appointed_by", synonyms=("任命单位",), listed=False),
            Day(field="appointed_on", synonyms=("成立日期", "任命时间")),
            Text(field="number", synonyms=("文号",), listed=False),
            Ref(field="organ", to="directory.organs", synonyms=("单位",), listed=False),
            Text(field="phone", synonyms=("电话", "联系电话")),
            Text(field="address", synonyms=("地址", "地点"), listed=False),
        ],
        "选举委员会及其办公室、分会、选区工作组", words=("选举委员会名单", "选举工作机构"),
        rules=(same_election("parent", models.ElectionBody, gettext_noop("上级机构不属于所填的选举，请核对")), no_circle),
    )  # fmt: skip


def _members() -> Register:
    words = {"主席": "chair", "成员": "member", "召集人": "leader"}
    return _of_election(
        "members", "选举机构组成人员", models.BodyMember, ("body", "name"), "name",
        [
            Text(field="name"),
            Ref(field="body", to="elections.bodies", synonyms=("所在机构", "选举机构"), filtered=True),
            Choice(field="post", synonyms=("职务名称",), words=words, filtered=True),
            Text(field="unit", synonyms=("单位及职务", "单位")),
            Phone(field="phone", synonyms=("电话", "手机"), listed=False),
            Day(field="since", synonyms=("任命日期",), listed=False),
            Day(field="until", synonyms=("辞去日期", "离任日期"), listed=False),
            YesNo(field="namesake", synonyms=("同名",), listed=False),
        ],
        "选举机构的组成人员、职务和联系电话；电话只显示末四位，查看须写明事由",
        words=("组成人员名单",), access=OFFICE,
        rules=(
            ordered_days("since", "until", gettext_noop("免职日期早于任职日期")),
            same_election("body", models.ElectionBody, gettext_noop("这个机构不属于所填的选举，请核对")),
            incompatible.member_no_candidate,
        ),
    )  # fmt: skip


def _staff() -> Register:
    return _of_election(
        "polling_staff", "投票工作人员", models.PollingStaff, ("place", "name"), "name",
        [
            Text(field="name"),
            Ref(field="place", to="elections.polling_places", synonyms=("投票站", "票箱", "会场"), filtered=True),
            Choice(field="task", synonyms=("职责", "岗位"), words={"监票员": "scrutineer", "计票员": "teller", "主持": "host"}, filtered=True),
            Text(field="unit", synonyms=("单位",)),
            Text(field="relative_of", synonyms=("近亲属", "与候选人的关系"), listed=False),
            YesNo(field="namesake", synonyms=("同名",), listed=False),
        ],
        "投票站、会场和流动票箱的主持人、监票人、计票人和工作人员", words=("监票计票人员名单", "监票人名单"), access=OFFICE,
        rules=(
            same_election("place", models.PollingPlace, gettext_noop("这个投票场所不属于所填的选举，请核对")),
            incompatible.staff_no_candidate,
        ),
    )  # fmt: skip
