"""A leader's home: what is late, with whom, and the trend; counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from renda.petitions.models import Petition
from renda.web import oversight
from tests.office import Office
from tests.web.inbox_desk import Desk

TODAY = date(2021, 11, 20)


@pytest.fixture
def desk(office: Office) -> Desk:
    """Of the office's own: one suggestion open and late, two petitions and the other suggestions closed."""
    return Desk(office)


def test_month_ends_go_back_a_year_to_today() -> None:
    found = oversight.month_ends(date(2021, 3, 31))
    assert len(found) == 12
    assert found[-3:] == [date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31)]
    assert found[0] == date(2020, 4, 30)


def test_who_holds_what_and_how_late(desk: Desk) -> None:
    first, second, third = desk.register("2021-11-14", "2021-11-15", "2021-11-16")
    for pk, organ in ((first, "县教育局"), (second, "县教育局"), (third, "县住建局")):
        desk.assign(pk, organ)
    Petition.objects.filter(pk=first).update(due_on=date(2021, 11, 10))
    Petition.objects.filter(pk=second).update(due_on=date(2021, 11, 18))
    found = {one.name: one for one in oversight.holders(desk.actor("director"))}
    education, housing = found["县教育局"], found["县住建局"]
    assert (education.count, education.late, education.longest) == (2, 2, 10)
    assert (housing.count, housing.late, housing.longest) == (1, 0, 0)
    assert education.url == f"/inbox/?tab=waiting&organ={desk.office.county.organs['县教育局'].pk}"


def test_the_numbers_of_today_and_of_the_months(desk: Desk) -> None:
    before = oversight.overview(desk.actor("director"))
    assert before.late == 1
    one, two, three = desk.register("2021-11-14", "2021-11-15", "2021-11-16")
    Petition.objects.filter(pk=one).update(due_on=date(2021, 8, 30))  # late at the end of August and since
    Petition.objects.filter(pk=two).update(due_on=date(2021, 8, 15), closed_on=date(2021, 10, 5))  # late in August and September
    Petition.objects.filter(pk=three).update(due_on=date(2021, 11, 25))  # runs out within a week
    after = oversight.overview(desk.actor("director"))
    more = [new - old for (_day, new), (_same, old) in zip(after.trend, before.trend, strict=True)]
    assert [day for day, _count in after.trend][-4:] == [date(2021, 8, 31), date(2021, 9, 30), date(2021, 10, 31), TODAY]
    assert more[-4:] == [2, 2, 1, 1]
    assert not any(more[:-4])
    assert (after.open - before.open, after.late, after.soon - before.soon) == (2, 2, 1)
    assert (after.closed - before.closed, after.in_time - before.in_time) == (1, 0)


def test_the_finding_says_what_the_trend_says() -> None:
    def seen(*counts: int) -> str:
        trend = [(TODAY, count) for count in counts]
        return oversight.Overview(9, counts[-1], 0, 0, 0, trend).finding

    assert seen(5, 6, 7, 8) == "比三个月前多 3 件"
    assert seen(8, 6, 7, 5) == "比三个月前少 3 件"
    assert seen(5, 6, 7, 5) == "与三个月前持平"
    assert seen(5, 6) == ""
    assert oversight.Overview(0, 0, 0, 0, 0, []).rate is None


def test_the_leader_meets_it_on_home_and_nobody_else_does(desk: Desk, as_role: Callable[[str], Client]) -> None:
    desk.assign(desk.register("2021-11-15")[0])
    page = as_role("director").get("/").content.decode()
    assert "在谁手里" in page
    assert "县教育局" in page
    assert "比三个月前" in page or "与三个月前持平" in page
    assert "在谁手里" not in as_role("petition").get("/").content.decode()
