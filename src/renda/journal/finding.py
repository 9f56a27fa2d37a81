"""Finding entries: by who, what was done, to what, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from renda.core.clock import CIVIL_ZONE
from renda.journal.models import Entry


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty parts do not narrow. Days are civil days in Asia/Shanghai, both included.

    ``about`` is a register's code, a record's number or a part of its name; ``kinds`` are codes of registers that it names too.
    ``shut`` are kinds whose records' names the reader may not see: nothing is found by them.
    """

    who: str = ""
    action: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    shut: tuple[str, ...] = ()


def find(wanted: Wanted) -> QuerySet[Entry]:
    """The entries, newest first."""
    rows = Entry.objects.order_by("-sequence")
    if wanted.who:
        rows = rows.filter(actor__icontains=wanted.who)
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.about or wanted.kinds:
        rows = rows.filter(_about(wanted))
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def _about(wanted: Wanted) -> Q:
    found = Q(subject_kind__in=wanted.kinds) if wanted.kinds else Q(pk__in=())
    if wanted.about:
        found |= Q(subject_kind__startswith=wanted.about)
        found |= Q(subject_label__icontains=wanted.about) & ~Q(subject_kind__in=wanted.shut)
        if wanted.about.isdecimal() and len(wanted.about) < 19:
            found |= Q(subject_id=int(wanted.about)) | Q(sequence=int(wanted.about))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CIVIL_ZONE)
