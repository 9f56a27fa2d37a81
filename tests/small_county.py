"""A county of a few people and organs, and short ways to enter rows and ask figures, for the tests of rooms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from renda.directory import people
from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Organ
from renda.figures import registry as figures
from renda.figures.evaluate import Figure, Question, evaluate
from renda.figures.periods import Period, up_to, year
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import Reading, read_rows
from renda.registers.services import Change, save


@dataclass
class SmallCounty:
    """清河县 with two townships; ``enter`` takes rows by their headings, as a workbook has them."""

    division: Division
    townships: dict[str, Division]
    organs: dict[str, Organ] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    year: int | None = None

    def read(self, register_code: str, rows: list[dict[str, Any]], *, year: int | None = None) -> Reading:
        """Read rows (heading → cell), not saving them. KeyError for a heading that the register does not know."""
        register = registry.get(register_code)
        by_heading = {heading: c.field for c in register.columns for heading in c.headings}
        fields = dict.fromkeys(by_heading[heading] for row in rows for heading in row)
        cells = [{by_heading[heading]: cell for heading, cell in row.items()} for row in rows]
        raw = {name: [row.get(name) for row in cells] for name in fields}
        return read_rows(register, raw, ReadContext(OPERATOR, self.division.pk, year))

    def enter(self, register_code: str, rows: list[dict[str, Any]], *, year: int | None = None) -> list[int]:
        """Read and save rows; no row may have a fault."""
        reading = self.read(register_code, rows, year=year)
        assert reading.faults == {}
        changes = [
            Change(values, None, key, digest)
            for values, key, digest in zip(reading.values, reading.keys, reading.digests, strict=True)
        ]
        return save(registry.get(register_code), changes, actor=OPERATOR, batch=1)

    def ask(self, code: str, period: int | Period | date, by: str = "", **where: str) -> Figure:
        """The figure of a year, a period, or a day (all up to it)."""
        span = period if isinstance(period, Period) else year(period) if isinstance(period, int) else up_to(period)
        return evaluate(figures.get(code), Question(span, self.division, where), actor=OPERATOR, by=by)

    def value(self, code: str, period: int | Period | date, **where: str) -> Any:
        """The value alone."""
        return self.ask(code, period, **where).value

    def parts(self, code: str, period: int | Period | date, by: str, **where: str) -> dict[str, Any]:
        """The breakdown: label → amount."""
        return {group.label: group.amount for group in self.ask(code, period, by, **where).breakdown}


ORGANS = (
    ("县教育局", "department", "government"), ("县住建局", "department", "government"), ("县交通局", "department", "government"),
    ("县人民政府", "government", "government"), ("县人民法院", "court", "court"), ("县委组织部", "party", "party"),
    ("龙潭镇人民政府", "township", "government"),
)  # fmt: skip
PEOPLE = ("张伟", "李娜", "王芳", "赵强", "陈静", "刘洋")


def make() -> SmallCounty:
    """A fresh county."""
    province = Division.objects.create(code="990000", name="东山省", level="province", path="990000")
    county = Division.objects.create(code="990101", name="清河县", level="county", path="990000.990101", parent=province)
    townships = {
        name: Division.objects.create(code=code, name=name, level="township", path=f"{county.path}.{code}", parent=county)
        for code, name in (("990101001", "龙潭镇"), ("990101002", "白沙镇"))
    }
    small = SmallCounty(county, townships)
    for name, kind, system in ORGANS:
        small.organs[name] = Organ.objects.create(name=name, kind=kind, system=system, division=county, natural_key=name)
    written = [{"name": name} for name in PEOPLE]
    small.persons = dict(zip(PEOPLE, people.put(written, [None] * len(PEOPLE), [county.pk] * len(PEOPLE)), strict=True))
    return small
