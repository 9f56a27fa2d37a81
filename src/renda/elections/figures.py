"""What the elections room can count. Every figure is placed in a year by the election day."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from renda.directory.models import Mandate
from renda.directory.models.divisions import Level
from renda.directory.models.mandates import HowElected
from renda.elections import models
from renda.figures import Breakdown, Difference, Distinct, Indicator, Ratio, Rows, Sum, register

DAY = "election__election_day"
LEVEL = Breakdown("level", "层级", "election__level", labels=Level)
TOWNSHIP = Breakdown("division", "乡镇", "division__name")
DISTRICT = Breakdown("district", "选区", "district")
BY_ELECTION = Breakdown("by_election", "补选", "election__by_election")


def declare() -> None:
    """Register the indicators."""
    for group in (_rolls(), _voting(), _districts(), _people(), _others()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    if "population" in more:
        more.setdefault("date", DAY)
        more.setdefault("breakdowns", (LEVEL, TOWNSHIP, DISTRICT, BY_ELECTION))
    return Indicator(code=f"elections.{code}", name=name, units=units, reference=reference, about=about, **more)


def _rolls() -> list[Indicator]:
    rows = models.RollTotal.objects.alive
    evidence = (("election__name", "选举"), "district", "registered", "adults")
    more = {"population": rows, "evidence": evidence, "register": "elections.rolls"}
    return [
        _figure(
            "registered",
            "登记选民数",
            ("人", "名"),
            "I117",
            "登记选民人数",
            count=Sum("registered"),
            kind="persons",
            aliases=("登记选民", "选民登记"),
            **more,
        ),
        _figure("adults", "18周岁以上人口数", ("人",), None, "选区内18周岁以上人口", count=Sum("adults"), kind="persons", **more),
        _figure(
            "newly_adult",
            "新满18周岁选民数",
            ("人",),
            "I117",
            "新满18周岁登记的选民",
            count=Sum("newly_adult"),
            kind="persons",
            **more,
        ),
        _figure(
            "registration_rate",
            "选民登记率",
            ("%",),
            "I120",
            "登记选民÷18周岁以上人口",
            kind="ratio",
            count=Ratio("elections.registered", "elections.adults"),
            aliases=("登记率",),
        ),
    ]


def first_round() -> QuerySet:
    """Turnout of first rounds; a rerun does not add voters."""
    return models.Turnout.objects.alive().filter(round=models.Round.FIRST)


def _voting() -> list[Indicator]:
    evidence = (("election__name", "选举"), "district", "voted_on", "participants", "issued", "returned")
    first = {"population": first_round, "evidence": evidence, "register": "elections.turnouts"}
    every = {**first, "population": models.Turnout.objects.alive, "breakdowns": (LEVEL, TOWNSHIP, DISTRICT, ROUND)}
    names = {
        "at_meetings": "会场投票人数",
        "at_stations": "投票站投票人数",
        "by_mobile_box": "流动票箱投票人数",
        "by_proxy": "委托投票人数",
    }
    return [
        _figure(
            "participants",
            "参加投票选民数",
            ("人", "名"),
            "I118",
            "第一次投票参加的选民（本人和委托）",
            count=Sum("participants"),
            kind="persons",
            aliases=("参加投票", "参选选民", "参加投票的选民"),
            **first,
        ),
        *(
            _figure(code, name, ("人",), "I118", f"第一次投票中的{name}", count=Sum(code), kind="persons", **first)
            for code, name in names.items()
        ),
        _figure(
            "turnout",
            "参选率",
            ("%",),
            "I119",
            "参加投票选民÷登记选民",
            kind="ratio",
            aliases=("参选率", "投票率"),
            count=Ratio("elections.participants", "elections.registered"),
        ),
        _figure(
            "turnout_of_adults",
            "按18周岁以上人口计算的参选率",
            ("%",),
            "I119",
            "参加投票选民÷18周岁以上人口",
            kind="ratio",
            count=Ratio("elections.participants", "elections.adults"),
        ),
        _figure(
            "issued", "发出选票数", ("张", "份"), "I129", "各轮发出的选票", count=Sum("issued"), aliases=("发出选票",), **every
        ),
        _figure(
            "returned",
            "收回选票数",
            ("张", "份"),
            "I129",
            "各轮收回的选票，不得多于发出",
            count=Sum("returned"),
            aliases=("收回选票",),
            **every,
        ),
        _figure("valid", "有效票数", ("张", "份"), "I129", "各轮有效的选票", count=Sum("valid"), aliases=("有效票",), **every),
        _figure("void", "废票数", ("张", "份"), "I129", "各轮作废的选票", count=Sum("void"), **every),
    ]


ROUND = Breakdown("round", "轮次", "round", labels=models.Round)


def filled_at_once() -> QuerySet:
    """Districts whose seats were all filled in the first round."""
    elected = models.Elected.objects.alive().filter(
        election=OuterRef("election"), district=OuterRef("name"), division=OuterRef("division"), round=models.Round.FIRST
    )
    counted = elected.order_by().values("election").annotate(n=Count("pk")).values("n")
    rows = models.ElectoralDistrict.objects.alive().annotate(filled=Coalesce(Subquery(counted), 0))
    return rows.filter(filled__gte=F("seats"))


def _districts() -> list[Indicator]:
    more = {
        "evidence": (("election__name", "选举"), "name", "seats"),
        "register": "elections.districts",
        "breakdowns": (LEVEL, TOWNSHIP, Breakdown("urban", "城镇", "urban")),
    }
    rows = models.ElectoralDistrict.objects.alive
    return [
        _figure("districts", "选区数", ("个",), "I121", "划分的选区", population=rows, aliases=("选区", "划分选区"), **more),
        _figure(
            "seats",
            "代表名额",
            ("名", "个"),
            "I122",
            "各选区应选代表名额之和",
            population=rows,
            count=Sum("seats"),
            aliases=("应选代表", "代表名额"),
            **more,
        ),
        _figure(
            "districts_at_once",
            "一次选举成功选区数",
            ("个",),
            "I127",
            "第一次投票即选足名额的选区",
            population=filled_at_once,
            aliases=("一次选举成功",),
            **more,
        ),
        _figure(
            "success_rate",
            "一次选举成功率",
            ("%",),
            "I127",
            "第一次投票即选足名额的选区÷全部选区",
            kind="ratio",
            count=Ratio("elections.districts_at_once", "elections.districts"),
        ),
        _figure(
            "districts_rerun",
            "另行选举选区数",
            ("个",),
            "I127",
            "举行另行选举的选区",
            population=lambda: models.Turnout.objects.alive().filter(round=models.Round.RERUN),
            evidence=(("election__name", "选举"), "district", "voted_on"),
            register="elections.turnouts",
        ),
    ]


def _people() -> list[Indicator]:
    sector = (
        Breakdown("sex", "性别", "sex", labels=[("male", "男"), ("female", "女")]),
        Breakdown("party", "党派", "party"),
        Breakdown("nationality", "民族", "nationality"),
        Breakdown("sector", "代表构成", "sector"),
        Breakdown("reelected", "连任", "reelected"),
        ROUND,
    )
    nominated = Breakdown("nominated_by", "推荐方式", "nominated_by", labels=models.NominatedBy)
    return [
        _figure(
            "elected",
            "当选代表数",
            ("名", "人"),
            "I124",
            "依法选举产生的代表",
            population=models.Elected.objects.alive,
            kind="persons",
            breakdowns=(LEVEL, TOWNSHIP, DISTRICT, BY_ELECTION, *sector),
            aliases=("选举产生代表", "依法选举产生", "新一届代表"),
            evidence=(("election__name", "选举"), "district", "name", "votes"),
            register="elections.elected",
        ),
        _figure(
            "formal_candidates",
            "正式候选人数",
            ("名", "人"),
            "I123",
            "各选区的正式代表候选人",
            kind="persons",
            population=lambda: models.Candidate.objects.alive().filter(formal=True),
            breakdowns=(LEVEL, TOWNSHIP, DISTRICT, nominated),
            aliases=("正式代表候选人", "正式候选人"),
            evidence=(("election__name", "选举"), "district", "name"),
            register="elections.candidates",
        ),
        _figure(
            "surplus",
            "差额数",
            ("名",),
            "I123",
            "正式候选人数减应选名额",
            count=Difference("elections.formal_candidates", "elections.seats"),
        ),
        _figure(
            "surplus_rate",
            "差额率",
            ("%",),
            "I123",
            "（正式候选人数－应选名额）÷应选名额",
            kind="ratio",
            count=Ratio("elections.surplus", "elections.seats"),
        ),
        Indicator(
            code="elections.by_elected",
            name="补选代表人数",
            units=("名", "人"),
            reference="I036",
            kind="persons",
            about="期间内补选产生的代表职务",
            date="since",
            aliases=("补选代表", "补选人大代表"),
            population=lambda: Mandate.objects.alive().filter(how_elected=HowElected.BY_ELECTION),
            count=Rows(),
            breakdowns=(
                Breakdown("level", "代表层级", "level", labels=Level),
                Breakdown("district", "选区", "electoral_district"),
            ),
            evidence=(("person__name", "姓名"), "level", "electoral_district", "since"),
            register="directory.deputies",
        ),
    ]


def _others() -> list[Indicator]:
    own_level = Breakdown("level", "层级", "level", labels=Level)
    kind = Breakdown("kind", "组织形式", "kind", labels=models.PlaceKind)
    return [
        _figure(
            "areas",
            "参加换届的县乡数",
            ("个",),
            "I131",
            "举行换届选举的县、乡镇",
            count=Distinct("division"),
            date="election_day",
            population=lambda: models.Election.objects.alive().filter(by_election=False),
            breakdowns=(own_level,),
            evidence=("name", "level", "election_day"),
            register="elections.elections",
            aliases=("参加换届",),
        ),
        _figure(
            "registration_stations",
            "选民登记站数",
            ("个",),
            "I132",
            "选民登记站",
            population=models.RegistrationStation.objects.alive,
            breakdowns=(LEVEL, TOWNSHIP),
            evidence=(("election__name", "选举"), "name"),
            register="elections.registration_stations",
            aliases=("登记站",),
        ),
        _figure(
            "polling_places",
            "投票组织形式数",
            ("个",),
            "I128",
            "选举大会会场、投票站和流动票箱",
            population=models.PollingPlace.objects.alive,
            breakdowns=(kind, LEVEL, TOWNSHIP),
            evidence=(("election__name", "选举"), "name", "kind"),
            register="elections.polling_places",
            aliases=("投票站", "选举大会会场", "流动票箱"),
        ),
    ]
