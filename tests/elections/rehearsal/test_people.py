"""The made-up people: sound numbers, each person once, the same from the same seed; and how their districts vote."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from renda.core import cells
from renda.elections.rehearsal.people import People, Planted, candidate_names
from renda.elections.rehearsal.votes import PLAIN, QUIET, SHORT, TIE, VACANT, day_of, figures_of, miscounted

PEOPLE = People([("第1选区", 300), ("第2选区", 700)], Planted.among(1000), date(2009, 2, 1))


def test_the_voters_are_different_people_with_sound_numbers() -> None:
    rows = list(PEOPLE.rows())
    numbers = [cells.read_identity_number(number) for _name, _sex, number, _address, _district in rows]
    assert len(set(numbers)) == PEOPLE.voters == 1000
    assert all(cells.birth_date(number) < PEOPLE.latest_birth for number in numbers)
    assert [cells.identity.sex(number) for number in numbers] == [row[1] for row in rows]
    assert rows == list(PEOPLE.rows())


def test_the_extract_has_as_many_rows_as_it_says(tmp_path: Path) -> None:
    extract, employer = PEOPLE.write(tmp_path)
    with extract.open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == PEOPLE.read
    assert len(rows) - len({tuple(row) for row in rows}) == PEOPLE.planted.again
    minors = [row for row in rows if len(row[2]) == 18 and cells.birth_date(row[2]) > PEOPLE.latest_birth]
    assert len(minors) == PEOPLE.planted.minors
    assert employer.stat().st_size > 0


def test_no_two_candidates_share_a_name() -> None:
    assert len(set(candidate_names(500, 3))) == 500


@pytest.mark.parametrize("seats", [1, 2, 3])
@pytest.mark.parametrize("plan", [PLAIN, TIE, SHORT, VACANT, QUIET])
@pytest.mark.parametrize("voters", [100, 137, 5000])
def test_figures_are_possible(seats: int, plan: str, voters: int) -> None:
    if plan == TIE and seats == 1:
        pytest.skip("two cannot both have more than half of the votes for one seat")
    day = day_of(voters, plan, 1)
    figures = figures_of(day, "first", plan, seats, [f"候选人{n}" for n in range(seats + 1)])
    assert day.station > 0
    assert all(line.votes <= figures.valid for line in figures.lines)
    assert sum(line.votes for line in figures.lines) <= seats * figures.valid
    over = sum(2 * line.votes > day.participants for line in figures.lines)
    assert over == {PLAIN: seats, QUIET: seats, TIE: seats + 1, SHORT: seats - 1, VACANT: seats - 1}[plan]
    assert (2 * day.participants > voters) == (plan != QUIET)
    assert miscounted(figures) != figures
