"""Objections to voter lists: decision in three days, suits before the vote, what judgments do to the roll (选举法 29)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from renda.core import clock
from renda.directory.gate import Actor
from renda.documents import papers
from renda.elections.lists import correcting
from renda.elections.lists.publishing import Notice, publish
from renda.elections.models import Listed, Objection, RollState, Voter
from renda.journal.models import Entry
from renda.procedure import services as procedure
from renda.procedure.models import Deadline
from renda.procedure.refusals import StepRefused
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, save
from renda.ui import letters
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk

pytestmark = [pytest.mark.django_db]
PUBLISHED = date(2021, 10, 20)
"""Objections until 2021-10-25; suits until 2021-11-05; judgments until 2021-11-09."""
KEPT = {"outcome": "kept", "reason": "户籍不在本选区。"}


@pytest.fixture
def desk() -> Desk:
    made = desks.make()
    with clock.travel(PUBLISHED):
        publish(made.election, [made.districts["east"].pk, made.districts["west"].pk], Notice(PUBLISHED), actor=desks.clerk(made))
    return made


def enter(desk: Desk, actor: Actor | None = None, **more: Any) -> Objection:
    row = {
        "district": desk.districts["east"].pk, "ground": "left_out", "objector": "欧阳秀兰", "phone": "13912345678", "concerned": "周大勇",
        "content": "周大勇已满十八周岁，没有列入。", "received": "2021-10-22",
    } | more  # fmt: skip
    register = registry.get("elections.objections")
    raw = {name: [value] for name, value in row.items() if name not in ("district", "ground")}
    raw |= {
        "district": [desk.districts["east"].name],
        "ground": [{"left_out": "应列入而未列入", "wrongly_in": "不应列入而列入"}[row["ground"]]],
    }
    reading = read_rows(register, raw, ReadContext(actor or desks.clerk(desk), desk.county.division.pk))
    assert reading.faults == {}, reading.faults
    (pk,) = save(register, [Change(reading.values[0], None, reading.keys[0])], actor=actor or desks.clerk(desk))
    return Objection.objects.get(pk=pk)


def take(desk: Desk, objection: Objection, code: str, on: date, **answers: Any) -> Objection:
    with clock.travel(on):
        procedure.take(Objection, "voter_objection", code, [objection.pk], actor=desks.clerk(desk), on=on, answers=answers)
    objection.refresh_from_db()
    return objection


def refused(desk: Desk, objection: Objection, code: str, on: date, **answers: Any) -> str:
    with pytest.raises(StepRefused) as found:
        take(desk, objection, code, on, **answers)
    return str(found.value)


def due(objection: Objection, code: str) -> date:
    return Deadline.objects.get(matter_id=objection.pk, code=code).due_on


def left_out(desk: Desk) -> Voter:
    return desks.voter(desk, "east", "周大勇", 700, state=RollState.REVIEW)


def test_an_objection_is_decided_within_three_days(desk: Desk) -> None:
    objection = enter(desk)
    assert (objection.phase, objection.number, objection.due_on) == ("received", "诉2021-001", date(2021, 10, 25))
    assert objection.title == "龙潭镇第一选区：周**应列入而未列入"
    decided = take(desk, objection, "decide", date(2021, 10, 26), **KEPT)
    assert (decided.phase, decided.outcome) == ("decided", "kept")
    assert Entry.objects.get(action="step.taken").payload["late_days"] == 1
    assert due(decided, "sue") == date(2021, 11, 5)


def test_nothing_of_who_objects_stands_in_the_open(desk: Desk) -> None:
    objection = enter(desk)
    take(desk, objection, "decide", date(2021, 10, 23), **KEPT)
    said = " ".join(str(entry.payload) + entry.subject_label for entry in Entry.objects.all())
    assert "欧阳秀兰" not in said
    assert "周大勇" not in said + objection.natural_key + objection.title


def test_what_comes_late_is_declined_and_not_decided(desk: Desk) -> None:
    with clock.travel(date(2021, 10, 27)):
        late = enter(desk, received="2021-10-26")
    said = refused(desk, late, "decide", date(2021, 10, 27), **KEPT)
    assert "2021-10-25" in said
    assert "第二十九条" in said
    assert take(desk, late, "decline", date(2021, 10, 27), ground="late").phase == "closed"


def test_what_came_in_time_is_not_declined_as_late(desk: Desk) -> None:
    assert "申诉期内" in refused(desk, enter(desk), "decline", date(2021, 10, 23), ground="late")


def test_no_suit_before_a_decision(desk: Desk) -> None:
    said = refused(desk, enter(desk), "sue", date(2021, 10, 23), court="清河县人民法院")
    assert "待处理" in said
    assert "《中华人民共和国民事诉讼法》第一百八十八条" in said or "民事诉讼法" in said


def test_a_suit_comes_five_days_before_the_vote_at_the_latest(desk: Desk) -> None:
    decided = take(desk, enter(desk), "decide", date(2021, 10, 24), **KEPT)
    assert "2021-11-05" in refused(desk, decided, "sue", date(2021, 11, 6), court="清河县人民法院")
    assert "还可以起诉" in refused(desk, decided, "close", date(2021, 11, 5), ground="expired")
    sued = take(desk, decided, "sue", date(2021, 11, 5), court="清河县人民法院")
    assert (sued.phase, due(sued, "judgment")) == ("sued", date(2021, 11, 9))


def test_a_decision_puts_the_person_on_the_roll_and_on_the_next_correction(desk: Desk) -> None:
    one = left_out(desk)
    objection = enter(desk, voter_id=desks.number_of(700))
    assert objection.voter == one
    take(desk, objection, "decide", date(2021, 10, 23), outcome="corrected", measure="add", reason="已满十八周岁。")
    one.refresh_from_db()
    assert (one.state, one.district) == ("registered", desk.districts["east"])
    with clock.travel(date(2021, 10, 24)):
        correcting.correct(desk.election, [desk.districts["east"].pk], Notice(date(2021, 10, 24)), actor=desks.clerk(desk))
    assert Listed.objects.get(voter=one).publication.number == 1


def test_a_corrected_step_takes_the_roll_back(desk: Desk) -> None:
    one = left_out(desk)
    objection = enter(desk, voter_id=desks.number_of(700))
    take(desk, objection, "decide", date(2021, 10, 23), outcome="corrected", measure="add", reason="已满十八周岁。")
    with clock.travel(date(2021, 10, 24)):
        procedure.undo(Objection, "voter_objection", objection.pk, reason="录错了人", actor=desks.clerk(desk))
    one.refresh_from_db()
    objection.refresh_from_db()
    assert (one.state, objection.applied, objection.phase) == ("review", [], "received")


def test_a_judgment_is_final_and_strikes_a_name_off(desk: Desk) -> None:
    one = desk.voters["east"][0]
    objection = enter(desk, ground="wrongly_in", voter_id=str(one.identity_number))
    take(desk, objection, "decide", date(2021, 10, 23), **KEPT)
    take(desk, objection, "sue", date(2021, 10, 26), court="清河县人民法院")
    take(desk, objection, "admit", date(2021, 10, 27), case_number="（2021）清0101民特3号")
    answers = {"outcome": "corrected", "measure": "remove", "why_off": "deprived", "case_number": "（2021）清0101民特3号"}
    judged = take(desk, objection, "judge", date(2021, 11, 3), **answers)
    one.refresh_from_db()
    assert (one.state, one.why_off, judged.outcome) == ("off", "deprived", "corrected")
    assert "判决已经执行" in refused(desk, judged, "close", date(2021, 11, 4), ground="accepted")
    assert take(desk, judged, "close", date(2021, 11, 4), ground="judged").closed_on == date(2021, 11, 4)


def test_who_is_on_the_roll_elsewhere_needs_a_transfer(desk: Desk) -> None:
    one = desk.voters["west"][0]
    objection = enter(desk, voter_id=str(one.identity_number))
    said = refused(desk, objection, "decide", date(2021, 10, 23), outcome="corrected", measure="add", reason="住在本选区")
    assert "龙潭镇第二选区" in said
    assert "转移" in said


def test_without_an_entry_on_the_roll_nothing_is_corrected(desk: Desk) -> None:
    said = refused(desk, enter(desk), "decide", date(2021, 10, 23), outcome="corrected", measure="add", reason="应列入")
    assert "先在“选民登记”中登记此人" in said


def test_the_decision_names_the_last_day_of_a_suit(desk: Desk) -> None:
    objection = take(desk, enter(desk), "decide", date(2021, 10, 23), **KEPT)
    version = letters.make(registry.get("elections.objections"), objection.pk, 1, "decision", {}, actor=desks.clerk(desk))
    document = docx.Document(io.BytesIO(papers.content_of(version)))
    said = "\n".join(one.text for one in document.paragraphs)
    assert "欧阳秀兰" in said
    assert "2021年11月5日" in said
    assert "申诉不成立，维持名单" in said
    assert "清河县选举委员会" in said


def test_working_groups_see_the_objections_of_their_district_alone(desk: Desk) -> None:
    from renda.directory import gate

    objection = enter(desk)
    own, other = desks.registrar(desk, "east"), desks.registrar(desk, "west")
    assert list(gate.visible_to(own, Objection.objects.all())) == [objection]
    assert not gate.visible_to(other, Objection.objects.all()).exists()
