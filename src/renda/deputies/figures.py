"""What the room of deputies can count: the roster, activities, visits and deeds, the double link, money, reports to voters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from renda.deputies import models
from renda.deputies import populations as of
from renda.directory.levels import with_level
from renda.directory.models import DeputyGroup, Grid
from renda.directory.models.divisions import Level
from renda.directory.models.mandates import EndReason, GroupKind, HowElected
from renda.directory.models.people import Education, Sex
from renda.figures import Average, Breakdown, ChangeOf, Distinct, Indicator, Ratio, Rows, Sum, SumOf, register

LEVEL = Breakdown("level", "代表层级", "level", labels=Level)
AREA = Breakdown("division", "乡镇", "division__name")
ROSTER: dict[str, Any] = {
    "kind": "stock", "stock": ("since", "until"), "count": Distinct("person"), "register": "directory.deputies",
    "evidence": (("person__name", "姓名"), "level", "term_number", "electoral_district", "since", "until"),
}  # fmt: skip
SHAPE = (
    LEVEL, AREA, Breakdown("sex", "性别", "person__sex", labels=Sex), Breakdown("party", "党派", "person__party"),
    Breakdown("nationality", "民族", "person__nationality"), Breakdown("education", "学历", "person__education", labels=Education),
    Breakdown("sector", "代表构成", "sector"), Breakdown("grassroots", "基层代表", "grassroots"), Breakdown("term", "届次", "term_number"),
    Breakdown("how_elected", "产生方式", "how_elected", labels=HowElected), Breakdown("delegation", "代表团", "delegation"),
)  # fmt: skip
ONE = ("人", "名")
TIMES = ("人次", "余人次")


def declare() -> None:
    """Register the indicators (called once, at start)."""
    for group in (_roster(), _shares(), _activities(), _times(), _among_people(), _links(), _money(), _reports()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"deputies.{code}", name=name, units=units, reference=reference, about=about, **more)


def _rate(code: str, name: str, reference: str | None, part: str, whole: str, about: str, **more: Any) -> Indicator:
    count = Ratio(f"deputies.{part}", f"deputies.{whole}")
    return _figure(code, name, ("%",), reference, about, kind="ratio", count=count, **more)


def _roster() -> list[Indicator]:
    grid = Breakdown("grid", "网格", "grid__name")
    kind = Breakdown("kind", "小组类别", "kind", labels=GroupKind)
    return [
        _figure("in_office", "在任代表数", ONE, "I125", "时点在任的代表职务，一人兼任几级计几次", population=of.mandates(),
                breakdowns=SHAPE, aliases=("实有代表", "代表职务"), **(ROSTER | {"count": Rows()})),
        _figure("persons_in_office", "在任代表人数", ONE, "I125", "时点在任的各级代表，一人兼任几级只计一人；构成可分解", population=of.mandates(),
                breakdowns=SHAPE, aliases=("代表构成", "各级人大代表", "四级人大代表", "省、市、县、乡四级人大代表"), **ROSTER),
        _figure("ended", "终止代表职务人次", TIMES, None, "期间内终止的代表职务", kind="person_times", date="until",
                population=of.mandates(until__isnull=False), register="directory.deputies",
                breakdowns=(LEVEL, AREA, Breakdown("end_reason", "终止原因", "end_reason", labels=EndReason)),
                evidence=(("person__name", "姓名"), "level", "until", "end_reason")),
        _figure("in_grids", "纳入网格的代表人数", ONE, None, "时点在任并已编入网格的代表，一人兼任几级只计一人", breakdowns=(LEVEL, AREA, grid),
                population=of.mandates(grid__isnull=False), **ROSTER,
                aliases=("纳入网格化管理", "代表进网格", "省市县乡四级人大代表纳入网格", "四级代表全部纳入网格")),
        _rate("in_grids_share", "代表纳入网格比例", None, "in_grids", "persons_in_office", "已编入网格的代表÷在任代表"),
        _figure("archives", "建立履职档案的代表人数", ONE, None, "时点在任、任期内已有履职记录的代表，一人只计一次", breakdowns=(LEVEL, AREA),
                population=of.archived, aliases=("建立代表履职档案", "履职档案"), **(ROSTER | {"stock": ("archived_on", "until")})),
        _rate("archive_rate", "履职档案建档率", None, "archives", "persons_in_office", "已建立履职档案的代表÷在任代表"),
        _figure("grids", "代表网格数", ("个",), None, "时点在用的网格", kind="stock", stock=("founded_on", "closed_on"),
                population=Grid.objects.alive, breakdowns=(AREA,), evidence=("name", "village", "founded_on"), register="deputies.grids",
                aliases=("网格数",)),
        _figure("groups", "代表小组数", ("个",), "I092", "时点存续的代表小组和专业代表小组", kind="stock", stock=("founded_on", "closed_on"),
                population=DeputyGroup.objects.alive, breakdowns=(kind, AREA), evidence=("name", "kind", "field", "founded_on"),
                register="deputies.groups", aliases=("代表小组", "专业代表小组", "专业小组")),
    ]  # fmt: skip


def _shares() -> list[Indicator]:
    parts = (
        ("women", "女代表", of.mandates(person__sex=Sex.FEMALE), "性别为女的在任代表", ("妇女代表",)),
        ("minority", "少数民族代表", of.minority, "民族不是汉族的在任代表", ()),
        ("grassroots", "基层代表", of.mandates(grassroots=True), "名册注明为基层代表的在任代表", ("一线代表",)),
        (
            "party_members",
            "中共党员代表",
            of.mandates(person__party__in=("中共党员", "中共", "中国共产党")),
            "中共党员在任代表",
            ("党员代表",),
        ),
        ("college", "大专以上学历代表", of.higher_education, "大学专科以上学历的在任代表", ()),
    )
    found: list[Indicator] = []
    for code, name, population, about, aliases in parts:
        found += [
            _figure(
                code,
                f"{name}人数",
                ONE,
                "I125",
                about,
                population=population,
                breakdowns=SHAPE,
                aliases=(name, *aliases),
                **ROSTER,
            ),
            _rate(f"{code}_share", f"{name}占比", "I126", code, "persons_in_office", f"{name}人数÷在任代表人数"),
            _figure(
                f"{code}_share_change",
                f"{name}占比变化",
                ("个百分点",),
                "I126",
                "占比较上届（按届查询时）或上年同期的百分点之差",
                kind="change",
                count=ChangeOf(f"deputies.{code}_share"),
            ),
        ]
    return found  # fmt: skip


FORM = Breakdown("form", "活动类型", "form", labels=models.Form)
HOST = Breakdown("host", "组织方式", "host", labels=models.Host)


def _activities() -> list[Indicator]:
    base: dict[str, Any] = {
        "date": "starts_on", "register": "deputies.activities", "evidence": ("title", "form", "host", "starts_on", ("organiser__name", "组织单位")),
        "breakdowns": (FORM, HOST, AREA, Breakdown("group", "代表小组", "group__name")),
    }  # fmt: skip
    return [
        _figure("activities", "代表活动场次", ("场", "次", "场次"), "I085", "期间内代表参加的视察、调研、座谈等活动，按开始日期计",
                population=models.DeputyActivity.objects.alive, aliases=("代表活动", "开展代表活动"), **base),
        _figure("expected", "应参加代表人次", TIMES, None, "活动登记的应参加代表数之和", kind="person_times", count=Sum("expected"),
                population=models.DeputyActivity.objects.alive, **base),
    ]  # fmt: skip


def _times() -> list[Indicator]:
    dims = (
        Breakdown("form", "活动类型", "activity__deputyactivity__form", labels=models.Form),
        Breakdown("host", "组织方式", "activity__deputyactivity__host", labels=models.Host),
        LEVEL, Breakdown("division", "乡镇", "activity__division__name"),
    )  # fmt: skip
    base: dict[str, Any] = {"date": "activity__starts_on", "division": "activity__division", "breakdowns": dims}
    by_level = replace(LEVEL, joined=partial(with_level, person="person", day="activity__starts_on"))
    named = base | {"breakdowns": tuple(by_level if one is LEVEL else one for one in dims)}
    proof = (("activity__title", "活动"), ("activity__starts_on", "日期"))
    found: list[Indicator] = []
    for prefix, word, hosts in (
        ("", "", ()),
        ("organised_", "人大组织", ("congress", "group")),
        ("invited_", "应邀", ("invited",)),
    ):
        found += [
            _figure(
                f"{prefix}present_named",
                f"{word}列名参加代表人次",
                TIMES,
                None,
                "登记了姓名的参加代表人次",
                kind="person_times",
                population=of.named(*hosts),
                evidence=(*proof, ("person__name", "姓名")),
                **named,
            ),
            _figure(
                f"{prefix}present_unnamed",
                f"{word}未列名参加代表人次",
                TIMES,
                None,
                "只登记人数的参加代表人次",
                kind="person_times",
                count=Sum("count"),
                population=of.unnamed(*hosts),
                evidence=(*proof, "people_class", "count"),
                **base,
            ),
        ]

    def both(prefix: str, name: str, about: str, *aliases: str) -> Indicator:
        count = SumOf(f"deputies.{prefix}present_named", f"deputies.{prefix}present_unnamed")
        return _figure(f"{prefix}person_times", name, TIMES, "I086", about, kind="person_times", count=count, aliases=aliases)

    return [
        *found,
        both("", "代表参加活动人次", "列名的和只登记人数的合计，一人两次计两次", "代表参与人次", "代表参加活动"),
        both("organised_", "组织代表参加活动人次", "人大和代表小组组织的活动的参加人次", "组织代表参加", "组织代表参加专项视察、调研和执法检查等活动"),
        both("invited_", "邀请代表参加活动人次", "政府部门等邀请的听证会、座谈会、旁听庭审、征求意见等活动的参加人次", "邀请代表参加",
             "邀请代表参加政府有关部门开展的听证会、座谈会、旁听庭审、征求意见等活动"),
        _figure("persons", "参加活动代表人数", ONE, "I087", "参加活动的不同代表，只能统计列名的，一人多级或多次只计一人", kind="persons",
                count=Distinct("person"), population=of.named(), evidence=(*proof, ("person__name", "姓名")), **named,
                aliases=("参加活动的代表", "参与代表人数")),
        _rate("active_rate", "参加过活动的代表占比", "I088", "persons", "persons_in_office", "期间内参加过活动的不同代表÷期末在任代表人数"),
        _rate("participation_rate", "代表参加活动率", "I088", "person_times", "expected", "参加活动人次÷应参加人次", aliases=("代表参与率",)),
    ]  # fmt: skip


def _among_people() -> list[Indicator]:
    visits: dict[str, Any] = {
        "population": models.HomeVisit.objects.alive, "date": "starts_on", "register": "deputies.visits",
        "breakdowns": (Breakdown("form", "走访类别", "form", labels=models.VisitForm), AREA),
        "evidence": ("title", "starts_on", "households", "persons"),
    }  # fmt: skip
    deeds: dict[str, Any] = {
        "population": models.GoodDeed.objects.alive, "date": "starts_on", "register": "deputies.deeds",
        "breakdowns": (Breakdown("field", "实事类别", "field", labels=models.GoodDeedField), AREA),
        "evidence": ("title", "field", "starts_on", "beneficiaries", "amount"),
    }  # fmt: skip
    return [
        _figure("visits", "代表走访次数", ("次", "场"), None, "期间内代表走访活动", aliases=("走访活动",), **visits),
        _figure("households", "代表走访户数", ("户", "户次"), "I091", "走访家庭的户次之和", count=Sum("households"), aliases=("走访家庭",), **visits),
        _figure("visited", "代表走访群众人次", TIMES, "I091", "走访群众的人次之和", kind="person_times", count=Sum("persons"),
                aliases=("走访群众", "走访选民"), **visits),
        _figure("deeds", "代表办实事件数", ("件", "个"), "I098", "代表为群众办实事、解决难题的件数", aliases=("代表办实事", "为群众办实事"), **deeds),
        _figure("deed_money", "代表办实事投入资金", ("万元", "元"), "I093", "办实事投入的资金之和", kind="money", count=Sum("amount"), **deeds),
        _figure("beneficiaries", "代表办实事受益人次", TIMES, None, "办实事的受益人数之和", kind="person_times", count=Sum("beneficiaries"), **deeds),
    ]  # fmt: skip


def _links() -> list[Indicator]:
    links: dict[str, Any] = {
        "kind": "stock", "population": models.MemberLink.objects.alive, "stock": ("since", "until"), "register": "deputies.links",
        "evidence": (("member__name", "组成人员"), ("deputy__name", "代表"), "since", "until"),
    }  # fmt: skip
    contacts: dict[str, Any] = {
        "population": models.Contact.objects.alive, "date": "on", "register": "deputies.contacts",
        "breakdowns": (Breakdown("member", "组成人员", "member__name"), Breakdown("form", "联系方式", "form", labels=models.ContactForm)),
        "evidence": (("member__name", "组成人员"), ("deputy__name", "代表"), "on", "form"),
    }  # fmt: skip
    member = Breakdown("member", "组成人员", "member__name")
    return [
        _figure("linking_members", "联系代表的组成人员数", ONE, "I090", "时点参加联系代表的组成人员，一人只计一次", count=Distinct("member"),
                breakdowns=(Breakdown("deputy", "被联系代表", "deputy__name"),), aliases=("组成人员联系代表",), **links),
        _figure("linked_deputies", "被联系代表数", ONE, "I090", "时点有组成人员联系的代表，一人只计一次", count=Distinct("deputy"),
                breakdowns=(member,), aliases=("联系代表", "联系人大代表"), **links),
        _figure("contacts", "组成人员联系代表次数", ("次", "人次"), None, "期间内联系代表的记录", **contacts),
        _figure("met_deputies", "见面联系的代表数", ONE, "I088", "期间内联系过的不同代表", kind="persons", count=Distinct("deputy"), **contacts),
        _rate("meeting_rate", "组成人员与代表见面率", "I088", "met_deputies", "linked_deputies", "期间内联系过的代表÷期末确定联系的代表"),
    ]  # fmt: skip


def _money() -> list[Indicator]:
    base: dict[str, Any] = {
        "kind": "money", "date": "on", "count": Sum("amount"), "register": "deputies.money",
        "breakdowns": (Breakdown("kind", "款项类别", "kind", labels=models.MoneyKind), AREA),
        "evidence": ("on", "kind", "purpose", ("person__name", "代表"), "amount"),
    }  # fmt: skip
    units = ("万元", "元")

    def of_kinds(*kinds: str) -> Any:
        return lambda: models.Contribution.objects.alive().filter(kind__in=kinds)

    return [
        _figure("money", "代表捐款和经费", units, "I093", "代表捐款、活动经费之和，按款项类别分解", population=models.Contribution.objects.alive, **base),
        _figure("donations", "代表捐款捐物金额", units, "I093", "代表捐款和捐物折款之和", population=of_kinds("donation", "goods"),
                aliases=("代表捐款", "代表捐款捐物", "捐款捐物"), **base),
        _figure("expenses", "代表活动经费支出", units, "I093", "代表活动经费支出和代表补助之和", population=of_kinds("expense", "subsidy"),
                aliases=("代表活动经费", "代表经费"), **base),
        _figure("funds", "代表活动经费拨付", units, "I093", "拨付的代表活动经费之和", population=of_kinds("funds"), **base),
    ]  # fmt: skip


def _reports() -> list[Indicator]:
    form = Breakdown("form", "述职方式", "form", labels=models.ReportForm)
    base: dict[str, Any] = {
        "date": "on", "register": "deputies.reports", "evidence": (("deputy__name", "述职代表"), "level", "on", "form", "venue"),
    }  # fmt: skip
    dims = (LEVEL, form, AREA)
    judged = Breakdown("grade", "等次", "judged", labels=models.ReportGrade)
    votes = [
        _figure(f"report_{code}", f"述职测评{name}票数", ("票",), "I103", f"选民测评的{name}票之和", count=Sum(code), population=of.marked,
                breakdowns=dims, **base)
        for code, name in (("satisfied", "满意"), ("basically", "基本满意"), ("unsatisfied", "不满意"))
    ]  # fmt: skip
    return [
        _figure("reported", "述职代表人数", ONE, "I101", "期间内向选民述职的不同代表；按届查询即届内累计", kind="persons", count=Distinct("deputy"),
                population=models.DeputyReport.objects.alive, breakdowns=dims, aliases=("代表述职", "向选民述职", "述职代表"), **base),
        _figure("reports", "述职人次", TIMES, "I101", "期间内述职的人次", kind="person_times", population=models.DeputyReport.objects.alive,
                breakdowns=dims, **base),
        _figure("report_venues", "述职地点数", ("个", "处"), "I104", "期间内口头述职的不同会场", count=Distinct("venue"), population=of.meetings,
                breakdowns=(AREA, LEVEL), **base),
        _figure("obliged", "应述职代表人数", ONE, None, "时点在任的县乡两级代表", population=of.obliged, breakdowns=(LEVEL, AREA), **ROSTER),
        _figure("reported_in_term", "任期内已述职代表人数", ONE, "I102", "时点在任、任期内至少述职一次的县乡两级代表", population=of.reported,
                breakdowns=(LEVEL, AREA), **(ROSTER | {"stock": ("reported_on", "until")})),
        _rate("report_rate", "代表述职率", "I102", "reported_in_term", "obliged", "任期内已述职的县乡代表÷应述职的县乡代表", aliases=("述职率",)),
        *votes,
        _figure("report_favourable", "述职测评满意和基本满意票数", ("票",), "I103", "满意票加基本满意票",
                count=SumOf("deputies.report_satisfied", "deputies.report_basically")),
        _figure("report_votes", "述职测评票数", ("票",), "I103", "满意、基本满意和不满意票之和", count=SumOf(
            "deputies.report_satisfied", "deputies.report_basically", "deputies.report_unsatisfied")),
        _rate("report_satisfaction", "述职测评满意率", "I103", "report_favourable", "report_votes", "（满意＋基本满意）÷全部测评票",
              aliases=("述职满意率",)),
        _figure("report_satisfaction_mean", "述职测评平均满意率", ("%",), "I103", "各次述职满意率的简单平均", kind="ratio", count=Average("share"),
                population=of.marked, breakdowns=dims, **base),
        _figure("report_grades", "述职测评代表人次", TIMES, "I103", "测评过的述职，按等次分解；没有登记等次的由票数判定：满意过半为满意",
                kind="person_times", population=of.marked, breakdowns=(judged, *dims), aliases=("述职等次",), **base),
        _figure("report_meetings", "述职会场数", ("场", "个"), "I104", "口头述职的会场：同一天同一会场为一场", population=of.meetings,
                breakdowns=(AREA, LEVEL), aliases=("述职会", "代表述职会"), **base),
        _figure("report_voters", "述职会参会选民数", ONE, "I104", "各场述职会的参会选民之和，一场只计一次", kind="persons", count=Sum("voters"),
                population=of.meetings, breakdowns=(AREA, LEVEL), aliases=("参加述职会的选民",), **base),
    ]  # fmt: skip
