"""From written names to rows: divisions, organs and people, looked up in sets. Names that fit two are never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from renda.directory.models import Division, Person


@dataclass(frozen=True)
class Candidate:
    """A person that a name may mean, with what tells people of one name apart."""

    pk: int
    name: str
    division: str
    birth: str
    employer: str
    districts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}（{'，'.join(part for part in (self.division, self.birth, self.employer) if part)}）"

    def fits(self, qualifier: str) -> bool:
        """Whether the words in brackets behind a name mean this person: division, birth month, employer or electoral district."""
        if not qualifier:
            return True
        return (
            qualifier == self.division
            or (len(qualifier) >= 4 and self.birth.startswith(qualifier))
            or (bool(self.employer) and qualifier in self.employer)
            or any(qualifier in district for district in self.districts)
        )


def county_path(division_id: int) -> str:
    """The path of the county that a division lies in (its own path where it lies in none)."""
    division = Division.objects.get(pk=division_id)
    parts = division.path.split(".")
    ancestors = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    county = Division.objects.filter(path__in=ancestors, level="county").first()
    return (county or division).path


def divisions_by_word(path: str) -> dict[str, int]:
    """Every code and name in the county's subtree and among its ancestors → division id; names that fit two are left out."""
    parts = path.split(".")
    ancestors = [".".join(parts[:n]) for n in range(1, len(parts))]
    rows = list(Division.objects.subtree(path).values_list("pk", "code", "name"))
    rows += list(Division.objects.filter(path__in=ancestors).values_list("pk", "code", "name"))
    found: dict[str, set[int]] = defaultdict(set)
    for pk, code, name in rows:
        found[code].add(pk)
        found[name].add(pk)
    return {word: pks.pop() for word, pks in found.items() if len(pks) == 1}


def people_by_name(names: Iterable[str], path: str) -> dict[str, list[Candidate]]:
    """The living people of the county with these names."""
    people = Person.objects.alive().filter(name__in=set(names), division__in=Division.objects.subtree(path))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one in _candidates(people):
        found[one.name].append(one)
    return found


def _candidates(people: Any) -> list[Candidate]:
    rows = people.values_list("pk", "name", "division__name", "birth_date", "employer")
    districts: dict[int, list[str]] = defaultdict(list)
    for pk, district in people.filter(mandates__isnull=False).values_list("pk", "mandates__electoral_district"):
        districts[pk].append(district or "")
    return [
        Candidate(pk, name, division, birth.isoformat() if birth else "", employer, tuple(districts.get(pk, ())))
        for pk, name, division, birth, employer in rows
    ]


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
