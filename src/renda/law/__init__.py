"""The law as data: dated parameters with their articles, provincial packs, counting of periods. Plain Python, no database."""

from renda.law.calendars import HolidayYear, WorkCalendar, shipped_calendar
from renda.law.deadlines import Due, due
from renda.law.errors import (
    BadChoice,
    LawDataError,
    LawError,
    NotCountable,
    NotFixed,
    NotInForce,
    UnknownKey,
    UnknownPack,
)
from renda.law.store import keys, pack, pack_names
from renda.law.thresholds import meets, required
from renda.law.values import Value, parameter

__all__ = [
    "BadChoice",
    "Due",
    "HolidayYear",
    "LawDataError",
    "LawError",
    "NotCountable",
    "NotFixed",
    "NotInForce",
    "UnknownKey",
    "UnknownPack",
    "Value",
    "WorkCalendar",
    "due",
    "keys",
    "meets",
    "pack",
    "pack_names",
    "parameter",
    "required",
    "shipped_calendar",
]
