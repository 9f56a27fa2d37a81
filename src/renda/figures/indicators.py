"""The declaration of an indicator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, QuerySet

from renda.figures.measures import Made, Plain, Rows

KINDS = ("count", "persons", "person_times", "money", "ratio", "change", "duration", "output", "rank", "stock")


@dataclass(frozen=True)
class Breakdown:
    """A dimension by which a figure is taken apart: a look-up (or an annotation's name) and how its values read."""

    code: str
    name: str
    path: str
    labels: Any = None
    joined: Callable[[QuerySet], QuerySet] | None = None
    """What the records must be joined with before they can be taken apart so; done only when they are."""

    def rows(self, rows: QuerySet) -> QuerySet:
        """The records, joined with what this breakdown looks at."""
        return self.joined(rows) if self.joined else rows

    def label(self, value: Any) -> str:
        """A value as people read it."""
        if value in (None, ""):
            return "未注明"
        if isinstance(value, bool):
            return "是" if value else "否"
        known = dict(getattr(self.labels, "choices", self.labels) or {})
        return str(known.get(value, value))

    def value(self, label: str) -> Any:
        """The value that a label (or the value itself) stands for."""
        known = {str(name): value for value, name in dict(getattr(self.labels, "choices", self.labels) or {}).items()}
        return known.get(label, {"是": True, "否": False, "未注明": None}.get(label, label))


@dataclass(frozen=True)
class Indicator:
    """What is counted, when, and how it may be taken apart. See the package's docstring."""

    code: str
    name: str
    units: tuple[str, ...]
    kind: str
    aliases: tuple[str, ...] = ()
    reference: str | None = None
    population: Callable[[], QuerySet] | None = None
    date: str = ""
    stock: tuple[str, str] | None = None
    count: Plain | Made = field(default_factory=Rows)
    breakdowns: tuple[Breakdown, ...] = ()
    evidence: tuple[str | tuple[str, str], ...] = ()
    register: str | None = None
    division: str = "division"
    about: str = ""
    outside: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"indicator {self.code}: unknown kind {self.kind}")
        if self.made == (self.population is not None):
            raise ValueError(f"indicator {self.code}: a population, or other indicators, not both")
        if self.population and not (self.date or self.stock):
            raise ValueError(f"indicator {self.code}: neither date nor stock")

    @property
    def made(self) -> bool:
        """Whether it is made of other indicators."""
        return isinstance(self.count, Made)

    def aggregate(self) -> Aggregate:
        """The aggregate that counts a plain indicator's population."""
        assert not isinstance(self.count, Made)
        return self.count.aggregate()

    def breakdown(self, code: str) -> Breakdown:
        """A breakdown by code or Chinese name; KeyError where there is none."""
        for one in self.breakdowns:
            if code in (one.code, one.name):
                return one
        raise KeyError(code)
