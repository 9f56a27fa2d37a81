"""Nominations: ten voters found on the roll, nobody beyond the limit, nobody twice, each refusal with its article (选举法 30, 35, 48)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Division, Mandate, Person
from renda.elections.candidates import elsewhere, nominating, publishing
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.publishing import Notice
from renda.elections.models import Candidate, Nomination, NominationSigner, Nominee, RollState, Stage, Voter
from renda.journal.models import Entry
from tests.elections.candidates import desk as desks
from tests.elections.candidates.desk import SIGNERS, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desks.make()


@pytest.fixture(autouse=True)
def nomination_time() -> Iterator[None]:
    with clock.travel(desks.NOMINATED):
        yield


def refused(*args: Any, **kwargs: Any) -> str:
    with pytest.raises(CandidateFault) as found:
        desks.by_voters(*args, **kwargs)
    return str(found.value)


def test_ten_voters_nominate(desk: Desk) -> None:
    made = desks.by_voters(desk, "周敏").nomination
    assert (made.state, made.signed, made.counted, made.nominee.name) == ("stands", 10, 10, "周敏")
    assert Nominee.objects.get().stage == Stage.NOMINATED
    entry = Entry.objects.get(action="nominee.nominated")
    assert entry.payload["counted"] == 10
    assert not any(name in str(entry.payload) for name in SIGNERS)


def test_nine_are_too_few_with_the_article(desk: Desk) -> None:
    said = refused(desk, "周敏", SIGNERS[:9])
    assert "9 人，少于 10 人" in said
    assert "第三十条" in said
    assert not Nominee.objects.exists()


def test_a_nomination_by_too_few_may_be_kept_as_refused(desk: Desk) -> None:
    made = desks.by_voters(desk, "周敏", SIGNERS[:9], leave_out=True).nomination
    assert made.state == "refused"
    assert "第三十条" in made.refused
    assert made.nominee.stage == Stage.PROPOSED
    again = desks.by_voters(desk, made.nominee, SIGNERS[:10])
    assert again.nomination.state == "stands"
    assert Nominee.objects.get().stage == Stage.NOMINATED


def test_each_signer_counts_once(desk: Desk) -> None:
    said = refused(desk, "周敏", (*SIGNERS[:9], SIGNERS[0]))
    assert "第 10 行" in said
    assert "只计一次" in said
    made = desks.by_voters(desk, "周敏", (*SIGNERS[:10], SIGNERS[0]), leave_out=True).nomination
    assert (made.signed, made.counted, made.state) == (11, 10, "stands")


def test_signers_are_found_by_number_where_a_name_is_shared(desk: Desk) -> None:
    desks.voter(desk, "county", SIGNERS[0], 400)
    assert "2 名选民叫这个名字" in refused(desk, "周敏")
    one = Voter.objects.get(name=SIGNERS[0], identity_hash__isnull=False, phone__isnull=True, pk__in=_of(desks.number_of(300)))
    made = desks.by_voters(desk, "周敏", (f"{SIGNERS[0]} {desks.number_of(300)}", *SIGNERS[1:10])).nomination
    assert one.pk in NominationSigner.objects.filter(nomination=made).values_list("voter", flat=True)


def _of(number: str) -> list[int]:
    from renda.core.crypto import keyed_hash

    return list(Voter.objects.filter(identity_hash=keyed_hash(number)).values_list("pk", flat=True))


def test_a_number_with_another_name_counts_not_and_is_never_repeated(desk: Desk) -> None:
    number = desks.number_of(300)
    said = refused(desk, "周敏", (f"别人 {number}", *SIGNERS[1:10]))
    assert "别人" in said
    assert number not in said


def test_voters_of_another_district_and_those_off_the_roll_count_not(desk: Desk) -> None:
    assert "不是本选区" in refused(desk, "周敏", (*SIGNERS[:9], desk.voters["east"][0].name + "x"))
    Voter.objects.filter(name=SIGNERS[9]).update(state=RollState.REVIEW)
    assert "第 10 行" in refused(desk, "周敏")


def test_a_county_district_is_signed_for_by_voters_of_its_township_districts(desk: Desk) -> None:
    joint = desk.districts["joint"]
    numbers = "\n".join(desks.number_of(100 + n) for n in range(10))
    said = nominating.Proposal("voters", desks.NOMINATED, signatures=numbers)
    made = nominating.nominate(joint, desks.person("吴兵"), said, actor=desks.clerk(desk))
    assert made.nomination.counted == 10


def test_a_voter_backs_as_many_as_there_are_seats(desk: Desk) -> None:
    desks.by_voters(desk, "周敏")
    desks.by_voters(desk, "吴兵")
    said = refused(desk, "郑立", (SIGNERS[0], *SIGNERS[10:19]))
    assert "不得超过应选名额 2 名" in said
    assert "第三十条第三款" in said
    assert desks.by_voters(desk, "郑立", SIGNERS[10:20]).nomination.counted == 10


def test_an_organisation_nominates_as_many_as_there_are_seats_alone_and_jointly(desk: Desk) -> None:
    desks.by_party(desk, "周敏", "中共清河县委")
    desks.by_party(desk, "吴兵", "中共清河县委", "县总工会")
    with pytest.raises(CandidateFault, match="第三十条第三款"):
        desks.by_party(desk, "郑立", "中共清河县委")
    desks.by_party(desk, "郑立", "县总工会")


def test_a_nomination_that_was_voided_gives_its_signers_back(desk: Desk) -> None:
    first = desks.by_voters(desk, "周敏").nomination
    desks.by_voters(desk, "吴兵")
    nominating.void(first, reason="登记错了", actor=desks.clerk(desk))
    assert Nominee.objects.get(name="周敏").stage == Stage.PROPOSED
    assert desks.by_voters(desk, "郑立").nomination.state == "stands"


def test_nobody_is_nominated_twice(desk: Desk) -> None:
    number = desks.number_of(500, date(1980, 5, 1))
    desks.by_party(desk, "周敏", identity_number=number)
    with pytest.raises(CandidateFault, match="已被推荐"), transaction.atomic():
        desks.by_party(desk, "周敏（二）", "县总工会", identity_number=number)
    with pytest.raises(CandidateFault, match="同名"), transaction.atomic():
        desks.by_party(desk, "周敏", "县总工会")
    assert Nomination.objects.count() == 1


def test_the_database_keeps_a_signer_once(desk: Desk) -> None:
    made = desks.by_voters(desk, "周敏").nomination
    held = made.signers.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        NominationSigner.objects.create(nomination=made, nominee=made.nominee, voter=held.voter, counts=False)


def test_personal_numbers_are_encrypted(desk: Desk) -> None:
    from django.db import connection

    number = desks.number_of(500, date(1980, 5, 1))
    desks.by_party(desk, "周敏", identity_number=number, phone="13912345678", details='{"family": "配偶"}')
    with connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM elections_nominee n")
        row = cursor.fetchone()[0]
    assert number not in row
    assert "13912345678" not in row
    assert "配偶" not in row
    assert Nominee.objects.get().identity_number == number


def test_a_deputy_of_an_area_apart_is_told_of_article_48(desk: Desk) -> None:
    number = desks.number_of(500, date(1980, 5, 1))
    other = Division.objects.create(code="990102", name="柏川县", level="county", path="990000.990102")
    held = Person.objects.create(name="周敏", identity_number=number, division=other, natural_key="周敏")
    common = {"person": held, "level": "county", "term_number": 12, "since": date(2020, 1, 1)}
    Mandate.objects.create(division=other, natural_key="a", **common)
    nominee = desks.by_party(desk, "周敏", identity_number=number).nomination.nominee
    (words,) = elsewhere.warnings(desk.election, [nominee])[nominee.pk]
    assert "柏川县" in words
    assert "第四十八条" in words
    Mandate.objects.update(division=desk.county.townships["龙潭镇"])
    assert not elsewhere.warnings(desk.election, [nominee])


def test_who_declines_leaves_the_list_and_the_ledger(desk: Desk) -> None:
    for name in ("周敏", "吴兵"):
        desks.by_party(desk, name)
    with clock.travel(desks.FIRST):
        publishing.publish_first(desk.election, [desks.district(desk).pk], Notice(desks.FIRST), actor=desks.clerk(desk))
        nominating.leave(
            Nominee.objects.get(name="周敏"), struck=True, on=desks.FIRST, reason="接受境外资助", actor=desks.clerk(desk)
        )
    assert list(Candidate.objects.alive().values_list("name", flat=True)) == ["吴兵"]
    assert Nominee.objects.get(name="周敏").stage == Stage.STRUCK


def test_those_without_the_right_enter_nothing(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        nominating.nominate(
            desks.district(desk),
            desks.person("周敏"),
            nominating.Proposal("party", desks.NOMINATED, ("中共清河县委",)),
            actor=Actor("无", "teller", division_id=desk.county.division.pk, division_path=desk.county.division.path),
        )
