"""The pages of the plan and the first page: what they show, what they change, who may."""

from __future__ import annotations

import re
from datetime import date

import pytest

from renda.core import clock
from renda.elections.models import Election, ElectoralDistrict, MapOutline, SeatDecision, Voter
from renda.journal.models import Entry
from tests.elections.plan import desk as desks
from tests.elections.plan.desk import Desk

pytestmark = pytest.mark.django_db
PAGES = ("", "plan/", "plan/seats/", "plan/districts/", "plan/proposal/", "plan/people/", "plan/map/", "schedule/")


@pytest.fixture
def desk() -> Desk:
    """The office, three months before election day."""
    with clock.travel(date(2026, 10, 1)):
        yield desks.make()  # type: ignore[misc]


def address(desk: Desk, page: str = "") -> str:
    return f"/election/{desk.election.pk}/{page}"


def state_in(page: str) -> str:
    """The digest that a form carries."""
    found = re.search(r'name="state" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_with_and_without_data(desk: Desk, page: str) -> None:
    assert desk.client().get(address(desk, page)).status_code == 200
    ElectoralDistrict.objects.all().delete()
    assert desk.client().get(address(desk, page)).status_code == 200


def test_who_only_looks_is_offered_no_change(desk: Desk) -> None:
    page = desk.client("director").get(address(desk, "plan/")).content.decode()
    assert "第10选区" in page
    assert "/plan/seats/" not in page
    for page in ("plan/seats/", "plan/districts/", "plan/proposal/", "plan/map/"):
        assert desk.client("director").post(address(desk, page)).status_code == 403, page


def test_seats_are_fixed_and_what_exceeds_the_law_needs_its_ground(desk: Desk) -> None:
    data = {
        "population": 200_000,
        "counted_on": "2026-06-30",
        "seats": 190,
        "ground": "first",
        "number": "省常发1号",
        "decided_on": "2026-08-01",
    }
    answer = desk.client().post(address(desk, "plan/seats/"), data)
    assert answer.status_code == 422
    assert "190 名多于按人口计算的上限 180 名（《选举法》第十二条" in answer.content.decode()
    assert not SeatDecision.objects.exists()
    told = (
        desk.client().post(address(desk, "plan/seats/"), data | {"note": "省常发〔2026〕5号另加"}, follow=True).content.decode()
    )
    assert "代表总名额 190 名" in told
    assert Election.objects.get(pk=desk.election.pk).seats == 190
    again = desk.client().post(address(desk, "plan/seats/"), data | {"ground": "first", "seats": 170, "decided_on": "2026-09-01"})
    assert again.status_code == 422, "a second decision is no first one"
    moved = data | {"ground": "boundary", "seats": 170, "decided_on": "2026-09-01", "number": "省常发2号"}
    assert desk.client().post(address(desk, "plan/seats/"), moved).status_code == 302
    assert Election.objects.get(pk=desk.election.pk).seats == 170


def test_districts_are_changed_together_or_not_at_all(desk: Desk) -> None:
    first, second = desk.districts["第1选区"], desk.districts["第2选区"]
    form = {"state": state_in(desk.client().get(address(desk, "plan/districts/")).content.decode())}
    wrong = form | {f"seats-{first.pk}": "2", f"seats-{second.pk}": "4"}
    answer = desk.client().post(address(desk, "plan/districts/"), wrong)
    assert answer.status_code == 422
    assert "第2选区：每一选区一至三名（选举法第二十五条第二款）" in answer.content.decode()
    first.refresh_from_db()
    assert first.seats == 3
    right = form | {f"seats-{first.pk}": "2", f"seats-{second.pk}": "2", f"population-{second.pk}": "4,600"}
    assert "已保存 2 个选区的改动" in desk.client().post(address(desk, "plan/districts/"), right, follow=True).content.decode()
    second.refresh_from_db()
    assert (second.seats, second.population) == (2, 4600)
    stale = desk.client().post(address(desk, "plan/districts/"), form | {f"seats-{first.pk}": "1"})
    assert stale.status_code == 422
    assert "有人刚刚改过这些选区" in stale.content.decode()


def test_a_township_district_is_put_under_a_county_district_of_its_own_election(desk: Desk) -> None:
    desk.county.enter("elections.districts", [
        {"选举": desks.TOWNSHIP, "选区名称": "镇一", "应选名额": 2, "人口数": 900, "所属区划": "龙潭镇"}
    ])  # fmt: skip
    one, above = ElectoralDistrict.objects.get(name="镇一"), desk.districts["第1选区"]
    page = f"/election/{desk.township.pk}/plan/districts/"
    form = {"state": state_in(desk.client().get(page).content.decode())}
    assert desk.client().post(page, form | {f"parent-{one.pk}": str(one.pk)}).status_code == 422
    assert desk.client().post(page, form | {f"parent-{one.pk}": str(above.pk)}).status_code == 302
    one.refresh_from_db()
    assert one.parent_id == above.pk
    assert "镇一" in desk.client().get(address(desk, "plan/")).content.decode()


def test_a_deviation_is_marked_only_above_the_countys_own_line(desk: Desk) -> None:
    assert "没有设提示线" in desk.client().get(address(desk, "plan/")).content.decode()
    Election.objects.filter(pk=desk.election.pk).update(deviation_warning=30)
    page = desk.client().get(address(desk, "plan/")).content.decode()
    assert "提示线 30%，超过的 1 个" in page
    assert "超过提示线" in page


def test_the_proposal_is_adopted_as_one_change(desk: Desk) -> None:
    page = desk.client().get(address(desk, "plan/proposal/")).content.decode()
    assert "现在的最大偏差" in page
    form = {"state": state_in(page)}
    assert desk.client().post(address(desk, "plan/proposal/"), form).status_code == 302
    held = dict(ElectoralDistrict.objects.filter(election=desk.election).values_list("name", "seats"))
    assert held == {"第1选区": 2, "第2选区": 2, "第10选区": 2}
    said = Entry.objects.get(action="election.seats_adopted")
    assert said.payload == {"area": "清河县", "districts": 2, "before": 125.0, "after": 25.0}
    again = desk.client().get(address(desk, "plan/proposal/")).content.decode()
    answer = desk.client().post(address(desk, "plan/proposal/"), {"state": state_in(again)})
    assert answer.status_code == 422
    assert "不必采用" in answer.content.decode()


def test_a_closed_file_takes_no_change(desk: Desk) -> None:
    Election.objects.filter(pk=desk.election.pk).update(frozen_at=clock.now())
    for page in ("plan/seats/", "plan/districts/", "plan/proposal/", "plan/map/"):
        assert desk.client().post(address(desk, page)).status_code == 403, page
    assert "/plan/seats/" not in desk.client().get(address(desk, "plan/")).content.decode()


def test_the_first_page_has_steps_numbers_and_the_map(desk: Desk) -> None:
    desk.enter("rolls", [
        {"选区": "第1选区", "登记选民数": 3000, "18周岁以上人口数": 3100, "所属区划": "龙潭镇"},
        {"选区": "第10选区", "登记选民数": 1500, "18周岁以上人口数": 2000, "所属区划": "白沙镇"},
    ])  # fmt: skip
    page = desk.client("director").get(address(desk)).content.decode()
    assert '89</a> <span class="r-figure__unit">天后' in page
    assert "召开新一届第一次会议" in page
    assert "登记率 88.2%" in page
    assert "示意方格" in page
    assert "96.8%" in page
    assert "上传本县地图" not in page


def test_the_pyramid_counts_voters_for_those_who_see_the_roll(desk: Desk) -> None:
    born = ("2008-12-29", "1990-05-05", "1930-01-01")
    for n, day in enumerate(born):
        Voter.objects.create(
            election=desk.election, division=desk.county.division, district=desk.districts["第1选区"], name=f"选民{n}",
            sex="male" if n else "female", birth_date=day, identity_number=f"99010120260101000{n}", source="clerk",
        )  # fmt: skip
    page = desk.client().get(address(desk)).content.decode()
    assert "18—19 女 1" in page.replace("</title>", "")
    assert "35—39 男 1" in page
    assert "90 岁及以上 男 1" in page
    assert "18—19" not in desk.client("director").get(address(desk)).content.decode()


def square(name: str, west: float) -> dict[str, object]:
    ring = [[west, 30], [west + 1, 30], [west + 1, 31], [west, 31], [west, 30]]
    return {
        "type": "Feature",
        "properties": {"name": name, "phone": "13812345678"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_the_countys_own_map_is_cleaned_and_drawn(desk: Desk) -> None:
    import json

    from django.core.files.uploadedfile import SimpleUploadedFile

    desk.enter("rolls", [{"选区": "第1选区", "登记选民数": 3000, "18周岁以上人口数": 3100, "所属区划": "龙潭镇"}])
    data = {"type": "FeatureCollection", "features": [square("龙潭镇", 110), square("外县", 111)]}
    file = SimpleUploadedFile("县界.geojson", json.dumps(data).encode(), "application/geo+json")
    told = desk.client().post(address(desk, "plan/map/"), {"file": file}, follow=True).content.decode()
    assert "已收下 2 个图形" in told
    assert "示意图，不作界线的依据" in told
    assert "地图上没有的：白沙镇" in told
    held = MapOutline.objects.get()
    assert set(held.shapes) == {"龙潭镇", "外县"}
    assert "13812345678" not in json.dumps(held.shapes)
    assert "外县" in desk.client().get(address(desk, "plan/map/")).content.decode()
    bad = SimpleUploadedFile("x.geojson", b"{]", "application/json")
    answer = desk.client().post(address(desk, "plan/map/"), {"file": bad})
    assert answer.status_code == 422
    assert "这不是 GeoJSON 文件" in answer.content.decode()
    desk.client().post(address(desk, "plan/map/"), {"remove": "1"})
    assert not MapOutline.objects.exists()
    assert list(Entry.objects.filter(action__startswith="election.map").values_list("action", flat=True).order_by("sequence")) == [
        "election.map_drawn", "election.map_removed",
    ]  # fmt: skip


def test_the_room_and_the_entry_lead_to_the_election(desk: Desk) -> None:
    own = f'href="/election/{desk.election.pk}/"'
    assert own in desk.client().get("/elections/").content.decode()
    assert own in desk.client().get(f"/elections/elections/{desk.election.pk}/").content.decode()
    assert own in desk.client("town").get("/elections/").content.decode(), "the county's election is read in its townships"
    assert own not in desk.client().get(f"/elections/elections/{desk.township.pk}/").content.decode()
