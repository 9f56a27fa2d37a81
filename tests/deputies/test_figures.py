"""Figures of the deputies room, counted by hand: mid-year terms, persons and person-times, coverage."""

from decimal import Decimal

import pytest

from tests.county import enter, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def deputies() -> None:
    """Four people: 何云 sits at two levels; 白山's mandate ended in June 2021; 田野 and 苏木 are county deputies."""
    make_county()
    enter("deputies.grids", {"name": "龙潭第一网格", "division": "龙潭镇", "founded_on": "2020-01-01"})
    county = {"level": "县级", "term_number": 11, "since": "2016-12-20"}
    enter(
        "directory.deputies",
        {"person__name": "何云", "person__sex": "女", "person__nationality": "回族", "grid": "龙潭第一网格", **county},
        {
            "person__name": "何云",
            "level": "乡镇",
            "term_number": 18,
            "since": "2016-12-01",
            "division": "龙潭镇",
            "person__sex": "女",
        },
        {"person__name": "白山", "person__sex": "男", **county, "until": "2021-06-30", "end_reason": "辞职"},
        {"person__name": "田野", "person__sex": "男", "person__nationality": "汉族", **county, "grid": "龙潭第一网格"},
        {"person__name": "苏木", "person__sex": "女", "person__nationality": "汉", **county},
    )


def test_mandates_and_persons_in_office() -> None:
    assert value("deputies.in_office", 2020) == 5
    assert value("deputies.in_office", 2021) == 4  # 白山 left in June
    assert value("deputies.persons_in_office", 2021) == 3
    assert value("deputies.in_office", 2015) == 0
    assert groups("deputies.in_office", "level") == {"县级": 3, "乡级": 1}
    assert value("deputies.ended", 2021) == 1


def test_shares() -> None:
    assert value("deputies.women_share", 2021) == Decimal("66.67")  # 何云 and 苏木 of 3 people
    assert value("deputies.women_share", 2020) == Decimal("50.00")  # of 4, 白山 still there
    assert value("deputies.women_share_change", 2021) == Decimal("16.67")  # in points
    assert value("deputies.minority", 2021) == 1  # 何云, at two levels
    assert value("deputies.women_share", 2015) is None


def test_grids() -> None:
    assert value("deputies.in_grids", 2021) == 2
    assert value("deputies.in_grids_share", 2021) == Decimal("66.67")  # 何云 and 田野 of 3


def test_activities_count_persons_and_person_times() -> None:
    enter(
        "deputies.activities",
        {"title": "视察河道", "form": "视察", "starts_on": "2021-04-01", "people": "何云、田野", "expected": 4},
        {"title": "旁听庭审", "form": "旁听庭审", "starts_on": "2021-05-01", "people": "何云等10人", "expected": 12},
    )
    assert value("deputies.activities") == 2
    assert value("deputies.person_times") == 12  # 2 named, then 1 named and 9 unnamed
    assert value("deputies.persons") == 2
    assert value("deputies.participation_rate") == Decimal("75.00")  # 12 of 16
    assert groups("deputies.person_times", "form")["视察"] == 2


def test_reports_to_voters_cover_a_term() -> None:
    row = {"level": "县级", "form": "口头", "venue": "龙潭镇文化站"}
    enter(
        "deputies.reports",
        {"deputy": "何云", "on": "2021-03-03", "voters": 60, "satisfied": 40, "basically": 15, "unsatisfied": 5, **row},
        {"deputy": "何云", "on": "2021-09-03", "voters": 40, **row},
        {"deputy": "田野", "on": "2021-09-03", "voters": 40, **row},
    )
    assert (value("deputies.reported"), value("deputies.reports")) == (2, 3)
    assert value("deputies.report_rate", level="县级") == Decimal("66.67")  # 2 of 3 county deputies
    assert value("deputies.report_satisfaction") == Decimal("91.67")  # 55 of 60
    assert value("deputies.report_voters") == 100  # 60 in March; the 40 of September heard both deputies
    assert value("deputies.report_meetings") == 2
    assert value("deputies.report_venues") == 1


def test_visits_deeds_links_and_money() -> None:
    enter(
        "deputies.visits",
        {"title": "入户走访", "starts_on": "2021-07-01", "people": "何云", "households": "30户", "persons": 75}
        | {"households": 30},
    )
    enter(
        "deputies.deeds",
        {"title": "修路灯", "starts_on": "2021-07-02", "people": "田野", "beneficiaries": 200, "amount": "1.2万元"},
    )
    enter(
        "deputies.links",
        {"member": "苏木", "deputy": "何云", "since": "2021-01-01"},
        {"member": "苏木", "deputy": "田野", "since": "2021-01-01"},
    )
    enter("deputies.contacts", {"member": "苏木", "deputy": "何云", "on": "2021-08-01"})
    enter("deputies.money", {"on": "2021-08-08", "kind": "捐款", "person": "田野", "amount": "5,000元", "purpose": "助学"})
    assert (value("deputies.households"), value("deputies.visited"), value("deputies.deeds")) == (30, 75, 1)
    assert value("deputies.deed_money") == Decimal(12_000)
    assert (value("deputies.linking_members"), value("deputies.linked_deputies")) == (1, 2)
    assert value("deputies.meeting_rate") == Decimal("50.00")
    assert value("deputies.money") == Decimal(5_000)
