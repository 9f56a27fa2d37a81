"""The procedure of objections to a voter list (选举法 29; 民事诉讼法 185, 188, 189)."""

from __future__ import annotations

from renda.elections.legal import ELECTION_LAW
from renda.elections.lists import effects, guards
from renda.elections.lists.dates import DECIDE, JUDGMENT, LAWSUIT, OBJECTION
from renda.elections.lists.kinds import OBJECTION as KIND
from renda.elections.models import ObjectionOutcome, RollMeasure, WhyOff
from renda.procedure.declaration import Ask, Letter, Period, Procedure, State, Step, Who, Window
from renda.procedure.registry import declare as declare_procedure

COMMITTEE = Who("选举委员会工作人员", ("election_clerk", "township_clerk"))

STATES = (
    State("received", "待处理", COMMITTEE, decides=True),
    State("decided", "已作出处理决定", COMMITTEE),
    State("sued", "法院审理中", COMMITTEE),
    State("judged", "法院已判决", COMMITTEE),
    State("closed", "已了结", final=True),
)
OUTCOMES = (
    (ObjectionOutcome.KEPT.value, "申诉不成立，维持名单"),
    (ObjectionOutcome.CORRECTED.value, "申诉成立，更正名单"),
)
JUDGMENTS = (
    (ObjectionOutcome.KEPT.value, "驳回起诉，维持处理决定"),
    (ObjectionOutcome.CORRECTED.value, "判令更正名单"),
)
MEASURES = tuple((one.value, str(one.label)) for one in RollMeasure)
WHY_OFF = tuple(
    (one.value, str(one.label))
    for one in (WhyOff.MOVED_OUT, WhyOff.DIED, WhyOff.DEPRIVED, WhyOff.SUSPENDED, WhyOff.INCAPABLE, WhyOff.UNDER_AGE, WhyOff.ELSEWHERE,
                WhyOff.DUPLICATE)
)  # fmt: skip
MEASURE_ASKS = (
    Ask("measure", "登记册怎样处理", "choice", options=MEASURES, when=("outcome", "corrected"),
        help="办理后登记册随即变动，并列入下一号补正名单；应列入其他选区的，选“登记册不变”，另办选民资格转移"),
    Ask("why_off", "除名的原因", "choice", options=WHY_OFF, when=("measure", RollMeasure.REMOVE.value)),
    Ask("new_name", "更正后的姓名", when=("measure", RollMeasure.NAME.value), most=60, secret=True),
)  # fmt: skip
DECLINED = (
    ("late", "超过申诉期提出（选举法第二十九条）"),
    ("other", "不是对选民名单的意见"),
)
ENDS = (
    ("accepted", "申诉人书面表示接受"),
    ("expired", "起诉期限已过，没有起诉"),
    ("judged", "判决已经执行"),
)
NOTE = Ask("note", "说明", "long", required=False, secret=True)

STEPS = (
    Step("decide", "作出处理决定", "选举委员会对申诉作出处理决定，送申诉人", ("received",), "decided", COMMITTEE,
         basis=(DECIDE,), dates="decided",
         asks=(Ask("outcome", "处理决定", "choice", options=OUTCOMES, column="outcome"), *MEASURE_ASKS,
               Ask("reason", "理由", "long", secret=True), Ask("told", "送达申诉人日期", "day", required=False, milestone="told")),
         guards=(guards.in_time, guards.measure_fits), effects=(effects.correct_roll,), letters=("decision",), bulk=False),
    Step("decline", "不予受理", "告知申诉人不予受理的理由", ("received",), "closed", COMMITTEE,
         basis=(OBJECTION,), dates="declined",
         asks=(Ask("ground", "不予受理的情形", "choice", options=DECLINED), NOTE, Ask("told", "告知申诉人日期", "day", required=False, milestone="told")),
         fixed=(("outcome", ObjectionOutcome.NOT_ADMITTED.value),), guards=(guards.late_indeed,), letters=("refusal",)),
    Step("withdraw", "申诉人撤回", "申诉人自愿撤回", ("received",), "closed", COMMITTEE,
         basis=("elec.list.objection.who",), dates="closed", asks=(NOTE,), fixed=(("outcome", ObjectionOutcome.WITHDRAWN.value),)),
    Step("sue", "申诉人起诉", "申诉人不服处理决定，向人民法院起诉", ("decided",), "sued", COMMITTEE,
         basis=("elec.list.lawsuit.precondition", LAWSUIT, "elec.list.lawsuit.court"), dates="sued", window=Window(LAWSUIT, ("election_day",)),
         asks=(Ask("court", "受诉法院", column="court", help="选区所在地基层人民法院"), NOTE), bulk=False),
    Step("admit", "法院立案", "登记案号，选举委员会派代表参加诉讼", ("sued",), "", COMMITTEE,
         basis=("elec.list.judgment.participants",), dates="admitted", once=True,
         asks=(Ask("case_number", "案号", column="case_number"), Ask("representative", "参加诉讼的代表", required=False)), bulk=False),
    Step("judge", "登记判决", "人民法院的判决为最后决定，登记册随判决变动", ("sued",), "judged", COMMITTEE,
         basis=(JUDGMENT, "elec.list.judgment.final"), dates="judged",
         asks=(Ask("outcome", "判决结果", "choice", options=JUDGMENTS, column="outcome"), *MEASURE_ASKS,
               Ask("case_number", "案号", column="case_number"), Ask("told", "判决送达日期", "day", required=False, milestone="judgment_told"), NOTE),
         guards=(guards.measure_fits,), effects=(effects.correct_roll,), bulk=False),
    Step("end_suit", "撤诉或者不予立案", "诉讼终结，处理决定仍然有效", ("sued",), "decided", COMMITTEE,
         basis=(LAWSUIT,), clears=("sued", "admitted"), asks=(Ask("why", "情况", "long", secret=True),), bulk=False),
    Step("close", "了结", "申诉程序结束", ("decided", "judged"), "closed", COMMITTEE,
         basis=(LAWSUIT, "elec.list.judgment.final"), dates="closed", asks=(Ask("ground", "了结的情形", "choice", options=ENDS), NOTE),
         guards=(guards.nothing_more_to_come,), bulk=False),
)  # fmt: skip

PERIODS = (
    Period("decide", "申诉处理期限", ("received",), ("decided", "declined", "closed"), (DECIDE,), COMMITTEE),
    Period("sue", "可以起诉的最后日期", ("decided",), ("sued", "closed"), (LAWSUIT,), anchor="election_day", stepped=True),
    Period("judgment", "判决期限", ("sued",), ("judged", "closed"), (JUDGMENT,), anchor="election_day", stepped=True),
)  # fmt: skip

LETTERS = (
    Letter("decision", "选民名单申诉处理决定书", "申诉人"),
    Letter("refusal", "选民名单申诉不予受理告知书", "申诉人"),
)

PROCEDURE = Procedure(
    kind=KIND.code,
    name="选民名单申诉",
    law=ELECTION_LAW,
    starts="received",
    states=STATES,
    steps=STEPS,
    periods=PERIODS,
    letters=LETTERS,
    corrects=("election_clerk",),
    from_milestones=(
        ("received", "received"), ("decided", "decided"), ("sued", "sued"), ("judged", "judged"), ("declined", "closed"), ("closed", "closed"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(PROCEDURE)
