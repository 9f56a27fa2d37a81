"""The roll changed by hand: what is allowed, what is refused with its article, and what the journal keeps of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from renda.directory.gate import OPERATOR, Actor, visible_to
from renda.elections.models import Voter
from renda.elections.roll import services
from renda.elections.roll.services import Entered, Refused
from renda.journal.models import Entry
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk, bar, book, number, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def registrar(desk: Desk, organ: str = "县教育局") -> Actor:
    """Who registers 第1选区 (or works elsewhere)."""
    division = desk.county.division
    return Actor("登记员", "registrar", 1, None, desk.county.organs[organ].pk, division.pk, division.path)


def entered(desk: Desk, place: int = 1, district: str = "第1选区", **more: str) -> Entered:
    row = person(place)
    return Entered(desk.election, more.get("name", row[0]), more.get("number", row[2]), desk.districts[district])


def test_a_person_is_entered_and_journalled_without_a_number(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=registrar(desk))
    assert (voter.state, voter.source, voter.entry) == ("registered", "clerk", "first")
    line = Entry.objects.get(action="voter.entered")
    assert line.subject_id == voter.pk
    assert voter.identity_number not in str(line.payload) + line.subject_label
    assert line.subject_label == "李*"


def test_the_same_person_twice_is_refused_where_it_stands(desk: Desk) -> None:
    services.enter(entered(desk), actor=OPERATOR)
    with pytest.raises(Refused, match="此人已登记在“第1选区”"):
        services.enter(entered(desk), actor=OPERATOR)
    with pytest.raises(Refused, match="已在其他选区登记（《选举法》第二十七条）"):
        services.enter(entered(desk, district="第2选区"), actor=OPERATOR)
    assert Voter.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "article"), [("deprived", "第四条第二款"), ("suspended", "若干规定"), ("incapable", "第二十七条第二款")]
)
def test_who_may_not_vote_is_refused_with_the_article(desk: Desk, kind: str, article: str) -> None:
    bar(desk, person(1), kind)
    with pytest.raises(Refused, match=article):
        services.enter(entered(desk), actor=OPERATOR)


def test_eighteen_on_election_day_and_not_a_day_later(desk: Desk) -> None:
    services.enter(entered(desk, number=number("2003-11-10", 12)), actor=OPERATOR)
    with pytest.raises(Refused, match="第四条第一款"):
        services.enter(entered(desk, number=number("2003-11-11", 12)), actor=OPERATOR)


def test_who_is_not_in_the_household_extract_needs_a_certificate(desk: Desk, tmp_path: Path) -> None:
    desk.bring(book(tmp_path / "a.xlsx", [person(5)]))
    with pytest.raises(Refused, match="选民资格转移证明"):
        services.enter(entered(desk), actor=OPERATOR)
    paper = Entered(desk.election, person(1)[0], person(1)[2], desk.districts["第1选区"], certificate=True)
    assert services.enter(paper, actor=OPERATOR).certificate


def test_a_registrar_works_in_the_own_district_alone(desk: Desk) -> None:
    theirs = services.enter(entered(desk, 2, "第2选区"), actor=OPERATOR)
    own = services.enter(entered(desk, 1), actor=registrar(desk))
    actor = registrar(desk)
    assert list(visible_to(actor, Voter.objects.all())) == [own]
    with pytest.raises(PermissionDenied, match="不由您登记"):
        services.enter(entered(desk, 3, "第2选区"), actor=actor)
    for attempt in (
        lambda: services.move([theirs.pk], desk.districts["第1选区"], reason="错划", actor=actor),
        lambda: services.put_off([theirs.pk], "died", reason="去世", actor=actor),
        lambda: services.correct(theirs.pk, {"note": "x"}, reason="更正", actor=actor),
    ):
        with pytest.raises(Refused, match="不在您的权限范围内"):
            attempt()
    with pytest.raises(PermissionDenied):
        services.reveal(theirs.pk, "identity_number", reason="核对", actor=actor)
    with pytest.raises(PermissionDenied):
        services.reveal(own.pk, "identity_number", reason="核对", actor=actor)  # a registrar has no right to unmask at all


def test_out_of_a_district_into_the_pool_and_in_again(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=OPERATOR)
    services.move([voter.pk], None, reason="住址不在本选区", actor=registrar(desk))
    voter.refresh_from_db()
    assert (voter.district, voter.state) == (None, "review")
    assert not visible_to(registrar(desk), Voter.objects.all()).exists()
    with pytest.raises(Refused, match="姓名与登记册上同一身份证号的姓名不符"):
        services.enter(replace(entered(desk), name="某某某"), actor=registrar(desk))
    taken = services.enter(entered(desk), actor=registrar(desk))
    assert (taken.pk, taken.state, taken.district) == (voter.pk, "registered", desk.districts["第1选区"])


def test_off_with_a_reason_and_on_again_when_it_is_gone(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=OPERATOR)
    with pytest.raises(Refused, match="请写明事由"):
        services.put_off([voter.pk], "deprived", reason=" ", actor=OPERATOR)
    services.put_off([voter.pk], "deprived", reason="判决书 12 号", actor=OPERATOR)
    held = bar(desk, person(1), "deprived")
    with pytest.raises(Refused, match="第四条第二款"):
        services.put_on([voter.pk], reason="刑满", actor=OPERATOR)
    held.until = "2021-06-01"  # type: ignore[assignment]
    held.save()
    services.put_on([voter.pk], reason="刑满", actor=OPERATOR)
    voter.refresh_from_db()
    assert (voter.state, voter.why_off, voter.entry) == ("registered", "", "restored")


def test_a_corrected_number_takes_birth_date_and_sex_with_it(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=OPERATOR)
    right = number("1961-02-03", 14)
    after = services.correct(voter.pk, {"identity_number": right, "name": "李娜娜"}, reason="录错", actor=OPERATOR)
    assert (after.identity_number, str(after.birth_date), after.sex, after.name) == (right, "1961-02-03", "female", "李娜娜")
    line = Entry.objects.get(action="voter.changed")
    assert right not in str(line.payload)
    assert "李娜娜" not in str(line.payload)
    other = services.enter(entered(desk, 2), actor=OPERATOR)
    with pytest.raises(Refused, match="登记册上"):
        services.correct(other.pk, {"identity_number": right}, reason="录错", actor=OPERATOR)


def test_each_unmasking_is_journalled_with_its_reason(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=OPERATOR)
    with pytest.raises(Refused, match="事由"):
        services.reveal(voter.pk, "identity_number", reason="", actor=OPERATOR)
    assert services.reveal(voter.pk, "identity_number", reason="核对证件", actor=OPERATOR) == person(1)[2]
    line = Entry.objects.get(action="secret.revealed")
    assert line.payload == {"column": "身份证号", "reason": "核对证件"}


def test_a_voter_of_the_public_pages_waits_for_the_station(desk: Desk) -> None:
    services.hand_in(entered(desk))
    voter = Voter.objects.get()
    assert (voter.state, voter.source, voter.entry) == ("review", "web", "first")
    services.hand_in(entered(desk))
    assert Voter.objects.get() == voter, "the same person again changes nothing, and nothing tells"


def test_whom_the_law_keeps_off_is_not_told_to_who_hands_in_the_number(desk: Desk) -> None:
    rows = [
        {
            "姓名": person(1)[0],
            "身份证号": person(1)[2],
            "情形": "剥夺政治权利",
            "起始日期": "2019-01-01",
            "决定机关": "县人民法院",
        }
    ]
    desk.county.enter("elections.barred", rows)
    services.hand_in(entered(desk))
    voter = Voter.objects.get()
    with pytest.raises(Refused, match="第四条第二款"):
        services.move([voter.pk], desk.districts["第1选区"], reason="居住地", actor=OPERATOR)
    Voter.objects.update(district=desk.districts["第1选区"])
    with pytest.raises(Refused, match="第四条第二款"):
        services.put_on([voter.pk], reason="网上登记", actor=OPERATOR)
    assert Voter.objects.get().state == "review"


def test_a_closed_file_takes_no_change(desk: Desk) -> None:
    voter = services.enter(entered(desk), actor=OPERATOR)
    type(desk.election).objects.update(frozen_at="2021-12-01T00:00:00Z")
    with pytest.raises(PermissionDenied, match="封存"):
        services.put_off([voter.pk], "died", reason="去世", actor=OPERATOR)
