"""What the deputies room can count: mandates, grids and groups, activities, visits, good deeds, the double link, reports to voters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from renda.activities.models import ActivityKind, Attendance, HeadCount, Participation, PeopleClass
from renda.deputies import models
from renda.directory.models import DeputyGroup, Mandate
from renda.directory.models.divisions import Level
from renda.directory.models.mandates import GroupKind
from renda.directory.models.people import Education, Sex
from renda.figures import Breakdown, Distinct, Indicator, Ratio, Sum, SumOf, register

LEVEL = Breakdown("level", "代表层级", "level", labels=Level)
AREA = Breakdown("division", "乡镇", "division__name")
FORM = Breakdown("form", "活动类型", "form", labels=models.Form)
HOST = Breakdown("host", "组织方式", "host", labels=models.Host)
KINDS = (ActivityKind.DEPUTY, ActivityKind.HOME_VISIT, ActivityKind.GOOD_DEED)
UNNAMED = (
    PeopleClass.DEPUTY,
    PeopleClass.PROVINCE_DEPUTY,
    PeopleClass.PREFECTURE_DEPUTY,
    PeopleClass.COUNTY_DEPUTY,
    PeopleClass.TOWNSHIP_DEPUTY,
)


def declare() -> None:
    """Register the indicators."""
    for group in (_mandates(), _activities(), _visits_and_deeds(), _links_and_money(), _reports()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"deputies.{code}", name=name, units=units, reference=reference, about=about, **more)


COMPOSITION = (
    LEVEL,
    AREA,
    Breakdown("sex", "性别", "person__sex", labels=Sex),
    Breakdown("party", "党派", "person__party"),
    Breakdown("nationality", "民族", "person__nationality"),
    Breakdown("education", "学历", "person__education", labels=Education),
    Breakdown("sector", "代表构成", "sector"),
    Breakdown("grassroots", "基层代表", "grassroots"),
    Breakdown("delegation", "代表团", "delegation"),
    Breakdown("term", "届次", "term_number"),
)


def mandates(**conditions: Any) -> Callable[[], QuerySet]:
    """Mandates that meet conditions."""
    return lambda: Mandate.objects.alive().filter(**conditions)


def _mandates() -> list[Indicator]:
    office: dict[str, Any] = {
        "kind": "stock", "stock": ("since", "until"), "breakdowns": COMPOSITION, "register": "directory.deputies",
        "evidence": (("person__name", "姓名"), "level", "electoral_district", "since"),
    }  # fmt: skip
    groups: dict[str, Any] = {
        "kind": "stock", "stock": ("founded_on", "closed_on"), "evidence": ("name", "kind"), "register": "deputies.groups",
        "breakdowns": (Breakdown("kind", "类型", "kind", labels=GroupKind), AREA),
    }  # fmt: skip

    def share(code: str, name: str) -> Indicator:
        return _figure(f"{code}_share", f"{name}代表占比", ("%",), "I126", f"期末在任的{name}代表÷期末在任代表", kind="ratio",
                       count=Ratio(f"deputies.{code}", "deputies.in_office"))  # fmt: skip

    minority = lambda: Mandate.objects.alive().exclude(person__nationality__in=("", "汉", "汉族"))  # noqa: E731
    party = lambda: Mandate.objects.alive().filter(person__party__contains="中共")  # noqa: E731
    return [
        _figure("in_office", "在任代表数", ("名", "人"), "I125", "期末在任的代表职务，可按层级、性别、党派、民族、学历、构成分解（同一人可有几级）",
                population=mandates(), aliases=("四级人大代表", "各级人大代表", "省、市、县、乡四级人大代表"), **office),
        _figure("persons_in_office", "在任代表人数", ("人", "名"), "I125", "期末在任代表的不同人数，一人多级只计一次", population=mandates(),
                count=Distinct("person"), **office),
        _figure("women", "女代表数", ("名", "人"), "I125", "期末在任的女代表", population=mandates(person__sex=Sex.FEMALE), **office),
        _figure("minority", "少数民族代表数", ("名", "人"), "I125", "期末在任的少数民族代表", population=minority, **office),
        _figure("party_members", "中共党员代表数", ("名", "人"), "I125", "期末在任的中共党员代表", population=party, **office),
        _figure("grassroots", "基层代表数", ("名", "人"), "I125", "期末在任的基层一线代表", population=mandates(grassroots=True), **office),
        share("women", "女"), share("minority", "少数民族"), share("party_members", "中共党员"), share("grassroots", "基层"),
        _figure("in_grids", "纳入网格的代表数", ("名", "人"), None, "期末在任、已编入网格的代表", population=mandates(grid__isnull=False),
                aliases=("纳入网格化管理", "代表进网格", "网格化管理"), **office),
        _figure("in_grids_share", "代表纳入网格比例", ("%",), None, "已编入网格的代表÷在任代表", kind="ratio",
                count=Ratio("deputies.in_grids", "deputies.in_office")),
        _figure("archives", "建立履职档案的代表数", ("人", "名"), None, "期末在任代表都由平台自动归集一份履职档案，一人一档", population=mandates(),
                count=Distinct("person"), aliases=("履职档案",), **office),
        _figure("ended", "终止代表职务人次", ("人次", "名"), None, "期间内终止的代表职务", population=mandates(until__isnull=False), date="until",
                breakdowns=(LEVEL, AREA, Breakdown("end_reason", "终止原因", "end_reason", labels=Mandate._meta.get_field("end_reason").choices)),
                evidence=(("person__name", "姓名"), "level", "until", "end_reason"), register="directory.deputies"),
        _figure("groups", "代表小组数", ("个",), "I092", "期末的代表小组、专业小组", population=lambda: DeputyGroup.objects.alive().exclude(
                kind=GroupKind.DELEGATION), aliases=("代表小组", "专业小组"), **groups),
    ]  # fmt: skip


def present() -> QuerySet:
    """Named deputies present at deputies' activities."""
    rows = Participation.objects.filter(activity__kind=ActivityKind.DEPUTY, activity__voided_at__isnull=True)
    return rows.filter(attendance=Attendance.PRESENT)


def unnamed() -> QuerySet:
    """Deputies counted without names at deputies' activities."""
    rows = HeadCount.objects.filter(activity__kind=ActivityKind.DEPUTY, activity__voided_at__isnull=True)
    return rows.filter(people_class__in=UNNAMED)


def _activities() -> list[Indicator]:
    events: dict[str, Any] = {
        "population": models.DeputyActivity.objects.alive, "date": "starts_on", "breakdowns": (FORM, HOST, AREA),
        "evidence": ("title", "form", "starts_on"), "register": "deputies.activities",
    }  # fmt: skip
    form = Breakdown("form", "活动类型", "activity__deputyactivity__form", labels=models.Form)
    host = Breakdown("host", "组织方式", "activity__deputyactivity__host", labels=models.Host)
    level = Breakdown("level", "代表层级", "person__mandates__level", labels=Level)
    heads: dict[str, Any] = {"date": "activity__starts_on", "division": "activity__division", "kind": "person_times"}
    evidence = (("activity__title", "活动"), ("activity__starts_on", "日期"))
    people_class = Breakdown("people_class", "人员类别", "people_class", labels=PeopleClass)
    return [
        _figure("activities", "代表活动场次", ("场", "次", "场次"), "I085", "期间内的代表活动，可按视察、调研、座谈等分解",
                aliases=("代表活动", "组织代表开展活动"), **events),
        _figure("expected", "应参加活动代表人次", ("人次",), None, "各次活动应参加代表数之和", count=Sum("expected"), **{**events, "kind": "person_times"}),
        _figure("present_named", "列名参加活动代表人次", ("人次",), None, "名单上参加活动的代表人次", population=present,
                breakdowns=(form, host, level), evidence=(*evidence, ("person__name", "姓名")), **heads),
        _figure("present_unnamed", "未列名参加活动代表人次", ("人次",), None, "只登记人数的代表人次", population=unnamed, count=Sum("count"),
                breakdowns=(form, host, people_class), evidence=(*evidence, ("people_class", "人员类别"), ("count", "人数")), **heads),
        _figure("person_times", "代表参加活动人次", ("人次", "余人次"), "I086", "参加代表活动的人次：列名的和只登记人数的合计", kind="person_times",
                count=SumOf("deputies.present_named", "deputies.present_unnamed"), breakdowns=(form, host),
                aliases=("组织代表参加", "邀请代表参加", "代表参加活动", "参加专项视察、调研和执法检查等活动")),
        _figure("persons", "参加活动代表人数", ("人", "名"), "I087", "参加过代表活动的不同代表，只能统计列名的", population=present,
                count=Distinct("person"), breakdowns=(level, form), evidence=(*evidence, ("person__name", "姓名")), **{**heads, "kind": "persons"}),
        _figure("participation_rate", "代表参加活动率", ("%",), "I088", "参加活动人次÷应参加人次", kind="ratio",
                count=Ratio("deputies.person_times", "deputies.expected"), aliases=("代表参与率",)),
    ]  # fmt: skip


def _visits_and_deeds() -> list[Indicator]:
    visits: dict[str, Any] = {
        "population": models.HomeVisit.objects.alive, "date": "starts_on",
        "breakdowns": (Breakdown("form", "类别", "form", labels=models.VisitForm), AREA),
        "evidence": ("title", "starts_on", "households", "persons"), "register": "deputies.visits",
    }  # fmt: skip
    deeds: dict[str, Any] = {
        "population": models.GoodDeed.objects.alive, "date": "starts_on",
        "breakdowns": (Breakdown("field", "类别", "field", labels=models.GoodDeedField), AREA),
        "evidence": ("title", "starts_on", "beneficiaries"), "register": "deputies.deeds",
    }  # fmt: skip
    return [
        _figure("households", "走访户数", ("户", "户次"), "I091", "代表走访的户数之和", count=Sum("households"), aliases=("走访户",), **visits),
        _figure("visited", "走访群众人次", ("人次", "人"), "I091", "代表走访的群众人次之和", count=Sum("persons"),
                aliases=("走访群众", "走访选民"), **{**visits, "kind": "person_times"}),
        _figure("visits", "走访次数", ("次",), "I091", "代表走访的次数", **visits),
        _figure("deeds", "代表办实事件数", ("件", "个"), "I098", "代表为群众办的实事", aliases=("办实事", "代表办实事", "解决难题"), **deeds),
        _figure("beneficiaries", "代表办实事受益人数", ("人",), "I098", "代表所办实事的受益人数之和", count=Sum("beneficiaries"), **{**deeds, "kind": "persons"}),
        _figure("deed_money", "代表办实事投入资金", ("万元", "元"), "I093", "代表所办实事投入的资金之和", count=Sum("amount"), **{**deeds, "kind": "money"}),
    ]  # fmt: skip


def _links_and_money() -> list[Indicator]:
    links: dict[str, Any] = {
        "population": models.MemberLink.objects.alive, "stock": ("since", "until"), "kind": "stock", "register": "deputies.links",
        "evidence": (("member__name", "组成人员"), ("deputy__name", "代表"), "since"), "breakdowns": (Breakdown("member", "组成人员", "member__name"),),
    }  # fmt: skip
    contacts: dict[str, Any] = {
        "population": models.Contact.objects.alive, "date": "on", "register": "deputies.contacts",
        "evidence": (("member__name", "组成人员"), ("deputy__name", "代表"), "on"),
        "breakdowns": (Breakdown("form", "联系方式", "form", labels=models.ContactForm), Breakdown("member", "组成人员", "member__name")),
    }  # fmt: skip
    return [
        _figure("linking_members", "联系代表的组成人员数", ("人", "名"), "I090", "期末固定联系代表的组成人员", count=Distinct("member"), **links),
        _figure("linked_deputies", "组成人员联系的代表数", ("人", "名"), "I090", "期末被固定联系的代表", count=Distinct("deputy"),
                aliases=("联系代表",), **links),
        _figure("contacts", "组成人员联系代表次数", ("次", "人次"), "I090", "期间内联系代表的次数", **contacts),
        _figure("met_deputies", "组成人员见面的代表数", ("人", "名"), "I088", "期间内联系过的不同代表", count=Distinct("deputy"), **{**contacts, "kind": "persons"}),
        _figure("meeting_rate", "组成人员与代表见面率", ("%",), "I088", "联系过的代表÷固定联系的代表", kind="ratio",
                count=Ratio("deputies.met_deputies", "deputies.linked_deputies")),
        _figure("money", "代表捐款和经费", ("万元", "元"), "I093", "代表捐款、活动经费之和，按类别分解", kind="money", count=Sum("amount"),
                population=models.Contribution.objects.alive, date="on", breakdowns=(Breakdown("kind", "类别", "kind", labels=models.MoneyKind),),
                evidence=("on", "kind", "amount", "purpose"), register="deputies.money", aliases=("代表捐款", "捐款")),
    ]  # fmt: skip


def _reports() -> list[Indicator]:
    reports: dict[str, Any] = {
        "population": models.DeputyReport.objects.alive, "date": "on", "register": "deputies.reports",
        "breakdowns": (LEVEL, Breakdown("form", "方式", "form", labels=models.ReportForm), AREA,
                       Breakdown("grade", "等次", "grade", labels=models.ReportGrade)),
        "evidence": (("deputy__name", "述职代表"), "level", "on", "form"),
    }  # fmt: skip
    favourable = Sum(Coalesce(F("satisfied"), 0) + Coalesce(F("basically"), 0))
    votes = Sum(Coalesce(F("satisfied"), 0) + Coalesce(F("basically"), 0) + Coalesce(F("unsatisfied"), 0))
    return [
        _figure("reported", "述职代表人数", ("名", "人"), "I101", "期间内向选民述职的不同代表；按届取数即届内累计", count=Distinct("deputy"),
                aliases=("述职", "向选民述职", "述职代表"), **{**reports, "kind": "persons"}),
        _figure("reports", "述职人次", ("人次",), "I101", "期间内述职的人次", **{**reports, "kind": "person_times"}),
        _figure("report_rate", "代表述职率", ("%",), "I102", "期间内述职的代表÷期末在任代表，可按层级取数", kind="ratio",
                count=Ratio("deputies.reported", "deputies.persons_in_office"), aliases=("述职率",)),
        _figure("report_favourable", "述职测评满意和基本满意票数", ("票",), "I103", "满意票加基本满意票", count=favourable, **reports),
        _figure("report_votes", "述职测评票数", ("票",), "I103", "满意、基本满意和不满意票之和", count=votes, **reports),
        _figure("report_satisfaction", "述职测评满意率", ("%",), "I103", "（满意＋基本满意）÷测评票", kind="ratio",
                count=Ratio("deputies.report_favourable", "deputies.report_votes")),
        _figure("report_voters", "述职会参会选民数", ("人", "名"), "I104", "参加述职会的选民数之和", count=Sum("voters"), **{**reports, "kind": "persons"}),
        _figure("report_venues", "述职会场数", ("个",), "I104", "期间内的不同述职会场", count=Distinct("venue"), **reports),
    ]  # fmt: skip
