"""Recall by the voters: signatures counted once on the roll, the answer, the vote of all voters, the mandate that ends (选举法 50, 52-54)."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from renda.directory import gate
from renda.directory.models import Organ, Post
from renda.documents import papers
from renda.elections.departures import entrances, signing
from renda.elections.departures.signing import SigningFault
from renda.elections.models import Recall, RecallSigner
from renda.procedure.refusals import StepRefused
from renda.registers.services import Refused
from renda.ui import letters
from tests.elections.departures import desk as desks
from tests.elections.departures.desk import Office
from tests.elections.lists import desk as rolls

pytestmark = pytest.mark.django_db
VOTE: dict[str, Any] = {"chair": "刘主任", "secret": "yes", "voters": 3000, "participants": 2400, "recovered": 2400, "void": 0}


@pytest.fixture
def office() -> Office:
    return desks.make()


def refusal(recall: Recall, code: str, office: Office, **answers: Any) -> str:
    with pytest.raises(StepRefused) as found:
        desks.take(recall, code, desks.clerk(office), **answers)
    return str(found.value)


def signed(office: Office, count: int, level: str = "county") -> Recall:
    """A demand that ``count`` voters of the roll signed."""
    recall = desks.demand(office, level, signed=max(count, 1))
    names = desks.voters(office, {"county": "county", "township": "east"}[level], count)
    if names:
        signing.enter(recall, "\n".join(names), actor=desks.clerk(office, "election_clerk"))
    return recall


def before_vote(office: Office) -> Recall:
    recall = desks.take(signed(office, 50), "accept", desks.clerk(office))
    return desks.take(recall, "distribute", desks.clerk(office))


def test_the_matter_knows_mandate_district_and_title(office: Office) -> None:
    recall = desks.demand(office)
    assert (recall.mandate, recall.district) == (office.mandates["county"], office.desk.districts["county"])
    assert (recall.title, recall.constituency, recall.number) == ("罢免县级代表李娜", "第一选区", "罢2023-001")
    assert recall.reasons == "长期不履行代表职责"


def test_a_township_deputy_is_recalled_through_the_county(office: Office) -> None:
    recall = desks.demand(office, "township")
    assert recall.division == office.desk.county.division
    assert recall.district == office.desk.districts["east"]


def test_k01_forty_nine_signatures_are_refused_fifty_are_accepted(office: Office) -> None:
    recall = signed(office, 49)
    said = refusal(recall, "accept", office)
    assert "49" in said
    assert "第五十条" in said
    Recall.objects.filter(pk=recall.pk).update(signed=50)
    signing.enter(recall, "王丽", actor=desks.clerk(office, "election_clerk"))
    done = desks.take(recall, "accept", desks.clerk(office))
    assert (done.phase, done.counted) == ("accepted", 50)


def test_thirty_are_enough_for_a_township_deputy(office: Office) -> None:
    assert desks.take(signed(office, 30, "township"), "accept", desks.clerk(office)).counted == 30


def test_twenty_nine_are_not(office: Office) -> None:
    assert "29" in refusal(signed(office, 29, "township"), "accept", office)


def test_nobody_counts_twice_and_strangers_not_at_all(office: Office) -> None:
    recall, actor = desks.demand(office), desks.clerk(office, "election_clerk")
    done = signing.enter(recall, "王丽\n王丽\n陌生人\n丁一", actor=actor)
    assert done.added == 2
    assert len(done.faults) == 2
    again = signing.enter(recall, "王丽", actor=actor)
    assert (again.added, len(again.faults)) == (0, 1)
    assert signing.counted(recall) == 2


def test_a_number_finds_the_voter_and_is_not_kept(office: Office) -> None:
    recall = desks.demand(office)
    number = str(office.desk.voters["county"][1].identity_number)
    assert signing.enter(recall, "丁一 " + number, actor=desks.clerk(office, "election_clerk")).added == 1
    assert number not in str(RecallSigner.objects.values().get())


def test_voters_of_other_districts_do_not_count(office: Office) -> None:
    recall = desks.demand(office, "township")
    other = office.desk.voters["west"][0]
    done = signing.enter(recall, str(other.identity_number), actor=desks.clerk(office, "election_clerk"))
    assert done.added == 0


def test_the_database_counts_a_voter_once(office: Office) -> None:
    recall, voter = desks.demand(office), office.desk.voters["county"][0]
    common = {"recall": recall, "voter": voter, "entered_at": "2023-03-02T00:00:00Z"}
    RecallSigner.objects.create(**common)
    with pytest.raises(IntegrityError, match="recall_signer_once"), transaction.atomic():
        RecallSigner.objects.create(**common)


def test_struck_signatures_do_not_count(office: Office) -> None:
    recall = signed(office, 50)
    first = RecallSigner.objects.filter(recall=recall).first()
    assert first is not None
    with pytest.raises(SigningFault, match="原因"):
        signing.strike(recall, [first.pk], " ", actor=desks.clerk(office, "election_clerk"))
    signing.strike(recall, [first.pk], "非本人签名", actor=desks.clerk(office, "election_clerk"))
    assert "49" in refusal(recall, "accept", office)


def test_who_signed_stands_behind_the_roll(office: Office) -> None:
    recall = signed(office, 3)
    with pytest.raises(PermissionDenied):
        signing.enter(recall, "王丽", actor=desks.clerk(office))
    assert not gate.visible_to(rolls.registrar(office.desk, "east"), RecallSigner.objects.all()).exists()
    assert gate.visible_to(desks.clerk(office, "election_clerk"), RecallSigner.objects.all()).count() == 3


def test_more_names_than_signatures_are_not_entered(office: Office) -> None:
    recall = desks.demand(office, signed=1)
    with pytest.raises(SigningFault, match="多于登记的联名人数"):
        signing.enter(recall, "王丽\n丁一", actor=desks.clerk(office, "election_clerk"))
    assert signing.counted(recall) == 0


def test_after_acceptance_signatures_are_closed(office: Office) -> None:
    recall = before_vote(office)
    with pytest.raises(SigningFault, match="已经受理"):
        signing.enter(recall, "王丽", actor=desks.clerk(office, "election_clerk"))


def test_without_a_roll_the_total_is_entered(office: Office) -> None:
    recall = desks.demand(office)
    office.desk.county.enter("elections.districts", [])
    type(recall).objects.filter(pk=recall.pk).update(district=None)
    assert "没有选民登记册" in refusal(recall, "accept", office)
    assert "49" in refusal(recall, "accept", office, counted=49)
    done = desks.take(recall, "accept", desks.clerk(office), counted=52)
    assert (done.phase, done.counted) == ("accepted", 52)


def test_too_few_is_no_ground_where_enough_signed(office: Office) -> None:
    assert "不能以人数不足" in refusal(signed(office, 50), "refuse", office, ground="few")


def test_declined_for_too_few(office: Office) -> None:
    done = desks.take(signed(office, 10), "refuse", desks.clerk(office), ground="few")
    assert (done.phase, done.outcome, done.settled, done.counted) == ("refused", "not_admitted", True, 10)


def test_a_written_answer_comes_before_the_distribution(office: Office) -> None:
    recall = before_vote(office)
    assert "一并印发" in refusal(recall, "hear", office, statement="written")
    assert desks.take(recall, "hear", desks.clerk(office), statement="oral").statement == "oral"


def test_k03_half_of_all_voters_is_not_enough(office: Office) -> None:
    recall = before_vote(office)
    said = refusal(recall, "pass", office, **VOTE, yes=1500)
    assert "1501" in said
    assert "第五十三条" in said
    done = desks.take(recall, "fail", desks.clerk(office), **VOTE, yes=1500)
    assert (done.phase, done.outcome) == ("failed", "failed")
    assert desks.mandate_of(recall).until is None


def test_k05_of_an_odd_number_the_larger_half_is_needed(office: Office) -> None:
    recall, odd = before_vote(office), VOTE | {"voters": 3001}
    assert "1501" in refusal(recall, "pass", office, **odd, yes=1500)
    assert "已经达到通过票数" in refusal(recall, "fail", office, **odd, yes=1501)


def test_passed_the_mandate_ends_that_day(office: Office) -> None:
    recall = desks.take(before_vote(office), "pass", desks.clerk(office), **VOTE, yes=1501)
    mandate = desks.mandate_of(recall)
    assert (mandate.until, mandate.end_reason) == (desks.DAY, "recalled")
    done = desks.take(recall, "announce", desks.clerk(office))
    assert (done.phase, done.settled, done.closed_on) == ("announced", True, desks.DAY)


def test_another_number_of_voters_than_on_the_roll_is_pointed_out(office: Office) -> None:
    recall, clerk = before_vote(office), desks.clerk(office)
    words = "核对全体选民数"
    known = signing.on_roll(recall)
    assert known is not None
    assert known >= 50
    assert words not in {one.name for one in entrances.of_recall(clerk, recall.pk)}
    desks.take(recall, "fail", clerk, **VOTE, yes=1500)
    (note,) = [one.note for one in entrances.of_recall(clerk, recall.pk) if one.name == words]
    assert "3000 人" in note
    assert f"{known} 人" in note
    Recall.objects.filter(pk=recall.pk).update(voters=known)
    assert words not in {one.name for one in entrances.of_recall(clerk, recall.pk)}


def test_a_corrected_vote_gives_the_mandate_back(office: Office) -> None:
    recall = desks.take(before_vote(office), "pass", desks.clerk(office), **VOTE, yes=1501)
    desks.undo(recall, desks.clerk(office))
    mandate = desks.mandate_of(recall)
    assert (mandate.until, mandate.end_reason) == (None, "")
    assert (recall.phase, recall.mandate_ended_on, recall.settled, recall.outcome) == ("distributed", None, False, "")


def test_an_open_vote_is_no_recall(office: Office) -> None:
    assert "无记名" in refusal(before_vote(office), "pass", office, **(VOTE | {"secret": "no"}), yes=2000)


def test_votes_that_cannot_be_are_refused(office: Office) -> None:
    assert "不可能" in refusal(before_vote(office), "pass", office, **VOTE, yes=2401)


def test_posts_end_before_the_announcement(office: Office) -> None:
    organ = Organ.objects.create(
        name="清河县人大常委会", kind="standing_committee", division=office.desk.county.division, natural_key="清河县人大常委会"
    )
    mandate = office.mandates["county"]
    post = Post.objects.create(person=mandate.person, organ=organ, title="委员", committee_member=True, division=organ.division)
    recall = desks.take(before_vote(office), "pass", desks.clerk(office), **VOTE, yes=1501)
    said = refusal(recall, "announce", office)
    assert "委员" in said
    assert "第五十四条" in said
    Post.objects.filter(pk=post.pk).update(until=desks.DAY)
    assert desks.take(recall, "announce", desks.clerk(office), posts="县人大常委会委员").phase == "announced"


def test_one_demand_at_a_time(office: Office) -> None:
    desks.demand(office)
    with pytest.raises(Refused, match="正在办理"), transaction.atomic():
        desks.demand(office, on="2023-03-02")


def test_nobody_is_recalled_who_is_no_deputy(office: Office) -> None:
    row = {
        "收到罢免要求日期": "2021-11-01",
        "代表": "李娜",
        "代表层级": "县级",
        "联名人数": 60,
        "领衔选民": "王",
        "罢免理由": "因",
    }
    assert "不是这一层级的代表" in str(office.desk.county.read("elections.recalls", [row]).faults)


def test_only_the_county_office_takes_the_steps(office: Office) -> None:
    recall = signed(office, 50)
    with pytest.raises(StepRefused):
        desks.take(recall, "accept", desks.clerk(office, "election_clerk"))


@pytest.mark.parametrize(("step", "letter"), [(1, "deputy_notice"), (2, "to_voters"), (4, "announcement")])
def test_letters_say_whom_and_how_many(office: Office, step: int, letter: str) -> None:
    recall = desks.take(signed(office, 50), "accept", desks.clerk(office))
    recall = desks.take(recall, "distribute", desks.clerk(office))
    recall = desks.take(recall, "pass", desks.clerk(office), **VOTE, yes=1501)
    recall = desks.take(recall, "announce", desks.clerk(office))
    version = letters.make(desks.register_of(recall), recall.pk, step, letter, {}, actor=desks.clerk(office))
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(papers.content_of(version))).paragraphs)
    assert "李娜" in said
    assert ("1501" if letter == "announcement" else "50") in said
