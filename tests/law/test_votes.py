"""Worked examples of nominating, voting and counting: each says its article and where it comes from."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from renda.law import LawError, ballots, nominations, parameter, standing
from renda.law.ballots import Law, Outcome, Validity
from renda.law.standing import Standing
from tests.law.cases import cases, title

DAY = date(2026, 12, 29)


def law_of(case: dict[str, Any]) -> Law:
    return partial(parameter, as_of=DAY, packs=case.get("packs", ()), choices=case.get("choices", {}))


def is_outcome(found: Outcome, case: dict[str, Any]) -> None:
    assert list(found.elected) == case["elected"], found.working
    assert found.vacant == case.get("vacant", 0), found.working
    assert (list(found.tied), found.tied_seats) == (case.get("tied", []), case.get("tied_seats", 0)), found.working
    assert case.get("undecided", "") in found.undecided
    assert bool(found.undecided) == ("undecided" in case)
    assert found.need == case.get("need", 0)
    assert case.get("warning", "") in "".join(found.warnings)
    assert bool(found.warnings) == ("warning" in case)
    assert found.working[0].startswith("《选举法》")


def is_validity(found: Validity, case: dict[str, Any]) -> None:
    assert found.valid == case["expect"], found.working
    assert case.get("reason", "") in "".join(found.reasons)
    assert bool(found.reasons) == (not found.valid)


def is_standing(found: Standing, case: dict[str, Any]) -> None:
    assert list(found.candidates) == case["expect"], found.working
    assert list(found.tied) == case.get("tied", [])
    assert bool(found.undecided) == ("undecided" in case)


def test_the_examples_cover_every_question() -> None:
    assert {case["what"] for case in cases("ballots")} == {"valid", "ballot", "first", "tie", "again", "stand"}


@pytest.mark.parametrize("case", cases("ballots"), ids=title)
def test_votes(case: dict[str, Any]) -> None:
    law = law_of(case)
    match case["what"]:
        case "valid":
            rerun = case.get("rerun", False)
            is_validity(ballots.vote_is_valid(case["voters"], case["took_part"], case["ballots"], law, rerun=rerun), case)
        case "ballot":
            assert ballots.ballot_is_valid(case["chosen"], case["seats"], law) == case["expect"]
        case "first":
            is_outcome(
                ballots.first_vote(case["seats"], case["took_part"], case["votes"], law, ballots=case.get("ballots")), case
            )
        case "tie":
            is_outcome(ballots.tie_vote(case["seats"], case["votes"], law), case)
        case "again":
            is_outcome(ballots.another_vote(case["seats"], case["ballots"], case["votes"], law), case)
        case "stand":
            is_standing(standing.standing_again(case["seats"], case["votes"], law), case)


REFUSALS: dict[str, Callable[[dict[str, Any], Law], list[str]]] = {
    "formal": lambda c, law: nominations.formal_list(c["seats"], c["candidates"], law, by_election=c.get("by_election", False)),
    "joint": lambda c, law: nominations.joint_nomination(c["signers"], law),
    "listed": lambda c, law: nominations.left_out(c["nominated"], c["listed"], law),
    "proxy": lambda c, law: nominations.proxy(c["mandates"], law, written=c["written"], consent=c["consent"]),
    "scrutineer": lambda c, law: nominations.scrutineer(law, near_relative=c["near_relative"]),
    "signatures": lambda c, law: nominations.signatures(c["key"], c["signers"], law),
}


@pytest.mark.parametrize("case", [one for one in cases("nominations") if one["what"] in REFUSALS], ids=title)
def test_what_is_refused_and_what_is_not(case: dict[str, Any]) -> None:
    faults = REFUSALS[case["what"]](case, law_of(case))
    assert bool(faults) == ("refuse" in case), faults
    assert case.get("refuse", "") in "".join(faults)
    for fault in faults:
        assert "《" in fault


@pytest.mark.parametrize("case", [one for one in cases("nominations") if one["what"] not in REFUSALS], ids=title)
def test_limits_and_pre_elections(case: dict[str, Any]) -> None:
    law = law_of(case)
    if case["what"] == "limit":
        assert nominations.over_limit(case["backed"], case["seats"], law) == case["expect"]
    else:
        found = nominations.needs_pre_election(case["nominated"], case["seats"], law, agreed=case.get("agreed"))
        assert found == case["expect"]


@pytest.mark.parametrize("name", ["ballots", "nominations", "dates", "thresholds", "values", "quotas", "candidates"])
def test_every_example_says_where_it_comes_from(name: str) -> None:
    for case in cases(name):
        assert case.get("origin"), case["case"]
        assert case.get("article"), case["case"]
    titles = [case["case"] for case in cases(name)]
    assert len(titles) == len(set(titles))


def test_counting_by_ballots_needs_the_ballots() -> None:
    law = law_of({"choices": {"elec.count.win.base": "ballots"}})
    with pytest.raises(LawError, match="收回的选票数"):
        ballots.first_vote(1, 2000, {"甲": 1001}, law)


def test_another_election_has_no_more_candidates_than_the_law_allows() -> None:
    with pytest.raises(LawError, match="3 至 4 人"):
        standing.standing_again(2, {"甲": 3, "乙": 2, "丙": 1, "丁": 1, "戊": 1}, law_of({}), number=5)
