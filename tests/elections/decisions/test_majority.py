"""How many a majority is: the worked examples, and what holds for every number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.elections.decisions import majority
from renda.law import LawError, parameter
from tests.law.cases import cases, title

LAW = partial(parameter, as_of=date(2026, 12, 29))
SHARES = (
    "recall.majority",
    "elec.count.turnout",
    "elec.count.win.first",
    "elec.count.rerun.win",
    "pc.session.quorum",
    "invest.propose",
)


@pytest.mark.parametrize("case", cases("thresholds"), ids=title)
def test_the_worked_examples(case: dict[str, Any]) -> None:
    law = partial(parameter, as_of=date(2026, 11, 23), packs=case.get("packs", ()))
    found = majority(case["key"], case["whole"], law, votes=case["expect"])
    assert (found.needed, found.met) == (case["expect"], True)
    assert case["article"] in found.article.replace("《", "").replace("》", "")
    assert str(case["expect"]) in found.working


def test_k03_half_of_all_voters_is_not_enough() -> None:
    found = majority("recall.majority", 3000, LAW, votes=1500)
    assert (found.needed, found.met) == (1501, False)
    assert "没有达到" in found.working
    assert majority("recall.majority", 3000, LAW).met is None


@given(st.sampled_from(SHARES), st.integers(1, 100_000), st.integers(0, 100_000))
def test_enough_is_enough_and_one_less_is_not(key: str, whole: int, votes: int) -> None:
    votes = min(votes, whole)
    found, rule = majority(key, whole, LAW, votes=votes), LAW(key)
    share = Fraction(votes, whole)
    assert found.met == (share > rule.value if rule.comparison == "more_than" else share >= rule.value)
    assert found.met == (votes >= found.needed)
    assert majority(key, whole + 1, LAW).needed >= found.needed


@pytest.mark.parametrize(
    ("key", "votes", "word"),
    [("elec.list.publish", None, "不是比例"), ("recall.majority", 11, "不可能"), ("recall.majority", -1, "不可能")],
)
def test_what_cannot_be_asked_is_refused(key: str, votes: int | None, word: str) -> None:
    with pytest.raises(LawError, match=word):
        majority(key, 10, LAW, votes=votes)
