"""Writing milestones of matters, in sets."""

from __future__ import annotations

from collections.abc import Mapping

from renda.core import bulk, exchanges
from renda.core.cells import DateValue
from renda.procedure.models import Milestone, Source

FEW = 200
CLEAR = "DELETE FROM procedure_milestone WHERE code = %s AND matter_id = ANY(%s)"
PUT = """
    INSERT INTO procedure_milestone (matter_id, code, "on", precision, source)
    SELECT matter, %s, day, precision, %s FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS fresh (matter, day, precision)
    ON CONFLICT (matter_id, code) DO UPDATE SET "on" = excluded."on", precision = excluded.precision, source = excluded.source
"""


def put(code: str, dates: Mapping[int, DateValue | None], *, source: str = Source.RECORDED) -> None:
    """Set, move or take away one milestone of many matters (matter id → date or None)."""
    given = {matter: value for matter, value in dates.items() if value is not None}
    few = len(given) <= FEW
    gone = [matter for matter in dates if matter not in given] if few else list(dates)
    if gone:
        exchanges.send(CLEAR, [code, gone])
    if given and few:
        days, precisions = [one.date for one in given.values()], [one.precision for one in given.values()]
        exchanges.send(PUT, [code, source, list(given), days, precisions])
    elif given:
        rows = [
            {"matter_id": matter, "code": code, "on": one.date, "precision": one.precision, "source": source}
            for matter, one in given.items()
        ]
        bulk.insert_plain(Milestone, rows)
