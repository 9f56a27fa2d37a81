"""A small county for tests: divisions, organs, and short ways to enter rows as an office would."""

from __future__ import annotations

from datetime import date
from typing import Any

from renda.directory.divisions import Written, put_divisions
from renda.directory.gate import OPERATOR, Actor
from renda.directory.models import Division
from renda.figures import evaluate, periods, registry
from renda.figures.evaluate import Figure, Question
from renda.registers import registry as registers
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, save

COUNTY, OTHER_COUNTY, DRAGON, WILLOW = "990123", "990124", "990123101", "990123102"


def make_county() -> Division:
    """青禾县 with two townships, and a neighbour county that must never be seen."""
    put_divisions(
        [
            Written("99", "云岭省", "province"),
            Written("9901", "澜州市", "prefecture", "99"),
            Written(COUNTY, "青禾县", "county", "9901"),
            Written(OTHER_COUNTY, "柏川县", "county", "9901"),
            Written(DRAGON, "龙潭镇", "township", COUNTY),
            Written(WILLOW, "柳河镇", "township", COUNTY),
        ],
        actor=OPERATOR,
    )
    return Division.objects.get(code=COUNTY)


def division(code: str) -> Division:
    """A division by code."""
    return Division.objects.get(code=code)


def enter(code: str, *rows: dict[str, Any], actor: Actor = OPERATOR, year: int | None = None) -> list[int]:
    """Enter rows (field → raw cell) into a register by the reading that imports use; a fault fails the test."""
    register = registers.get(code)
    fields = {name for row in rows for name in row}
    raw = {name: [row.get(name) for row in rows] for name in fields}
    reading = read_rows(register, raw, ReadContext(actor, division(COUNTY).pk, year))
    assert not reading.faults, reading.faults
    changes = [Change(v, None, k, d) for v, k, d in zip(reading.values, reading.keys, reading.digests, strict=True)]
    return save(register, changes, actor=actor)


def faults_of(code: str, row: dict[str, Any]) -> dict[str, str]:
    """The faults of one row (field → reason)."""
    register = registers.get(code)
    reading = read_rows(register, {name: [cell] for name, cell in row.items()}, ReadContext(OPERATOR, division(COUNTY).pk))
    return reading.faults.get(0, {})


def figure(code: str, year: int = 2021, *, by: str = "", at: str = COUNTY, actor: Actor = OPERATOR, **where: str) -> Figure:
    """An indicator's figure for a year."""
    question = Question(periods.year(year), division(at), where)
    return evaluate.evaluate(registry.get(code), question, actor=actor, by=by)


def value(code: str, year: int = 2021, **more: Any) -> Any:
    """An indicator's value for a year."""
    return figure(code, year, **more).value


def groups(code: str, by: str, year: int = 2021) -> dict[str, Any]:
    """A breakdown as label → amount."""
    return {group.label: group.amount for group in figure(code, year, by=by).breakdown}


def actor(role: str, at: str = COUNTY, **more: Any) -> Actor:
    """An actor of a role in a division."""
    area = division(at)
    return Actor("测试", role, division_id=area.pk, division_path=area.path, **more)


DAY = date(2021, 8, 20)
