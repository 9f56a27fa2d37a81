"""Where voters are against deputies and stations, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.directory.models import Mandate
from renda.web import coverage
from tests.office import Office
from tests.small_county import SmallCounty

pytestmark = pytest.mark.django_db
TODAY = date(2021, 11, 20)
ELECTION = "2016年换届选举"


@pytest.fixture
def county(office: Office) -> SmallCounty:
    """Two townships: two districts and two stations in one, one district and no station in the other."""
    county = office.county
    Mandate.objects.all().delete()
    county.enter("elections.elections", [{"选举名称": ELECTION, "选举层级": "县级", "届次": 17, "选举日": "2016-11-10"}])
    county.enter(
        "elections.districts",
        [
            {"选举": ELECTION, "选区名称": name, "应选名额": seats, "所属区划": town}
            for name, seats, town in (("一选区", 2, "龙潭镇"), ("二选区", 1, "龙潭镇"), ("三选区", 1, "白沙镇"))
        ],
    )
    county.enter(
        "elections.rolls",
        [
            {"选举": ELECTION, "选区": "一选区", "登记选民数": 3000, "所属区划": "龙潭镇"},
            {"选举": ELECTION, "选区": "二选区", "登记选民数": 1501, "所属区划": "龙潭镇"},
        ],
    )
    for name, district, town in (("张伟", "一选区", "龙潭镇"), ("李娜", "二选区", "龙潭镇"), ("陈静", "三选区", "白沙镇")):
        seat(county, name, district, town)
    county.enter(
        "stations.stations",
        [
            {"站点名称": name, "站点类型": "联络站", "所属区划": "龙潭镇", "建立日期": "2018-01-01", "撤销日期": closed}
            for name, closed in (("东站", ""), ("西站", ""), ("旧站", "2020-01-01"))
        ],
    )
    county.enter(
        "stations.deputies",
        [{"站点": "东站", "进站代表": name, "进站日期": "2018-02-01", "所属区划": "龙潭镇"} for name in ("张伟", "李娜")],
    )
    county.enter(
        "stations.receptions",
        [
            {"站点": "东站", "接待日期": "2021-08-20", "接待代表": "张伟", "所属区划": "龙潭镇"},
            {"站点": "东站", "接待日期": "2021-08-21", "接待代表": "张伟", "所属区划": "龙潭镇"},
            {"站点": "东站", "接待日期": "2021-11-20", "接待代表": "李娜", "所属区划": "龙潭镇"},
            {"站点": "西站", "接待日期": "2021-06-03", "所属区划": "龙潭镇"},
        ],
    )
    return county


def seat(county: SmallCounty, name: str, district: str, town: str, until: date | None = None) -> None:
    division = county.townships[town]
    Mandate.objects.create(
        person_id=county.persons[name], level="county", term_number=17, electoral_district=district, division=division,
        since=date(2016, 12, 1), until=until, end_reason="resigned" if until else "", natural_key=f"{name}{district}",
    )  # fmt: skip


def test_townships_districts_and_stations(county: SmallCounty) -> None:
    found = coverage.look(county.division, 3, TODAY)
    long, bai = (next(one for one in found.areas if one.name == name) for name in ("龙潭镇", "白沙镇"))
    assert (long.voters, long.deputies, long.voters_per_deputy, long.voters_per_place) == (4501, 2, 2250, 2250)
    assert (bai.voters, bai.deputies, bai.voters_per_deputy, bai.voters_per_place) == (None, 1, None, None)
    assert [(one.name, one.days, one.last) for one in long.places] == [
        ("东站", 2, date(2021, 11, 20)),
        ("西站", 0, date(2021, 6, 3)),
    ]
    assert (long.days, long.last) == (2, date(2021, 11, 20))


def test_what_nobody_covers(county: SmallCounty) -> None:
    found = coverage.look(county.division, 3, TODAY)
    assert [(one.name, one.vacant) for one in found.vacant] == [("一选区", 1)]
    assert [one.name for one in found.without_place] == ["白沙镇"]
    assert [one.name for one in found.quiet] == ["西站"]
    assert [one.name for one in found.unmanned] == ["西站"]
    assert coverage.look(county.division, 6, TODAY).quiet == [], "it received somebody within half a year"
    assert [one.name for one in coverage.look(county.division, 3, date(2021, 8, 2)).quiet] == ["东站"]


def test_a_mandate_that_ended_leaves_a_vacancy(county: SmallCounty) -> None:
    Mandate.objects.filter(electoral_district="三选区").update(until=date(2021, 11, 19), end_reason="resigned")
    found = coverage.look(county.division, 3, TODAY)
    assert [one.name for one in found.vacant] == ["一选区", "三选区"]
    assert [one.name for one in coverage.look(county.division, 3, date(2021, 11, 19)).vacant] == ["一选区"]


def test_the_turn_is_with_who_came_least(county: SmallCounty) -> None:
    east, west = next(one for one in coverage.look(county.division, 3, TODAY).areas if one.name == "龙潭镇").places
    assert [(turn.name, turn.days) for turn in east.next] == [("李娜", 1), ("张伟", 2)]
    assert (west.next, west.could) == ([], []), "both deputies of the township have a station"


def test_queries_do_not_grow_with_the_county(county: SmallCounty) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            coverage.look(county.division, 3, TODAY)
        return len(held)

    before = queries()
    county.enter(
        "stations.stations",
        [{"站点名称": f"站{n}", "站点类型": "联络站", "所属区划": "白沙镇", "建立日期": "2018-01-01"} for n in range(5)],
    )
    assert queries() == before <= 12


def test_the_pages(county: SmallCounty, as_role: Callable[[str], Client]) -> None:
    whole = as_role("director").get("/coverage/").content.decode()
    assert all(
        word in whole for word in ("4,501", "代表出缺的选区", "由原选区补选（《选举法》第五十七条第一款）", "每个站点的选民数")
    )
    own = as_role("town").get("/coverage/").content.decode()
    assert all(word in own for word in ("一选区", "东站", "李娜"))
    assert "白沙镇" not in own
    other = county.townships["白沙镇"].code
    assert "三选区" in as_role("director").get(f"/coverage/?division={other}").content.decode()
    assert "三选区" not in as_role("town").get(f"/coverage/?division={other}").content.decode()
    assert as_role("unit").get("/coverage/").status_code == 403
