"""Transfers between districts: released, taken in, refused, withdrawn; the roll follows in the same transaction (选举法 27(1))."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.db import IntegrityError, transaction

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.documents import papers
from renda.elections.models import Transfer, Voter
from renda.procedure import services as procedure
from renda.procedure.refusals import StepRefused
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, Refused, save
from renda.ui import letters
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk

pytestmark = [pytest.mark.django_db]
DAY = date(2021, 10, 12)


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def read(desk: Desk, voter: Voter, to: str, actor: Actor | None = None) -> Any:
    raw = {
        "asked": ["2021-10-10"],
        "voter_id": [str(voter.identity_number)],
        "to_district": [desk.districts[to].name],
        "reason": ["现住白沙镇"],
    }
    return read_rows(registry.get("elections.transfers"), raw, ReadContext(actor or desks.clerk(desk), desk.county.division.pk))


def ask(desk: Desk, to: str = "west", actor: Actor | None = None, nth: int = 0) -> Transfer:
    reading = read(desk, desk.voters["east"][nth], to, actor)
    assert reading.faults == {}, reading.faults
    (pk,) = save(
        registry.get("elections.transfers"), [Change(reading.values[0], None, reading.keys[0])], actor=actor or desks.clerk(desk)
    )
    return Transfer.objects.get(pk=pk)


def take(transfer: Transfer, code: str, actor: Actor, on: date = DAY, *, outside: bool = False, **answers: Any) -> Transfer:
    with clock.travel(on):
        procedure.take(Transfer, "voter_transfer", code, [transfer.pk], actor=actor, on=on, answers=answers, outside=outside)
    transfer.refresh_from_db()
    return transfer


def refusal(transfer: Transfer, code: str, actor: Actor, on: date = DAY, **answers: Any) -> str:
    with pytest.raises(StepRefused) as found:
        take(transfer, code, actor, on, **answers)
    return str(found.value)


def test_released_and_taken_in_the_voter_stands_in_the_new_district(desk: Desk) -> None:
    transfer = ask(desk)
    assert (transfer.number, transfer.from_district, transfer.title) == (
        "转2021-0001", desk.districts["east"], "龙潭镇第一选区转龙潭镇第二选区",
    )  # fmt: skip
    take(transfer, "release", desks.registrar(desk, "east"))
    done = take(transfer, "accept", desks.registrar(desk, "west"))
    voter = Voter.objects.get(pk=transfer.voter_id)
    assert (voter.district, voter.group, voter.state) == (desk.districts["west"], None, "registered")
    assert (done.phase, done.result, done.settled) == ("done", "done", True)


def test_each_side_decides_its_own(desk: Desk) -> None:
    transfer = ask(desk)
    assert "您当前的身份不能办理" in refusal(transfer, "release", desks.registrar(desk, "west"))
    take(transfer, "release", desks.clerk(desk), outside=True)
    assert "您当前的身份不能办理" in refusal(transfer, "accept", desks.registrar(desk, "east"))


def test_refused_the_voter_stays_and_may_ask_again(desk: Desk) -> None:
    transfer = take(ask(desk), "keep", desks.registrar(desk, "east"), reason="仍住在本选区")
    assert (transfer.phase, transfer.result) == ("refused", "refused")
    assert Voter.objects.get(pk=transfer.voter_id).district == desk.districts["east"]
    assert ask(desk, "county").phase == "asked"


def test_withdrawn_by_the_voter(desk: Desk) -> None:
    transfer = take(ask(desk), "release", desks.registrar(desk, "east"))
    assert take(transfer, "withdraw", desks.registrar(desk, "west")).result == "withdrawn"


def test_one_transfer_at_a_time(desk: Desk) -> None:
    ask(desk)
    with pytest.raises(Refused, match="正在办理的转移"), transaction.atomic():
        ask(desk, "county")


def test_from_election_day_on_nobody_moves(desk: Desk) -> None:
    transfer = ask(desk)
    said = refusal(transfer, "release", desks.registrar(desk, "east"), desks.DAY)
    assert "2021-11-10" in said
    assert "第五条" in said


def test_who_left_meanwhile_is_not_moved(desk: Desk) -> None:
    transfer = take(ask(desk), "release", desks.registrar(desk, "east"))
    Voter.objects.filter(pk=transfer.voter_id).update(state="off", why_off="died")
    assert "死亡" in refusal(transfer, "accept", desks.registrar(desk, "west"))


def test_a_corrected_acceptance_takes_the_voter_back(desk: Desk) -> None:
    transfer = take(ask(desk), "release", desks.registrar(desk, "east"))
    take(transfer, "accept", desks.registrar(desk, "west"))
    group = desk.voters["east"][0].group
    with clock.travel(DAY):
        procedure.undo(Transfer, "voter_transfer", transfer.pk, reason="点错", actor=desks.clerk(desk))
    voter = Voter.objects.get(pk=transfer.voter_id)
    transfer.refresh_from_db()
    assert (voter.district, voter.group) == (desk.districts["east"], group)
    assert (transfer.phase, transfer.settled) == ("released", False)


def test_the_same_district_is_no_transfer(desk: Desk) -> None:
    assert "现在的选区" in str(read(desk, desk.voters["east"][0], "east").faults)


def test_who_is_not_on_the_roll_cannot_be_named(desk: Desk) -> None:
    stranger = Voter(identity_number=desks.number_of(999))
    assert "登记册上没有这个人" in str(read(desk, stranger, "west").faults)


def test_an_entry_of_another_office_is_not_taken_for_one_of_this_roll(desk: Desk) -> None:
    column = registry.get("elections.transfers").by_field["voter_id"]
    context = ReadContext(desks.clerk(desk), desk.county.division.pk)
    pk = desk.voters["east"][0].pk
    assert column.read([column.cell(pk)], context) == ([pk], {})
    _values, faults = column.read([f"登记编号 {pk}-000000", f"登记编号 {pk}"], context)
    assert "不是本系统的登记册给出的" in faults[0]
    assert "身份证号" in faults[1]


def test_a_registrar_names_voters_of_the_own_district_alone(desk: Desk) -> None:
    assert "登记册上没有这个人" in str(read(desk, desk.voters["west"][0], "east", desks.registrar(desk, "east")).faults)
    assert ask(desk, actor=desks.registrar(desk, "east")).phase == "asked"


def test_both_working_groups_see_it_and_no_third(desk: Desk) -> None:
    transfer = ask(desk, "county")
    assert list(gate.visible_to(desks.registrar(desk, "east"), Transfer.objects.all())) == [transfer]
    assert not gate.visible_to(desks.registrar(desk, "west"), Transfer.objects.all()).exists()


def test_a_released_transfer_lies_with_the_receiving_township(desk: Desk) -> None:
    transfer = ask(desk, "county")
    assert transfer.division == desk.county.townships["龙潭镇"]
    assert take(transfer, "release", desks.registrar(desk, "east")).division == desk.county.division


def test_the_certificate_names_voter_and_districts(desk: Desk) -> None:
    transfer = take(ask(desk), "release", desks.registrar(desk, "east"))
    version = letters.make(registry.get("elections.transfers"), transfer.pk, 1, "certificate", {}, actor=desks.clerk(desk))
    document = docx.Document(io.BytesIO(papers.content_of(version)))
    said = "\n".join(one.text for one in document.paragraphs)
    assert "王丽（女）" in said
    assert "龙潭镇第二选区工作组" in said
    assert str(desk.voters["east"][0].identity_number) not in said


def test_the_database_holds_one_transfer_per_voter(desk: Desk) -> None:
    transfer = ask(desk)
    row = Transfer.objects.get(pk=transfer.pk)
    row.pk = row.id = row.matter_ptr_id = None
    row.number, row.natural_key = "转2021-0009", "x"
    with pytest.raises(IntegrityError, match="transfer_open"), transaction.atomic():
        row.save()
