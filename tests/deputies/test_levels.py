"""Levels, hosts and coverage of deputies' figures, counted by hand where people sit at several levels or leave in mid-year."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from renda.deputies.models import DeputyReport
from renda.directory.gate import OPERATOR
from renda.directory.models import Person
from renda.figures import evaluate, periods, registry
from tests import county as office
from tests.county import enter, faults_of, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def deputies() -> None:
    """何云: county and township throughout. 白山: county until 30 June 2021. 田野: township in the old term, county since 1 July 2021."""
    make_county()
    county = {"level": "县级", "term_number": 11, "since": "2016-12-20"}
    township = {"level": "乡镇", "term_number": 18, "since": "2016-12-01", "division": "龙潭镇"}
    enter(
        "directory.deputies",
        {"person__name": "何云", **county},
        {"person__name": "何云", **township},
        {"person__name": "白山", **county, "until": "2021-06-30", "end_reason": "任期届满"},
        {"person__name": "田野", **township, "until": "2021-06-30", "end_reason": "任期届满"},
        {"person__name": "田野", **county, "since": "2021-07-01", "term_number": 12},
    )


def activity(title: str, day: str, people: str, host: str = "人大", **more: object) -> dict[str, object]:
    return {"title": title, "form": "座谈", "host": host, "starts_on": day, "people": people, **more}


def test_the_level_is_that_of_the_day() -> None:
    enter("deputies.activities", activity("春", "2021-03-01", "何云、田野"), activity("秋", "2021-09-01", "田野、白山"))
    assert value("deputies.person_times") == 4
    assert value("deputies.persons") == 3
    # Spring: 何云 county and township, 田野 township. Autumn: 田野 county; 白山 holds no mandate any more.
    assert groups("deputies.person_times", "level") == {"县级": 2, "乡级": 2, "未注明": 1}
    assert groups("deputies.persons", "level") == {"县级": 2, "乡级": 2, "未注明": 1}


def test_invited_and_organised_are_told_apart() -> None:
    enter(
        "deputies.activities",
        activity("视察", "2021-03-01", "何云等30人"),
        activity("小组", "2021-04-01", "白山", "小组"),
        activity("听证", "2021-05-01", "何云、白山", "邀请", county_deputies=7),
        activity("去年", "2020-05-01", "何云", "邀请"),
    )
    assert value("deputies.organised_person_times") == 31
    assert value("deputies.invited_person_times") == 9  # 2 named and 7 of a class
    assert value("deputies.person_times") == 40
    assert groups("deputies.invited_person_times", "level") == {"县级": 9, "乡级": 1}  # 何云 stands at both levels
    assert value("deputies.invited_person_times", 2019) == 0


def test_coverage_counts_those_still_in_office() -> None:
    report = {"level": "县级", "form": "书面"}
    enter("deputies.reports", {"deputy": "白山", "on": "2020-05-01", **report}, {"deputy": "何云", "on": "2021-05-01", **report})
    assert value("deputies.report_rate", 2020, level="县级") == Decimal("50.00")  # 白山 of 何云 and 白山
    assert value("deputies.report_rate", 2021, level="县级") == Decimal("50.00")  # 何云 of 何云 and 田野; 白山 has left
    assert value("deputies.report_rate", 2015) is None
    assert value("deputies.report_meetings") == 0  # in writing: no meeting


def test_grades_follow_the_marks_where_none_is_recorded() -> None:
    row = {"deputy": "何云", "level": "县级", "venue": "文化站", "voters": 100}
    enter(
        "deputies.reports",
        {**row, "on": "2021-03-01", "satisfied": 51, "basically": 9, "unsatisfied": 40},  # more than half satisfied
        {**row, "on": "2021-04-01", "satisfied": 50, "basically": 1, "unsatisfied": 49},  # 51 of 100 with the basically satisfied
        {**row, "on": "2021-05-01", "satisfied": 25, "basically": 25, "unsatisfied": 50},  # exactly half is not more than half
        {**row, "on": "2021-06-01", "grade": "优秀"},
    )
    assert groups("deputies.report_grades", "grade") == {"满意": 1, "基本满意": 1, "不满意": 1, "优秀": 1}
    assert value("deputies.report_satisfaction_mean") == Decimal("53.67")  # (60 + 51 + 50) ÷ 3
    assert value("deputies.report_satisfaction_mean", 2019) is None


def test_an_archive_stands_from_the_first_record_of_the_mandate() -> None:
    enter("deputies.activities", activity("一", "2020-03-01", "何云"), activity("二", "2021-03-01", "田野"))
    assert (value("deputies.archives", 2019), value("deputies.archives", 2020)) == (0, 1)
    assert value("deputies.archives", 2021) == 1  # 田野's activity was in the mandate that ended


def test_rows_that_contradict_themselves_are_refused() -> None:
    assert "expected" in faults_of("deputies.activities", activity("多", "2021-03-01", "何云等9人", expected=8))
    assert "deputy" in faults_of("deputies.links", {"member": "何云", "deputy": "何云", "since": "2021-01-01"})
    votes = {"deputy": "何云", "level": "县级", "on": "2021-01-01", "voters": 9, "satisfied": 5, "unsatisfied": 5}
    assert "voters" in faults_of("deputies.reports", votes)


def test_the_database_refuses_more_marks_than_voters() -> None:
    row = {
        "division": office.division(office.COUNTY),
        "deputy": Person.objects.get(name="何云"),
        "level": "county",
        "on": "2021-01-01",
        "natural_key": "x",
    }
    with pytest.raises(IntegrityError, match="deputies_report_votes"), transaction.atomic():
        DeputyReport.objects.create(voters=9, satisfied=5, unsatisfied=5, **row)
    DeputyReport.objects.create(voters=10, satisfied=5, unsatisfied=5, **row)


def test_a_share_changes_against_the_term_before() -> None:
    place = office.division(office.COUNTY)
    enter(
        "directory.terms",
        {"level": "县级", "number": 13, "starts_on": "2031-12-20", "ends_on": "2036-12-20"},
        {"level": "县级", "number": 12, "starts_on": "2026-12-20", "ends_on": "2031-12-20"},
    )
    old = {"level": "县级", "term_number": 12, "since": "2026-12-20", "until": "2031-12-20", "end_reason": "任期届满"}
    new = {"level": "县级", "term_number": 13, "since": "2031-12-20"}
    enter(
        "directory.deputies",
        {"person__name": "甲一", "person__sex": "女", **old},
        {"person__name": "乙二", "person__sex": "男", **old},
        {"person__name": "丙三", "person__sex": "女", **new},
    )
    term = periods.term(13, "county", place)
    assert (term.before.name, term.before.end.isoformat()) == ("县级第12届", "2031-12-19")
    figure = evaluate.evaluate(registry.get("deputies.women_share_change"), evaluate.Question(term, place), actor=OPERATOR)
    assert figure.value is not None
    now = value("deputies.women_share", 2032)
    before = evaluate.evaluate(registry.get("deputies.women_share"), evaluate.Question(term.before, place), actor=OPERATOR).value
    # In office besides: 何云 (two levels) and 田野, of unknown sex. Then 1 of 4, now 1 of 3.
    assert (now, before, figure.value) == (Decimal("33.33"), Decimal("25.00"), Decimal("8.33"))
