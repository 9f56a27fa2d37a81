"""The database holds the districts and groups of voters; rows that go straight into the roll are those that the stage would have put there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from renda.elections.models import ElectoralDistrict, Voter, VoterGroup
from renda.elections.roll import importing
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import HEADINGS, Desk, bar, book, person

pytestmark = pytest.mark.django_db
NOWHERE = 987_654_321


@pytest.fixture
def desk() -> Desk:
    return desks.make()


@pytest.fixture
def voter(desk: Desk, tmp_path: Path) -> Voter:
    desk.bring(book(tmp_path / "a.xlsx", [person(1)]))
    return Voter.objects.get()


@pytest.mark.parametrize("column", ["district_id", "group_id"])
def test_no_voter_refers_to_what_is_not_there(voter: Voter, column: str) -> None:
    with pytest.raises(IntegrityError, match="no such"), transaction.atomic():
        Voter.objects.filter(pk=voter.pk).update(**{column: NOWHERE})
    copy = Voter.objects.get()
    copy.pk, copy.identity_number = None, person(2)[2]
    setattr(copy, column, NOWHERE)
    with pytest.raises(IntegrityError, match="no such"), transaction.atomic():
        copy.save(force_insert=True)


def deleted(model: type[Any], pk: int) -> None:
    """Delete by SQL, past the models, and look at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_district_and_a_group_with_voters_stay(desk: Desk, voter: Voter) -> None:
    group = VoterGroup.objects.create(
        election=desk.election, division=desk.county.division, district=desk.districts["第1选区"], name="一组"
    )
    Voter.objects.update(group=group)
    with pytest.raises(IntegrityError, match="has voters"):
        deleted(VoterGroup, group.pk)
    Voter.objects.update(group=None)
    deleted(VoterGroup, group.pk)
    with pytest.raises(IntegrityError, match="has voters"):
        deleted(ElectoralDistrict, desk.districts["第1选区"].pk)
    assert not Voter.objects.filter(district=desk.districts["第2选区"]).exists()
    deleted(ElectoralDistrict, desk.districts["第2选区"].pk)


COLUMNS = (
    "election_id", "division_id", "district_id", "group_id", "name", "sex", "birth_date", "identity_number", "identity_hash", "phone", "address",
    "household_at", "state", "source", "entry", "why_off", "note", "in_household", "certificate", "row_digest", "edited", "import_batch",
)  # fmt: skip


def rows_of() -> list[str]:
    """The roll, without keys and stamps."""
    found = Voter.objects.values_list(*COLUMNS)
    return sorted(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in found)


def test_straight_into_the_roll_is_the_same_as_by_the_stage(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    VoterGroup.objects.create(
        election=desk.election, division=desk.county.division, district=desk.districts["第1选区"], name="一组"
    )
    headings = (*HEADINGS, "选民小组", "联系电话", "备注", "选民资格转移证明", "户籍所在地")
    people = [
        (
            *person(n),
            "一组" if n % 3 == 0 else "",
            "13812345678" if n % 2 else "",
            "独居" if n == 4 else "",
            "有" if n == 5 else "",
            "白沙镇",
        )
        for n in range(1, 40)
    ]
    barred, waiting = people[6], (*person(60)[:4], "", *people[0][5:])
    bar(desk, barred, "deprived")
    path = book(tmp_path / "a.xlsx", [*people, waiting], headings)
    asked: list[Any] = []
    plain = importing.direct

    def told_of(*given: Any) -> Any:
        asked.append(plain(*given))
        return asked[-1]

    monkeypatch.setattr(importing, "direct", told_of)
    straight, work = desk.bring(path)
    assert asked[-1] is not None, "the way straight into the roll was not taken"
    held, told = rows_of(), work.refused
    Voter.objects.all().delete()
    monkeypatch.setattr(importing, "direct", lambda *given: None)
    staged, other = desk.bring(path)
    assert staged.as_dict() == straight.as_dict()
    assert other.refused == told
    assert rows_of() == held
    assert straight.counts["deprived"] == 1
    assert Voter.objects.filter(state="off", why_off="deprived").count() == 1
