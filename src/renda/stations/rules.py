"""Rules over whole rows of the room's registers, and what is filled in where a cell is left empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.registers.register import Fault, Values

RECEPTION = "代表接待日"


def name_receptions(rows: Sequence[Values]) -> None:
    """A reception day without a topic is called 代表接待日."""
    for row in rows:
        if "title" in row and not row["title"]:
            row["title"] = RECEPTION


def persons_cover_batches(rows: Sequence[Values]) -> Iterable[Fault]:
    """Each batch is at least one person."""
    for index, row in enumerate(rows):
        if row.get("batches") and row.get("persons") is not None and row["persons"] < row["batches"]:
            yield (
                index,
                "persons",
                _("接待 %(batches)s 批却只有 %(persons)s 人次，请核对") % {"batches": row["batches"], "persons": row["persons"]},
            )


def answered_in_order(rows: Sequence[Values]) -> Iterable[Fault]:
    """Nothing happens to an opinion before it was received."""
    later = (("answered", "现场答复"), ("transferred", "转交"), ("resolved", "办结"), ("told", "反馈群众"))
    for index, row in enumerate(rows):
        received = row.get("received")
        for field, word in later:
            if received and row.get(field) and _before(row[field], received):
                yield index, field, _("%(word)s日期早于收集日期，请核对") % {"word": word}


def _before(later: object, first: object) -> bool:
    """Whether one date surely lies before the other; a month or a year says nothing within itself."""
    size = {"day": 10, "month": 7, "year": 4}
    length = min(size[later.precision], size[first.precision])  # type: ignore[attr-defined]
    return later.date.isoformat()[:length] < first.date.isoformat()[:length]  # type: ignore[attr-defined]
