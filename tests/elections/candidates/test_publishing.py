"""The two lists: everybody nominated, the lawful surplus, the order of a pre-election, days and undoing (选举法 31, 32; 1983 年规定 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from renda.core import clock
from renda.elections.candidates import consulting, overview, publishing
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.consulting import Ballots
from renda.elections.candidates.publishing import Choice, Notice
from renda.elections.models import (
    Candidate,
    CandidateList,
    Consultation,
    Election,
    ListedCandidate,
    Nominee,
    PreElection,
    Stage,
    VoterGroup,
)
from renda.elections.voting import rounds
from renda.journal.models import Entry
from tests.elections.candidates import desk as desks
from tests.elections.candidates.desk import Desk

pytestmark = pytest.mark.django_db
NAMES = ("郑立", "丁香", "吴兵", "王芳", "赵云")
BY_STROKES = ["丁香", "王芳", "吴兵", "郑立", "赵云"]


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def nominated(desk: Desk, number: int) -> list[Nominee]:
    with clock.travel(desks.NOMINATED):
        return [desks.by_party(desk, name, f"组织{n}").nomination.nominee for n, name in enumerate(NAMES[:number])]


def first(desk: Desk, on: date = desks.FIRST, **more: Any) -> CandidateList:
    with clock.travel(on):
        (made,) = publishing.publish_first(
            desk.election, [desks.district(desk).pk], Notice(on, **more), actor=desks.clerk(desk)
        )  # fmt: skip
    return made


def formal(desk: Desk, names: list[str], how: str = "all", on: date = desks.FORMAL, **more: Any) -> CandidateList:
    chosen = tuple(Nominee.objects.filter(name__in=names).values_list("pk", flat=True))
    with clock.travel(on):
        return publishing.publish_formal(desks.district(desk), Choice(chosen, how), Notice(on, **more), actor=desks.clerk(desk))


def names_of(one: CandidateList) -> list[str]:
    return list(ListedCandidate.objects.filter(list=one).order_by("place").values_list("nominee__name", flat=True))


def refused(desk: Desk, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(CandidateFault) as found:
        formal(desk, *args, **kwargs)
    return str(found.value)


def pre_election(desk: Desk, votes: dict[str, int], *, participants: int = 20) -> PreElection:
    pks = dict(Nominee.objects.values_list("name", "pk"))
    with clock.travel(date(2021, 11, 1)):
        return consulting.hold(
            desks.district(desk), on=date(2021, 11, 1), ballots=Ballots(30, participants, participants, participants, 0),
            votes={pks[name]: number for name, number in votes.items()}, actor=desks.clerk(desk),
        )  # fmt: skip


def test_the_first_list_has_every_lawful_nominee_by_strokes(desk: Desk) -> None:
    nominated(desk, 4)
    with clock.travel(desks.NOMINATED):
        desks.by_voters(desk, "不成立者", desks_signers(5), leave_out=True)
    made = first(desk)
    assert names_of(made) == BY_STROKES[:4]
    assert (made.due_on, made.late_days) == (date(2021, 10, 26), 0)
    assert list(Candidate.objects.alive().order_by("pk").values_list("name", "formal")) == [(n, False) for n in BY_STROKES[:4]]


def desks_signers(number: int) -> tuple[str, ...]:
    return tuple(f"选民{n:02d}" for n in range(number))


def test_a_late_list_asks_for_its_reason_and_says_the_article(desk: Desk) -> None:
    nominated(desk, 3)
    with pytest.raises(CandidateFault, match="第三十二条") as found:
        first(desk, date(2021, 10, 28))
    assert "晚 2 天" in str(found.value)
    made = first(desk, date(2021, 10, 28), late_reason="疫情")
    assert (made.late_days, made.late_reason) == (2, "疫情")


def test_all_stand_where_the_surplus_allows_it(desk: Desk) -> None:
    nominated(desk, 4)
    first(desk)
    said = refused(desk, BY_STROKES[:3])
    assert "应当全部列入" in said
    assert "郑立" in said
    made = formal(desk, BY_STROKES[:4])
    assert names_of(made) == BY_STROKES[:4]
    assert set(Nominee.objects.values_list("stage", flat=True)) == {Stage.FORMAL}
    with clock.travel(desks.FORMAL):
        (ready,) = [one for one in rounds.ready(desks.clerk(desk), desk.election) if one.district == desks.district(desk)]
    assert (list(ready.candidates), ready.barred) == (BY_STROKES[:4], "")


def test_two_for_two_seats_are_too_few(desk: Desk) -> None:
    nominated(desk, 2)
    first(desk)
    said = refused(desk, ["郑立", "丁香"])
    assert "3 至 4 人" in said
    assert "第三十一条" in said


def test_a_by_election_may_have_as_many_as_seats(desk: Desk) -> None:
    Election.objects.update(by_election=True)
    for one in desk.districts.values():
        one.refresh_from_db()
    nominated(desk, 2)
    first(desk)
    assert names_of(formal(desk, ["郑立", "丁香"])) == ["丁香", "郑立"]


def test_five_for_two_seats_are_settled_by_consultation_or_pre_election(desk: Desk) -> None:
    nominated(desk, 5)
    first(desk)
    assert "3 至 4 人" in refused(desk, BY_STROKES)
    assert "讨论协商或者预选" in refused(desk, BY_STROKES[:4])
    assert "没有登记选民小组" in refused(desk, BY_STROKES[:4], "consulted")
    group = VoterGroup.objects.filter(district=desks.district(desk)).first()
    assert group is not None
    support = dict.fromkeys(Nominee.objects.values_list("pk", flat=True), 6)
    with clock.travel(date(2021, 10, 30)):
        consulting.consult(
            desks.district(desk), group, on=date(2021, 10, 30), present=8, support=support, note="", actor=desks.clerk(desk)
        )
        with pytest.raises(CandidateFault, match="多于参加讨论"):
            consulting.consult(
                desks.district(desk), group, on=date(2021, 10, 29), present=3, support=support, note="", actor=desks.clerk(desk)
            )
    assert Consultation.objects.count() == 1
    assert names_of(formal(desk, BY_STROKES[:4], "consulted")) == BY_STROKES[:4]


def test_a_pre_election_decides_by_its_votes(desk: Desk) -> None:
    nominated(desk, 5)
    first(desk)
    pre_election(desk, {"郑立": 18, "丁香": 5, "吴兵": 12, "王芳": 9, "赵云": 7})
    assert "赵云" in refused(desk, ["郑立", "丁香", "吴兵", "王芳"], "pre_election")
    made = formal(desk, ["郑立", "吴兵", "王芳", "赵云"], "pre_election")
    assert names_of(made) == ["郑立", "吴兵", "王芳", "赵云"]
    assert made.order == "votes"


def test_equal_votes_at_the_last_place_are_settled_by_a_note(desk: Desk) -> None:
    nominated(desk, 5)
    first(desk)
    pre_election(desk, {"郑立": 18, "丁香": 7, "吴兵": 12, "王芳": 9, "赵云": 7})
    assert "法律没有规定" in refused(desk, ["郑立", "吴兵", "王芳", "赵云"], "pre_election")
    made = formal(desk, ["郑立", "吴兵", "王芳", "赵云"], "pre_election", note="抽签确定")
    assert made.note == "抽签确定"


def test_a_pre_election_cannot_have_more_votes_than_ballots(desk: Desk) -> None:
    nominated(desk, 5)
    first(desk)
    with pytest.raises(CandidateFault, match="多于有效票"):
        pre_election(desk, {"郑立": 21})
    with pytest.raises(CandidateFault, match="多于选民数"):
        pre_election(desk, {"郑立": 1}, participants=31)


def test_lists_are_undone_in_reverse_order_with_a_reason(desk: Desk) -> None:
    nominated(desk, 4)
    one = first(desk)
    other = formal(desk, BY_STROKES[:4])
    clerk = desks.clerk(desk)
    with pytest.raises(CandidateFault, match="相反的顺序"):
        publishing.undo(one, reason="错", actor=clerk)
    with pytest.raises(CandidateFault, match="原因"):
        publishing.undo(other, reason=" ", actor=clerk)
    publishing.undo(other, reason="漏列情况", actor=clerk)
    assert list(Candidate.objects.alive().values_list("formal", flat=True)) == [False] * 4
    publishing.undo(one, reason="重新公布", actor=clerk)
    assert not Candidate.objects.alive().exists()
    assert set(Nominee.objects.values_list("stage", flat=True)) == {Stage.NOMINATED}
    assert Entry.objects.filter(action="candidates.formal_undone").count() == 1
    first(desk)


def test_a_formal_list_is_not_undone_once_the_district_votes(desk: Desk) -> None:
    nominated(desk, 4)
    first(desk)
    made = formal(desk, BY_STROKES[:4])
    with clock.travel(desks.DAY):
        rounds.open_first(desk.election, [desks.district(desk).pk], day=desks.DAY, entered={}, actor=desks.clerk(desk))
        with pytest.raises(CandidateFault, match="开设投票"):
            publishing.undo(made, reason="错", actor=desks.clerk(desk))


def test_candidates_of_the_ledger_alone_are_shown_as_such(desk: Desk) -> None:
    district = desks.district(desk)
    desk.county.enter(
        "elections.candidates",
        [{"选举": desk.election.name, "选区": district.name, "候选人姓名": "张伟", "推荐方式": "选民联名"}],
    )
    rows = {one.district.pk: one for one in overview.build(desk.election, desks.clerk(desk)).rows}
    assert (rows[district.pk].ledger, rows[desk.districts["joint"].pk].ledger) == (1, 0)
    nominated(desk, 3)
    assert next(one.ledger for one in overview.build(desk.election, desks.clerk(desk)).rows if one.district == district) == 0


def test_nobody_is_nominated_once_the_first_list_is_out(desk: Desk) -> None:
    nominated(desk, 3)
    first(desk)
    with clock.travel(desks.FIRST), pytest.raises(CandidateFault, match="已经公布"):
        desks.by_party(desk, "后来者")
