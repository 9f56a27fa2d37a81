"""Figures of liaison stations, counted by hand: stocks, batches and person-times, opinions settled in another year."""

from decimal import Decimal

import pytest

from tests.county import enter, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stations() -> None:
    make_county()
    enter(
        "stations.stations",
        {"name": "龙潭镇代表联络站", "kind": "联络站", "division": "龙潭镇", "founded_on": "2018-05-01", "exemplary": "是"},
        {"name": "柳河镇代表之家", "kind": "代表之家", "division": "柳河镇", "founded_on": "2021-03-01"},
        {"name": "老站", "kind": "联络站", "founded_on": "2015-01-01", "closed_on": "2020-12-31"},
    )


def test_stock_at_the_year_end_against_additions() -> None:
    assert (value("stations.stations", 2019), value("stations.stations", 2020), value("stations.stations", 2021)) == (2, 1, 2)
    assert (value("stations.stations_new", 2020), value("stations.stations_new", 2021)) == (0, 1)
    assert groups("stations.stations", "kind") == {"代表之家": 1, "代表联络站": 1}


def test_receptions_in_batches_and_person_times() -> None:
    enter(
        "stations.receptions",
        {"title": "三月接待日", "station": "龙潭镇代表联络站", "starts_on": "2021-03-15", "batches": 3, "persons": 12},
        {"title": "四月接待日", "station": "龙潭镇代表联络站", "starts_on": "2021-04-15", "batches": 2, "persons": 5},
    )
    assert (value("stations.reception_days"), value("stations.batches"), value("stations.received")) == (2, 5, 17)


def test_opinions_settled_later_count_for_the_year_they_came_in() -> None:
    station = {"station": "龙潭镇代表联络站"}
    enter(
        "stations.opinions",
        {**station, "title": "路面破损", "received": "2020-12-20", "transferred": "2020-12-25", "resolved": "2021-01-20"},
        {**station, "title": "停水", "received": "2021-02-01", "answered": "2021-02-01"},
        {**station, "title": "噪声", "received": "2021-02-02"},
    )
    assert (value("stations.opinions"), value("stations.opinions", 2020)) == (2, 1)
    assert (value("stations.resolved"), value("stations.resolved", 2020)) == (1, 0)
    assert value("stations.settled_rate", 2020) == Decimal("100.00")
    assert value("stations.settled_rate") == Decimal("50.00")
    assert value("stations.settled_rate", 2019) is None
    assert value("stations.answered") == 1


def test_deputies_in_stations_and_planned_days() -> None:
    seat = {"level": "县级", "term_number": 11, "since": "2016-12-20"}
    enter("directory.deputies", {"person__name": "何云", **seat}, {"person__name": "白山", **seat})
    enter(
        "stations.deputies",
        {"station": "龙潭镇代表联络站", "deputy": "何云", "since": "2021-01-01"},
        {"station": "柳河镇代表之家", "deputy": "何云", "since": "2021-03-01"},
        {"station": "柳河镇代表之家", "deputy": "白山", "since": "2021-03-01", "until": "2021-06-01"},
    )
    assert value("stations.deputies") == 1
    enter(
        "stations.plans",
        {"station": "龙潭镇代表联络站", "days_per_month": 2, "since": "2021-01-01"},
        {"station": "柳河镇代表之家", "days_per_month": 1, "since": "2021-03-01"},
    )
    assert value("stations.plans") == Decimal("1.50")
