"""What stands in the rows behind a figure is read by people: choices and stages by their names, never by their codes."""

from __future__ import annotations

import re

import pytest

from renda.directory.gate import OPERATOR
from renda.figures import periods, registry
from renda.figures.evaluate import Question, records
from renda.figures.indicators import Indicator
from tests.registers.filled import Filled

CODE = re.compile(r"[a-z]+(_[a-z]+)*")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("room", sorted({one.code.split(".")[0] for one in registry.all_indicators()}))
def test_no_row_behind_a_figure_shows_a_code(filled: Filled, room: str) -> None:
    found = {
        f"{indicator.code}: {name} = {value}"
        for indicator in registry.of_room(room)
        for name, value in cells(indicator, filled)
        if isinstance(value, str) and CODE.fullmatch(value)
    }
    assert found == set()


def cells(indicator: Indicator, filled: Filled) -> list[tuple[str, object]]:
    """The evidence of 2021 without what leads to the record."""
    question = Question(periods.year(2021), filled.county.division, {})
    rows = records(indicator, question, actor=OPERATOR, limit=20)
    return [(name, value) for row in rows for name, value in row.items() if name not in ("pk", "register")]
