"""Seats by law and as fixed, shared out over districts; what does not fit is said with its article."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.elections.models import Election, SeatDecision
from renda.elections.plan import seats
from renda.elections.plan.seats import Congress, ceiling, congresses
from renda.registers import registry
from renda.registers.services import void
from tests.elections.plan import desk as desks
from tests.elections.plan.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def the(desk: Desk) -> Congress:
    """The county's congress."""
    (one,) = congresses(desk.election)
    return one


def test_the_ceiling_is_that_of_the_level_and_the_day(desk: Desk) -> None:
    assert ceiling(desk.election, desk.county.division, 354_999).seats == 210
    assert ceiling(desk.township, desk.county.townships["龙潭镇"], 30_000).seats == 65
    Election.objects.filter(pk=desk.election.pk).update(election_day="2016-11-15")
    old = Election.objects.get(pk=desk.election.pk)
    assert ceiling(old, desk.county.division, 354_999).seats == 190


def test_districts_in_their_order_with_their_deviation(desk: Desk) -> None:
    one = the(desk)
    assert [share.district.name for share in one.districts] == ["第1选区", "第2选区", "第10选区"]
    assert (one.shared_out, one.population, one.each) == (6, 12_000, 2000)
    by_name = {share.district.name: share for share in one.districts}
    assert by_name["第2选区"].deviation == pytest.approx(125.0)
    assert by_name["第1选区"].deviation == pytest.approx(-25.0)
    assert one.largest == pytest.approx(125.0)


def test_what_was_fixed_is_held_against_the_law_and_the_districts(desk: Desk) -> None:
    desk.fix(200, 200_000, 说明="省常发〔2026〕5号")
    words = "".join(the(desk).words)
    assert "确定的 200 名多于按人口计算的上限 180 名（《选举法》第十二条" in words
    assert "各选区应选名额合计 6 名，与确定的总名额 200 名不一致" in words
    assert "第十一条第一款第一项" in words
    assert Election.objects.get(pk=desk.election.pk).seats == 200


def test_without_a_decision_the_districts_are_held_against_the_ceiling_of_their_people(desk: Desk) -> None:
    most = ceiling(desk.election, desk.county.division, 12_000).seats
    assert the(desk).words == []
    number = most // 3
    desk.enter("districts", [{"选区名称": f"加{n}", "应选名额": 3, "人口数": 10, "所属区划": "龙潭镇"} for n in range(number)])
    words = "".join(the(desk).words)
    assert (
        f"合计 {6 + 3 * number} 名，多于按选区人口合计 {12_000 + 10 * number} 人计算的上限 {most} 名（《选举法》第十二条" in words
    )
    desk.enter("districts", [{"选区名称": "未知", "应选名额": 3, "所属区划": "龙潭镇"}])
    assert the(desk).words == [], "the people of one district are not known"


def test_fixed_and_shared_out_alike_nothing_is_said(desk: Desk) -> None:
    desk.fix(6, 200_000)
    assert the(desk).words == []


def test_a_total_is_fixed_once_and_again_only_on_the_two_grounds(desk: Desk) -> None:
    first = desk.fix(6, 200_000)
    with pytest.raises(Exception, match="第十四条第一款"), transaction.atomic():
        desk.fix(7, 210_000, 决定日期="2026-09-01", 决定文号="省常发2号")
    desk.fix(7, 210_000, 决定日期="2026-09-01", 决定文号="省常发3号", 确定的缘由="行政区划变动")
    assert Election.objects.get(pk=desk.election.pk).seats == 7
    assert "总名额重新确定过" in "".join(the(desk).words)
    again = SeatDecision.objects.get(number="省常发3号")
    void(registry.get("elections.seat_decisions"), [again.pk], reason="登记有误", actor=OPERATOR)
    assert Election.objects.get(pk=desk.election.pk).seats == 6
    assert the(desk).fixed.pk == first  # type: ignore[union-attr]
    void(registry.get("elections.seat_decisions"), [first], reason="登记有误", actor=OPERATOR)
    assert Election.objects.get(pk=desk.election.pk).seats is None, "no decision stands, so no total is fixed"


def test_the_database_itself_refuses_a_second_first_decision(desk: Desk) -> None:
    desk.fix(6, 200_000)
    held = SeatDecision.objects.get()
    held.pk, held.natural_key = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


def test_a_township_without_a_district_is_named(desk: Desk) -> None:
    from renda.elections.models import ElectoralDistrict

    ElectoralDistrict.objects.filter(name="第10选区").update(division=desk.county.townships["龙潭镇"])
    assert "没有选区的乡镇：白沙镇" in "".join(the(desk).words)
    desk.election.by_election = True  # a by-election is held where a seat is vacant, and nowhere else
    desk.election.save()
    assert "没有选区的乡镇" not in "".join(the(desk).words)


def test_an_election_in_all_townships_has_a_congress_for_each(desk: Desk) -> None:
    whole = Election.objects.create(
        division=desk.county.division,
        natural_key="乡镇",
        name="乡镇换届",
        level="township",
        term_number=20,
        election_day=desks.DAY,
    )
    for n, place in enumerate(("龙潭镇", "白沙镇")):
        row = {"选举": "乡镇换届", "选区名称": f"{place}一", "应选名额": 2 + n, "人口数": 500, "所属区划": place}
        desk.county.enter("elections.districts", [row])
    found = congresses(whole)
    assert [(one.division.name, one.shared_out) for one in found] == [("龙潭镇", 2), ("白沙镇", 3)]
    rows = [
        {"选举": "乡镇换届", "决定文号": f"县常发{n}号", "确定的代表总名额": number, "人口数": 9000, "人口数截至": "2026-06-30",
         "决定日期": "2026-08-01", "所属区划": place}
        for n, (place, number) in enumerate((("龙潭镇", 51), ("白沙镇", 50)))
    ]  # fmt: skip
    desk.county.enter("elections.seat_decisions", rows[:1])
    assert Election.objects.get(pk=whole.pk).seats is None, "the other township has no decision yet"
    desk.county.enter("elections.seat_decisions", rows[1:])
    assert Election.objects.get(pk=whole.pk).seats == 101


def test_no_populations_no_deviation() -> None:
    empty = Congress(Division(), "county")
    assert (empty.largest, empty.per_seat, empty.each, empty.population) == (None, None, None, 0)


def test_the_order_of_districts_counts_numbers(desk: Desk) -> None:
    names = sorted(desk.districts.values(), key=lambda one: seats.in_order(one)[2])  # type: ignore[return-value]
    assert [one.name for one in names] == ["第1选区", "第2选区", "第10选区"]
