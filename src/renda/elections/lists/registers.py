"""The registers of objections and transfers: entered by hand or from a ledger, moved on by their procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from renda.core.cells import DateValue
from renda.core.text import mask_name
from renda.elections.lists import kinds, letters, objection_procedure, transfer_procedure
from renda.elections.lists.access import OF_OBJECTION, OF_TRANSFER
from renda.elections.lists.voter_column import VoterRef
from renda.elections.models import (
    Election,
    ElectoralDistrict,
    Objection,
    ObjectionGround,
    Publication,
    Transfer,
    Voter,
)
from renda.registers.columns import Choice, DivisionRef, Milestone, Phone, Ref, Text
from renda.registers.register import Fault, Register, SavedView, Values
from renda.registers.registry import register

GROUNDS = {
    "漏登": "left_out", "漏列": "left_out", "应列未列": "left_out", "错登": "wrongly_in", "不应列入": "wrongly_in", "姓名有误": "mistake",
    "错误": "mistake", "选区有误": "district",
}  # fmt: skip
OUTCOMES = {"维持": "kept", "更正": "corrected", "不受理": "not_admitted", "撤回申诉": "withdrawn"}
ASKED_BY = {"本人": "voter", "本人申请": "voter", "网上": "web", "工作人员": "clerk"}
RESULTS = {"同意": "done", "已转移": "done", "不同意": "refused", "撤回": "withdrawn"}
OBJECTIONS, TRANSFERS = "elections.objections", "elections.transfers"


def declare() -> None:
    """Register kinds, procedures and registers (called once, at start, after the room's own registers)."""
    kinds.declare()
    objection_procedure.declare()
    transfer_procedure.declare()
    letters.declare()
    register(objections())
    register(transfers())


def _districts(rows: Sequence[Values], *names: str) -> dict[int, ElectoralDistrict]:
    wanted = {row[name] for row in rows for name in names if row.get(name)}
    return {one.pk: one for one in ElectoralDistrict.objects.filter(pk__in=wanted).select_related("election", "division")}


def prepare_objections(rows: Sequence[Values]) -> None:
    """Fill what follows from the district: election, working group, day of the list, election day; and a title that names nobody."""
    found = _districts(rows, "district")
    published = _published(found)
    for row in rows:
        district = found.get(row.get("district") or 0)
        if district is None:
            continue
        row["election"] = district.election.roll_id
        row["office"] = district.office_id
        row["election_day"] = DateValue(district.election.election_day, "day")
        if not row.get("published") and district.pk in published:
            row["published"] = DateValue(published[district.pk], "day")
        if not row.get("title"):
            ground = str(dict(ObjectionGround.choices).get(row.get("ground") or "", ""))
            row["title"] = f"{district.name}：{mask_name(str(row.get('concerned') or '')) or '某选民'}{ground}"


def _published(found: dict[int, ElectoralDistrict]) -> dict[int, Any]:
    rows = Publication.objects.alive().filter(district__in=found, number=0)
    return dict(rows.values_list("district", "published_on"))


def whole_objections(rows: Sequence[Values]) -> Iterable[Fault]:
    """Objections are to a list that is published, come after it, and are about the roll that it is of."""
    held = {row["voter_id"]: row for row in rows if row.get("voter_id")}
    elections = dict(Voter.objects.filter(pk__in=held).values_list("pk", "election"))
    for index, row in enumerate(rows):
        published, received = row.get("published"), row.get("received")
        if row.get("district") and not published:
            yield index, "published", _("这个选区的选民名单还没有公布，请先公布名单，或填写公布日期")
        if published and received and received.last < published.date:
            yield index, "received", _("收到申诉的日期早于名单公布日期")
        if "received" in row and not received:
            yield index, "received", _("请填收到申诉的日期")
        if row.get("voter_id") and row.get("election") and elections.get(row["voter_id"]) != row["election"]:
            yield index, "voter_id", _("此人不在这次选举的登记册上")


def objections() -> Register:
    """Objections to voter lists: one row each."""
    return Register(
        code=OBJECTIONS,
        name="选民名单申诉",
        words=("选民名单申诉登记", "名单申诉", "选民资格申诉", "选民申诉"),
        model=Objection,
        matter_kind=kinds.OBJECTION.code,
        key=("number",),
        second_key=("received", "district", "title"),
        label="title",
        other_names=("number",),
        date="opened_on",
        parent="election",
        columns=[
            Text(field="number", name="申诉编号", synonyms=("编号", "登记号")),
            Milestone(field="received", name="收到申诉日期", synonyms=("申诉日期", "收到日期"), required=True),
            Ref(field="district", to="elections.districts", synonyms=("选区名称", "所在选区"), filtered=True),
            Choice(field="ground", synonyms=("类别", "申诉事由"), words=GROUNDS, filtered=True),
            Text(field="objector", synonyms=("申诉人姓名",), secret=True, required=True, listed=False),
            Phone(field="phone", synonyms=("电话", "联系方式"), listed=False),
            Text(field="concerned", synonyms=("涉及选民", "被申诉人"), secret=True, listed=False, help="对谁的登记有意见"),
            VoterRef(
                field="voter_id", name="涉及的登记", synonyms=("涉及选民身份证号",), listed=False, required=False,
                help="填身份证号，用来找到登记册上的这个人；号码不保存在申诉中。登记册上没有的，不填",
            ),
            Text(field="content", synonyms=("内容", "意见和理由"), secret=True, long=True, listed=False),
            Text(field="title", name="事由", synonyms=("申诉摘要",), required=False, listed=False, help="不填的，按选区和申诉类别自动填写"),
            Milestone(field="published", name="名单公布日期", listed=False),
            Milestone(field="election_day", name="选举日", listed=False),
            Milestone(field="decided", name="处理决定日期", synonyms=("作出决定日期", "决定日期")),
            Milestone(field="told", name="决定送达日期", listed=False),
            Choice(field="outcome", synonyms=("处理情况",), words=OUTCOMES, filtered=True),
            Milestone(field="declined", name="不予受理日期", listed=False),
            Milestone(field="sued", name="起诉日期", listed=False),
            Text(field="court", synonyms=("法院",), listed=False),
            Milestone(field="admitted", name="法院立案日期", listed=False),
            Text(field="case_number", synonyms=("案件编号",), listed=False),
            Milestone(field="judged", name="判决日期", listed=False),
            Milestone(field="judgment_told", name="判决送达日期", listed=False),
            Milestone(field="closed", name="了结日期", listed=False),
            Ref(field="election", to="elections.elections", synonyms=("选举名称", "所属选举"), required=False, listed=False, filtered=True),
            Ref(field="office", to="directory.organs", synonyms=("工作组",), listed=False),
            DivisionRef(synonyms=("区划", "所在乡镇", "乡镇"), filtered=True, listed=False),
        ],
        prepare=prepare_objections,
        rules=(whole_objections,),
        views=(SavedView("open", "未了结", lambda rows: rows.filter(closed_on__isnull=True)),),
        access=OF_OBJECTION,
        about="对选民名单的申诉：三日内处理，不服的可以起诉（选举法第二十九条）",
    )  # fmt: skip


def prepare_transfers(rows: Sequence[Values]) -> None:
    """Fill what follows from the voter and the districts: election, the district that the voter leaves, the working groups, the title."""
    voters = {one.pk: one for one in Voter.objects.filter(pk__in={row.get("voter_id") for row in rows if row.get("voter_id")})}
    for row in rows:
        voter = voters.get(row.get("voter_id") or 0)
        if voter is not None:
            row["election"] = voter.election_id
            row["from_district"] = row.get("from_district") or voter.district_id
    found = _districts(rows, "from_district", "to_district")
    for row in rows:
        old, new = found.get(row.get("from_district") or 0), found.get(row.get("to_district") or 0)
        if old and new:
            row["from_office"], row["to_office"] = old.office_id, new.office_id
            row["title"] = row.get("title") or f"{old.name}转{new.name}"
        if old and not row.get("released"):
            row["division"] = old.division_id


def whole_transfers(rows: Sequence[Values]) -> Iterable[Fault]:
    """A transfer leads from the district in which the voter stands to another one of the same roll."""
    found = _districts(rows, "from_district", "to_district")
    known = dict(Election.objects.filter(pk__in={one.election_id for one in found.values()}).values_list("pk", "held_with"))
    for index, row in enumerate(rows):
        old, new = found.get(row.get("from_district") or 0), found.get(row.get("to_district") or 0)
        if "asked" in row and not row.get("asked"):
            yield index, "asked", _("请填申请日期")
        if row.get("voter_id") and not old:
            yield index, "voter_id", _("此人还没有列入选区，请在“选民登记”中划入选区，不需要转移")
        if old and new and old.pk == new.pk:
            yield index, "to_district", _("转入选区就是此人现在的选区，请核对")
        if old and new and (known.get(old.election_id) or old.election_id) != (known.get(new.election_id) or new.election_id):
            yield index, "to_district", _("转入选区不属于这次选举，请核对")


def transfers() -> Register:
    """Transfers between districts: one row each."""
    return Register(
        code=TRANSFERS,
        name="选民资格转移",
        words=("选民资格转移登记", "选民转移", "选区转移"),
        model=Transfer,
        matter_kind=kinds.TRANSFER.code,
        key=("number",),
        second_key=("voter_id", "to_district", "asked"),
        label="title",
        other_names=("number",),
        date="opened_on",
        parent="election",
        columns=[
            Text(field="number", name="转移编号", synonyms=("编号",)),
            Milestone(field="asked", name="申请日期", synonyms=("申请时间",), required=True),
            VoterRef(field="voter_id", name="选民", synonyms=("选民身份证号", "身份证号"), listed=False, help="填身份证号，用来找到登记册上的这个人；号码不保存在这里"),
            Ref(field="from_district", to="elections.districts", synonyms=("原选区",), required=False, filtered=True, help="不填的，按登记册上现在的选区"),
            Ref(field="to_district", to="elections.districts", synonyms=("新选区",), filtered=True),
            Choice(field="asked_by", synonyms=("申请人",), words=ASKED_BY, listed=False),
            Text(field="reason", synonyms=("理由", "转移原因"), secret=True, long=True, listed=False),
            Milestone(field="released", name="转出选区同意日期", listed=False),
            Milestone(field="moved", name="转入日期", listed=False),
            Milestone(field="refused", name="不同意日期", listed=False),
            Milestone(field="withdrawn", name="撤回日期", listed=False),
            Choice(field="result", synonyms=("办理结果",), words=RESULTS, filtered=True),
            Text(field="title", name="转移摘要", required=False, listed=False),
            Ref(field="election", to="elections.elections", synonyms=("选举名称", "所属选举"), required=False, listed=False, filtered=True),
            Ref(field="from_office", to="directory.organs", synonyms=("转出工作组",), listed=False),
            Ref(field="to_office", to="directory.organs", synonyms=("转入工作组",), listed=False),
            DivisionRef(synonyms=("区划", "所在乡镇", "乡镇"), filtered=True, listed=False),
        ],
        prepare=prepare_transfers,
        rules=(whole_transfers,),
        views=(SavedView("open", "正在办理", lambda rows: rows.filter(closed_on__isnull=True)),),
        after_save=_settle,
        access=OF_TRANSFER,
        about="选民从一个选区转到另一个选区：转出选区开具证明，转入选区同意后登记册随即变动",
    )  # fmt: skip


def _settle(ids: Sequence[int]) -> None:
    """A transfer that a ledger ended, or that was voided, no longer keeps the voter from another one."""
    rows = Transfer.objects.filter(pk__in=ids)
    rows.filter(closed_on__isnull=False).update(settled=True)
    rows.filter(voided_at__isnull=False).update(settled=True)
    rows.filter(closed_on__isnull=True, voided_at__isnull=True).update(settled=False)
