"""What an indicator counts: plain measures over a population, and measures made of other indicators."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, F, FloatField, Func
from django.db.models import Sum as DatabaseSum
from django.db.models.aggregates import Aggregate
from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Rows:
    """The records themselves, each once however many rows a breakdown joins."""

    def aggregate(self) -> Aggregate:
        return Count("pk", distinct=True)


@dataclass(frozen=True)
class Distinct:
    """Different values of a look-up: laws, units, persons."""

    path: str

    def aggregate(self) -> Aggregate:
        return Count(self.path, distinct=True)


@dataclass(frozen=True)
class Sum:
    """The sum of a number or an amount (an expression is possible)."""

    of: str | Combinable

    def aggregate(self) -> Aggregate:
        return DatabaseSum(self.of)


@dataclass(frozen=True)
class Average:
    """The plain average of a number; None where nothing is counted."""

    of: str | Combinable

    def aggregate(self) -> Aggregate:
        return Avg(self.of)


@dataclass(frozen=True)
class AverageDays:
    """The average number of days from one date to another; records that lack one are left out."""

    start: str
    end: str

    def aggregate(self) -> Aggregate:
        days = Func(F(self.end), F(self.start), arg_joiner=" - ", template="(%(expressions)s)", output_field=FloatField())
        return Avg(days)


Plain = Rows | Distinct | Sum | Average | AverageDays


@dataclass(frozen=True)
class SumOf:
    """The sum of other indicators (kinds that do not overlap: 视察 and 调研; the named and the unnamed)."""

    codes: tuple[str, ...]

    def __init__(self, *codes: str) -> None:
        object.__setattr__(self, "codes", codes)


@dataclass(frozen=True)
class Ratio:
    """One indicator in per cent of another; None over an empty denominator."""

    part: str
    whole: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators it is made of."""
        return (self.part, self.whole)


@dataclass(frozen=True)
class Quotient(Ratio):
    """One indicator divided by another."""


@dataclass(frozen=True)
class Difference(Ratio):
    """One indicator less another."""


@dataclass(frozen=True)
class ChangeOf:
    """The change of an indicator against the period before, in per cent of that period's value; in points where it is itself a ratio."""

    code: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicator it is made of."""
        return (self.code,)


@dataclass(frozen=True)
class RankOf:
    """The place of one group among the groups of a breakdown, the largest value first: 1 is the top; equal values share a place."""

    code: str
    by: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicator it is made of."""
        return (self.code,)


Made = SumOf | Ratio | ChangeOf | RankOf
