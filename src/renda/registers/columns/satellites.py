"""Columns whose value stands in the engines' tables: a matter's milestones, an activity's people and head counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, cast

from django.utils.translation import gettext as _

from renda.activities.models import Attendance, Capacity, HeadCount, Participation
from renda.core import bulk, cells
from renda.core.cells import CellError, DateValue, Precision
from renda.directory import names
from renda.procedure import services as procedure
from renda.procedure.models import Milestone as MilestoneRow
from renda.registers.columns.base import Column, Errors, ReadContext, read_each
from renda.registers.columns.links import pick_person
from renda.registers.columns.plain import written


@dataclass(kw_only=True)
class Milestone(Column):
    """A dated milestone of a matter; ``field`` is the milestone's code. Months and years are accepted and kept as such."""

    kind: ClassVar[str] = "milestone"
    related: ClassVar[bool] = True

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        return read_each(lambda raw: cells.read_date(raw, year=context.year), values, None)

    def cell(self, value: DateValue) -> Any:
        return written(value)

    def key_text(self, value: Any) -> str:
        return str(written(value)) if value else ""

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        rows = MilestoneRow.objects.filter(matter_id__in=ids, code=self.field).values_list("matter_id", "on", "precision")
        found = {matter: DateValue(on, cast(Precision, precision)) for matter, on, precision in rows}
        return {pk: found.get(pk) for pk in ids}

    def store(self, values: Mapping[int, Any]) -> None:
        procedure.set_milestones(self.field, values)


class Attended(NamedTuple):
    """Who took part: people by primary key, and how many more unnamed (None: none were counted)."""

    people: tuple[int, ...] = ()
    unnamed: int | None = None


@dataclass(kw_only=True)
class People(Column):
    """People who took part in an activity, in one capacity: 张三、李四. With ``rest``, 32人 and 张三、李四等12人 are understood too:
    those not named are a head count of that class."""

    field: str = "people"
    capacity: str = Capacity.DEPUTY
    attendance: str = Attendance.PRESENT
    rest: str = ""
    kind: ClassVar[str] = "people"
    related: ClassVar[bool] = True
    people_path: ClassVar[str] = "participations__person"

    @property
    def empty(self) -> Attended:
        return Attended()

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        parsed, errors = read_each(self._split, values, None)
        wanted = {name.name for cell in parsed if cell for name in cell.names}
        found = names.people_by_name(wanted, names.county_path(context.division_id))
        result, more = read_each(lambda cell: self._attended(cell, found), parsed, self.empty)
        return result, more | errors

    def _split(self, raw: Any) -> _Cell:
        people = cells.split_people(raw)
        if people.head_count is not None and not self.rest:
            raise CellError(_("“%(raw)s”含有人数，此栏只填姓名") % {"raw": raw})
        return _Cell(tuple(people.names), people.head_count)

    def _attended(self, cell: _Cell, found: Mapping[str, list[names.Candidate]]) -> Attended:
        people = tuple(dict.fromkeys(pick_person(name, found) for name in cell.names))
        if cell.total is None:
            return Attended(people)
        if cell.total < len(people):
            raise CellError(
                _("写明共 %(total)s 人，却列了 %(people_count)s 个姓名") % {"total": cell.total, "people_count": len(people)}
            )
        return Attended(people, (cell.total - len(people)) or None)

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = names.qualified_names([pk for value in values if value for pk in value.people])
        return [_attended_text(value, shown) for value in values]

    def key_text(self, value: Any) -> str:
        return ",".join(str(pk) for pk in sorted(value.people)) + (f"+{value.unnamed}" if value.unnamed else "") if value else ""

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = self._rows().filter(activity_id__in=ids).order_by("pk").values_list("activity_id", "person_id")
        for activity, person in rows:
            found[activity].append(person)
        unnamed = dict(self._head_counts(ids).values_list("activity_id", "count")) if self.rest else {}
        return {pk: Attended(tuple(found[pk]), unnamed.get(pk)) for pk in ids}

    def store(self, values: Mapping[int, Any]) -> None:
        self._rows().filter(activity_id__in=list(values)).delete()
        rows = [
            {"activity_id": activity, "person_id": person, "capacity": self.capacity, "attendance": self.attendance}
            for activity, value in values.items()
            for person in (value.people if value else ())
        ]
        bulk.insert_plain(Participation, rows)
        if self.rest:
            store_head_counts(self.rest, {activity: value.unnamed if value else None for activity, value in values.items()})

    def _rows(self) -> Any:
        return Participation.objects.filter(capacity=self.capacity, attendance=self.attendance)

    def _head_counts(self, ids: Sequence[int]) -> Any:
        return HeadCount.objects.filter(activity_id__in=ids, people_class=self.rest)


class _Cell(NamedTuple):
    names: tuple[cells.PersonName, ...]
    total: int | None


def _attended_text(value: Attended | None, shown: Mapping[int, str]) -> str | None:
    if not value or not (value.people or value.unnamed):
        return None
    listed = "、".join(shown[pk] for pk in value.people)
    if not value.unnamed:
        return listed
    return f"{listed}等{len(value.people) + value.unnamed}人" if listed else f"{value.unnamed}人"


@dataclass(kw_only=True)
class HeadCountOf(Column):
    """How many people of a class took part unnamed."""

    people_class: str
    unit: str = "人"
    kind: ClassVar[str] = "head_count"
    related: ClassVar[bool] = True

    def read_one(self, raw: Any) -> int:
        value = cells.read_whole(raw)
        if not 0 <= value <= 10_000_000:
            raise CellError(_("人数 %(value)s 不合理") % {"value": value})
        return value

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        rows = HeadCount.objects.filter(activity_id__in=ids, people_class=self.people_class).values_list("activity_id", "count")
        found = dict(rows)
        return {pk: found.get(pk) for pk in ids}

    def store(self, values: Mapping[int, Any]) -> None:
        store_head_counts(self.people_class, values)


def store_head_counts(people_class: str, values: Mapping[int, int | None]) -> None:
    """Replace the head counts of a class of people (activity id → count or None)."""
    HeadCount.objects.filter(activity_id__in=list(values), people_class=people_class).delete()
    rows = [{"activity_id": a, "people_class": people_class, "count": n} for a, n in values.items() if n is not None]
    bulk.insert_plain(HeadCount, rows)
