"""How evenly seats stand for people: population per seat of each district, and how far that is from the mean (选举法 15, 26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from renda.elections.models import ElectoralDistrict


@dataclass(frozen=True)
class Share:
    """A district's part: ``per_seat`` persons for each seat, ``deviation`` from the mean in percent (None without a population)."""

    district: ElectoralDistrict
    seats: int
    population: int | None
    per_seat: float | None = None
    deviation: float | None = None

    @property
    def each(self) -> int | None:
        """Persons for each seat, rounded as pages show them."""
        return None if self.per_seat is None else round(self.per_seat)


def shares(districts: Sequence[ElectoralDistrict], seats: Sequence[int] | None = None) -> list[Share]:
    """The share of each district of one congress, with other numbers of seats than its own where ``seats`` gives them."""
    numbers = [one.seats for one in districts] if seats is None else list(seats)
    people = [one.population or 0 for one in districts]
    parts = deviations(people, numbers)
    return [
        Share(one, number, one.population, people[n] / number if people[n] and number else None, _percent(parts[n]))
        for n, (one, number) in enumerate(zip(districts, numbers, strict=True))
    ]


def deviations(people: Sequence[int], seats: Sequence[int]) -> list[Fraction | None]:
    """By how much of the mean each district's population per seat differs from it, exactly; None where no population is known.

    The mean is that of the districts whose population is known: all their people by all their seats.
    """
    known = [n for n, number in enumerate(people) if number and seats[n]]
    total = sum(seats[n] for n in known)
    if not total:
        return [None] * len(people)
    mean = Fraction(sum(people[n] for n in known), total)
    return [Fraction(people[n], seats[n]) / mean - 1 if people[n] and seats[n] else None for n in range(len(people))]


def largest(people: Sequence[int], seats: Sequence[int]) -> Fraction:
    """The largest deviation without its sign; 0 where none is known."""
    return max((abs(one) for one in deviations(people, seats) if one is not None), default=Fraction(0))


def _percent(part: Fraction | None) -> float | None:
    return None if part is None else float(part * 100)
