"""Which pictures there are of a year's work, and what a caption would say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from renda.core.money import format_money
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.files.kinds import PICTURES
from renda.files.models import Attachment
from renda.registers import loading, registry
from renda.registers.columns import Column
from renda.registers.register import Register
from renda.ui import addresses, rooms

FACTS = 2
NOT_TOLD = {"year", "term_number", "ordinal", "expected", "on_leave"}
CAPTION_MOST = 200


@dataclass(frozen=True)
class Candidate:
    """A picture that could stand in the album: the record it belongs to, and what a caption would say.

    `place` counts the pictures of one record from 1; `title` is unique within the record.
    """

    attachment: int
    digest: str
    width: int
    height: int
    register: str
    record: int
    title: str
    on: date
    room: str
    caption: str
    source: str
    url: str
    division: int

    @property
    def month(self) -> str:
        """The month as a chapter of the album: 3月."""
        return f"{self.on.month}月"

    @property
    def key(self) -> tuple[str, date]:
        """What the picture is known by in the register of the album."""
        return self.title, self.on


def candidates(year: int, division: Division, *, actor: Actor) -> list[Candidate]:
    """Pictures of the year's records in a division that the actor may see, by day. One with no date of its record goes by its own."""
    found: list[Candidate] = []
    attached: dict[str, list[Attachment]] = defaultdict(list)
    known = {register.code for register in registry.all_registers()}
    for row in (
        Attachment.objects.filter(voided_at__isnull=True, secret=False, file__media_type__in=PICTURES, register__in=known)
        .select_related("file")
        .order_by("pk")
    ):
        attached[row.register].append(row)
    for code, rows in attached.items():
        register = registry.get(code)
        if gate.may(actor, roles.VIEW, register.model):
            found += _of_register(register, rows, year, division, actor)
    return sorted(found, key=lambda one: (one.on, one.register, one.record, one.attachment))


def _of_register(register: Register, rows: list[Attachment], year: int, division: Division, actor: Actor) -> list[Candidate]:
    area = Division.objects.subtree(division.path).values("pk")
    wanted = register.records().filter(pk__in={row.record_id for row in rows}, division__in=area)
    dated = dict(gate.visible_to(actor, wanted).values_list("pk", register.date)) if register.date else {}
    if not register.date:
        dated = dict.fromkeys(gate.visible_to(actor, wanted).values_list("pk", flat=True))
    days = {row.pk: dated[row.record_id] or row.taken_on for row in rows if row.record_id in dated}
    on = {pk: day for pk, day in days.items() if day and day.year == year}
    chosen = [row for row in rows if row.pk in on]
    told = [column for column in register.columns if not column.secret]
    values = loading.load(register, list({row.record_id for row in chosen}), told)
    places: dict[int, int] = defaultdict(int)
    found = []
    for row in chosen:
        places[row.record_id] += 1
        found.append(_candidate(register, row, on[row.pk], values[row.record_id], places[row.record_id]))
    return found


def _candidate(register: Register, row: Attachment, day: date, values: dict[str, Any], place: int) -> Candidate:
    label = register.by_field[register.label]
    name = str((not label.secret and loading.as_cells([label], [values])[0][0]) or register.name)
    title = name if place == 1 else f"{name}（{place}）"
    return Candidate(
        attachment=row.pk, digest=row.file.digest, width=row.file.width or 1, height=row.file.height or 1, register=register.code,
        record=row.record_id, title=title[:100], on=day, room=register.room, source=f"{register.name}：{name}"[:200],
        caption=row.caption or caption(register, name, day, values), url=addresses.of_record(register, row.record_id),
        division=row.division_id,
    )  # fmt: skip


def caption(register: Register, name: str, day: date, values: dict[str, Any]) -> str:
    """Day, place, what, and figures: 3月12日，龙潭镇。义务教育均衡发展视察。参加代表7人。"""
    when = f"{day.month}月{day.day}日"
    place = str(values.get("place") or "")
    told = "，".join(facts(register, values))
    text = f"{when}，{place}。{name}" if place and place not in name else f"{when}，{name}"
    return f"{text}（{told}）"[:CAPTION_MOST] if told else text[:CAPTION_MOST]


def facts(register: Register, values: dict[str, Any]) -> list[str]:
    """The figures of a record that a caption tells: people who took part, numbers and amounts; never a secret."""
    told = (_fact(column, values.get(column.field)) for column in register.columns if not column.secret)
    return [fact for fact in told if fact][:FACTS]


def _fact(column: Column, value: Any) -> str:
    if not value or column.field in NOT_TOLD:
        return ""
    if column.kind == "people" and hasattr(value, "people"):
        number = len(value.people) + (value.unnamed or 0)
        return f"{column.name}{number}人" if number else ""
    if column.kind == "whole":
        return f"{column.name}{value:,}"
    if column.kind == "money":
        return f"{column.name}{format_money(value)}"
    return ""


def in_chapters(found: Iterable[Candidate], by: str) -> dict[str, list[Candidate]]:
    """Candidates under the chapters they would stand in: by room, in the rooms' order, or by month. Chapters are Chinese, as the album is."""
    found = list(found)
    chapters: dict[str, list[Candidate]] = {}
    if by == "month":
        for one in found:
            chapters.setdefault(one.month, []).append(one)
        return chapters
    order = list(rooms.ROOMS)
    with translation.override("zh-hans"):
        for one in sorted(found, key=lambda c: (order.index(c.room), c.on)):
            chapters.setdefault(rooms.label(one.room), []).append(one)
    return chapters
