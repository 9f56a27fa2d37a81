"""From written names to rows: divisions, organs and people, looked up in sets. Names that fit two are never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from renda.directory.models import Division, Person


@dataclass(frozen=True)
class Candidate:
    """A person that a name may mean, with what tells people of one name apart. ``above``: names of the county and what lies above it."""

    pk: int
    name: str
    division: str
    birth: str
    employer: str
    districts: tuple[str, ...] = ()
    above: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.name}（{'，'.join(part for part in (self.division, self.birth, self.employer) if part)}）"

    def fits(self, qualifier: str) -> bool:
        """Whether the words in brackets behind a name mean this person: division, birth month, employer or electoral district.

        A county's own name means those who belong to the county itself: deputies above it are elected by it, and every employer of
        the county's bears its name.
        """
        if not qualifier:
            return True
        return (
            qualifier == self.division
            or (len(qualifier) >= 4 and self.birth.startswith(qualifier))
            or (qualifier not in self.above and any(qualifier in text for text in (self.employer, *self.districts)))
        )


def county_path(division_id: int) -> str:
    """The path of the county that a division lies in (its own path where it lies in none)."""
    division = Division.objects.get(pk=division_id)
    parts = division.path.split(".")
    ancestors = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    county = Division.objects.filter(path__in=ancestors, level="county").first()
    return (county or division).path


def county_paths(paths: Iterable[str]) -> dict[str, str]:
    """For each division's path that of the county it lies in (its own where it lies in none)."""
    ancestors = {path: [".".join(path.split(".")[:n]) for n in range(path.count(".") + 1, 0, -1)] for path in set(paths)}
    wanted = {above for several in ancestors.values() for above in several}
    counties = set(Division.objects.filter(path__in=wanted, level="county").values_list("path", flat=True)) if wanted else set()
    return {path: next((above for above in several if above in counties), path) for path, several in ancestors.items()}


def divisions_by_word(path: str) -> dict[str, int]:
    """Every code and name in the county's subtree and among its ancestors → division id. Divisions in force go before those that were
    (a code changes, the name stays); names that fit two are left out."""
    parts = path.split(".")
    ancestors = [".".join(parts[:n]) for n in range(1, len(parts))]
    rows = list(Division.objects.subtree(path).values_list("pk", "code", "name", "valid_to"))
    rows += list(Division.objects.filter(path__in=ancestors).values_list("pk", "code", "name", "valid_to"))
    found: dict[str, dict[bool, set[int]]] = defaultdict(lambda: {True: set(), False: set()})
    for pk, code, name, ended in rows:
        for word in (code, name):
            found[word][ended is None].add(pk)
    meant = {word: pks[True] or pks[False] for word, pks in found.items()}
    return {word: next(iter(pks)) for word, pks in meant.items() if len(pks) == 1}


def division_words(ids: Iterable[int]) -> dict[int, str]:
    """What divisions are written as: their names, or their codes where the county has two in force of one name."""
    wanted = {one.pk: one for one in Division.objects.filter(pk__in=set(ids))}
    same: dict[str, set[str]] = defaultdict(set)
    for name, path in Division.objects.filter(name__in={one.name for one in wanted.values()}).values_list("name", "path"):
        same[name].add(path)
    doubtful = {path for paths in same.values() if len(paths) > 1 for path in paths}
    counties = county_paths(doubtful) if doubtful else {}
    return {pk: _division_word(one, same[one.name], counties) for pk, one in wanted.items()}


def _division_word(one: Division, same: set[str], counties: dict[str, str]) -> str:
    others = [path for path in same if path != one.path and counties[path] == counties[one.path]]
    return one.code if others else one.name


def people_by_name(names: Iterable[str], path: str) -> dict[str, list[Candidate]]:
    """The living people of the county with these names."""
    people = Person.objects.alive().filter(name__in=set(names), division__in=Division.objects.subtree(path))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one in _candidates(people):
        found[one.name].append(one)
    return found


def _candidates(people: Any) -> list[Candidate]:
    rows = list(people.values_list("pk", "name", "division__name", "birth_date", "employer", "division__path"))
    above = _names_above({path for *_, path in rows})
    districts: dict[int, list[str]] = defaultdict(list)
    for pk, district in people.filter(mandates__isnull=False).values_list("pk", "mandates__electoral_district"):
        districts[pk].append(district or "")
    return [
        Candidate(pk, name, division, birth.isoformat() if birth else "", employer, tuple(districts.get(pk, ())), above)
        for pk, name, division, birth, employer, _ in rows
    ]


def _names_above(paths: Iterable[str]) -> frozenset[str]:
    """Names of the counties that the paths lie in, and of what lies above these."""
    ancestors = {".".join(path.split(".")[:n]) for path in paths for n in range(1, path.count(".") + 2)}
    return frozenset(Division.objects.filter(path__in=ancestors).exclude(level="township").values_list("name", flat=True))


def qualified_names(ids: Sequence[int]) -> dict[int, str]:
    """People's names, with what tells them apart where the county has two of a name. What is written means this one when read again."""
    wanted = {one.pk: one for one in _candidates(Person.objects.filter(pk__in=set(ids)))}
    same: dict[str, list[Candidate]] = defaultdict(list)
    for one in _candidates(Person.objects.alive().filter(name__in={one.name for one in wanted.values()})):
        same[one.name].append(one)
    return {pk: _qualified(one, same[one.name]) for pk, one in wanted.items()}


def _qualified(one: Candidate, same: Sequence[Candidate]) -> str:
    others = [other for other in same if other.pk != one.pk]
    if not others:
        return one.name
    for part in (one.division, one.birth, one.employer):
        if part and not any(other.fits(part) for other in others):
            return f"{one.name}（{part}）"
    return one.name
