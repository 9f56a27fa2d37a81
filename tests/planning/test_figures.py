"""Figures of the planning room, counted by hand: roll-ups from townships, who has not reported, upward reports."""

from decimal import Decimal

import pytest

from tests.county import enter, faults_of, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county() -> None:
    make_county()


def test_township_returns_roll_up_and_show_who_is_missing() -> None:
    enter(
        "planning.township_returns",
        {"division": "龙潭镇", "year": 2021, "reported_on": "2021-12-20", "congress_sessions": 2, "presidium_meetings": "5次", "appraised_units": 3,
         "appraising_deputies": 41},
    )  # fmt: skip
    assert value("planning.township_sessions") == 2
    assert value("planning.presidium_meetings") == 5
    assert (value("planning.appraised_units"), value("planning.appraising_deputies")) == (3, 41)
    assert (value("planning.townships"), value("planning.townships_reported"), value("planning.townships_missing")) == (2, 1, 1)
    assert groups("planning.presidium_meetings", "division") == {"龙潭镇": 5}


def test_a_return_is_a_townships() -> None:
    assert (
        "哪个乡镇"
        in faults_of("planning.township_returns", {"year": 2021, "reported_on": "2021-12-20", "division": "青禾县"})["division"]
    )


def test_requests_and_reports() -> None:
    enter(
        "planning.upward_reports",
        {"title": "关于召开人代会的请示", "kind": "请示", "submitted_on": "2021-01-05", "answered_on": "2021-01-20"},
        {"title": "党组工作报告", "kind": "报告", "submitted_on": "2021-06-30"},
        {"title": "去年的报告", "kind": "报告", "submitted_on": "2020-12-31"},
    )
    assert value("planning.upward_reports") == 2
    assert groups("planning.upward_reports", "kind") == {"请示": 1, "报告": 1}
    row = {"title": "倒置", "kind": "请示", "submitted_on": "2021-01-05", "answered_on": "2021-01-04"}
    assert "早于" in faults_of("planning.upward_reports", row)["answered_on"]


def test_party_support_by_kind() -> None:
    enter(
        "planning.party_support",
        {"title": "研究换届", "kind": "议题", "held_on": "2021-05-05"} | {"kind": "研究议题"},
        {"title": "人大工作会议", "kind": "工作会议", "held_on": "2021-11-11"},
        {"title": "实施意见", "kind": "文件", "held_on": "2021-12-01"},
    )
    assert value("planning.party_support") == 3
    assert (value("planning.party_topics"), value("planning.party_conferences"), value("planning.party_documents")) == (1, 1, 1)


def test_problems_corrected_later_count_for_the_year_they_were_found() -> None:
    enter(
        "planning.problems",
        {"title": "联络站活动少", "found_on": "2021-03-01", "corrected_on": "2022-01-10"},
        {"title": "台账不全", "found_on": "2021-04-01"},
    )
    assert value("planning.problems") == 2
    assert value("planning.problems_corrected") == 1
    assert value("planning.correction_rate") == Decimal("50.00")
    assert value("planning.correction_rate", 2022) is None


def test_outside_figures_are_read_by_name() -> None:
    enter(
        "planning.external_figures",
        {"name": "政协提案", "value": "120件", "unit": "件", "as_of": "2021-12-31", "source": "县政协"} | {"value": 120},
        {"name": "网络用户", "value": "1,204", "unit": "个", "as_of": "2021-12-31", "source": "县网信办"},
    )
    assert value("planning.external", name="政协提案") == 120
    assert groups("planning.external", "name") == {"网络用户": 1204, "政协提案": 120}


def test_visits_by_level() -> None:
    enter(
        "planning.visits",
        {"visitor": "省人大", "level": "省", "topic": "调研", "visited_on": "2021-05-05", "persons": 6},
        {"visitor": "市人大", "level": "市", "topic": "视察", "visited_on": "2021-06-05"},
    )
    assert value("planning.visits") == 2
    assert groups("planning.visits", "level") == {"省级": 1, "市级": 1}
