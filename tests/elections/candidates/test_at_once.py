"""Two clerks who nominate the same person at the same time end with one nominee, whom the database holds to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, transaction

from renda.core import clock
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.nominating import Entered, Proposal, nominate
from renda.elections.models import ElectoralDistrict, Nomination, Nominee
from renda.journal.services import verify
from tests.at_once import at_once
from tests.elections.candidates import desk as desks
from tests.elections.candidates.desk import NOMINATED, SIGNERS, Desk, by_party, by_voters, clerk, district, number_of, person

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 4


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(NOMINATED):
        yield


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def nominating(where: ElectoralDistrict, name: str, organisation: str, desk: Desk, **more: str) -> Callable[[], Entered]:
    """One clerk's work. Travelling in time is a thread's own."""
    actor = clerk(desk)

    def work() -> Entered:
        with clock.travel(NOMINATED):
            return nominate(where, person(name, **more), Proposal("party", NOMINATED, (organisation,)), actor=actor)

    return work


def test_the_same_new_person_in_one_district(desk: Desk) -> None:
    works = [nominating(district(desk), "周选", f"组织{n}", desk) for n in range(CLERKS)]
    found = at_once(*works)
    assert sum(isinstance(one, Entered) for one in found) == 1, found
    assert sum(isinstance(one, CandidateFault) for one in found) == CLERKS - 1, found
    assert any("同名" in str(one) for one in found)
    assert Nominee.objects.count() == 1
    assert Nomination.objects.count() == 1
    assert verify().fault is None


def test_the_same_number_under_other_names_in_two_districts(desk: Desk) -> None:
    number = number_of(77)
    places = (district(desk), desk.districts["joint"])
    works = [
        nominating(where, f"周选{n}", f"组织{n}", desk, identity_number=number, birth_date="1990-01-01")
        for n, where in enumerate(places)
    ]
    found = at_once(*works)
    assert sum(isinstance(one, Entered) for one in found) == 1, found
    (refused,) = [one for one in found if isinstance(one, CandidateFault)]
    assert "已被推荐" in str(refused)
    assert number not in str(refused)
    assert Nominee.objects.count() == 1


def test_the_same_voters_for_one_nominee_on_two_papers(desk: Desk) -> None:
    nominee = by_party(desk, "周选").nomination.nominee

    def work() -> Entered:
        with clock.travel(NOMINATED):
            return by_voters(desk, nominee, SIGNERS[:10])

    clerk(desk)
    found = at_once(work, work)
    assert sum(isinstance(one, Entered) for one in found) == 1, found
    assert Nomination.objects.filter(kind="voters").count() == 1


def test_the_database_refuses_a_second_one_whatever_wrote_it(desk: Desk) -> None:
    """Without the lock and the questions of the service."""
    first = by_party(desk, "周选").nomination.nominee
    common = {"election": first.election, "district": first.district, "division": first.division, "sex": "female"}
    with pytest.raises(IntegrityError, match="nominee_name"), transaction.atomic():
        Nominee.objects.create(name="周选", **common)
