"""The proposal of seats: lawful, never worse than any other distribution, and refused in words where there is none."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.elections.plan.even import deviations, largest
from renda.elections.plan.proposal import Impossible, Question, propose

SMALL = st.lists(st.integers(100, 9000), min_size=2, max_size=6)


def share_out(number: int, total: int) -> list[int]:
    """Some lawful distribution."""
    seats = [1] * number
    for place in itertools.cycle(range(number)):
        if sum(seats) == total:
            return seats
        if seats[place] < 3:
            seats[place] += 1
    raise AssertionError


@settings(max_examples=60, deadline=None)
@given(SMALL, st.data())
def test_no_lawful_distribution_has_a_smaller_largest_deviation(people: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(len(people), 3 * len(people)))
    found = propose(Question(people, share_out(len(people), total), total))
    assert sum(found.seats) == total
    assert set(found.seats) <= {1, 2, 3}
    every = (seats for seats in itertools.product((1, 2, 3), repeat=len(people)) if sum(seats) == total)
    best = min(largest(people, seats) for seats in every)
    assert abs(found.after - best) < Fraction(1, 10**6)
    assert found.after <= found.before + Fraction(1, 10**6)


def test_two_hundred_districts_with_their_townships_kept() -> None:
    people = [800 + 37 * (n * n % 211) for n in range(200)]
    present, towns = [1 + n % 3 for n in range(200)], [n // 20 for n in range(200)]
    found = propose(Question(people, present, sum(present), towns, keep=True))
    for town in range(10):
        rows = [n for n in range(200) if towns[n] == town]
        assert sum(found.seats[n] for n in rows) == sum(present[n] for n in rows)
    free = propose(Question(people, present, sum(present)))
    assert free.after <= found.after < found.before


def test_what_is_even_stays_as_it_is() -> None:
    found = propose(Question([1000, 2000, 3000], [1, 2, 3], 6))
    assert found.seats == (1, 2, 3)
    assert not found.better
    assert found.after == 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question([], [], 5), "还没有划分选区"),
        (Question([100, 0], [1, 1], 3), "有 1 个选区没有填人口数"),
        (Question([100, 100], [1, 1], 7), "只能分 2 至 6 名，分不出 7 名"),
        (Question([100, 100], [1, 1], 3, [1, 2], keep=True), "合计与总名额不一致"),
        (Question([100, 100], [1, 5], 6, [1, 2], keep=True), "超出每区一至三名"),
    ],
)
def test_what_cannot_be_is_said(question: Question, words: str) -> None:
    with pytest.raises(Impossible, match=words):
        propose(question)


def test_deviations_are_from_the_mean_of_what_is_known() -> None:
    assert deviations([3000, 1000, 0], [2, 2, 1]) == [Fraction(1, 2), Fraction(-1, 2), None]
    assert deviations([0, 0], [1, 1]) == [None, None]
    assert largest([], []) == 0


def test_the_solver_says_nothing_on_stdout() -> None:
    """A program may read stdout (`--json`). In a process of its own: HiGHS names itself once, with the first solver of a process."""
    code = """
import django
django.setup()
from renda.elections.plan.proposal import Question, propose
print(propose(Question([100, 200, 300], [1, 1, 1], 4)).seats)
"""
    whole = os.environ | {"DJANGO_SETTINGS_MODULE": "renda.settings"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=whole)
    assert done.stdout == "(1, 1, 2)\n"


def test_the_solver_says_nothing_beside_others(capfd: pytest.CaptureFixture[str]) -> None:
    propose(Question([100, 200, 300], [1, 1, 1], 4))
    assert capfd.readouterr() == ("", "")
