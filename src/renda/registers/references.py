"""References between registers: from written labels to records and back, in sets.

A record is written by its label. Where the county has several of one label, a bracket tells them apart: 道路硬化（2020年）,
人大代表之家（龙潭镇）, 关于…的建议（2021-003）. What is written so means the same record when it is read again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core.text import nearest
from renda.directory import names
from renda.directory.models import Division

if TYPE_CHECKING:
    from renda.registers.columns.base import Column, ReadContext
    from renda.registers.register import Register

_BRACKET = re.compile(r"(.+?)\s*[（(]([^（()）]+)[)）]")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s*年度?\s*(.+)")
_BETWEEN = re.compile("[，,；;]")


@dataclass(frozen=True)
class Candidate:
    """A record that a label may mean. ``traits``: what tells it from others of its label, the best first, each in its writings."""

    pk: int
    label: str
    traits: tuple[tuple[str, ...], ...]
    year: int | None = None

    def fits(self, qualifier: str) -> bool:
        """Whether each part of the words in brackets is one of its traits."""
        words = {word for writings in self.traits for word in writings}
        return all(part.strip() in words for part in _BETWEEN.split(qualifier))

    def writings(self) -> Iterable[str]:
        """Its label with one trait in brackets, the best first; at last with all of them."""
        shown = [writings[0] for writings in self.traits]
        yield from (f"{self.label}（{word}）" for word in shown)
        yield f"{self.label}（{'，'.join(shown)}）"


Found = Mapping[str, list[Candidate]]


def register(code: str) -> Register:
    """The register with this code."""
    from renda.registers import registry

    return registry.get(code)


def find(to: str, texts: set[str], context: ReadContext) -> dict[str, list[Candidate]]:
    """Records of a register in the county that each text may mean: by label or other name, else by the label before its bracket.

    Several of one label are narrowed to those of the year in the sheet's title, where that leaves any.
    """
    if not texts:
        return {}
    scope = Division.objects.subtree(names.county_path(context.division_id))
    found = _by_label(register(to), texts, scope)
    _add_qualified(register(to), texts - found.keys(), scope, found)
    return {text: _of_year(several, context.year) for text, several in found.items()}


def _by_label(target: Register, texts: set[str], scope: Any) -> dict[str, list[Candidate]]:
    pks: dict[str, list[int]] = defaultdict(list)
    for path in target.reference_paths:
        rows = target.records().filter(Q(**{f"{path}__in": texts - pks.keys()}), division__in=scope)
        for pk, text in rows.values_list("pk", path):
            pks[text].append(pk)
    several = candidates(target, {pk for ids in pks.values() if len(ids) > 1 for pk in ids})
    return {text: [several.get(pk) or Candidate(pk, text, ()) for pk in ids] for text, ids in pks.items()}


def _add_qualified(target: Register, texts: set[str], scope: Any, found: dict[str, list[Candidate]]) -> None:
    split = {text: list(_split(text)) for text in texts}
    labels_wanted = {label for ways in split.values() for label, _ in ways}
    if not labels_wanted:
        return
    rows = target.records().filter(Q(**{f"{target.label_path}__in": labels_wanted}), division__in=scope)
    by_label: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates(target, set(rows.values_list("pk", flat=True))).values():
        by_label[one.label].append(one)
    for text, ways in split.items():
        fitting = [one for label, qualifier in ways for one in by_label[label] if one.fits(qualifier)]
        if fitting:
            found[text] = fitting


def _split(text: str) -> Iterable[tuple[str, str]]:
    """Ways to read a text as a label with what tells it apart: 道路硬化（2020年）, 2020年道路硬化."""
    bracket, year = _BRACKET.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    if bracket:
        yield bracket[1], bracket[2].strip()
    if year:
        yield year[2], year[1]


def _of_year(several: list[Candidate], year: int | None) -> list[Candidate]:
    here = [one for one in several if year and one.year == year]
    return here if len(several) > 1 and here else several


def candidates(target: Register, ids: set[int]) -> dict[int, Candidate]:
    """Records with what tells them from others of the same label, in a constant number of queries."""
    if not ids:
        return {}
    columns = [target.by_field[name] for name in _telling(target)]
    paths = [*dict.fromkeys([*filter(None, [target.date]), *(_path(column) for column in columns), "division__name"])]
    found = {}
    for row in target.model._default_manager.filter(pk__in=ids).values("pk", target.label_path, *paths):
        found[row["pk"]] = _candidate(target, columns, row)
    return found


def _telling(target: Register) -> list[str]:
    """Columns that tell records of one label apart: number and year, then the natural key's others. Secret ones never."""
    named = [name for name in ("number", "year") if name in target.by_field]
    return [
        name
        for name in dict.fromkeys([*named, *target.key, *target.second_key])
        if name not in (target.label, "division") and not target.by_field[name].secret and _readable(target.by_field[name])
    ]


def _readable(column: Column) -> bool:
    return column.kind in ("ref", "person") or not column.related


def _path(column: Column) -> str:
    if column.kind == "person":
        return f"{column.field}__name"
    return str(column.sort_path) if column.kind == "ref" else column.field


def _candidate(target: Register, columns: Iterable[Column], row: Mapping[str, Any]) -> Candidate:
    on: date | None = row[target.date] if target.date else None
    traits = {column.field: _writings(column, row[_path(column)]) for column in columns}
    year = row.get("year") or (on.year if on else None)
    if year:
        traits["year"] = (f"{year}年", str(year), f"{year}年度")
    if on:
        traits["on"] = _days(on)
    traits["division"] = (row["division__name"],)
    best = ["year", "number", "on", "division"] if "year" in target.key else ["number", "year", "on", "division"]
    order = [*(name for name in best if name in traits), *(name for name in traits if name not in best)]
    label = str(row[target.label_path] or "")
    return Candidate(row["pk"], label, tuple(traits[name] for name in order if traits[name]), year)


def _writings(column: Column, value: Any) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if isinstance(value, date):
        return _days(value)
    return (str(getattr(column, "choices", {}).get(value, value)),)


def _days(on: date) -> tuple[str, ...]:
    return on.isoformat(), f"{on.year}年{on.month}月{on.day}日", f"{on.year}.{on.month}.{on.day}", f"{on.year}年{on.month}月"


def labels(to: str, ids: Iterable[int]) -> dict[int, str]:
    """What records are written as: their labels, with a bracket where their county has several of a label."""
    wanted = set(ids)
    if not wanted:
        return {}
    target = register(to)
    shown = dict(target.model._default_manager.filter(pk__in=wanted).values_list("pk", target.label_path).order_by())
    return shown | _told_apart(target, shown)


def written_apart(to: str, several: Iterable[Candidate]) -> list[str]:
    """How records of one label are written so that each is told from the others."""
    shown = labels(to, [one.pk for one in several])
    return [shown[one.pk] for one in several]


def _told_apart(target: Register, shown: Mapping[int, str]) -> dict[int, str]:
    same = _same_label(target, set(shown.values()))
    several: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    found = candidates(target, set(same))
    for pk, one in found.items():
        several[same[pk], one.label].append(one)
    groups = [group for group in several.values() if len(group) > 1]
    texts = {text for group in groups for one in group for text in one.writings()}
    taken = _existing(target, texts) if texts else set()
    return {one.pk: _writing(one, group, taken) for group in groups for one in group if one.pk in shown}


def _existing(target: Register, texts: set[str]) -> set[str]:
    """Those of the texts that are some record's own label: a reader would take them for that one."""
    rows = target.records().filter(Q(**{f"{target.label_path}__in": texts}))
    return set(rows.values_list(target.label_path, flat=True))


def _writing(one: Candidate, group: list[Candidate], taken: set[str]) -> str:
    others = [other for other in group if other.pk != one.pk]
    for text in one.writings():
        bracket = _BRACKET.fullmatch(text)
        if bracket and text not in taken and not any(other.fits(bracket[2]) for other in others):
            return text
    return one.label


def _same_label(target: Register, texts: set[str]) -> dict[int, str]:
    """Living records whose label another one of their county bears too → the county's path. By the search index, which has the labels."""
    from renda.registers.models import SearchEntry

    entries = SearchEntry.objects.filter(register=target.code, label__in={text[:300] for text in texts if text})
    rows = list(entries.values_list("record_id", "label", "division__path"))
    seen: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, label, path in rows:
        seen[label].append((pk, path))
    several = [entry for group in seen.values() if len(group) > 1 for entry in group]
    counties = names.county_paths({path for _, path in several})
    return {pk: counties[path] for pk, path in several}


def near(to: str, text: str) -> str:
    """A hint naming the label nearest to a text that was not found."""
    target = register(to)
    known = target.records().order_by("-pk").values_list(target.label_path, flat=True)[:2000]
    found = nearest(text, list(known), 1)
    return _("（是否为“%(found)s”）") % {"found": found[0]} if found else ""
