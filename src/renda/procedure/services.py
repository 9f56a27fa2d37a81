"""Changes to matters that every kind shares: milestones, steps and corrections in sets, numbers, and what is derived from them."""

from __future__ import annotations

from django.db import connection

from renda.procedure.deriving import refresh
from renda.procedure.milestones import put as set_milestones
from renda.procedure.taking import after_steps, keeps_in_step, take
from renda.procedure.undoing import undo

__all__ = ["after_steps", "keeps_in_step", "next_numbers", "refresh", "set_milestones", "take", "undo"]


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
