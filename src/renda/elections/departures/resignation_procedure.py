"""The procedure of a deputy's resignation (选举法 55, 56)."""

from __future__ import annotations

from renda.elections.departures import effects, guards
from renda.elections.departures.kinds import RESIGNATION as KIND
from renda.elections.legal import ELECTION_LAW
from renda.elections.models import ResignationOutcome
from renda.procedure.declaration import Ask, Letter, Procedure, State, Step, Who
from renda.procedure.registry import declare as declare_procedure

OFFICE = Who("人大工作人员", ("congress_clerk", "township_clerk"))

STATES = (
    State("received", "待表决", OFFICE),
    State("accepted", "待公告", OFFICE),
    State("kept", "未获通过", final=True),
    State("withdrawn", "已撤回", final=True),
    State("announced", "已公告", final=True),
)
BASIS = ("resign.county.deputy", "resign.township.deputy")
VOTE = (
    Ask("meeting", "哪次会议", help="县级代表的辞职由县级人大常委会会议表决，乡级代表的辞职由乡级人大会议表决", most=100),
    Ask("whole", "全体人数", "whole", column="whole", most=10_000, help="县级填常委会全体组成人员人数，乡级填全体代表人数，不是出席人数"),
    Ask("yes", "赞成接受辞职票数", "whole", column="yes", most=10_000, least=0),
)  # fmt: skip
NOTE = Ask("note", "说明", "long", required=False, secret=True)

STEPS = (
    Step("accept", "接受辞职", "赞成的超过全体的半数，代表职务当日终止", ("received",), "accepted", OFFICE, basis=BASIS, dates="decided",
         asks=VOTE, fixed=(("outcome", ResignationOutcome.ACCEPTED.value),), bars=(guards.in_office,), guards=(guards.resignation_is(True),),
         effects=(effects.end_resigned,), letters=("resign_accepted",), bulk=False),
    Step("keep", "未获通过", "赞成的没有超过全体的半数，代表继续任职", ("received",), "kept", OFFICE, basis=BASIS, dates="kept", asks=VOTE,
         fixed=(("outcome", ResignationOutcome.NOT_ACCEPTED.value),), bars=(guards.in_office,), guards=(guards.resignation_is(False),),
         letters=("resign_kept",), bulk=False),
    Step("announce", "公告", "公告接受辞职；相应终止的职务一并公告", ("accepted",), "announced", OFFICE, basis=("resign.consequence",),
         dates="announced", asks=(Ask("posts", "相应终止的职务", required=False, help="没有的不填", most=300),),
         guards=(guards.posts_ended("resign.consequence"),), letters=("resign_announcement",), bulk=False),
    Step("withdraw", "撤回", "表决以前本人撤回，或者代表职务已经因其他原因终止", ("received",), "withdrawn", OFFICE, dates="withdrawn", asks=(NOTE,),
         fixed=(("outcome", ResignationOutcome.WITHDRAWN.value),), bulk=False),
)  # fmt: skip

LETTERS = (
    Letter("resign_accepted", "接受辞职通知", "提出辞职的代表"),
    Letter("resign_kept", "辞职未获通过通知", "提出辞职的代表"),
    Letter("resign_announcement", "接受代表辞职公告", "公众"),
)

PROCEDURE = Procedure(
    kind=KIND.code,
    name="代表辞职",
    law=ELECTION_LAW,
    starts="received",
    states=STATES,
    steps=STEPS,
    letters=LETTERS,
    corrects=("congress_clerk", "township_clerk"),
    from_milestones=(
        ("received", "received"), ("decided", "accepted"),
        ("kept", "kept"), ("withdrawn", "withdrawn"), ("announced", "announced"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(PROCEDURE)
