"""Worked examples of whole votes: each says its article and where it comes from."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from renda.elections.decisions import Decision, Refusal, Tally, VoteRecord, decide_all
from renda.law import parameter
from tests.law.cases import cases, title

DAY = date(2026, 12, 29)
CASES = cases("counts")


def record_of(given: dict[str, Any]) -> VoteRecord:
    took_part = given.get("participants", 2000)
    return VoteRecord(
        "第一选区",
        given.get("round", "first"),
        voters=given.get("voters", 3000),
        participants=took_part,
        ballots_recovered=given.get("recovered", took_part),
        ballots_void=given.get("void", 0),
        seats=given.get("seats", 1),
        votes=tuple(Tally(name.lstrip("*"), votes, not name.startswith("*")) for name, votes in given.get("votes", {}).items()),
        yes=given.get("in_favour"),
        proxies=given.get("proxies"),
    )


def answer(case: dict[str, Any]) -> Decision | Refusal:
    law = partial(parameter, as_of=case.get("day", DAY), packs=case.get("packs", ()), choices=case.get("choices", {}))
    return decide_all([record_of(case["record"])], law)[0]


@pytest.mark.parametrize("case", CASES, ids=title)
def test_a_vote_is_decided_as_the_example_says(case: dict[str, Any]) -> None:
    found, expect = answer(case), case["expect"]
    if "error" in expect:
        assert isinstance(found, Refusal)
        assert expect["error"] in found.error
        assert found.as_json()["elected"] == []
        return
    assert isinstance(found, Decision), found
    plain = found.as_json()
    assert plain["valid"] is expect["valid"], found.working
    assert plain["elected"] == expect["elected"], found.working
    assert plain["unfilled"] == expect.get("unfilled", 0)
    assert plain["needed"] == expect["needed"], found.working
    assert plain.get("passed") == expect.get("passed")
    if "turnout" in expect:
        assert plain["turnout_needed"] == expect["turnout"]
    is_next(plain["next"], expect.get("next"))
    is_said(found, expect)


def is_next(found: dict[str, Any] | None, expect: dict[str, Any] | None) -> None:
    if expect is None or found is None:
        assert found == expect
        return
    assert found.items() >= expect.items()
    if found["kind"] == "rerun" and "tied" not in expect:
        assert found["tied"] == []


def is_said(found: Decision, expect: dict[str, Any]) -> None:
    for field, text in (
        ("reason", found.reason),
        ("warning", "".join(found.warnings)),
        ("undecided", found.undecided),
        ("working", "".join(found.working)),
    ):
        assert expect.get(field, "") in text, text
    assert bool(found.undecided) == ("undecided" in expect)
    if expect.get("no_warning"):
        assert found.warnings == ()


@pytest.mark.parametrize("case", [one for one in CASES if "error" not in one["expect"]], ids=title)
def test_the_answer_cites_the_article_of_the_example(case: dict[str, Any]) -> None:
    found = answer(case)
    assert isinstance(found, Decision)
    cited = found.article.replace("《", "").replace("》", "")
    said = "".join([cited, *found.working, *found.warnings]).replace("《", "").replace("》", "")
    for article in case["article"].split("、"):
        assert article in said, (article, cited)


def test_every_example_says_its_article_and_origin() -> None:
    titles = [case["case"] for case in CASES]
    assert len(titles) == len(set(titles))
    for case in CASES:
        assert case["article"], case
        assert case["origin"], case
