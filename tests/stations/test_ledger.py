"""Stations' rows that contradict themselves, and who may be told apart: levels, secrets, unnamed rows."""

import pytest
from django.db import connection

from renda.directory.gate import OPERATOR
from renda.figures import evaluate, periods, registry
from renda.stations.models import Opinion, ReceptionDay
from tests import county as office
from tests.county import enter, faults_of, groups, make_county, value

pytestmark = pytest.mark.django_db
STATION = "龙潭镇代表联络站"


@pytest.fixture(autouse=True)
def station() -> None:
    make_county()
    enter("stations.stations", {"name": STATION, "kind": "站", "founded_on": "2018-05-01"})


def test_deputies_of_two_levels_are_one_person() -> None:
    county = {"person__name": "何云", "level": "县级", "term_number": 11, "since": "2016-12-20"}
    enter("directory.deputies", county, {**county, "level": "乡镇", "term_number": 18, "division": "龙潭镇"})
    enter("stations.deputies", {"station": STATION, "deputy": "何云", "since": "2021-01-01"})
    enter(
        "stations.receptions",
        {"station": STATION, "starts_on": "2021-03-15", "people": "何云等3人"},
        {"station": STATION, "starts_on": "2021-04-15", "people": "何云"},
    )
    assert (value("stations.deputies"), groups("stations.deputies", "level")) == (1, {"县级": 1, "乡级": 1})
    assert (value("stations.receiving_deputies"), value("stations.receiving_times")) == (1, 4)
    assert value("stations.deputies", 2020) == 0


def test_a_reception_without_a_topic_is_called_one() -> None:
    enter("stations.receptions", {"station": STATION, "starts_on": "2021-03-15"})
    assert ReceptionDay.objects.get().title == "代表接待日"


@pytest.mark.parametrize(
    ("register", "row", "field"),
    [
        ("stations.receptions", {"station": STATION, "starts_on": "2021-03-15", "batches": 5, "persons": 3}, "persons"),
        ("stations.stations", {"name": "乙站", "founded_on": "2021-05-01", "closed_on": "2021-04-01"}, "closed_on"),
        ("stations.opinions", {"title": "停水", "received": "2021-03-05", "resolved": "2021年2月"}, "resolved"),
        ("stations.opinions", {"title": "停水", "received": "2021-03-05", "channel": "飞鸽"}, "channel"),
        ("stations.deputies", {"station": "没有的站", "deputy": "何云", "since": "2021-01-01"}, "station"),
    ],
)
def test_rows_that_contradict_themselves_are_refused(register: str, row: dict[str, object], field: str) -> None:
    assert field in faults_of(register, row)


def test_an_opinion_may_be_closed_within_the_month_it_came_in() -> None:
    assert faults_of("stations.opinions", {"title": "停水", "received": "2021-03-05", "resolved": "2021年3月"}) == {}


def test_who_said_it_is_encrypted_and_never_evidence() -> None:
    enter("stations.opinions", {"title": "停水", "received": "2021-03-05", "citizen": "孙某某", "phone": "13800138000"})
    assert Opinion.objects.get().citizen == "孙某某"
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen, phone FROM stations_opinion")
        stored = [bytes(value) for value in cursor.fetchone()]
    assert "孙某某".encode() not in stored[0]
    assert b"13800138000" not in stored[1]
    question = evaluate.Question(periods.year(2021), office.division(office.COUNTY))
    rows = evaluate.records(registry.get("stations.opinions"), question, actor=OPERATOR)
    assert len(rows) == 1
    assert "孙" not in str(rows)
    assert "138" not in str(rows)
