"""What follows from a suggestion's dates: its state, whether the reply came in time, and how long one issue has been pursued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from renda.core import bulk
from renda.lawbook.services import Context, context
from renda.procedure import lawful
from renda.procedure.models import Milestone
from renda.suggestions.models import State, Suggestion

REPLY = {False: "sugg.reply.normal", True: "sugg.reply.complex"}
"""代表法 51(2): three months from assignment, six where the matter is wide or difficult."""


def settle(ids: Sequence[int]) -> None:
    """Derive ``state``, ``on_time`` and ``due_on`` of these suggestions, and ``chain_year`` of all that belong to a chain."""
    dates: dict[int, dict[str, Milestone]] = defaultdict(dict)
    for milestone in Milestone.objects.filter(matter_id__in=ids):
        dates[milestone.matter_id][milestone.code] = milestone
    known = list(Suggestion.objects.filter(pk__in=ids).values("pk", "extended", "state", "division_id"))
    under = {division: context(division) for division in {row["division_id"] for row in known}}
    rows = [_settled(dict(row), dates[row["pk"]], under[row["division_id"]]) for row in known]
    bulk.update(Suggestion, rows, ["state", "on_time", "due_on"])
    join_chains(Suggestion.objects.filter(pk__in=ids).order_by().values_list("division_id", flat=True).distinct())


def _settled(row: dict[str, Any], dates: dict[str, Milestone], under: Context) -> dict[str, Any]:
    assigned, replied = dates.get("assigned"), dates.get("replied")
    exact_start = assigned is not None and assigned.precision == "day"
    due = lawful.last_day(under, (REPLY[row["extended"]],), assigned.on) if assigned and exact_start else None
    exact = due is not None and replied is not None and replied.precision == "day"
    return {
        "id": row["pk"],
        "state": _state(row["state"], dates),
        "on_time": replied.on <= due if exact and replied and due else None,
        # the law's period ends with the reply; closing may wait for the deputy's word
        "due_on": None if replied and "closed" not in dates else due,
    }


def _state(written: str, dates: dict[str, Milestone]) -> str:
    for code, state in (("withdrawn", State.WITHDRAWN), ("closed", State.CLOSED), ("replied", State.REPLIED)):
        if code in dates:
            return state
    if written and written != State.RECEIVED:
        return written
    return State.HANDLING if "assigned" in dates or "signed" in dates else State.RECEIVED


_CHAINS = """
WITH RECURSIVE mine AS (
    SELECT m.id, m.number, s.follows, least(s.year, coalesce(s.first_year, s.year)) AS began, s.chain_year
    FROM suggestions_suggestion s JOIN procedure_matter m ON m.id = s.matter_ptr_id
    WHERE m.division_id = ANY(%s) AND m.voided_at IS NULL
), chain (id, began, follows, depth) AS (
    SELECT id, began, follows, 0 FROM mine WHERE follows <> '' OR began IS DISTINCT FROM chain_year
    UNION
    SELECT c.id, least(c.began, earlier.began), earlier.follows, c.depth + 1
    FROM chain c JOIN mine earlier ON earlier.number = c.follows
    WHERE c.follows <> '' AND c.depth < 30 AND earlier.id <> c.id
), found AS (SELECT id, min(began) AS began FROM chain GROUP BY id)
UPDATE suggestions_suggestion s SET chain_year = found.began FROM found
WHERE found.id = s.matter_ptr_id AND s.chain_year IS DISTINCT FROM found.began
"""


def join_chains(divisions: Any) -> None:
    """The year in which each issue was first raised, through any number of suggestions that follow one another (30 at most)."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAINS, [list(divisions)])
