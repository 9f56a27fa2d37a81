"""Changes to matters that every kind shares: milestones in sets, numbers, and what is derived from milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db import connection

from renda.core import bulk
from renda.core.cells import DateValue
from renda.law import LawError
from renda.law import due as law_due
from renda.procedure import kinds
from renda.procedure.models import Matter, Milestone, Source


def set_milestones(code: str, dates: Mapping[int, DateValue | None], *, source: str = Source.RECORDED) -> None:
    """Set, move or take away one milestone of many matters (matter id → date or None)."""
    Milestone.objects.filter(code=code, matter_id__in=list(dates)).delete()
    rows = [
        {"matter_id": matter, "code": code, "on": value.date, "precision": value.precision, "source": source}
        for matter, value in dates.items()
        if value is not None
    ]
    bulk.insert_plain(Milestone, rows)


def refresh(kind_code: str, matter_ids: Iterable[int]) -> None:
    """Derive opened_on, closed_on, due_on and stage of these matters from their milestones."""
    kind = kinds.get(kind_code)
    ids = list(matter_ids)
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for matter, code, on in Milestone.objects.filter(matter_id__in=ids).values_list("matter_id", "code", "on"):
        found[matter][code] = on
    rows = [_derived(kind, matter, found[matter]) for matter in ids]
    bulk.update(Matter, rows, ["opened_on", "closed_on", "due_on", "stage"])


def _derived(kind: kinds.MatterKind, matter: int, dates: dict[str, date]) -> dict:
    closings = [dates[code] for code in kind.closes if code in dates]
    reached = [code for code, _ in kind.milestones if code in dates]
    return {
        "id": matter,
        "opened_on": dates.get(kind.opens) or min(dates.values(), default=None),
        "closed_on": min(closings, default=None),
        "due_on": _due(kind, dates),
        "stage": reached[-1] if reached else "",
    }


def _due(kind: kinds.MatterKind, dates: dict[str, date]) -> date | None:
    if kind.due is None or kind.due[1] not in dates:
        return None
    return due_date(kind.due[0], dates[kind.due[1]])


@lru_cache(maxsize=20_000)
def due_date(key: str, start: date) -> date | None:
    """The last day of a period of the law from a day; None where the law of that day set none."""
    try:
        return law_due(key, start).date
    except LawError:
        return None


def next_numbers(kind_code: str, division_id: int, period: str, count: int) -> range:
    """Take ``count`` numbers from the counter of a kind, division and period; safe beside other takers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procedure_counter (division_id, kind, period, last) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (division_id, kind, period) DO UPDATE SET last = procedure_counter.last + excluded.last RETURNING last",
            [division_id, kind_code, period, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
