"""Figures of a small election, counted by hand: 龙潭镇 votes in two districts, one of them needs another round."""

from decimal import Decimal

import pytest

from tests.county import enter, faults_of, groups, make_county, value

pytestmark = pytest.mark.django_db
ELECTION = {"election": "2021年县级换届", "division": "龙潭镇"}


@pytest.fixture(autouse=True)
def election() -> None:
    make_county()
    enter(
        "elections.elections",
        {"name": "2021年县级换届", "level": "县级", "term_number": 12, "election_day": "2021-11-10", "seats": 180},
        {"name": "2020年补选", "level": "县级", "term_number": 11, "election_day": "2020.6.5", "by_election": "是"},
    )
    enter(
        "elections.districts",
        {**ELECTION, "name": "第1选区", "seats": 2},
        {**ELECTION, "name": "第2选区", "seats": 1, "urban": "是"},
    )
    enter(
        "elections.rolls",
        {**ELECTION, "district": "第1选区", "adults": 1250, "registered": "1,000人"},
        {**ELECTION, "district": "第2选区", "adults": 750, "registered": 500},
    )
    enter(
        "elections.turnouts",
        {**ELECTION, "district": "第1选区", "round": "首轮", "voted_on": "2021-11-10", "participants": 900, "by_proxy": 30,
         "issued": 900, "returned": 890, "valid": 880, "void": 10},
        {**ELECTION, "district": "第2选区", "voted_on": "2021-11-10", "participants": 450, "issued": 450, "returned": 450, "valid": 450},
        {**ELECTION, "district": "第1选区", "round": "另行选举", "voted_on": "2021-11-20", "participants": 700, "issued": 700, "returned": 700,
         "valid": 700},
    )  # fmt: skip
    for district, name, in_round in (("第1选区", "甲一", "首轮"), ("第1选区", "乙二", "另行选举"), ("第2选区", "丙三", "首轮")):
        enter(
            "elections.elected",
            {**ELECTION, "district": district, "name": name, "round": in_round, "sex": "女" if name == "丙三" else "男"},
        )
    for district, count in (("第1选区", 3), ("第2选区", 2)):
        enter(
            "elections.candidates",
            *({**ELECTION, "district": district, "name": f"{district}候选{n}", "nominated_by": "选民联名"} for n in range(count)),
        )


def test_rolls_turnout_and_rates() -> None:
    assert value("elections.registered") == 1500
    assert value("elections.participants") == 1350  # a rerun adds no voters: 900 + 450
    assert value("elections.turnout") == Decimal("90.00")
    assert value("elections.turnout_of_adults") == Decimal("67.50")  # 1350 of 2000
    assert value("elections.registration_rate") == Decimal("75.00")
    assert value("elections.turnout", 2020) is None
    assert value("elections.by_proxy") == 30


def test_districts_and_success_at_the_first_round() -> None:
    assert value("elections.districts") == 2
    assert value("elections.seats") == 3
    assert value("elections.districts_at_once") == 1  # the first district filled one of two seats
    assert value("elections.success_rate") == Decimal("50.00")
    assert value("elections.districts_rerun") == 1
    assert groups("elections.districts", "urban") == {"否": 1, "是": 1}


def test_people() -> None:
    assert value("elections.elected") == 3
    assert groups("elections.elected", "sex") == {"男": 2, "女": 1}
    assert groups("elections.elected", "level") == {"县级": 3}
    assert value("elections.formal_candidates") == 5
    assert value("elections.surplus") == 2
    assert value("elections.surplus_rate") == Decimal("66.67")


def test_ballots_of_all_rounds() -> None:
    assert (value("elections.issued"), value("elections.returned"), value("elections.valid"), value("elections.void")) == (
        2050,
        2040,
        2030,
        10,
    )


def test_areas_leave_by_elections_out() -> None:
    assert value("elections.areas") == 1
    assert value("elections.areas", 2020) == 0


def test_by_elected_deputies_count_the_mandates_that_began_so() -> None:
    row = {"level": "县级", "term_number": 11}
    enter(
        "directory.deputies",
        {"person__name": "何云", "how_elected": "补选", "since": "2020-06-05", **row},
        {"person__name": "白山", "how_elected": "换届", "since": "2020-06-05", **row},
    )
    assert value("elections.by_elected", 2020) == 1
    assert value("elections.by_elected", 2021) == 0


def test_impossible_rows_are_refused() -> None:
    ballots = {"voted_on": "2021-11-10", "issued": 10, "returned": 10, "valid": 10}
    assert (
        "没有划分"
        in faults_of("elections.turnouts", {**ELECTION, **ballots, "district": "第9选区", "participants": 10})["district"]
    )
    row = {**ELECTION, **ballots, "district": "第1选区", "participants": 10, "at_meetings": 8, "at_stations": 5}
    assert "13" in faults_of("elections.turnouts", row)["participants"]


@pytest.mark.parametrize(("change", "said"), [({"returned": 11, "valid": 11}, "收回"), ({"valid": 8}, "有效票与废票")])
def test_the_database_holds_the_arithmetic_of_ballots(change: dict, said: str) -> None:
    from renda.registers.services import Refused

    ballots = {"voted_on": "2021-12-01", "participants": 10, "issued": 10, "returned": 10, "valid": 10, **change}
    with pytest.raises(Refused, match=said):
        enter("elections.turnouts", {**ELECTION, **ballots, "district": "第2选区", "round": "另行选举"})


def test_a_district_has_one_to_three_seats() -> None:
    from renda.registers.services import Refused

    with pytest.raises(Refused, match="第二十五条"):
        enter("elections.districts", {**ELECTION, "name": "第3选区", "seats": 4})
