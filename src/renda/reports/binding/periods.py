"""The period that a binding asks for, as days of the target year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory.models import Division, Term
from renda.figures import periods
from renda.figures.indicators import Indicator
from renda.figures.periods import NoSuchPeriod, Period

_known: ContextVar[dict[Any, Period | NoSuchPeriod] | None] = ContextVar("known", default=None)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_MONTH = re.compile(r"1[—\-至~～](\d{1,2})月|前(\d{1,2})个?月")
_QUARTER = re.compile(r"(前?)([一二三四])季度")
_UNTIL_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|([底末份]))?")
_YEAR_END = re.compile(r"(?:年|12月)(?:底|末)|(?:全年|年终)$|^(?:\d{4})年$")
_NOW = re.compile(r"目前|现在|当前|今|日前|报告|发稿")


@contextmanager
def each_once() -> Iterator[None]:
    """Within the block the same words are looked up once; terms and sessions must not change meanwhile."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def resolve(asked: Mapping[str, Any], year: int, division: Division, indicator: Indicator) -> Period:
    """The days that a binding's period means in a report on `year`. NoSuchPeriod says what cannot be told."""
    known = _known.get()
    if known is None:
        return _resolved(asked, year, division, indicator)
    key = (repr(sorted(asked.items())), year, division.pk, bool(indicator.stock))
    if key not in known:
        try:
            known[key] = _resolved(asked, year, division, indicator)
        except NoSuchPeriod as error:
            known[key] = error
    found = known[key]
    if isinstance(found, NoSuchPeriod):
        raise found
    return found


def _resolved(asked: Mapping[str, Any], year: int, division: Division, indicator: Indicator) -> Period:
    kind = asked.get("type", "year")
    own = year + int(asked.get("offset", 0))
    if kind == "plan":
        raise NoSuchPeriod(_("下一年的安排，不是已做的工作"))
    if kind == "term":
        return running_term(year, division)
    if kind == "since":
        return _since(str(asked.get("words", "")), year, division)
    if kind == "span":
        return _span(str(asked.get("words", "")), own)
    if "until" in asked:
        return _until(str(asked["until"]), own)
    if kind == "at" and indicator.stock:
        return periods.up_to(_ended(date(own, 12, 31)))
    return periods.year(own)


def running_term(year: int, division: Division) -> Period:
    """The term of the congress of the division (a township's own, else the county's) that runs at the year's end."""
    level = "township" if division.level in ("township", "street") else "county"
    last = date(year, 12, 31)
    parts = division.path.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    terms = Term.objects.alive().filter(level=level, starts_on__lte=last, division__path__in=above)
    found = terms.order_by("-division__path", "-starts_on").first()
    if found is None or (found.ends_on and found.ends_on < date(year, 1, 1)):
        raise NoSuchPeriod(_("“届次”台账里没有%(year)d年底正在任期内的届次，请先登记") % {"year": year})
    whole = periods.term(found.number, level, division)
    end = min(whole.end, max(last, whole.start))
    return Period(whole.start, end, whole.name, whole.earlier)


def _since(words: str, year: int, division: Division) -> Period:
    if "去年" in words:
        return periods.span(date(year - 1, 1, 1), _ended(date(year, 12, 31)))
    if "今年" in words:
        return periods.span(date(year, 1, 1), date(year, 12, 31)) if _over(year) else periods.up_to(_ended(date(year, 12, 31)))
    if "换届" in words:
        return running_term(year, division)
    if "会" in words:
        return _since_session(year, division)
    raise NoSuchPeriod(_("“%(words)s”没有写明从哪一天算起") % {"words": words})


def _since_session(year: int, division: Division) -> Period:
    """From the congress session of the year (or else the last one before) to the year's end."""
    from renda.figures import evaluate, registry

    sessions = registry.get("meetings.congress")
    rows = evaluate.population(sessions, evaluate.Question(periods.span(date(year - 1, 1, 1), date(year, 12, 31)), division))
    found = rows.filter(division=division).order_by(f"-{sessions.date}").values_list(sessions.date, flat=True)
    starts = [day for day in found if day <= clock.today()]
    if not starts:
        raise NoSuchPeriod(_("会议台账里没有%(year)d年以前最近一次人民代表大会会议，不能从会议召开之日算起") % {"year": year})
    if len([day for day in starts if day.year == year]) > 1:
        raise NoSuchPeriod(_("%(year)d年召开了不止一次人民代表大会会议，请写明从哪一次会议算起") % {"year": year})
    return periods.span(starts[0], max(starts[0], _ended(date(year, 12, 31))))


def _span(words: str, year: int) -> Period:
    months = _MONTH.fullmatch(words)
    quarter = _QUARTER.fullmatch(words)
    if words == "上半年":
        first, last = 1, 6
    elif words == "下半年":
        first, last = 7, 12
    elif quarter:
        number = _NUMERALS[quarter[2]]
        first, last = (1 if quarter[1] else 3 * number - 2), 3 * number
    elif months and 1 <= int(months[1] or months[2]) <= 12:
        first, last = 1, int(months[1] or months[2])
    else:
        raise NoSuchPeriod(_("“%(words)s”是哪几个月，不能确定") % {"words": words})
    return periods.span(date(year, first, 1), _month_end(year, last))


def _until(words: str, year: int) -> Period:
    if _YEAR_END.search(words):
        return periods.up_to(_ended(date(year, 12, 31)))
    day = _UNTIL_DAY.match(words)
    if day:
        month = int(day[2])
        if not 1 <= month <= 12:
            raise NoSuchPeriod(_("“截至%(words)s”是哪一天，不能确定") % {"words": words})
        last = _month_end(year, month)
        return periods.up_to(min(last, date(year, month, 1) + timedelta(days=int(day[3]) - 1)) if day[3] else last)
    if _NOW.match(words):
        return periods.up_to(_ended(date(year, 12, 31)))
    raise NoSuchPeriod(_("“截至%(words)s”是哪一天，不能确定") % {"words": words})


def _month_end(year: int, month: int) -> date:
    return (date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)) - timedelta(days=1)


def _ended(day: date) -> date:
    return min(day, clock.today())


def _over(year: int) -> bool:
    return clock.today() >= date(year, 12, 31)
