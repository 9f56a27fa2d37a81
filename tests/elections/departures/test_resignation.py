"""Resignation: more than half of all members of the body accept it, then the mandate ends (选举法 55, 56); the by-election (57)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from renda.core import clock
from renda.directory.models import Mandate
from renda.elections.decisions import calendar
from renda.elections.departures import entrances, vacancies
from renda.elections.departures.vacancies import NoByElection
from renda.elections.models import Election, ElectoralDistrict, Resignation
from renda.procedure.refusals import StepRefused
from renda.registers import registry
from tests.elections.departures import desk as desks
from tests.elections.departures.desk import Office

pytestmark = pytest.mark.django_db
BY_DAY = date(2023, 6, 20)


@pytest.fixture
def office() -> Office:
    return desks.make()


def refusal(matter: Resignation, code: str, actor: Any, **answers: Any) -> str:
    with pytest.raises(StepRefused) as found:
        desks.take(matter, code, actor, **answers)
    return str(found.value)


def accepted(office: Office, level: str = "county") -> Resignation:
    actor = desks.clerk(office) if level == "county" else desks.township_clerk(office)
    return desks.take(desks.resign(office, level), "accept", actor, meeting="第十次会议", whole=35, yes=18)


def ledger() -> Any:
    return registry.get("appointments.resignations").records()


def test_half_of_all_members_is_not_enough(office: Office) -> None:
    matter, actor = desks.resign(office), desks.clerk(office)
    said = refusal(matter, "accept", actor, meeting="第十次会议", whole=34, yes=17)
    assert "18" in said
    assert "第五十五条" in said
    assert "已经达到" in refusal(matter, "keep", actor, meeting="第十次会议", whole=34, yes=18)
    done = desks.take(matter, "keep", actor, meeting="第十次会议", whole=34, yes=17)
    assert (done.phase, done.outcome, done.settled) == ("kept", "not_accepted", True)


def test_accepted_the_mandate_ends_and_the_year_counts_it(office: Office) -> None:
    matter = accepted(office)
    mandate = desks.mandate_of(matter)
    assert (mandate.until, mandate.end_reason) == (desks.DAY, "resigned")
    row = ledger().get(person=mandate.person)
    assert (row.level, row.accepted_on, row.accepted_by, row.meeting) == ("county", desks.DAY, "committee", "第十次会议")
    assert office.desk.county.value("appointments.deputies_resigned", 2023) == 1
    assert desks.take(matter, "announce", desks.clerk(office)).phase == "announced"


def test_a_township_deputy_resigns_to_the_township(office: Office) -> None:
    matter = accepted(office, "township")
    assert matter.division == office.desk.county.townships["龙潭镇"]
    assert desks.mandate_of(matter).end_reason == "resigned"
    assert ledger().get().accepted_by == "township"


def test_a_corrected_acceptance_gives_the_mandate_back(office: Office) -> None:
    matter = accepted(office)
    desks.undo(matter, desks.clerk(office))
    assert desks.mandate_of(matter).until is None
    assert not ledger().exists()
    assert matter.phase == "received"


def test_a_mandate_that_is_over_cannot_be_resigned(office: Office) -> None:
    matter = desks.resign(office)
    Mandate.objects.filter(pk=desks.mandate_of(matter).pk).update(until=date(2023, 3, 5), end_reason="moved")
    assert "已于 2023-03-05 终止" in refusal(matter, "accept", desks.clerk(office), meeting="会", whole=35, yes=30)
    assert desks.take(matter, "withdraw", desks.clerk(office)).outcome == "withdrawn"


def test_the_seat_is_filled_by_a_by_election_in_the_same_district(office: Office) -> None:
    mandate = desks.mandate_of(accepted(office))
    with clock.travel(date(2023, 4, 1)):
        made = vacancies.hold(mandate, BY_DAY, 1, actor=desks.clerk(office))
    old, new = office.desk.districts["county"], ElectoralDistrict.objects.get(election=made)
    assert (made.by_election, made.level, made.term_number, made.election_day, made.seats) == (True, "county", 12, BY_DAY, 1)
    assert (new.name, new.seats, new.population, new.code) == (old.name, 1, old.population, old.code)
    assert calendar(BY_DAY, by_election=made.by_election)
    with clock.travel(date(2023, 4, 2)), pytest.raises(NoByElection, match="正在进行"):
        vacancies.hold(mandate, date(2023, 7, 1), 1, actor=desks.clerk(office))


@pytest.mark.parametrize(
    ("day", "seats", "why"), [(desks.DAY, 1, "晚于代表出缺"), (BY_DAY, 2, "缺额 1 名"), (BY_DAY, 0, "缺额 1 名")]
)
def test_day_and_seats_of_a_by_election(office: Office, day: date, seats: int, why: str) -> None:
    mandate = desks.mandate_of(accepted(office))
    with pytest.raises(NoByElection, match=why):
        vacancies.hold(mandate, day, seats, actor=desks.clerk(office))
    assert not Election.objects.filter(by_election=True).exists()


def test_no_by_election_for_a_seat_that_is_held_or_expired(office: Office) -> None:
    mandate = office.mandates["county"]
    with pytest.raises(NoByElection):
        vacancies.of(mandate)
    Mandate.objects.filter(pk=mandate.pk).update(until=desks.DAY, end_reason="expired")
    mandate.refresh_from_db()
    with pytest.raises(NoByElection):
        vacancies.of(mandate)


def test_a_filled_seat_is_not_filled_again(office: Office) -> None:
    mandate = desks.mandate_of(accepted(office))
    office.desk.county.enter(
        "directory.deputies",
        [
            {
                "姓名": "新人",
                "代表层级": "县级",
                "届次": 12,
                "选区（选举单位）": "第一选区",
                "产生方式": "补选",
                "任职起始日期": "2023-07-01",
            }
        ],
    )
    with pytest.raises(NoByElection, match="已经补选"):
        vacancies.of(mandate)


def test_who_may_not_enter_elections_sees_no_button(office: Office) -> None:
    matter = accepted(office)
    shown = [one.name for one in entrances.of_mandate(desks.clerk(office), desks.mandate_of(matter).pk)]
    assert shown == ["组织补选"]
    assert not list(entrances.of_mandate(desks.clerk(office, "director"), desks.mandate_of(matter).pk))
    mandate = desks.mandate_of(matter)
    with pytest.raises(PermissionDenied):
        vacancies.hold(mandate, BY_DAY, 1, actor=desks.clerk(office, "director"))
