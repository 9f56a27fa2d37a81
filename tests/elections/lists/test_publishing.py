"""Publishing voter lists and their corrections (选举法 28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.elections.lists import correcting, publishing
from renda.elections.lists.publishing import Notice, NotPublished, publish
from renda.elections.models import Listed, Publication, RollState, RollTotal, Voter, WhyOff
from renda.journal.models import Entry
from renda.lawbook import services as lawbook
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk

pytestmark = [pytest.mark.django_db]
IN_TIME = Notice(date(2021, 10, 20), "村委会公告栏")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2021, 10, 28)):
        yield


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def published(desk: Desk, *places: str, notice: Notice = IN_TIME) -> list[int]:
    ids = [desk.districts[place].pk for place in places or ("county", "east", "west")]
    return publish(desk.election, ids, notice, actor=desks.clerk(desk))


def names(desk: Desk, place: str) -> list[str]:
    rows = Listed.objects.filter(district=desk.districts[place], ended_by__isnull=True).order_by("place")
    return list(rows.values_list("name", flat=True))


def take_off(one: Voter, why: str = WhyOff.DIED) -> None:
    Voter.objects.filter(pk=one.pk).update(state=RollState.OFF, why_off=why)


def test_lists_stand_by_group_and_then_by_strokes(desk: Desk) -> None:
    published(desk, "east")
    found = names(desk, "east")
    assert sorted(found) == sorted(desks.NAMES)
    second, tenth = found[:5], found[5:]
    assert set(second) == set(desks.NAMES[1::2]), "第2小组 stands before 第10小组"
    assert second[0] == "丁一", "two strokes come first"
    assert tenth[0] == "王丽"


def test_totals_reach_the_ledger_of_the_district_and_of_the_county_district(desk: Desk) -> None:
    published(desk)
    totals = {one.district: (one.election_id, one.registered) for one in RollTotal.objects.all()}
    assert totals == {
        "第一选区": (desk.election.pk, 10), "龙潭镇第一选区": (desk.township.pk, 10), "龙潭镇第二选区": (desk.township.pk, 10),
        "第二选区": (desk.election.pk, 20),
    }  # fmt: skip


def test_a_late_list_needs_its_reason_and_is_marked(desk: Desk) -> None:
    late = Notice(date(2021, 10, 23))
    with pytest.raises(NotPublished, match=r"2021-10-21.*第二十八条.*晚 2 天"):
        published(desk, "east", notice=late)
    assert not Publication.objects.exists()
    published(desk, "east", notice=replace(late, late_reason="登记站停电两日"))
    made = Publication.objects.get()
    assert (made.due_on, made.late_days, made.late_reason) == (date(2021, 10, 21), 2, "登记站停电两日")


def test_the_strict_reading_is_one_day_earlier(desk: Desk) -> None:
    last = Notice(date(2021, 10, 21))
    lawbook.choose("cal.election.backward.strict", "strict", reason="从严", actor=OPERATOR)
    with pytest.raises(NotPublished, match="2021-10-20"):
        published(desk, "east", notice=last)


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (Notice(date(2021, 10, 29)), "还没有到"),
        (Notice(date(2021, 10, 20), fields=("phone",)), "只能从页面列出的栏目"),
        (Notice(date(2021, 10, 20), order="votes"), "只能从页面列出的栏目"),
    ],
)
def test_what_cannot_be_published_is_refused(desk: Desk, notice: Notice, words: str) -> None:
    with pytest.raises(NotPublished, match=words):
        published(desk, "east", notice=notice)


def test_a_list_is_published_once(desk: Desk) -> None:
    published(desk, "east")
    with pytest.raises(NotPublished, match="补正名单"):
        published(desk, "east", "west")
    assert Publication.objects.count() == 1


def test_an_empty_district_is_refused_with_all_others(desk: Desk) -> None:
    Voter.objects.filter(district=desk.districts["west"]).update(state=RollState.REVIEW)
    with pytest.raises(NotPublished, match="龙潭镇第二选区"):
        published(desk, "east", "west")
    assert not Listed.objects.exists()


def test_the_snapshot_stays_as_published(desk: Desk) -> None:
    published(desk, "east")
    Voter.objects.filter(pk=desk.voters["east"][0].pk).update(name="王莉")
    assert "王丽" in names(desk, "east")


def test_the_journal_names_nobody(desk: Desk) -> None:
    published(desk, "east")
    entry = Entry.objects.get(action="voter_list.published")
    assert (entry.payload["voters"], entry.payload["late_days"]) == (10, 0)
    assert entry.payload["digest"]
    assert not any(name in str(entry.payload) for name in desks.NAMES)


def test_who_may_not_read_the_roll_publishes_nothing(desk: Desk) -> None:
    clerk = replace(desks.clerk(desk), role="congress_clerk")
    with pytest.raises(PermissionDenied):
        publish(desk.election, [desk.districts["east"].pk], IN_TIME, actor=clerk)
    with pytest.raises(PermissionDenied):
        publish(desk.election, [desk.districts["east"].pk], IN_TIME, actor=desks.registrar(desk, "east"))


def test_a_township_publishes_its_own_districts_alone(desk: Desk) -> None:
    town = desk.county.townships["龙潭镇"]
    clerk = replace(desks.clerk(desk), role="township_clerk", division_id=town.pk, division_path=town.path)
    with pytest.raises(NotPublished, match="权限"):
        publish(desk.election, [desk.districts["county"].pk], IN_TIME, actor=clerk)
    publish(desk.township, [desk.districts["east"].pk], IN_TIME, actor=clerk)
    assert Publication.objects.get().election == desk.election, "the list is that of the shared roll"


def test_a_voter_stands_on_one_list(desk: Desk) -> None:
    published(desk)
    row = Listed.objects.filter(district=desk.districts["east"]).first()
    assert row is not None
    row.pk, row.district, row.code, row.place = None, desk.districts["west"], "Z", 99
    with pytest.raises(IntegrityError, match="listed_once"), transaction.atomic():
        row.save()


def test_a_correction_says_who_came_and_who_went(desk: Desk) -> None:
    published(desk)
    gone, moved, amended = desk.voters["east"][:3]
    take_off(gone)
    Voter.objects.filter(pk=moved.pk).update(district=desk.districts["west"])
    Voter.objects.filter(pk=amended.pk).update(name="张三峰")
    new = desks.voter(desk, "west", "新来", 555)
    assert correcting.pending(desk.election) == {desk.districts["east"].pk: 3, desk.districts["west"].pk: 2}
    made = correcting.correct(desk.election, [desk.districts["west"].pk], Notice(date(2021, 10, 28)), actor=desks.clerk(desk))
    assert len(made) == 2, "the list that the moved voter leaves is corrected too"
    assert {"新来", moved.name} <= set(names(desk, "west"))
    assert len(names(desk, "west")) == 12
    assert sorted(names(desk, "east")) == sorted([one.name for one in desk.voters["east"][3:]] + ["张三峰"])
    why = dict(Listed.objects.filter(ended_by__isnull=False).values_list("voter", "ended_why"))
    assert why == {gone.pk: "死亡", moved.pk: "转入其他选区", amended.pk: "更正"}
    west = Publication.objects.get(district=desk.districts["west"], number=1)
    assert (west.added, west.removed, west.voters) == (2, 0, 12)
    assert not correcting.pending(desk.election)
    assert RollTotal.objects.get(district="第二选区").registered == 20
    assert [Listed.objects.get(voter=one, ended_by=None).place for one in (moved, new)] == [11, 12]


def test_an_amended_voter_keeps_the_card(desk: Desk) -> None:
    published(desk, "east")
    one = desk.voters["east"][0]
    before = Listed.objects.get(voter=one)
    Voter.objects.filter(pk=one.pk).update(sex="male")
    correcting.correct(desk.election, [desk.districts["east"].pk], Notice(date(2021, 10, 28)), actor=desks.clerk(desk))
    after = Listed.objects.get(voter=one, ended_by__isnull=True)
    assert (after.place, after.code, after.sex) == (before.place, before.code, "male")


def test_without_changes_there_is_no_correction(desk: Desk) -> None:
    published(desk, "east")
    with pytest.raises(NotPublished, match="没有变动"):
        correcting.correct(desk.election, [desk.districts["east"].pk], Notice(date(2021, 10, 28)), actor=desks.clerk(desk))


def test_a_province_says_until_when_corrections_are_published(desk: Desk) -> None:
    published(desk, "east")
    take_off(desk.voters["east"][0])
    lawbook.use_packs(["shanghai"], reason="试", actor=OPERATOR)
    with clock.travel(date(2021, 11, 9)), pytest.raises(NotPublished, match="2021-11-08"):
        correcting.correct(desk.election, [desk.districts["east"].pk], Notice(date(2021, 11, 9)), actor=desks.clerk(desk))


def test_numbers_of_corrections_count_by_district(desk: Desk) -> None:
    published(desk, "east")
    for n in (0, 1):
        take_off(desk.voters["east"][n])
        correcting.correct(desk.election, [desk.districts["east"].pk], Notice(date(2021, 10, 28)), actor=desks.clerk(desk))
    assert list(Publication.objects.order_by("number").values_list("number", "voters")) == [(0, 10), (1, 9), (2, 8)]


def test_ages_are_those_on_election_day() -> None:
    assert publishing.age_on(date(2003, 11, 10), desks.DAY) == 18
    assert publishing.age_on(date(2003, 11, 11), desks.DAY) == 17
