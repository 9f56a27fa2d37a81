"""What must hold of the settings about the law: what is in force is still offered by the law files."""

from __future__ import annotations

from collections.abc import Iterator

from renda.core.checking import Fault, rule
from renda.law import LawError, pack_names, parameter, store
from renda.law.calendars import check_year
from renda.lawbook.models import Choice, HolidayYear, PackUse, Setting
from renda.lawbook.reading import arrangement_of


@rule("law.packs", "启用的地方规定平台都收录")
def packs() -> Iterator[Fault]:
    """Packs in use that the law files no longer hold."""
    for use in PackUse.objects.filter(ended_at__isnull=True).select_related("division"):
        if use.pack not in pack_names():
            yield Fault(_where(use), f"启用了“{use.pack}”，平台没有收录，请重新启用地方规定")


@rule("law.choices", "本县的选择都是现在还可以选的")
def choices() -> Iterator[Fault]:
    """Choices on keys that nobody may choose any more, or of values that are no longer offered."""
    for row in Choice.objects.filter(ended_at__isnull=True).select_related("division"):
        if row.key not in store.choosable():
            yield Fault(_where(row), f"{row.key} 现在不由本县选择，请撤销")
            continue
        try:
            parameter(row.key, as_of=row.set_at.date(), choices={row.key: row.value})
        except LawError as error:
            yield Fault(_where(row), str(error))


@rule("law.holidays", "放假安排的日期都在当年，没有既放假又上班的")
def holidays() -> Iterator[Fault]:
    """Arrangements that cannot be."""
    for year in HolidayYear.objects.filter(ended_at__isnull=True).select_related("division").prefetch_related("days"):
        try:
            check_year(arrangement_of(year), f"{year.year} 年")
        except LawError as error:
            yield Fault(_where(year), str(error))


def _where(row: Setting) -> str:
    return f"{row.division.name if row.division else '整个平台'}的法律设置"
