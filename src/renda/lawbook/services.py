"""Changes to what a county settles about the law. Each checks the gate, writes and journals in one transaction, then calls the hooks.

``on_change`` functions run inside that transaction and see the new settings; what they raise undoes the change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.journal import services as journal
from renda.journal.services import Line
from renda.law import LawError, parameter, store
from renda.law.calendars import PUBLISHED, HolidayYear, check_year
from renda.lawbook import reading
from renda.lawbook.models import Choice, DayKind, Edition, HolidayDay, PackUse
from renda.lawbook.models import HolidayYear as Arrangement
from renda.lawbook.reading import Context, context

__all__ = [
    "Change", "Context", "LawbookFault", "choose", "context", "on_change", "place_of", "restore_holidays", "set_holidays", "use_packs",
    "withdraw_choice",
]  # fmt: skip

KINDS = {"packs": "lawbook.packs", "choice": "lawbook.choice", "holidays": "lawbook.holidays"}
FIRST_YEAR, LAST_YEAR = 2000, 2100


class LawbookFault(ValueError):
    """What is asked for cannot be settled; ``field`` names the field of the form that is wrong."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Change:
    """One change of the settings, as hooks get it: ``kind`` is packs, choice or holidays; empty ``keys`` or ``years`` mean any.

    ``division_path`` is that of the division it holds for ("" for the whole deployment); ``words`` say what changed, for journals.
    """

    kind: str
    keys: frozenset[str]
    years: frozenset[int]
    division_path: str
    words: str
    actor: Actor


Hook = Callable[[Change], int]
_hooks: list[Hook] = []


def on_change(hook: Hook) -> Hook:
    """Have a function called at each change, in its transaction; it returns how many running deadlines it moved."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def place_of(actor: Actor) -> Division | None:
    """The division that an actor settles things for: the hat's own; None (the whole deployment) for one who is bound to none."""
    return Division.objects.get(pk=actor.division_id) if actor.division_id and actor.division_path else None


def use_packs(packs: Sequence[str], *, reason: str, actor: Actor, division: Division | None = None) -> int:
    """Put these packs of local rules in use, in the order of their force (a later one goes first). Returns the deadlines moved.

    None at all means national law alone. Errors: LawbookFault, UnknownPack, PermissionDenied.
    """
    reason = _allowed(actor, division, reason)
    wanted = list(dict.fromkeys(packs))
    titles = [store.pack(name).title for name in wanted]
    with journal.change():
        _open_edition()
        old = list(_alive(PackUse, division).order_by("position"))
        if [use.pack for use in old] == wanted:
            raise LawbookFault(_("启用的地方规定没有变化"), "packs")
        _end(old, actor)
        stamp = _stamp(actor, division, reason)
        PackUse.objects.bulk_create([PackUse(pack=name, position=n, **stamp) for n, name in enumerate(wanted, 1)])
        words = "、".join(titles) or "只用国家法律"
        touched = frozenset(key for name in {*wanted, *(use.pack for use in old)} for key in _pack_keys(name))
        said = {"before": [use.pack for use in old], "after": wanted, "reason": reason}
        return _done(Change("packs", touched, frozenset(), _path(division), f"启用地方规定：{words}", actor), said, division)


def choose(
    key: str, value: str, *, reason: str, actor: Actor, division: Division | None = None, since: date | None = None
) -> int:
    """Choose where the law is open, for days from ``since`` on (None: all days). Returns the deadlines moved.

    Earlier choices for the days before ``since`` stay. Errors: LawbookFault, UnknownKey, BadChoice, PermissionDenied.
    """
    reason = _allowed(actor, division, reason)
    declared = store.declaration(key)
    if declared.choice is None:
        raise LawbookFault(_("“%(title)s”法律已有规定，不能由本县选择") % {"title": declared.title}, "value")
    value = str(value).strip()
    parameter(key, as_of=since or clock.today(), choices={key: value})
    with journal.change():
        _open_edition()
        rows = list(_alive(Choice, division).filter(key=key))
        before = _in_force(rows, since)
        if before is not None and (before.value, before.since) == (value, since):
            raise LawbookFault(_("与现在的选择相同"), "value")
        _end([one for one in rows if since is None or (one.since is not None and one.since >= since)], actor)
        row = Choice.objects.create(key=key, value=value, since=since, **_stamp(actor, division, reason))
        shown = declared.choice.options.get(value, value)
        said = {"key": key, "before": before.value if before else None, "after": value, "since": since, "reason": reason}
        words = f"{declared.title}：{shown}" + (f"（自 {since} 起）" if since else "")
        return _done(Change("choice", frozenset({key}), frozenset(), _path(division), words, actor), said, division, row.pk)


def withdraw_choice(key: str, *, reason: str, actor: Actor, division: Division | None = None) -> int:
    """Go back to the default of the law book (or to nothing chosen, where there is none). Returns the deadlines moved."""
    reason = _allowed(actor, division, reason)
    declared = store.declaration(key)
    with journal.change():
        _open_edition()
        rows = list(_alive(Choice, division).filter(key=key))
        if not rows:
            raise LawbookFault(_("“%(title)s”现在没有本县的选择") % {"title": declared.title}, "reason")
        _end(rows, actor)
        said = {"key": key, "before": rows[-1].value, "after": None, "reason": reason}
        change = Change("choice", frozenset({key}), frozenset(), _path(division), f"{declared.title}：撤销本县的选择", actor)
        return _done(change, said, division, rows[-1].pk)


def set_holidays(year: HolidayYear, *, source: str, reason: str, actor: Actor, division: Division | None = None) -> int:
    """Put a year's arrangement in place of the one in use; ``source`` names the notice. Returns the deadlines moved.

    Errors: LawbookFault, LawDataError (days that cannot be), PermissionDenied.
    """
    reason, source = _allowed(actor, division, reason), source.strip()
    if not FIRST_YEAR <= year.year <= LAST_YEAR:
        raise LawbookFault(_("年份应在 %(first)d 至 %(last)d 之间") % {"first": FIRST_YEAR, "last": LAST_YEAR}, "year")
    check_year(year, f"{year.year} 年")
    if year.status == PUBLISHED and not source:
        raise LawbookFault(_("已公布的安排应写明依据的通知"), "source")
    if year.status == PUBLISHED and not year.holidays:
        raise LawbookFault(_("已公布的安排没有写放假日期"), "days_off")
    with journal.change():
        _open_edition()
        before = context(division).holidays.year(year.year)
        if before == year and _alive(Arrangement, division).filter(year=year.year, source=source).exists():
            raise LawbookFault(_("与现在的安排相同"), "days_off")
        _end(_alive(Arrangement, division).filter(year=year.year), actor)
        row = Arrangement.objects.create(
            year=year.year, status=year.status, source=source[:200], **_stamp(actor, division, reason)
        )
        HolidayDay.objects.bulk_create(
            [HolidayDay(arrangement=row, day=day, kind=DayKind.OFF, name=name[:60]) for day, name in year.holidays.items()]
            + [HolidayDay(arrangement=row, day=day, kind=DayKind.WORK) for day in sorted(year.workdays)]
        )
        said = {"year": year.year, "status": year.status, "source": source, "reason": reason, **_differences(before, year)}
        change = Change("holidays", frozenset(), frozenset({year.year}), _path(division), f"{year.year} 年放假安排", actor)
        return _done(change, said, division, row.pk)


def restore_holidays(year: int, *, reason: str, actor: Actor, division: Division | None = None) -> int:
    """Go back to the arrangement that is shipped (or inherited). Returns the deadlines moved."""
    reason = _allowed(actor, division, reason)
    with journal.change():
        _open_edition()
        rows = list(_alive(Arrangement, division).filter(year=year))
        if not rows:
            raise LawbookFault(_("%(year)d 年没有本县录入的放假安排") % {"year": year}, "reason")
        before = context(division).holidays.year(year)
        _end(rows, actor)
        reading.forget()
        after = context(division).holidays.year(year)
        said = {"year": year, "status": after.status, "reason": reason, **_differences(before, after)}
        change = Change("holidays", frozenset(), frozenset({year}), _path(division), f"{year} 年恢复原有放假安排", actor)
        return _done(change, said, division, rows[0].pk)


def _allowed(actor: Actor, division: Division | None, reason: str) -> str:
    """The reason, tidied, if the actor may settle things for this division."""
    gate.require(actor, roles.SETTINGS)
    if actor.division_path and (division is None or not gate.divisions_within(actor, [division.pk])):
        raise PermissionDenied(_("这项设置的适用区划不在您的范围内，请由上级平台运行人员设定。"))
    if not reason.strip():
        raise LawbookFault(_("请写明理由，理由将记入日志"), "reason")
    return reason.strip()[:500]


def _open_edition() -> None:
    """Let changes of the settings go one after the other, and give the edition a new token."""
    Edition.objects.bulk_create([Edition(pk=1, token=uuid4())], ignore_conflicts=True)
    Edition.objects.select_for_update().get(pk=1)


def _alive(model: type[Model], division: Division | None) -> Any:
    return model._default_manager.filter(
        Q(division=division) if division else Q(division__isnull=True), ended_at__isnull=True
    ).select_for_update(of=("self",))


def _end(rows: Any, actor: Actor) -> None:
    for row in rows:
        row.ended_by, row.ended_at = str(actor)[:200], clock.now()
        row.save(update_fields=["ended_by", "ended_at"])


def _stamp(actor: Actor, division: Division | None, reason: str) -> dict[str, Any]:
    return {"division": division, "reason": reason, "set_by": str(actor)[:200], "set_at": clock.now()}


def _in_force(rows: list[Choice], day: date | None) -> Choice | None:
    fitting = [one for one in rows if one.since is None or (day is not None and one.since <= day)]
    return max(fitting, key=lambda one: one.since or date.min, default=None)


def _pack_keys(name: str) -> tuple[str, ...]:
    return tuple(key for one in store.with_parents([name]) for key in store.pack(one).keys) if name in store.pack_names() else ()


def _path(division: Division | None) -> str:
    return division.path if division else ""


def _differences(before: HolidayYear, after: HolidayYear) -> dict[str, list[str]]:
    """Which days became off, worked or plain, for the journal."""

    def iso(days: set[date]) -> list[str]:
        return [day.isoformat() for day in sorted(days)]

    off, was_off = set(after.holidays), set(before.holidays)
    return {
        "now_off": iso(off - was_off), "no_longer_off": iso(was_off - off),
        "now_worked": iso(set(after.workdays - before.workdays)), "no_longer_worked": iso(set(before.workdays - after.workdays)),
    }  # fmt: skip


def _done(change: Change, said: dict[str, Any], division: Division | None, pk: int | None = None) -> int:
    """New token, hooks, journal."""
    Edition.objects.filter(pk=1).update(token=uuid4())
    reading.forget()
    try:
        moved = sum(hook(change) for hook in _hooks)
    except LawError as error:
        raise LawbookFault(str(error)) from error
    payload = said | {"division": division.name if division else None, "moved": moved}
    journal.record(Line(str(change.actor), f"law.{change.kind}", KINDS[change.kind], pk, change.words[:300], payload))
    return moved
