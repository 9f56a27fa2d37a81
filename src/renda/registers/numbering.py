"""Numbers for matters that come without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from renda.core import clock
from renda.procedure import kinds, services
from renda.registers.register import Register, Values


def give_numbers(register: Register, rows: Sequence[Values]) -> None:
    """Fill ``number`` where it is empty, from the counter of the office that keeps the matter, the kind and the year in which it opened.

    The office is the division that bounds who sees the record (``Access.division``): two matters of one office never share a number,
    wherever they arose.
    """
    kind = kinds.get(register.matter_kind)
    office = register.access.division or "division"
    waiting: dict[tuple[int, int], list[Values]] = defaultdict(list)
    for row in rows:
        if not row.get("number"):
            opened = row.get(kind.opens)
            waiting[(row.get(office) or row["division"], (opened.date if opened else clock.today()).year)].append(row)
    for (keeper, year), several in waiting.items():
        held = register.records().filter(Q(**{office: keeper}) | Q(division__in={row["division"] for row in several}))
        for row, number in zip(several, _free(kind, keeper, year, held, len(several)), strict=True):
            row["number"] = number


def _free(kind: kinds.MatterKind, keeper: int, year: int, held: QuerySet, count: int) -> list[str]:
    """``count`` numbers that nobody holds; imported numbers may stand in the counter's way."""
    free: list[str] = []
    while len(free) < count:
        block = [
            kind.number.format(year=year, n=n) for n in services.next_numbers(kind.code, keeper, str(year), count - len(free))
        ]
        taken = set(held.filter(number__in=block).values_list("number", flat=True))
        free += [number for number in block if number not in taken]
    return free
