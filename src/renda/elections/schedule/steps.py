"""The eighteen steps of a general election, from the seats to the first session, each with how it stands (选举法, 组织法 20)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renda.elections.models import Election
from renda.elections.schedule import recorded
from renda.elections.schedule.entries import DONE, IDLE, LATE, RUN, SOON, Entry, Plan


@dataclass(frozen=True)
class Step:
    """One step: what it is called, who acts, the acts of the calendar that it consists of, and the page where it is done."""

    name: str | Promise
    who: str | Promise
    keys: tuple[str, ...]
    tab: str


COMMITTEE = _("选举委员会")
STEPS = (
    Step(_("确定代表总名额"), _("省级、县级人大常委会"), (recorded.QUOTA,), "election-plan"),
    Step(_("任命选举委员会"), _("县级人大常委会"), (recorded.COMMITTEE,), "election-plan"),
    Step(_("划分选区、分配名额"), COMMITTEE, (recorded.DISTRICTS,), "election-plan"),
    Step(_("选民登记"), _("选区工作组"), (recorded.REGISTRATION,), "election-roll"),
    Step(_("公布选民名单"), COMMITTEE, ("elec.list.publish",), "election-lists"),
    Step(_("受理对名单的申诉"), COMMITTEE, ("elec.list.objection.window", "elec.list.objection.decide"), "election-lists"),
    Step(_("选民资格诉讼"), _("人民法院"), ("elec.list.lawsuit.deadline", "elec.list.judgment.deadline"), "election-lists"),
    Step(_("推荐代表候选人"), _("政党、人民团体、选民"), (recorded.NOMINATION,), "election-candidates"),
    Step(_("公布初步候选人名单"), COMMITTEE, ("elec.cand.initial_publish",), "election-candidates"),
    Step(_("讨论协商、预选"), _("选民小组"), (recorded.CONSULTATION,), "election-candidates"),
    Step(_("公布正式候选人名单"), COMMITTEE, ("elec.cand.formal_publish",), "election-candidates"),
    Step(_("介绍候选人"), COMMITTEE, ("elec.cand.stop",), "election-candidates"),
    Step(_("投票"), COMMITTEE, (recorded.VOTING,), "election-voting"),
    Step(_("核对票数、计票"), _("监票人、计票人"), ("reconciled",), "election-counting"),
    Step(_("确定选举是否有效，公布结果"), COMMITTEE, (recorded.RESULT,), "election-counting"),
    Step(_("另行选举、重新投票"), COMMITTEE, ("rerun",), "election-counting"),
    Step(_("代表资格审查，公布代表名单"), _("代表资格审查委员会、常委会"), (recorded.REVIEW,), "election-outcome"),
    Step(_("召开新一届第一次会议"), _("上届常委会、主席团"), ("elec.first_session",), "election-outcome"),
)
_WORST = (LATE, SOON, RUN, IDLE, DONE)


GENERAL_ONLY = (recorded.QUOTA, "elec.first_session")
"""What only a general election has: a by-election fills a seat of a total that stands, in a congress that sits."""


def steps_of(election: Election) -> list[Step]:
    """The steps that an election goes through."""
    return [one for one in STEPS if not (election.by_election and set(one.keys) & set(GENERAL_ONLY))]


@dataclass(frozen=True)
class Standing:
    """A step as it stands: ``tone`` of its worst act, its nearest day, the words, and its act where the calendar has one."""

    number: int
    step: Step
    tone: str
    words: str
    entry: Entry | None


def standings(plan: Plan) -> list[Standing]:
    """All steps as they stand today. A step without an act in the calendar (counting, another election) follows those beside it."""
    entries = plan.by_key()
    voted = entries.get(recorded.VOTING)
    found = []
    for number, step in enumerate(steps_of(plan.election), 1):
        own = [entries[key] for key in step.keys if key in entries]
        if own:
            worst = min(own, key=lambda one: (_WORST.index(one.tone), one.day is None, one.day))
            found.append(Standing(number, step, worst.tone, worst.words, worst))
        else:
            done = step.keys == ("reconciled",) and result_known(plan)
            words = _("已完成") if done else _("需要时进行") if step.keys == ("rerun",) else _("投票后进行")
            found.append(Standing(number, step, DONE if done else IDLE, str(words), voted if done else None))
    return found


def result_known(plan: Plan) -> bool:
    """Whether the result is known, which the counting comes before."""
    result = plan.by_key().get(recorded.RESULT)
    return bool(result and result.done)
