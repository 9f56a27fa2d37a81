"""One row per human being: matched by identity number, else by name, birth date and employer; never guessed."""

import pytest
from django.db import connection

from renda.directory.models import Mandate, Person
from tests.county import enter, faults_of, make_county

pytestmark = pytest.mark.django_db

IDENTITY, OTHER_IDENTITY = "11010519491231002X", "440524188001010014"
COUNTY_SEAT = {"level": "县级", "term_number": 12, "since": "2021-12-28"}
TOWN_SEAT = {"level": "乡镇", "term_number": 18, "since": "2021-12-20", "division": "龙潭镇"}


@pytest.fixture(autouse=True)
def county() -> None:
    make_county()


def test_deputy_at_two_levels_is_one_person_with_two_mandates() -> None:
    person = {"person__name": "何云", "person__identity_number": IDENTITY}
    enter("directory.deputies", {**person, **COUNTY_SEAT}, {**person, **TOWN_SEAT})
    assert Person.objects.count() == 1
    assert Mandate.objects.count() == 2


def test_two_people_of_one_name_are_told_apart_by_birth_date() -> None:
    enter("directory.deputies", {"person__name": "王芳", "person__birth_date": "1975-03-02", **COUNTY_SEAT})
    enter("directory.deputies", {"person__name": "王芳", "person__birth_date": "1980-11-09", **TOWN_SEAT})
    assert Person.objects.filter(name="王芳").count() == 2


def test_a_name_that_fits_two_is_refused_with_the_candidates() -> None:
    for birth, town in (("1975-03-02", "龙潭镇"), ("1980-11-09", "柳河镇")):
        enter("directory.deputies", {"person__name": "王芳", "person__birth_date": birth, **TOWN_SEAT, "division": town})
    reason = faults_of("directory.deputies", {"person__name": "王芳", **COUNTY_SEAT})["person__name"]
    assert "龙潭镇" in reason
    assert "柳河镇" in reason


def test_another_name_under_a_known_number_is_refused() -> None:
    enter("directory.deputies", {"person__name": "何云", "person__identity_number": IDENTITY, **COUNTY_SEAT})
    row = {"person__name": "何芸", "person__identity_number": IDENTITY, **TOWN_SEAT}
    assert "另一姓名" in faults_of("directory.deputies", row)["person__name"]


def test_numbers_and_phones_are_not_readable_in_the_database() -> None:
    enter(
        "directory.deputies",
        {"person__name": "何云", "person__identity_number": IDENTITY, "person__phone": "13812345678", **COUNTY_SEAT},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number, identity_hash, phone FROM directory_person")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert IDENTITY.encode() not in stored
    assert b"13812345678" not in stored
    assert Person.objects.get().identity_number == IDENTITY
    assert Person.objects.get().phone == "13812345678"


def test_journal_holds_no_personal_value() -> None:
    enter(
        "directory.deputies",
        {"person__name": "何云", "person__identity_number": IDENTITY, "person__phone": "13812345678", **COUNTY_SEAT},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(payload::text || subject_label, '') FROM journal_entry")
        said = cursor.fetchone()[0]
    for plain in (IDENTITY, "13812345678", "何云"):
        assert plain not in said
