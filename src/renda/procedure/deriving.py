"""What is derived of matters: opened, closed, due, stage and phase, and their deadlines; from milestones and standing steps, in sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.core import bulk, exchanges
from renda.lawbook.reading import Context, context
from renda.procedure import kinds, lawful, registry
from renda.procedure.declaration import Period, Procedure
from renda.procedure.models import Deadline, Matter, Milestone, Source, StepTaken

Dates = Mapping[str, date]
DERIVED = ["opened_on", "closed_on", "due_on", "stage", "phase"]


@dataclass
class Known:
    """What matters are derived from: days of milestones, those that steps dated, where the last standing step led, law, deadlines held."""

    dates: Mapping[int, Dates]
    by_steps: Mapping[int, set[str]]
    stepped: Mapping[int, tuple[str, date]]
    under: Mapping[int, Context]
    deadlines: Iterable[Deadline]


def refresh(kind_code: str, matter_ids: Iterable[int], *, why: str = "") -> int:
    """Derive what follows from milestones and steps of these matters. ``why`` is said of running deadlines that moved; returns how many did."""
    ids, procedure = list(matter_ids), registry.of_kind(kind_code)
    dates, by_steps = _marks(ids)
    periods = bool(procedure and procedure.periods)
    held = Deadline.objects.filter(matter_id__in=ids) if periods else ()
    known = Known(dates, by_steps, _stepped(ids) if procedure else {}, _contexts(ids), held)
    return derive(kind_code, ids, known, why=why)


def derive(
    kind_code: str, ids: Sequence[int], known: Known, *, also: Mapping[int, Mapping[str, Any]] | None = None, why: str = ""
) -> int:
    """Write what follows from what is known of matters; ``also`` are further columns of the matter to write with it, the same for each."""
    kind, procedure = kinds.get(kind_code), registry.of_kind(kind_code)
    periods = procedure.periods if procedure else ()
    wanted = (
        {pk: list(_deadlines(periods, known.dates[pk], known.by_steps[pk], known.under[pk])) for pk in ids} if periods else {}
    )
    moved = _store(wanted, known.deadlines, why) if periods else 0
    told = _from_ledger(procedure, [pk for pk in ids if pk not in known.stepped])
    rows = []
    for pk in ids:
        row = _derived(kind, pk, known.dates[pk], known.under[pk])
        if procedure:
            row["phase"] = told.get(pk) or phase_of(procedure, kind, known.dates[pk], known.by_steps[pk], known.stepped.get(pk))
            row["closed_on"] = _closed_on(kind, known.dates[pk]) if procedure.state(row["phase"]).final else None
            row["due_on"] = _due_on(procedure, row["phase"], wanted.get(pk, []))
        rows.append(row | dict(also[pk] if also else {}))
    names = DERIVED if procedure else DERIVED[:-1]
    bulk.update(Matter, rows, [*names, *(next(iter(also.values())) if also else ())])
    return moved


def _marks(ids: Sequence[int]) -> tuple[dict[int, dict[str, date]], dict[int, set[str]]]:
    """The days of milestones, and which of them steps dated."""
    dates: dict[int, dict[str, date]] = defaultdict(dict)
    by_steps: dict[int, set[str]] = defaultdict(set)
    for matter, code, on, source in Milestone.objects.filter(matter_id__in=ids).values_list("matter_id", "code", "on", "source"):
        dates[matter][code] = on
        if source == Source.STEPPED:
            by_steps[matter].add(code)
    return dates, by_steps


def _stepped(ids: Sequence[int]) -> dict[int, tuple[str, date]]:
    """Where the last standing step of each matter led, and its day."""
    rows = StepTaken.objects.filter(matter_id__in=ids, undone_at__isnull=True).order_by("matter_id", "place")
    return {matter: (to, on) for matter, to, on in rows.values_list("matter_id", "to_state", "on")}


def _contexts(ids: Sequence[int]) -> dict[int, Context]:
    """What is settled about the law where each matter lies."""
    places = dict(Matter.objects.filter(pk__in=ids).values_list("pk", "division_id"))
    settled = {place: context(place) for place in set(places.values())}
    return {pk: settled[place] for pk, place in places.items()}


def _derived(kind: kinds.MatterKind, matter: int, dates: Dates, under: Context) -> dict[str, Any]:
    closings = [dates[code] for code in kind.closes if code in dates]
    reached = [code for code, _ in kind.milestones if code in dates]
    return {
        "id": matter,
        "opened_on": dates.get(kind.opens) or min(dates.values(), default=None),
        "closed_on": min(closings, default=None),
        "due_on": _single_due(kind, dates, under),
        "stage": reached[-1] if reached else "",
    }


def _single_due(kind: kinds.MatterKind, dates: Dates, under: Context) -> date | None:
    if kind.due is None or kind.due[1] not in dates:
        return None
    return lawful.last_day(under, (kind.due[0],), dates[kind.due[1]])


def _from_ledger(procedure: Procedure | None, ids: Sequence[int]) -> Mapping[int, str]:
    return procedure.from_ledger(ids) if procedure and procedure.from_ledger and ids else {}


def _closed_on(kind: kinds.MatterKind, dates: Dates) -> date | None:
    return max((dates[code] for code in kind.closes if code in dates), default=None)


def phase_of(
    procedure: Procedure, kind: kinds.MatterKind, dates: Dates, by_steps: set[str], stepped: tuple[str, date] | None
) -> str:
    """The state of a matter: where its last standing step led; else, or where a ledger has closed it since, what its milestones say."""
    if stepped and not any(code in dates and code not in by_steps and dates[code] >= stepped[1] for code in kind.closes):
        return stepped[0]
    found = [(dates[m], place, state) for place, (m, state) in enumerate(procedure.from_milestones) if m in dates]
    ending = [one for one in found if procedure.state(one[2]).final]
    return max(ending or found)[2] if found else procedure.starts


def _deadlines(periods: Sequence[Period], dates: Dates, stepped: set[str], under: Context) -> Iterable[dict[str, Any]]:
    for period in periods:
        known = stepped if period.stepped else dates
        start = max((dates[code] for code in period.starts if code in known and code in dates), default=None)
        if start is None:
            continue
        law, due = _last_day(period, start, dates, under)
        if due is not None and (due >= start or not period.anchor):  # a day counted back may have passed before the period began
            ends = (*period.ends, *(code for code in period.ledger_ends if code not in stepped))
            ended = min((dates[code] for code in ends if code in dates and dates[code] >= start), default=None)
            yield {"code": period.code, "law": law, "starts_on": start, "due_on": due, "ended_on": ended}


def _last_day(period: Period, start: date, dates: Dates, under: Context) -> tuple[str, date | None]:
    if period.by in dates:
        return "", dates[period.by]
    longer, key = period.extended
    laws = (key,) if longer and longer in dates and dates[longer] >= start else period.law
    begin = dates.get(period.anchor, start) if period.anchor else start
    found = lawful.counted_with_pause(under, laws, begin, lawful.paused_days(period.pause, dates, begin))
    return (found[0], found[1].date) if found else ("", None)


def _due_on(procedure: Procedure, phase: str, deadlines: Sequence[Mapping[str, Any]]) -> date | None:
    """The nearest running deadline of whose turn it is, else of anybody; the last one that was kept, for a matter at its end."""
    state = procedure.state(phase)
    if state.final:
        last = max(deadlines, key=lambda one: (one["starts_on"], one["due_on"]), default=None)
        return last["due_on"] if last else None
    running = [one for one in deadlines if one["ended_on"] is None]
    whose = {period.code: period.whose for period in procedure.periods}
    own = [one for one in running if whose[one["code"]] == state.turn]
    return min((one["due_on"] for one in own or running), default=None)


def _store(wanted: Mapping[int, Sequence[Mapping[str, Any]]], existing: Iterable[Deadline], why: str) -> int:
    """Bring the rows of deadlines into line with what is wanted; what stays the same is not written."""
    held = {(one.matter_id, one.code): one for one in existing}
    fresh, changed, moved = [], [], 0
    for matter, several in wanted.items():
        for one in several:
            old = held.pop((matter, one["code"]), None)
            if old is None:
                fresh.append({**one, "matter_id": matter, "moved_from": None, "moved_why": ""})
            elif any(getattr(old, name) != value for name, value in one.items()):
                shifted = (
                    bool(why) and old.starts_on == one["starts_on"] and old.due_on != one["due_on"] and one["ended_on"] is None
                )
                moved += shifted
                keep = (
                    (old.due_on, why)
                    if shifted
                    else (old.moved_from, old.moved_why)
                    if old.due_on == one["due_on"]
                    else (None, "")
                )
                changed.append({**one, "id": old.pk, "matter_id": matter, "moved_from": keep[0], "moved_why": keep[1]})
    if held:
        exchanges.send("DELETE FROM procedure_deadline WHERE id = ANY(%s)", [[one.pk for one in held.values()]])
    if len(fresh) + len(changed) <= bulk.FEW:
        bulk.put(Deadline, [*changed, *fresh], ["matter", "code"])
    else:
        bulk.insert_plain(Deadline, fresh)
        bulk.update(Deadline, changed, ["law", "starts_on", "due_on", "ended_on", "moved_from", "moved_why"])
    return moved
