"""What pages and commands show of the settings: choices with their default and author, years with their origin, packs in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop

from renda.core import clock
from renda.directory.models import Division
from renda.law import LawError, store
from renda.law.calendars import UNKNOWN, HolidayYear, shipped_years
from renda.law.declarations import Choice as Declared
from renda.law.declarations import Parameter
from renda.law.numerals import article_text
from renda.law.values import Value, cite
from renda.law.wording import in_words, ratio_in_words
from renda.lawbook import models, services
from renda.lawbook.models import Setting

SHIPPED = gettext_noop("平台随带")


@dataclass(frozen=True)
class ChoiceRow:
    """One open question of the law and what the county says on it. ``value`` is None where nothing is settled (待定)."""

    declared: Parameter
    choice: Declared
    value: Value | None
    rows: Sequence[models.Choice]
    """The choices in force (from different days on), the nearest division's."""

    @property
    def key(self) -> str:
        """The parameter's key."""
        return self.declared.key

    @property
    def citation(self) -> str:
        """The article that leaves it open."""
        return cite(store.statute(self.choice.statute).short, article_text(self.choice.article))

    @property
    def default(self) -> str:
        """The visible default in words; empty where none may be invented."""
        return shown(self.choice, self.choice.default) if self.choice.default is not None else ""

    @property
    def shown(self) -> str:
        """What holds today, in words."""
        return in_words(self.value) if self.value else "待定"

    @property
    def state(self) -> str:
        """chosen (by the county), pack (said by a pack in use), default or open."""
        if self.value is None:
            return "open"
        if self.value.pack:
            return "pack"
        return "chosen" if self.rows and self.value.source == "本县选择" else "default"


def shown(choice: Declared, value: str) -> str:
    """A chosen value in words."""
    if choice.options:
        return choice.options.get(value, value)
    if choice.value_kind == "ratio" and "/" in value:
        return ratio_in_words(Fraction(value), "exactly")
    return value


def choices(place: Division | None) -> list[ChoiceRow]:
    """All open questions as they stand for a division, in the order of their keys."""
    settled: dict[str, list[models.Choice]] = {}
    nearest: dict[str, int] = {}
    for row in alive(models.Choice, place).order_by("key", "since"):
        depth = _depth(row)
        if depth > nearest.get(row.key, -1):
            nearest[row.key], settled[row.key] = depth, []
        if depth == nearest[row.key]:
            settled[row.key].append(row)
    return [_row(key, place, settled.get(key, [])) for key in store.choosable()]


def choice(key: str, place: Division | None) -> ChoiceRow | None:
    """One open question; None for a key that nobody may choose."""
    return next((row for row in choices(place) if row.key == key), None) if key in store.choosable() else None


def _row(key: str, place: Division | None, rows: Sequence[models.Choice]) -> ChoiceRow:
    declared = store.declaration(key)
    assert declared.choice is not None
    try:
        value: Value | None = services.context(place).parameter(key)
    except LawError:
        value = None
    return ChoiceRow(declared, declared.choice, value, sorted(rows, key=lambda one: one.since or date.min))


def past_choices(key: str, place: Division | None) -> list[models.Choice]:
    """All that was ever chosen on a key, newest first."""
    return list(_of(models.Choice, place).filter(key=key).order_by("-set_at", "-pk"))


def as_json(row: ChoiceRow) -> dict[str, Any]:
    """A question for a program."""
    now = [one for one in row.rows if one.since is None or one.since <= clock.today()]
    last = now[-1] if now else None
    return {
        "key": row.key, "title": row.declared.title, "state": row.state, "shown": row.shown, "why": row.choice.why, "article": row.citation,
        "options": dict(row.choice.options), "default": row.choice.default, "doubt": row.choice.doubt, "chosen": last.value if last else None,
        "since": last.since if last else None, "set_by": last.set_by if last else None, "set_at": last.set_at if last else None,
        "reason": last.reason if last else None, "value": row.value.as_json()["value"] if row.value else None,
        "planned": [{"since": one.since, "value": one.value} for one in row.rows if one not in now],
        "packs": list(store.packs_with(row.key)),
    }  # fmt: skip


@dataclass(frozen=True)
class YearRow:
    """A year's arrangement and where it comes from: ``row`` is None for the shipped table."""

    arrangement: HolidayYear
    row: models.HolidayYear | None

    @property
    def year(self) -> int:
        """The year."""
        return self.arrangement.year

    @property
    def source(self) -> str:
        """The notice, or that the table is the shipped one."""
        if self.row is None:
            return SHIPPED if self.arrangement.status != UNKNOWN else ""
        return self.row.source


def years(place: Division | None) -> list[YearRow]:
    """The years that have a table, newest first, and always the present one and the next."""
    entered: dict[int, models.HolidayYear] = {}
    for row in sorted(alive(models.HolidayYear, place), key=_depth):
        entered[row.year] = row
    this, holidays = clock.today().year, services.context(place).holidays
    wanted = sorted({*shipped_years(), *entered, this, this + 1}, reverse=True)
    return [YearRow(holidays.year(year), entered.get(year)) for year in wanted]


def one_year(year: int, place: Division | None) -> YearRow:
    """The arrangement of one year as it stands for a division."""
    rows = alive(models.HolidayYear, place).filter(year=year)
    return YearRow(services.context(place).holidays.year(year), max(rows, key=_depth, default=None))


def _depth(row: Setting) -> int:
    """How near a setting is to a division: the longer its path, the nearer; the whole deployment's comes last."""
    return len(row.division.path) if row.division else 0


def past_years(year: int, place: Division | None) -> list[models.HolidayYear]:
    """All that was ever entered for a year, newest first."""
    return list(_of(models.HolidayYear, place).filter(year=year).order_by("-set_at", "-pk"))


def year_json(row: YearRow) -> dict[str, Any]:
    """A year for a program."""
    return {
        "year": row.year, "status": row.arrangement.status, "source": row.source, "entered": row.row is not None,
        "holidays": {day.isoformat(): name for day, name in row.arrangement.holidays.items()},
        "workdays": sorted(row.arrangement.workdays),
    }  # fmt: skip


def pack_rows(place: Division | None) -> list[models.PackUse]:
    """The packs in use for a division with who put them in use, in the order of their force."""
    rows = sorted(alive(models.PackUse, place), key=_place)
    nearest = max(map(_depth, rows), default=0)
    return [one for one in rows if _depth(one) == nearest]


def _place(use: models.PackUse) -> int:
    return use.position


def alive(model: type[Setting], place: Division | None) -> Any:
    """The settings in force that reach a division."""
    return _of(model, place).filter(ended_at__isnull=True)


def _of(model: type[Setting], place: Division | None) -> Any:
    paths: Iterable[str] = ()
    if place is not None:
        parts = place.path.split(".")
        paths = [".".join(parts[: n + 1]) for n in range(len(parts))]
    rows: Any = model._default_manager  # type: ignore[attr-defined]
    return rows.filter(Q(division__isnull=True) | Q(division__path__in=paths)).select_related("division")
