"""The procedure of a recall by the voters of the district (选举法 50, 52 to 54)."""

from __future__ import annotations

from renda.elections.departures import effects, guards
from renda.elections.departures.kinds import RECALL as KIND
from renda.elections.legal import ELECTION_LAW
from renda.elections.models import RecallOutcome, Statement
from renda.procedure.declaration import Ask, Letter, Procedure, State, Step, Who
from renda.procedure.registry import declare as declare_procedure

COMMITTEE = Who("县级人大常委会工作人员", ("congress_clerk",))

STATES = (
    State("received", "待受理", COMMITTEE, decides=True),
    State("accepted", "听取申辩、准备表决", COMMITTEE),
    State("distributed", "待表决", COMMITTEE),
    State("passed", "待公告", COMMITTEE),
    State("failed", "未通过", final=True),
    State("refused", "不予受理", final=True),
    State("ended", "终止", final=True),
    State("announced", "已公告", final=True),
)
SIGNED = ("recall.county.signatures", "recall.township.signatures")
REFUSED = (
    ("few", "有效联名人数不足（选举法第五十条第一款）"),
    ("no_reasons", "没有写明罢免理由（选举法第五十条第二款）"),
    ("other_district", "联名的不是原选区选民（选举法第五十条第一款）"),
)
ENDED = (
    ("over", "代表职务已经终止"),
    ("withdrawn", "提出罢免要求的选民书面撤回"),
)
STATEMENTS = tuple((one.value, str(one.label)) for one in Statement)
NOTE = Ask("note", "说明", "long", required=False, secret=True)
COUNTED = Ask(
    "counted", "有效联名人数", "whole", required=False, column="counted", most=1_000_000, least=0,
    help="登记册上已逐名核对的不填，按核对的人数；没有登记册的，填核实后的人数",
)  # fmt: skip
VOTE = (
    Ask("chair", "主持表决的负责人", help="县级人大常委会派出的有关负责人（选举法第五十条第四款）"),
    Ask("secret", "用无记名投票表决", "yes_no"),
    Ask("voters", "原选区全体选民数", "whole", column="voters", most=10_000_000,
        help="罢免须经原选区全体选民的过半数通过，不是参加表决人数的过半数"),
    Ask("participants", "参加表决选民数", "whole", column="participants", most=10_000_000),
    Ask("recovered", "收回表决票数", "whole", column="recovered", most=10_000_000),
    Ask("void", "其中废票数", "whole", column="void", most=10_000_000, least=0),
    Ask("yes", "赞成罢免票数", "whole", column="yes", most=10_000_000, least=0),
    NOTE,
)  # fmt: skip
VOTED = ("recall.majority", "recall.secret", "recall.chair")
ORDERLY = (guards.in_office,)

STEPS = (
    Step("accept", "受理", "联名人数达到法定人数、写明理由的，受理并通知被提出罢免的代表", ("received",), "accepted", COMMITTEE,
         basis=(*SIGNED, "recall.request.content"), dates="accepted", asks=(COUNTED, NOTE), bars=ORDERLY, guards=(guards.enough_signers,),
         effects=(effects.keep_count,), letters=("accepted", "deputy_notice"), bulk=False),
    Step("refuse", "不予受理", "告知提出的选民不予受理的理由", ("received",), "refused", COMMITTEE, basis=(*SIGNED, "recall.request.content"),
         dates="refused", asks=(Ask("ground", "不予受理的情形", "choice", options=REFUSED), COUNTED, NOTE),
         fixed=(("outcome", RecallOutcome.NOT_ADMITTED.value),), guards=(guards.too_few_indeed,), effects=(effects.keep_count,),
         letters=("not_admitted",), bulk=False),
    Step("hear", "登记申辩", "代表可以在选民会议上口头申辩，也可以书面申辩", ("accepted", "distributed"), "", COMMITTEE,
         basis=("recall.request.content",), dates="answered", once=True,
         asks=(Ask("statement", "申辩方式", "choice", options=STATEMENTS, column="statement"),
               Ask("words", "申辩意见", "long", required=False, secret=True, help="书面申辩的原文另传为附件")),
         guards=(guards.written_first,), bulk=False),
    Step("distribute", "印发罢免要求", "罢免要求和书面申辩意见印发原选区选民", ("accepted",), "distributed", COMMITTEE,
         basis=("recall.distribution",), dates="distributed",
         asks=(Ask("copies", "印发份数", "whole", required=False, most=10_000_000), NOTE), bars=ORDERLY, letters=("to_voters",), bulk=False),
    Step("pass", "登记表决：通过", "赞成罢免的超过原选区全体选民的半数，代表职务当日终止", ("distributed",), "passed", COMMITTEE,
         basis=VOTED, dates="voted", asks=VOTE, fixed=(("outcome", RecallOutcome.PASSED.value),), bars=ORDERLY,
         guards=(guards.secret, guards.recall_is(True)), effects=(effects.end_recalled,), bulk=False),
    Step("fail", "登记表决：未通过", "赞成罢免的没有超过原选区全体选民的半数，代表继续任职", ("distributed",), "failed", COMMITTEE,
         basis=VOTED, dates="failed", asks=VOTE, fixed=(("outcome", RecallOutcome.FAILED.value),), bars=ORDERLY,
         guards=(guards.secret, guards.recall_is(False)), letters=("failed",), bulk=False),
    Step("announce", "公告", "公告罢免结果；相应终止的职务一并公告", ("passed",), "announced", COMMITTEE, basis=("recall.consequence",),
         dates="announced", asks=(Ask("posts", "相应撤销的职务", required=False, help="没有的不填", most=300),
                                  Ask("filed", "报备案日期", "day", required=False, milestone="filed", help="地方规定要求报备案的填写")),
         guards=(guards.posts_ended("recall.consequence"),), letters=("announcement",), bulk=False),
    Step("end", "终止", "代表职务已经终止，或者提出的选民撤回，不再表决", ("received", "accepted", "distributed"), "ended", COMMITTEE, dates="ended",
         asks=(Ask("ground", "终止的情形", "choice", options=ENDED), NOTE), fixed=(("outcome", RecallOutcome.ENDED.value),),
         guards=(guards.ended_indeed,), bulk=False),
)  # fmt: skip

LETTERS = (
    Letter("accepted", "罢免要求受理通知", "提出罢免要求的选民"),
    Letter("deputy_notice", "罢免要求送达通知", "被提出罢免的代表"),
    Letter("not_admitted", "罢免要求不予受理告知书", "提出罢免要求的选民"),
    Letter("to_voters", "罢免要求和申辩意见", "原选区选民"),
    Letter("failed", "罢免表决结果通知", "提出罢免要求的选民"),
    Letter("announcement", "罢免代表公告", "公众"),
)

PROCEDURE = Procedure(
    kind=KIND.code,
    name="罢免代表",
    law=ELECTION_LAW,
    starts="received",
    states=STATES,
    steps=STEPS,
    letters=LETTERS,
    corrects=("congress_clerk",),
    from_milestones=(
        ("received", "received"), ("accepted", "accepted"), ("distributed", "distributed"), ("voted", "passed"),
        ("failed", "failed"),
        ("refused", "refused"), ("ended", "ended"), ("announced", "announced"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(PROCEDURE)
