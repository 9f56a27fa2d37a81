"""From the elected to deputies: the order of the acts of 选举法 47, the mandates, and a closed file that the database keeps."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.directory.models import Mandate, Person
from renda.directory.models.mandates import EndReason
from renda.elections.models import Elected, Election, ElectoralDistrict, Nominee, QualificationReview
from renda.elections.outcome import closing, reviewing, seating
from renda.elections.outcome.faults import OutcomeFault
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2026, 12, 29)
REVIEWED, DECIDED, PUBLISHED, SESSION = date(2027, 1, 4), date(2027, 1, 6), date(2027, 1, 8), date(2027, 1, 20)
BODY = "县人大常委会"
pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> SmallCounty:
    """清河县 after the vote: two elected in one district."""
    with clock.travel(date(2027, 2, 1)):
        made = small_county.make()
        made.enter(
            "elections.elections",
            [{"选举名称": "换届", "选举层级": "县级", "届次": 13, "选举日": "2026-12-29", "应选代表名额": 2}],
        )
        made.enter("elections.districts", [{"选举": "换届", "选区名称": "第一选区", "应选名额": 2}])
        made.enter(
            "elections.elected",
            [{"选举": "换届", "选区": "第一选区", "当选人姓名": name, "得票数": 900, "性别": "女"} for name in ("李娜", "新人")],
        )
        made.enter(
            "directory.deputies",
            [
                {"姓名": name, "代表层级": "县级", "届次": 12, "选区（选举单位）": "旧选区", "任职起始日期": "2022-01-10"}
                for name in ("张伟", "李娜")
            ],
        )
        yield made


def _election() -> Election:
    return Election.objects.get(name="换届")


def _all() -> list[int]:
    return list(Elected.objects.order_by("pk").values_list("pk", flat=True))


def _confirmed(*, published: bool = True) -> Election:
    election = _election()
    reviewing.give_opinion(election, _all(), "valid", on=REVIEWED, actor=OPERATOR)
    reviewing.decide(election, _all(), "confirmed", on=DECIDED, by=BODY, actor=OPERATOR)
    if published:
        reviewing.publish(election, on=PUBLISHED, actor=OPERATOR)
    return election


def test_confirmed_deputies_enter_the_roster_and_the_former_term_ends(county: SmallCounty) -> None:
    before = set(Mandate.objects.filter(level="county", until__isnull=True).values_list("pk", flat=True))
    assert len(before) == 2
    assert seating.seat(_confirmed(), since=SESSION, actor=OPERATOR) == 2
    made = Mandate.objects.filter(level="county", term_number=13)
    assert {(one.person.name, one.since, one.electoral_district) for one in made} == {
        ("李娜", SESSION, "第一选区"), ("新人", SESSION, "第一选区")
    }  # fmt: skip
    ended = Mandate.objects.filter(pk__in=before)
    assert {(one.until, one.end_reason) for one in ended} == {(SESSION, EndReason.EXPIRED)}
    assert made.get(person__name="李娜").person_id == county.persons["李娜"], "the same human being, not a second row"
    with pytest.raises(OutcomeFault, match="没有待登记"):
        seating.seat(_election(), since=SESSION, actor=OPERATOR)


def test_what_the_nominee_told_enters_the_directory(county: SmallCounty) -> None:
    Nominee.objects.create(
        election=_election(), division=county.division, district=ElectoralDistrict.objects.get(), name="新人", sex="female",
        birth_date=date(1990, 5, 6), party="中共党员", post="青山村党支部书记", identity_number="110101199005060024",
    )  # fmt: skip
    seating.seat(_confirmed(), since=SESSION, actor=OPERATOR)
    person = Person.objects.get(name="新人")
    assert (person.birth_date, person.party, person.employer) == (date(1990, 5, 6), "中共党员", "青山村党支部书记")
    assert person.identity_number == "110101199005060024"


def test_the_order_of_the_law_is_kept(county: SmallCounty) -> None:
    election, first = _election(), _all()[:1]
    with pytest.raises(OutcomeFault, match="还没有审查意见"):
        reviewing.decide(election, first, "confirmed", on=DECIDED, by=BODY, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="理由"):
        reviewing.give_opinion(election, first, "invalid", on=REVIEWED, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="国家法律没有规定"):
        reviewing.give_opinion(election, first, "deferred", on=REVIEWED, ground="线索待查", actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="选举日"):
        reviewing.give_opinion(election, first, "valid", on=date(2026, 12, 28), actor=OPERATOR)
    reviewing.give_opinion(election, first, "valid", on=DECIDED, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="审查日期晚于决定日期"):
        reviewing.decide(election, first, "confirmed", on=REVIEWED, by=BODY, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="没有待公布"):
        reviewing.publish(election, on=PUBLISHED, actor=OPERATOR)
    reviewing.decide(election, first, "confirmed", on=DECIDED, by=BODY, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="没有待登记"):
        seating.seat(election, since=SESSION, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="已经作出决定"):
        reviewing.give_opinion(election, first, "valid", on=REVIEWED, actor=OPERATOR)


def test_a_void_election_gives_no_mandate(county: SmallCounty) -> None:
    election, ids = _election(), _all()
    reviewing.give_opinion(election, ids, "invalid", on=REVIEWED, ground="以金钱贿赂选民（选举法第五十八条）", actor=OPERATOR)
    reviewing.decide(election, ids, "void", on=DECIDED, by=BODY, actor=OPERATOR)
    with pytest.raises(OutcomeFault, match="没有待公布"):
        reviewing.publish(election, on=PUBLISHED, actor=OPERATOR)
    assert not Mandate.objects.filter(term_number=13).exists()


def test_a_name_that_fits_two_people_is_not_guessed(county: SmallCounty) -> None:
    twin = Person.objects.get(pk=county.persons["李娜"])
    Person.objects.create(
        division=county.division, natural_key="另一李娜", name="李娜", employer="", birth_date=date(1970, 1, 1), sex=twin.sex
    )
    with pytest.raises(OutcomeFault, match="2 人相符"):
        seating.seat(_confirmed(), since=SESSION, actor=OPERATOR)
    assert not Mandate.objects.filter(term_number=13).exists()


def test_a_closed_file_is_kept_by_the_database(county: SmallCounty) -> None:
    election = _confirmed()
    with pytest.raises(OutcomeFault, match="没有登记代表职务"):
        closing.close(election, reviewing.rows(OPERATOR, election), actor=OPERATOR)
    seating.seat(election, since=SESSION, actor=OPERATOR)
    closing.close(election, reviewing.rows(OPERATOR, election), actor=OPERATOR)
    tries = (
        lambda: Election.objects.filter(pk=election.pk).update(name="改名"),
        lambda: Elected.objects.update(votes=1),
        lambda: QualificationReview.objects.all().delete(),
        lambda: ElectoralDistrict.objects.create(
            election=_election(), division=county.division, natural_key="x", name="第二选区", seats=1
        ),
    )
    for one in tries:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            one()
    with pytest.raises(PermissionDenied, match="封存"):
        reviewing.publish(_election(), on=PUBLISHED, actor=OPERATOR)
    with connection.cursor() as cursor:  # a new key writes the same values anew
        cursor.execute("SET LOCAL renda.rewriting = 'on'")
        cursor.execute("UPDATE elections_elected SET votes = votes")
        cursor.execute("SET LOCAL renda.rewriting = 'off'")


def test_the_file_holds_workbooks_journal_and_digests(county: SmallCounty) -> None:
    election = _confirmed()
    target = io.BytesIO()
    parts = closing.write(election, target, actor=OPERATOR)
    with zipfile.ZipFile(target) as archive:
        names, contents = set(archive.namelist()), json.loads(archive.read("目录.json"))
        entries = [json.loads(line) for line in archive.read("日志摘录.jsonl").decode().splitlines()]
    assert names == {*contents["sha256"], "目录.json"}
    assert len(names) == parts + 1
    assert "台账/当选代表.xlsx" in names
    assert {one["action"] for one in entries} >= {"outcome.opinion", "outcome.decided", "outcome.published"}
