"""What the room of stations can count: stations, receptions, opinions, deputies in stations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from renda.directory.models.divisions import Level
from renda.figures import Average, Breakdown, Distinct, Indicator, Ratio, Sum, at_milestone, register
from renda.stations import models

AREA = Breakdown("division", "乡镇", "division__name")
KIND = Breakdown("kind", "类型", "kind", labels=models.StationKind)
STATION = Breakdown("station", "站点", "station__name")


def declare() -> None:
    """Register the indicators."""
    for group in (_stations(), _receptions(), _opinions()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"stations.{code}", name=name, units=units, reference=reference, about=about, **more)


def _stations() -> list[Indicator]:
    more: dict[str, Any] = {
        "population": models.Station.objects.alive, "breakdowns": (KIND, Breakdown("exemplary", "示范站", "exemplary"), AREA),
        "evidence": ("name", "kind", "founded_on"), "register": "stations.stations",
    }  # fmt: skip
    placed: dict[str, Any] = {
        "population": models.StationDeputy.objects.alive, "stock": ("since", "until"), "kind": "stock",
        "breakdowns": (Breakdown("level", "代表层级", "deputy__mandates__level", labels=Level), STATION, AREA),
        "evidence": (("deputy__name", "代表"), ("station__name", "站点"), "since"), "register": "stations.deputies",
    }  # fmt: skip
    return [
        _figure("stations", "联络站数", ("个", "处", "家"), "I094", "期末的代表之家、联络站、联系点、网上站点", kind="stock",
                stock=("founded_on", "closed_on"), aliases=("代表联络站", "联络站", "代表之家", "家站点"), **more),
        _figure("stations_new", "新建联络站数", ("个", "处"), "I094", "期间内建立的站点", date="founded_on", aliases=("新建联络站",), **more),
        _figure("deputies", "进站代表数", ("名", "人"), "I099", "期末进站的不同代表，一人多级只计一次", count=Distinct("deputy"),
                aliases=("进站代表", "编组进站"), **placed),
        _figure("plans", "每月接待日次数", ("次",), "I100", "各站点计划每月接待日次数的平均数", count=Average("days_per_month"),
                population=models.ReceptionPlan.objects.alive, stock=("since", "until"), breakdowns=(STATION,),
                evidence=(("station__name", "站点"), "days_per_month", "since"), register="stations.plans"),
    ]  # fmt: skip


def _receptions() -> list[Indicator]:
    more: dict[str, Any] = {
        "population": models.ReceptionDay.objects.alive, "date": "starts_on", "breakdowns": (STATION, AREA),
        "evidence": ("title", "starts_on", "batches", "persons"), "register": "stations.receptions",
    }  # fmt: skip
    return [
        _figure("reception_days", "接待日次数", ("次", "场"), "I100", "期间内开展的接待日", aliases=("接待日", "代表接待日"), **more),
        _figure("batches", "接待选民批次", ("批", "批次"), "I095", "期间内接待选民的批次", count=Sum("batches"), aliases=("接待选民",), **more),
        _figure("received", "接待选民人次", ("人次", "人"), "I095", "期间内接待选民的人次", count=Sum("persons"), aliases=("接待群众",),
                **{**more, "kind": "person_times"}),
    ]  # fmt: skip


def reached(code: str) -> Callable[[], QuerySet]:
    """Opinions that reached a milestone, dated by it."""
    return lambda: at_milestone(models.Opinion.objects.alive(), code)


def settled() -> QuerySet:
    """Opinions of a period that were answered on the spot or resolved, whenever."""
    return models.Opinion.objects.alive().filter(closed_on__isnull=False)


def _opinions() -> list[Indicator]:
    dims = (
        Breakdown("authority", "事权层级", "authority", labels=models.Authority), Breakdown("channel", "渠道", "channel", labels=models.Channel),
        Breakdown("handling", "处理方式", "handling", labels=models.Handling), Breakdown("field", "领域", "field", labels=models.Field), STATION, AREA,
    )  # fmt: skip
    opened: dict[str, Any] = {
        "date": "opened_on", "breakdowns": dims, "register": "stations.opinions", "evidence": ("number", "title", "opened_on", "handling"),
    }  # fmt: skip
    dated = {**opened, "date": "at__on", "evidence": ("number", "title", ("at__on", "日期"))}
    return [
        _figure("opinions", "收集意见建议条数", ("条", "件"), "I096", "期间内收集的群众意见", population=models.Opinion.objects.alive,
                aliases=("收集意见建议", "收集群众意见", "意见建议"), **opened),
        _figure("answered", "现场答复意见数", ("条", "件"), "I097", "期间内现场答复的意见", population=reached("answered"), aliases=("现场答复",), **dated),
        _figure("transferred", "转交意见数", ("条", "件"), "I097", "期间内转交办理的意见", population=reached("transferred"), aliases=("转交办理",), **dated),
        _figure("resolved", "办结意见数", ("条", "件"), "I097", "期间内办结的意见", population=reached("resolved"), aliases=("意见办结",), **dated),
        _figure("settled", "收集意见中已答复办结数", ("条", "件"), "I097", "期间内收集、已经现场答复或办结的意见", population=settled, **opened),
        _figure("settled_rate", "群众意见办结率", ("%",), "I097", "已答复办结÷收集", kind="ratio", count=Ratio("stations.settled", "stations.opinions"),
                aliases=("意见办结率",)),
    ]  # fmt: skip
