"""Writing milestones of matters, in sets."""

from __future__ import annotations

from collections.abc import Mapping

from renda.core import bulk
from renda.core.cells import DateValue
from renda.procedure.models import Milestone, Source


def put(code: str, dates: Mapping[int, DateValue | None], *, source: str = Source.RECORDED) -> None:
    """Set, move or take away one milestone of many matters (matter id → date or None)."""
    Milestone.objects.filter(code=code, matter_id__in=list(dates)).delete()
    rows = [
        {"matter_id": matter, "code": code, "on": value.date, "precision": value.precision, "source": source}
        for matter, value in dates.items()
        if value is not None
    ]
    bulk.insert_plain(Milestone, rows)
