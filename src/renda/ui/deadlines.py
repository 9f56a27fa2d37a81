"""The deadlines of a matter as its page shows them: what is left, under which article, how they were counted, whether they moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from renda.procedure import lawful
from renda.procedure import models as procedure_models
from renda.procedure.cases import Case
from renda.procedure.declaration import Period, Who
from renda.ui.templatetags.renda import deadline_words
from renda.ui.words import said


@dataclass
class Deadline:
    """One deadline. ``ended`` is the day on which it was kept (or missed); ``moved`` says from which day and why it moved."""

    name: str
    words: str
    tone: str
    due: date
    starts: date
    whose: str = ""
    article: str = ""
    working: list[str] = field(default_factory=list)
    moved: str = ""
    ended: date | None = None


def of_case(case: Case, organs: Mapping[int, str]) -> list[Deadline]:
    """The matter's deadlines, the running ones first, each by its last day. No query."""
    periods = {period.code: period for period in case.procedure.periods}
    final = case.state.final
    known = [one for one in case.deadlines if one.code in periods and not (final and one.ended_on is None)]
    ordered = sorted(known, key=lambda one: (one.ended_on is not None, one.due_on, one.code))
    return [_deadline(case, one, periods[one.code], organs) for one in ordered]


def of_row(case: Case, row: procedure_models.Deadline, organs: Mapping[int, str]) -> Deadline:
    """One deadline of the matter, of a period that its procedure declares. No query."""
    return _deadline(case, row, next(one for one in case.procedure.periods if one.code == row.code), organs)


def _deadline(case: Case, row: procedure_models.Deadline, period: Period, organs: Mapping[int, str]) -> Deadline:
    tone, words = deadline_words(row.due_on, row.ended_on)
    if row.ended_on is not None:
        late = (row.ended_on - row.due_on).days
        words = _("超期 %(n)d 天") % {"n": late} if late > 0 else _("按期")
    found = Deadline(said(period.name), words, tone, row.due_on, row.starts_on, ended=row.ended_on)
    found.whose = who_words(case, period.whose, organs) if period.whose else ""
    found.article, found.working = working_of(case, row)
    if row.moved_from:
        words_of_move = {"before": row.moved_from, "now": row.due_on, "why": row.moved_why}
        found.moved = _("由 %(before)s 变为 %(now)s，因%(why)s") % words_of_move
    return found


def working_of(case: Case, row: procedure_models.Deadline) -> tuple[str, list[str]]:
    """The article that a deadline rests on, and how it was counted; a day that an office set has neither."""
    if not row.law:
        return "", []
    period = next(one for one in case.procedure.periods if one.code == row.code)
    pause, start = period.pause, case.dates.get(period.anchor, row.starts_on)
    paused = lawful.paused_days(pause, case.dates, row.starts_on)
    counted = lawful.counted_with_pause(case.under, (row.law,), start, paused)
    if counted is None:
        return "", []
    citation, working = counted[1].citation, list(counted[1].working)
    return citation, [_pause_words(case, pause, paused, row.starts_on), *working] if paused else working


def _pause_words(case: Case, pause: tuple[str, str], paused: int, start: date) -> str:
    """Why a period is counted from a later day than it began."""
    first, last = (case.dates[code] for code in pause)
    words = {"first": first.isoformat(), "last": last.isoformat(), "n": paused, "start": start.isoformat()}
    return _("自 %(start)s 起算；听证自 %(first)s 至 %(last)s，所需 %(n)s 日不计算在期限内，相当于推后 %(n)s 日起算：") % words


def who_words(case: Case, who: Who, organs: Mapping[int, str]) -> str:
    """Who is meant: the organ by its name where the record names one, else what the declaration calls them."""
    organ = getattr(case.record, f"{who.organ}_id") if who.organ else None
    name = organs.get(organ, "") if organ else ""
    return _("%(who)s（%(organ)s）") % {"who": said(who.name), "organ": name} if name else said(who.name)


def organ_ids(case: Case) -> set[int]:
    """The organs that the record names for the steps of its procedure."""
    whos = [step.who for step in case.procedure.steps] + [period.whose for period in case.procedure.periods]
    columns = {who.organ for who in whos if who and who.organ}
    return {pk for name in columns if (pk := getattr(case.record, f"{name}_id"))}
