"""The procedure of petitions (信访工作条例, in force 2022-05-01; local rules for the congress's own part).

The congress office registers, forwards, assigns and watches; it decides no case. Units handle, answer, review and review again.
"""

from __future__ import annotations

from renda.petitions import effects, guards
from renda.petitions.models import Result
from renda.procedure.declaration import Ask, Letter, Period, Procedure, State, Step, Who, Window
from renda.procedure.registry import declare as declare_procedure

OFFICE_ROLES = ("petition_clerk", "township_clerk")
OFFICE = Who("信访工作人员", OFFICE_ROLES)
UNIT = Who("承办单位", ("handling_unit",), organ="handler", recorders=OFFICE_ROLES)
REVIEWER = Who("复查机关", ("handling_unit",), organ="reviewer", recorders=OFFICE_ROLES)
RECHECKER = Who("复核机关", ("handling_unit",), organ="rechecker", recorders=OFFICE_ROLES)

STATES = (
    State("registered", "待处理", OFFICE),
    State("forwarded", "已转送", UNIT),
    State("assigned", "已交办", UNIT),
    State("objected", "单位提出异议", OFFICE, decides=True),
    State("handling", "办理中", UNIT),
    State("answered", "已答复", OFFICE, decides=True),
    State("reported", "已报办结报告", OFFICE, decides=True),
    State("passed", "已上报下转", OFFICE),
    State("review", "复查中", REVIEWER),
    State("reviewed", "已复查", OFFICE),
    State("recheck", "复核中", RECHECKER),
    State("closed", "办结", final=True),
    State("declined", "不予受理", final=True),
    State("withdrawn", "已撤回", final=True),
    State("ended", "复核终结", final=True),
)

DECLINE_REASONS = (
    ("duplicate", "同一事项已受理或者正在办理，在规定期限内又向上级提出（信访工作条例第十九条第三款）"),
    ("final", "经复核后仍以同一事实和理由提出（信访工作条例第三十六条第三款）"),
    ("litigation", "涉及诉讼权利救济，应依法向政法部门提出（信访工作条例第二十条第二款、第二十八条第二款）"),
    ("statutory", "应当通过仲裁、复议等法定程序解决（信访工作条例第三十一条）"),
    ("competence", "不属于本机关、本系统职权范围，应向有权处理的机关提出（信访工作条例第二十三条第一款）"),
)
PRESS_REASONS = (
    ("delay", "推诿、敷衍、拖延"),
    ("fraud", "弄虚作假"),
    ("irregular", "违反规定受理、办理"),
    ("refusal", "拒不执行处理意见"),
    ("important", "上级交办、领导批示或者群众反映集中"),
)
RESULTS = tuple((one.value, str(one.label)) for one in (Result.SUPPORTED, Result.EXPLAINED, Result.REFUSED))
OUTCOMES = (("upheld", "维持原处理意见"), ("changed", "变更原处理意见"), ("remitted", "撤销原处理意见，责令重新办理"))

HANDLER = Ask(
    "handler", "承办单位", "organ", column="handler", help="有权处理的机关、单位；检举控告和要求保密的，不得转给被反映的单位"
)
NOTIFIED = Ask(
    "notified", "书面告知信访人日期", "day", required=False, milestone="notified", help="当场告知的填当天；姓名、住址不清的不填"
)
TOLD_HOW = (
    ("on_the_spot", "当场书面告知"),
    ("post", "邮寄送达"),
    ("online", "网上告知"),
    ("unknown", "姓名（名称）、住址不清，无法告知"),
)
OPEN = ("registered", "forwarded", "assigned", "objected", "handling", "passed")
NOTE = Ask("note", "办理说明", "long", required=False)
REASON = Ask("reason", "理由", "long")

STEPS = (
    Step("accept", "受理", "由本机关有关机构直接办理，自受理之日起计算办理期限", ("registered",), "handling", OFFICE,
         basis=("pcpet.power", "pet.notify.direct"), dates="accepted", asks=(HANDLER, NOTIFIED, NOTE),
         bars=(guards.representatives,), guards=(guards.not_to_the_accused,),
         effects=(effects.give_code,), letters=("notice",)),
    Step("forward", "转送", "转送有权处理的机关、单位，由其受理并告知信访人", ("registered",), "forwarded", OFFICE,
         basis=("pet.types", "pet.triage"), dates="forwarded", asks=(HANDLER, NOTIFIED, NOTE), bars=(guards.representatives,), guards=(guards.not_to_the_accused,),
         effects=(effects.give_code,), letters=("forward", "notice")),
    Step("assign", "交办", "交有权处理的机关、单位办理，要求在指定期限内提交办结报告", ("registered",), "assigned", OFFICE,
         basis=("pet.types", "pet.triage"), dates="assigned",
         asks=(HANDLER, Ask("report_by", "办结报告期限", "day", milestone="report_due", help="要求承办单位提交办结报告的最后日期"),
               Ask("demands", "办理要求", "long", required=False), NOTIFIED),
         bars=(guards.representatives,),
         guards=(guards.not_to_the_accused, guards.report_day), effects=(effects.give_code,), letters=("assign", "notice")),
    Step("decline", "不予受理", "书面告知信访人不予受理的理由和应当向谁提出，事项终结", ("registered",), "declined", OFFICE,
         basis=("pet.notify.direct",), dates="declined",
         asks=(Ask("ground", "不予受理的情形", "choice", options=DECLINE_REASONS),
               Ask("explanation", "告知内容", "long", help="写明理由和有权处理的机关、途径"), NOTIFIED),
         fixed=(("result", Result.NOT_ACCEPTED.value),), effects=(effects.give_code,), letters=("decline",)),
    Step("merge", "并案", "与先收到的同一事项合并，本件不再单独办理", ("registered",), "closed", OFFICE,
         basis=("pet.register",), dates="closed", asks=(Ask("original", "先收到的信访件编号", column="repeats"), NOTE),
         guards=(guards.original_exists,), effects=(effects.join_original,), fixed=(("repeated", True),), bulk=False),
    Step("pass_down", "下转乡镇", "转乡镇人大办理，两级共用一条线索", ("registered",), "passed", OFFICE,
         basis=("pet.types", "pcpet.levels"), dates="passed", asks=(Ask("division", "下转区划", "division"), NOTIFIED, NOTE),
         bars=(guards.representatives,), guards=(guards.division_below,), effects=(effects.give_code, effects.pass_on), letters=("notice",)),
    Step("pass_up", "上报", "报上一级人大信访机构处理，两级共用一条线索", ("registered",), "passed", OFFICE,
         basis=("pet.types", "pcpet.levels"), dates="passed",
         asks=(Ask("above", "报送机关", help="上一级人大常委会信访机构的名称"), NOTIFIED, REASON),
         effects=(effects.give_code, effects.pass_up), letters=("report_up", "notice")),
    Step("notify", "书面告知信访人", "告知接收情况以及处理途径和程序", OPEN, "", OFFICE,
         basis=("pet.notify.direct",), dates="notified", asks=(Ask("how", "告知方式", "choice", options=TOLD_HOW), NOTE),
         effects=(effects.give_code,), letters=("notice",)),
    Step("take_up", "受理并告知", "承办单位受理，书面告知信访人，自受理之日起计算办理期限", ("forwarded", "assigned"), "handling", UNIT,
         basis=("pet.notify.transferred", "pet.handle"), dates="taken_up", asks=(NOTIFIED, NOTE), letters=("unit_notice",)),
    Step("object", "提出异议", "认为不属于本单位职权范围，说明理由，请人大信访机构核实", ("forwarded", "assigned"), "objected", UNIT,
         basis=("pet.objection_competence",), dates="objected", window=Window("pet.objection_competence", ("forwarded", "assigned")),
         asks=(REASON, Ask("suggested", "建议的承办单位", required=False))),
    Step("agree", "同意异议", "收回材料，重新转送或者交办", ("objected",), "registered", OFFICE,
         basis=("pet.objection_competence",), dates="returned", clears=("forwarded", "assigned", "report_due", "objected"),
         asks=(NOTE,), fixed=(("handler", None),)),
    Step("reject", "不同意异议", "退回承办单位，由其受理", ("objected",), "", OFFICE, back=True,
         basis=("pet.objection_competence", "pet.conflict"), clears=("objected",), asks=(REASON,)),
    Step("extend", "延长办理期限", "情况复杂，经单位负责人批准延长一次，并告知信访人", ("handling",), "", UNIT,
         basis=("pet.handle.extend",), dates="extended", once=True,
         asks=(Ask("until", "延长至", "day", milestone="extended_to"), Ask("approver", "批准的负责人"),
               Ask("reason", "延期理由", "long", help="同时告知信访人")),
         guards=(guards.extension,), letters=("extension",)),
    Step("answer", "出具处理意见", "出具信访处理意见书，书面答复信访人", ("handling",), "answered", UNIT,
         basis=("pet.opinion.content", "pet.handle"), dates="answered",
         asks=(Ask("result", "处理意见", "choice", options=RESULTS, column="result"),
               Ask("facts", "事实和理由", "long", secret=True), Ask("decision", "具体意见", "long", secret=True),
               Ask("legal_basis", "法律法规依据", "long"),
               Ask("told", "送达信访人日期", "day", required=False, milestone="told", help="信访人自收到之日起可以申请复查")),
         letters=("opinion",)),
    Step("report", "提交办结报告", "向人大信访机构报告办理结果", ("answered",), "reported", UNIT,
         basis=("pet.types",), dates="reported", asks=(Ask("report", "办结报告", "long", secret=True),), bars=(guards.was_assigned,)),
    Step("close", "办结", "结束办理，告知信访人结果和申请复查的权利",
         ("forwarded", "handling", "answered", "reported", "reviewed", "passed"), "closed", OFFICE,
         basis=("pet.opinion.content",), dates="closed",
         asks=(Ask("told", "告知信访人日期", "day", required=False, milestone="told"), Ask("summary", "办结情况", "long", required=False)),
         bars=(guards.report_there,), letters=("closing",)),
    Step("send_back", "退回补办", "退回承办单位继续办理", ("answered", "reported", "reviewed"), "handling", OFFICE,
         basis=("pet.supervision",), clears=("answered", "reported", "told"), asks=(REASON,), letters=("send_back",)),
    Step("press", "督办", "发督办函，要求承办单位限期反馈", ("forwarded", "assigned", "handling", "answered", "review", "recheck"), "", OFFICE,
         basis=("pet.supervision",), dates="pressed",
         asks=(Ask("ground", "督办情形", "choice", options=PRESS_REASONS), Ask("demand", "督办要求", "long"),
               Ask("reply_by", "要求反馈日期", "day", required=False)),
         letters=("press",)),
    Step("withdraw", "信访人撤回", "信访人自愿撤回，终止办理", ("registered", "forwarded", "assigned", "handling"), "withdrawn", OFFICE,
         basis=("pet.register",), dates="closed", asks=(Ask("statement", "撤回情况", "long", help="写明撤回的时间、方式"),),
         fixed=(("result", Result.WITHDRAWN.value),)),
    Step("ask_review", "申请复查", "信访人不服处理意见，请求上一级机关复查", ("answered", "reported", "closed"), "review", OFFICE,
         basis=("pet.review.request",), dates="review_asked", clears=("closed",), window=Window("pet.review.request", ("told",)),
         asks=(Ask("reviewer", "复查机关", "organ", column="reviewer", help="原办理机关、单位的上一级"), Ask("grounds", "复查请求和理由", "long", secret=True)),
         bars=(guards.answered_before,), guards=(guards.reviewer_differs,), letters=("review_notice",), bulk=False),
    Step("review", "出具复查意见", "书面答复信访人复查意见", ("review",), "reviewed", REVIEWER,
         basis=("pet.review.decide",), dates="reviewed",
         asks=(Ask("outcome", "复查结论", "choice", options=OUTCOMES), Ask("opinion", "复查意见", "long", secret=True),
               Ask("told", "送达信访人日期", "day", required=False, milestone="review_told")),
         letters=("review_opinion",), bulk=False),
    Step("ask_recheck", "申请复核", "信访人不服复查意见，请求复查机关的上一级复核", ("reviewed",), "recheck", OFFICE,
         basis=("pet.recheck.request",), dates="recheck_asked", window=Window("pet.recheck.request", ("review_told",)),
         asks=(Ask("rechecker", "复核机关", "organ", column="rechecker", help="复查机关、单位的上一级"),
               Ask("grounds", "复核请求和理由", "long", secret=True)),
         guards=(guards.rechecker_differs,), letters=("recheck_notice",), bulk=False),
    Step("hear", "听证", "举行听证，听证所需时间不计算在复核期限内", ("recheck",), "", RECHECKER,
         basis=("pet.recheck.decide",), once=True, guards=(guards.hearing_days,), bulk=False,
         asks=(Ask("first", "听证开始日期", "day", milestone="heard_from"), Ask("last", "听证结束日期", "day", milestone="heard_to", help="听证结束后登记"),
               Ask("public", "复核意见拟向社会公示", "yes_no"), Ask("record", "听证情况", "long", secret=True))),
    Step("recheck", "出具复核意见", "复核后以同一事实和理由再次提出的不再受理", ("recheck",), "ended", RECHECKER,
         basis=("pet.recheck.decide", "pet.final"), dates="rechecked",
         asks=(Ask("outcome", "复核结论", "choice", options=OUTCOMES[:2]), Ask("opinion", "复核意见", "long", secret=True)),
         letters=("recheck_opinion",), bulk=False),
)  # fmt: skip

DONE = ("closed", "declined")
PERIODS = (
    Period("triage", "转送、交办期限", ("received", "returned"), ("accepted", "forwarded", "assigned", "passed", *DONE), ("pcpet.triage", "pet.triage"), OFFICE),
    Period("notify", "书面告知期限", ("received",), ("notified", "told", "answered", "taken_up", *DONE), ("pet.notify.direct",), OFFICE,
           ledger_ends=("accepted", "forwarded", "assigned", "passed")),
    Period("take_up", "受理告知期限", ("forwarded", "assigned"), ("taken_up", "objected", "answered", *DONE), ("pet.notify.transferred",), UNIT, stepped=True),
    Period("handle", "办理期限", ("accepted", "taken_up"), ("answered", *DONE), ("pet.handle",), UNIT, by="extended_to"),
    Period("report", "办结报告期限", ("assigned",), ("reported", *DONE), (), UNIT, by="report_due"),
    Period("review", "复查期限", ("review_asked",), ("reviewed",), ("pet.review.decide",), REVIEWER),
    Period("recheck", "复核期限", ("recheck_asked",), ("rechecked",), ("pet.recheck.decide",), RECHECKER,
           pause=("heard_from", "heard_to")),
)  # fmt: skip

LETTERS = (
    Letter("notice", "信访事项告知书", "信访人"),
    Letter("forward", "信访事项转送函", "承办单位"),
    Letter("assign", "信访事项交办函", "承办单位"),
    Letter("report_up", "信访事项报送函", "上级人大信访机构"),
    Letter("decline", "不予受理告知书", "信访人"),
    Letter("unit_notice", "信访事项受理告知书", "信访人"),
    Letter("extension", "延长办理期限告知书", "信访人"),
    Letter("opinion", "信访处理意见书", "信访人"),
    Letter("send_back", "信访事项退办函", "承办单位"),
    Letter("press", "信访事项督办函", "承办单位"),
    Letter("closing", "信访事项办结告知书", "信访人"),
    Letter("review_notice", "信访复查受理告知书", "信访人"),
    Letter("review_opinion", "信访复查意见书", "信访人"),
    Letter("recheck_notice", "信访复核受理告知书", "信访人"),
    Letter("recheck_opinion", "信访复核意见书", "信访人"),
)

PETITION = Procedure(
    kind="petition",
    name="信访事项办理",
    law="《信访工作条例》",
    starts="registered",
    states=STATES,
    steps=STEPS,
    periods=PERIODS,
    letters=LETTERS,
    corrects=("petition_clerk",),
    from_milestones=(
        ("received", "registered"), ("accepted", "handling"), ("forwarded", "forwarded"), ("assigned", "assigned"), ("passed", "passed"),
        ("objected", "objected"), ("returned", "registered"), ("taken_up", "handling"), ("answered", "answered"), ("reported", "reported"),
        ("review_asked", "review"), ("reviewed", "reviewed"), ("recheck_asked", "recheck"), ("closed", "closed"), ("declined", "declined"),
        ("rechecked", "ended"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(PETITION)
