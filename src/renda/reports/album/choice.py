"""What the clerk chose for the album, kept in the register 工作图册 (a picture there is known by its title and day)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.journal.services import change
from renda.outreach.models import AlbumPicture
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, Refused, save, void
from renda.reports.album.candidates import Candidate

REGISTER = "outreach.album"
MOST = 300
PER_PAGE = (2, 4)


@dataclass(frozen=True)
class Chosen:
    """One picture of the album with its caption, under its chapter."""

    candidate: Candidate
    caption: str
    chapter: str


@dataclass
class Choice:
    """An album: whose, of which year, how many pictures a page (two above one another, or a two by two grid on A4 across)."""

    year: int
    division: Division
    pictures: list[Chosen]
    title: str = ""
    per_page: int = 2
    chapters: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.per_page not in PER_PAGE:
            raise ValueError(f"{self.per_page} pictures a page: only {PER_PAGE} are laid out")
        self.title = self.title or f"{self.year}年工作图册"
        self.chapters = self.chapters or list(dict.fromkeys(one.chapter for one in self.pictures))

    def by_chapter(self) -> dict[str, list[Chosen]]:
        """The pictures under their chapters, in the order of the chapters."""
        found = {chapter: [one for one in self.pictures if one.chapter == chapter] for chapter in self.chapters}
        return {chapter: pictures for chapter, pictures in found.items() if pictures}


def remembered(year: int, division: Division) -> dict[tuple[str, date], AlbumPicture]:
    """What the register holds of a year's album, by title and day."""
    rows = AlbumPicture.objects.alive().filter(division=division, taken_on__year=year)
    return {(row.title, row.taken_on): row for row in rows}


def remember(choice: Choice, offered: Sequence[Candidate], *, actor: Actor) -> tuple[int, int]:
    """Keep the choice: chosen pictures are entered or brought up to date, offered ones that are chosen no more are voided.

    One transaction, journalled. Returns how many are chosen and how many were taken out. Raises PermissionDenied, and Refused with
    more than `MOST` pictures or where a caption cannot be kept.
    """
    if len(choice.pictures) > MOST:
        raise Refused(
            _("一本图册最多 %(most)d 张图片，现在选了 %(n)d 张。请减少一些。") % {"most": MOST, "n": len(choice.pictures)}
        )
    register, held = registry.get(REGISTER), remembered(choice.year, choice.division)
    kept = {one.candidate.key for one in choice.pictures}
    dropped = [held[one.key].pk for one in offered if one.key in held and one.key not in kept]
    with change():
        if choice.pictures:
            save(register, _changes(choice, held, actor), actor=actor)
        if dropped:
            void(register, dropped, reason=_("未选入%(title)s") % {"title": choice.title}, actor=actor)
    return len(choice.pictures), len(dropped)


def _changes(choice: Choice, held: dict[tuple[str, date], AlbumPicture], actor: Actor) -> list[Change]:
    register, pictures = registry.get(REGISTER), choice.pictures
    raw: dict[str, list[Any]] = {
        "title": [one.candidate.title for one in pictures], "taken_on": [one.candidate.on for one in pictures],
        "chapter": [one.chapter for one in pictures], "caption": [one.caption for one in pictures],
        "source": [one.candidate.source for one in pictures],
    }  # fmt: skip
    reading = read_rows(register, raw, ReadContext(actor, choice.division.pk, choice.year))
    if reading.faults:
        place, reasons = next(iter(reading.faults.items()))
        raise Refused(
            _("“%(title)s”：%(reason)s") % {"title": pictures[place].candidate.title, "reason": "；".join(reasons.values())}
        )
    rows = zip(pictures, reading.values, reading.keys, strict=True)
    fresh = []
    for one, values, key in rows:
        row = held.get(one.candidate.key)
        if row is None:
            fresh.append(Change({**values, "division": choice.division.pk}, None, key))
        elif (row.chapter, row.caption, row.source) != (one.chapter, one.caption, one.candidate.source):
            fresh.append(Change({name: values[name] for name in ("chapter", "caption", "source")}, row.pk, row.natural_key))
    return fresh
