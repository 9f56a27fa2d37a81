"""The procedure of transfers between districts (选民资格转移; 选举法 27(1)): released by the old district, taken in by the new one."""

from __future__ import annotations

from renda.elections.legal import ELECTION_LAW
from renda.elections.lists import effects, guards
from renda.elections.lists.kinds import TRANSFER as KIND
from renda.elections.models import TransferResult
from renda.procedure.declaration import Ask, Letter, Procedure, State, Step, Who
from renda.procedure.registry import declare as declare_procedure

CLERKS = ("election_clerk", "township_clerk")
GIVER = Who("转出选区工作组", ("registrar",), organ="from_office", recorders=CLERKS)
TAKER = Who("转入选区工作组", ("registrar",), organ="to_office", recorders=CLERKS)
ANY = Who("选民登记人员", ("registrar", *CLERKS))

STATES = (
    State("asked", "待转出选区办理", GIVER, decides=True),
    State("released", "待转入选区办理", TAKER, decides=True),
    State("done", "已转入", final=True),
    State("refused", "未同意", final=True),
    State("withdrawn", "已撤回", final=True),
)
BASIS = ("elec.voter.update.move", "elec.voter.one_constituency")
REASON = Ask("reason", "理由", "long", help="告知本人", secret=True)
NOTE = Ask("note", "说明", "long", required=False, secret=True)

STEPS = (
    Step("release", "同意转出", "开具选民资格转移证明，转交转入选区", ("asked",), "released", GIVER, basis=BASIS, dates="released", asks=(NOTE,),
         guards=(guards.before_election_day, guards.still_there), effects=(effects.hand_over,), letters=("certificate",)),
    Step("keep", "不同意转出", "告知本人理由，仍在原选区参加选举", ("asked",), "refused", GIVER, basis=BASIS, dates="refused", asks=(REASON,),
         fixed=(("result", TransferResult.REFUSED.value),), letters=("no_transfer",)),
    Step("accept", "同意转入", "登记册随即改为转入选区，原选区名单在下一号补正名单中除名", ("released",), "done", TAKER, basis=BASIS,
         dates="moved", asks=(NOTE,), fixed=(("result", TransferResult.DONE.value),),
         guards=(guards.before_election_day, guards.still_there), effects=(effects.move,), letters=("notice",)),
    Step("refuse", "不同意转入", "告知本人理由，仍在原选区参加选举", ("released",), "refused", TAKER, basis=BASIS, dates="refused", asks=(REASON,),
         fixed=(("result", TransferResult.REFUSED.value),), letters=("no_transfer",)),
    Step("withdraw", "本人撤回", "本人不再转移，仍在原选区参加选举", ("asked", "released"), "withdrawn", ANY, basis=BASIS, dates="withdrawn", asks=(NOTE,),
         fixed=(("result", TransferResult.WITHDRAWN.value),)),
)  # fmt: skip

LETTERS = (
    Letter("certificate", "选民资格转移证明", "转入选区"),
    Letter("notice", "选民资格转移完成通知", "本人"),
    Letter("no_transfer", "不同意选民资格转移告知书", "本人"),
)

PROCEDURE = Procedure(
    kind=KIND.code,
    name="选民资格转移",
    law=ELECTION_LAW,
    starts="asked",
    states=STATES,
    steps=STEPS,
    letters=LETTERS,
    corrects=("election_clerk",),
    from_milestones=(
        ("asked", "asked"), ("released", "released"), ("refused", "refused"), ("withdrawn", "withdrawn"), ("moved", "done"),
    ),
)  # fmt: skip


def declare() -> None:
    """Register the procedure (called once, at start, after the kind)."""
    declare_procedure(PROCEDURE)
