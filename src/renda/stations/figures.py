"""What the room of stations can count: stations and their deputies, reception, opinions and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import QuerySet

from renda.activities.models import ActivityKind, Attendance, HeadCount, Participation
from renda.directory.levels import with_level
from renda.directory.models.divisions import Level
from renda.figures import Average, Breakdown, Distinct, Indicator, Ratio, Sum, SumOf, at_milestone, register
from renda.stations import models

LEVEL = Breakdown("level", "代表层级", "level", labels=Level)
AREA = Breakdown("division", "乡镇", "division__name")
STATION = Breakdown("station", "站点", "station__name")
TIMES = ("人次", "余人次")


def declare() -> None:
    """Register the indicators (called once, at start)."""
    for group in (_stations(), _plans(), _receptions(), _opinions()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"stations.{code}", name=name, units=units, reference=reference, about=about, **more)


def receiving() -> QuerySet:
    """Named deputies present at reception days."""
    return Participation.objects.filter(
        activity__kind=ActivityKind.RECEPTION, activity__voided_at__isnull=True, attendance=Attendance.PRESENT
    )


def receiving_unnamed() -> QuerySet:
    """Head counts of deputies at reception days."""
    return HeadCount.objects.filter(
        activity__kind=ActivityKind.RECEPTION, activity__voided_at__isnull=True, people_class__endswith="deputy"
    )


def _stations() -> list[Indicator]:
    dims = (
        Breakdown("kind", "站点类型", "kind", labels=models.StationKind),
        Breakdown("exemplary", "示范站点", "exemplary"),
        AREA,
    )
    base: dict[str, Any] = {
        "population": models.Station.objects.alive, "breakdowns": dims, "register": "stations.stations",
        "evidence": ("name", "kind", "founded_on", "closed_on"),
    }  # fmt: skip
    return [
        _figure("stations", "代表联络站数", ("个", "处"), "I094", "时点在用的代表之家、联络站、联系点和网上站点", kind="stock",
                stock=("founded_on", "closed_on"), aliases=("联络站", "代表联络站", "代表之家", "家站点"), **base),
        _figure("stations_new", "新建代表联络站数", ("个", "处"), "I094", "期间内建立的站点", date="founded_on", aliases=("新建联络站", "新增联络站"), **base),
        _figure("deputies", "进站代表人数", ("名", "人"), "I099", "时点编入站点的代表，一人多级或多站只计一人", kind="stock",
                stock=("since", "until"), count=Distinct("deputy"), population=models.StationDeputy.objects.alive,
                breakdowns=(replace(LEVEL, joined=partial(with_level, person="deputy", day="since")), STATION, AREA),
                aliases=("进站代表", "代表进站"), evidence=(("deputy__name", "代表"), ("station__name", "站点"), "since"),
                register="stations.deputies"),
    ]  # fmt: skip


def _plans() -> list[Indicator]:
    return [
        _figure("plans", "每月接待日次数", ("次",), "I100", "时点执行的接待日安排，各站点每月次数的平均", kind="stock",
                stock=("since", "until"), count=Average("days_per_month"), population=models.ReceptionPlan.objects.alive,
                breakdowns=(STATION, AREA), aliases=("接待日频次", "每月接待日"),
                evidence=(("station__name", "站点"), "days_per_month", "fixed_day"), register="stations.plans"),
    ]  # fmt: skip


def _receptions() -> list[Indicator]:
    base: dict[str, Any] = {
        "population": models.ReceptionDay.objects.alive, "date": "starts_on", "breakdowns": (STATION, AREA),
        "evidence": (("station__name", "站点"), "starts_on", "batches", "persons"), "register": "stations.receptions",
    }  # fmt: skip
    by_deputy = Breakdown("deputy", "接待代表", "participations__person__name")
    people: dict[str, Any] = {
        "date": "activity__starts_on", "division": "activity__division",
        "evidence": (("activity__receptionday__station__name", "站点"), ("activity__starts_on", "日期")),
    }  # fmt: skip
    named_dims = (
        replace(LEVEL, joined=partial(with_level, person="person", day="activity__starts_on")),
        Breakdown("station", "站点", "activity__receptionday__station__name"),
    )
    return [
        _figure("reception_days", "代表接待日次数", ("次", "场"), "I100", "期间内举行的接待日", aliases=("接待日", "开展接待日"),
                **(base | {"breakdowns": (STATION, AREA, by_deputy)})),
        _figure("batches", "接待选民批次", ("批", "批次"), "I095", "接待选民（群众）的批次之和", count=Sum("batches"),
                aliases=("接待群众批次",), **base),
        _figure("received", "接待选民人次", TIMES, "I095", "接待选民（群众）的人次之和", kind="person_times", count=Sum("persons"),
                aliases=("接待选民", "接待群众", "接待群众人次"), **base),
        _figure("receiving_deputies", "接待选民的代表人数", ("名", "人"), "I099", "参加接待日的不同代表，只能统计列名的，一人多级只计一人",
                kind="persons", count=Distinct("person"), population=receiving, breakdowns=named_dims,
                **(people | {"evidence": (*people["evidence"], ("person__name", "代表"))})),
        _figure("named_times", "列名接待代表人次", TIMES, None, "登记了姓名的接待代表人次", kind="person_times", population=receiving,
                breakdowns=named_dims, **(people | {"evidence": (*people["evidence"], ("person__name", "代表"))})),
        _figure("unnamed_times", "未列名接待代表人次", TIMES, None, "只登记人数的接待代表人次", kind="person_times", count=Sum("count"),
                population=receiving_unnamed, breakdowns=named_dims[1:], **people),
        _figure("receiving_times", "接待代表人次", TIMES, None, "列名的和只登记人数的合计", kind="person_times",
                count=SumOf("stations.named_times", "stations.unnamed_times"), breakdowns=named_dims[1:],
                aliases=("代表进站接待人次",)),
    ]  # fmt: skip


def reached(*codes: str) -> Callable[[], QuerySet]:
    """Opinions that reached a milestone, dated by it."""
    return lambda: at_milestone(models.Opinion.objects.alive(), codes[0])


def _opinions() -> list[Indicator]:
    base: dict[str, Any] = {
        "breakdowns": (
            Breakdown("authority", "事权层级", "authority", labels=models.Authority),
            Breakdown("channel", "收集渠道", "channel", labels=models.Channel),
            Breakdown("handling", "处理方式", "handling", labels=models.Handling),
            Breakdown("field", "意见领域", "field", labels=models.Field), STATION, AREA,
        ),
        "evidence": ("number", "title", "opened_on", "closed_on", "handling"), "register": "stations.opinions",
    }  # fmt: skip
    units = ("条", "件", "个")
    alive = models.Opinion.objects.alive
    return [
        _figure("opinions", "收集意见建议条数", units, "I096", "期间内收集的群众意见建议，按收集日期计", population=alive, date="opened_on",
                aliases=("收集意见建议", "群众意见建议", "收集群众意见"), **base),
        _figure("answered", "现场答复意见数", units, "I097", "期间内现场答复的意见", population=reached("answered"), date="at__on",
                aliases=("现场答复",), **base),
        _figure("transferred", "转交意见数", units, "I097", "期间内转交有关单位的意见", population=reached("transferred"), date="at__on",
                aliases=("转交办理", "转交意见"), **base),
        _figure("closed", "办结意见数", units, "I097", "期间内办结的意见（含现场答复的），不论何时收集", population=alive, date="closed_on",
                aliases=("办结意见",), **base),
        _figure("resolved", "转交后办结意见数", units, "I097", "期间内由有关单位办结的意见，不含现场答复的", population=reached("resolved"),
                date="at__on", aliases=("意见办结",), **base),
        _figure("settled", "期间内收集并已办结的意见数", units, "I097", "期间内收集的意见中已办结的，不论何时办结",
                population=lambda: alive().filter(closed_on__isnull=False), date="opened_on", **base),
        _figure("settled_rate", "意见办结率", ("%",), "I097", "期间内收集并已办结的意见÷期间内收集的意见", kind="ratio",
                count=Ratio("stations.settled", "stations.opinions"), aliases=("群众意见办结率",)),
    ]  # fmt: skip
