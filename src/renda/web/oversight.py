"""What a leader asks of all open matters: what is late, with whom, and whether it grows. Two queries, whatever the number of matters.

A matter counts as late at the end of a day when its last day lay before that day and it was not closed by then. The last day is the one
that holds now: of a matter whose period was extended, the extended one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Organ
from renda.registers.slimming import slim
from renda.ui.charts import Chart
from renda.ui.words import said
from renda.web import duties, inbox
from renda.web.due import united
from renda.web.presenting import month_name

MONTHS = 12
HOLDERS = 8
SOON_DAYS = 7


@dataclass(frozen=True)
class Holder:
    """Somebody who has matters to act on: how many, how many of them late, and for how many days the latest."""

    name: str
    count: int
    late: int
    longest: int
    url: str


@dataclass(frozen=True)
class Overview:
    """The numbers of today, and at the ends of the last months."""

    open: int
    late: int
    soon: int
    closed: int
    in_time: int
    trend: Sequence[tuple[date, int]]

    @property
    def rate(self) -> int | None:
        """How many of a hundred matters closed this year were closed in time; None where none was."""
        return round(100 * self.in_time / self.closed) if self.closed else None

    @property
    def finding(self) -> str:
        """What the trend says, against three months ago."""
        if len(self.trend) < 4:
            return ""
        before = self.trend[-4][1]
        if self.late == before:
            return _("与三个月前持平")
        more = abs(self.late - before)
        if self.late > before:
            return ngettext("比三个月前多 %(n)d 件", "比三个月前多 %(n)d 件", more) % {"n": more}
        return ngettext("比三个月前少 %(n)d 件", "比三个月前少 %(n)d 件", more) % {"n": more}


def holders(actor: Actor, most: int = HOLDERS) -> list[Holder]:
    """Who has open matters, those with most late ones first. Two queries."""
    today, parts = clock.today(), []
    for one in duties.together(duties.by_state(actor), apart=lambda one: (one.handler, _called(one))):
        organ = Cast(F(f"{one.handler}_id") if one.handler else Value(None), IntegerField())
        rows = duties.rows(actor, one).annotate(_organ=organ, _name=Value(_called(one))).values("_organ", "_name")
        late = Count("pk", filter=Q(_due__lt=today))
        parts.append(
            rows.annotate(_n=Count("pk"), _late=late, _first=Min("_due")).values_list("_organ", "_name", "_n", "_late", "_first")
        )
    rows = united(parts)
    counts: Counter[tuple[int | None, str]] = Counter()
    lates: Counter[tuple[int | None, str]] = Counter()
    first: dict[tuple[int | None, str], date] = {}
    for organ, name, count, late, due in rows if rows is not None else ():
        key = (organ, "" if organ else name)
        counts[key] += count
        lates[key] += late
        if due:
            first[key] = min(due, first.get(key, due))
    chosen = sorted(counts, key=lambda key: (-lates[key], -counts[key], key[1]))[:most]
    names = dict(Organ.objects.filter(pk__in=[organ for organ, _name in chosen if organ]).values_list("pk", "name"))
    page = reverse("inbox")
    return [
        Holder(
            names.get(key[0] or 0) or said(key[1]),
            counts[key],
            lates[key],
            max(0, (today - first[key]).days) if key in first else 0,
            f"{page}?tab=waiting&organ={key[0]}" if key[0] else f"{page}?tab=waiting",
        )
        for key in chosen
    ]


def _called(one: duties.Slice) -> str:
    """What those are called whose turn it is where no organ is named."""
    if one.desk.procedure is None:
        return one.desk.register.name
    turn = one.desk.procedure.state(one.states[0]).turn
    return turn.name if turn else one.desk.register.name


def overview(actor: Actor) -> Overview:
    """The numbers of today and of the last months' ends. One query."""
    today = clock.today()
    days = month_ends(today)
    late = {f"_l{place}": Count("pk", filter=_late_on(day)) for place, day in enumerate(days)}
    year = Q(closed_on__gte=date(today.year, 1, 1), closed_on__lte=today)
    others = {
        "_open": Count("pk", filter=Q(closed_on__isnull=True)),
        "_soon": Count("pk", filter=Q(closed_on__isnull=True, due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))),
        "_closed": Count("pk", filter=year & Q(due_on__isnull=False)),
        "_in_time": Count("pk", filter=year & Q(closed_on__lte=F("due_on"))),
    }
    wanted = [*others, *late]
    parts = [
        rows.annotate(_all=Value(1)).values("_all").annotate(**others, **late).values_list(*wanted)
        for rows in _concerned(actor, days[0])
    ]
    found = united(parts)
    sums = [sum(column) for column in zip(*found, strict=True)] if found is not None else []
    numbers = dict(zip(wanted, sums or [0] * len(wanted), strict=True))
    trend = [(day, numbers[f"_l{place}"]) for place, day in enumerate(days)]
    return Overview(numbers["_open"], trend[-1][1], numbers["_soon"], numbers["_closed"], numbers["_in_time"], trend)


def _concerned(actor: Actor, first: date) -> Iterator[QuerySet]:
    """What is open, or was closed since the first of the days."""
    since = min(first, date(clock.today().year, 1, 1))
    for desk in duties.desks(actor):
        rows = gate.visible_to(actor, desk.register.records()).order_by()
        yield slim(rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=since)))


def _late_on(day: date) -> Q:
    return Q(due_on__lt=day) & (Q(closed_on__isnull=True) | Q(closed_on__gte=day))


def month_ends(today: date) -> list[date]:
    """The last days of the months before, and today."""
    found, day = [today], today.replace(day=1)
    for _month in range(MONTHS - 1):
        day -= timedelta(days=1)
        found.append(day)
        day = day.replace(day=1)
    return found[::-1]


def chart(trend: Sequence[tuple[date, int]]) -> Chart | None:
    """Late matters at the ends of the months; None where there never were any."""
    if not any(count for _day, count in trend):
        return None
    labels = [month_name(day.month) if day.month > 1 else f"{day.year}" for day, _count in trend]
    return Chart(
        _("近一年逾期未办结的事项（月末数）"), "bar", _("月份"), labels, [(_("逾期未办结"), [count for _day, count in trend])],
        unit=_("件"), whole=True, tones=["late"],
    )  # fmt: skip


def build(actor: Actor) -> dict[str, object]:
    """What the leader's home shows."""
    seen = overview(actor)
    return {"overview": seen, "holders": holders(actor), "trend": chart(seen.trend), "late_url": _late_url()}


def _late_url() -> str:
    return f"{reverse('inbox')}?tab={inbox.WAITING}&late=1"
