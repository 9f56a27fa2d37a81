"""Tallies: two teams enter what they counted without seeing each other's figures; a third look settles what differs (选举法 43, 44)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.decisions import Tally as Votes
from renda.elections.decisions import VoteRecord
from renda.elections.decisions.impossible import refuse_impossible
from renda.elections.models import Tally, TallyLine, VoteRound
from renda.elections.models.voting import BLIND_LOOKS, THIRD_LOOK
from renda.elections.voting import changes
from renda.elections.voting.changes import VotingFault
from renda.journal.services import change
from renda.law import LawError

WAITING, ONE_IN, DIFFER, AGREE, SETTLED, CONFIRMED = "waiting", "one_in", "differ", "agree", "settled", "confirmed"
MOST_WRITTEN_IN = 60


@dataclass(frozen=True)
class Line:
    """The votes of one name. ``against`` and ``abstain`` are None where they were not counted."""

    name: str
    votes: int
    listed: bool = True
    against: int | None = None
    abstain: int | None = None


@dataclass(frozen=True)
class Figures:
    """What a team counted: ballots recovered, void ones among them, votes by name."""

    recovered: int
    void: int
    lines: tuple[Line, ...]

    @property
    def valid(self) -> int:
        """Ballots that are not void."""
        return self.recovered - self.void


@dataclass(frozen=True)
class Cell:
    """One figure that the two teams have; ``name`` is empty for figures of ballots. None: the team has no such name."""

    name: str
    part: str
    first: int | None
    second: int | None

    @property
    def label(self) -> str:
        """What the figure is called."""
        return _(PARTS[self.part]) if not self.name else f"{self.name} · {_(PARTS[self.part])}"

    @property
    def field(self) -> str:
        """The cell's name in a form."""
        return f"{self.part}:{self.name}"


PARTS = {"recovered": "收回选票", "void": "废票", "votes": "得票", "against": "反对", "abstain": "弃权"}


@dataclass
class Standing:
    """Where the count of a round stands, as far as the actor may know. ``own`` is the look that the actor's account entered."""

    stage: str
    own: Tally | None = None
    entered: int = 0
    cells: list[Cell] = field(default_factory=list)


def standing(actor: Actor, one: VoteRound) -> Standing:
    """Where a count stands. Until both teams are in nobody learns a figure but what the own account entered."""
    tallies = list(one.tallies.all()) if gate.may(actor, roles.VIEW, Tally) else []
    own = next((each for each in tallies if each.account_id == actor.account_id and each.look in BLIND_LOOKS), None)
    if one.confirmed_on or one.settled_at:
        return Standing(CONFIRMED if one.confirmed_on else SETTLED, own, len(tallies))
    looks = {each.look for each in tallies}
    if not looks >= set(BLIND_LOOKS):
        return Standing(ONE_IN if looks else WAITING, own, len(looks))
    cells = differences(*(figures_of(each) for each in sorted(tallies, key=lambda each: each.look)[:2]))
    if THIRD_LOOK in looks:
        return Standing(AGREE, own, len(tallies), cells)
    return Standing(DIFFER if cells else AGREE, own, len(tallies), cells)


def figures_of(tally: Tally) -> Figures:
    """A stored tally as figures."""
    lines = tuple(Line(each.name, each.votes, each.listed, each.against, each.abstain) for each in tally.lines.all())
    return Figures(tally.recovered, tally.void, lines)


def differences(first: Figures, second: Figures) -> list[Cell]:
    """The figures in which two teams differ; a written-in name that one team lacks counts as none."""
    found = [Cell("", part, getattr(first, part), getattr(second, part)) for part in ("recovered", "void")]
    one, other = ({line.name: line for line in each.lines} for each in (first, second))
    for name in dict.fromkeys((*one, *other)):
        for part in ("votes", "against", "abstain"):
            sides = [getattr(each[name], part) if name in each else None for each in (one, other)]
            found.append(Cell(name, part, *sides))
    return [cell for cell in found if cell.first != cell.second]


def counted(one: VoteRound) -> Tally | None:
    """The tally that counts: the last correction or third look, else what both teams agree on; None while there is none."""
    tallies = {each.look: each for each in one.tallies.prefetch_related("lines")}
    if not tallies.keys() >= set(BLIND_LOOKS):
        return None
    last = tallies[max(tallies)]
    if last.look >= THIRD_LOOK:
        return last
    return last if not differences(figures_of(tallies[1]), figures_of(tallies[2])) else None


def enter(one: VoteRound, figures: Figures, *, actor: Actor) -> Tally:
    """A team's tally, or its own corrected one while the other team's is not in. The journal says that it was entered, never what.

    Raises VotingFault for figures that cannot be, a third account, or a count that both teams have ended.
    """
    gate.require(actor, roles.CREATE, Tally)
    account = _account(actor)
    _possible(one, figures)
    with change(), changes.said_by_constraints():
        locked = changes.lock(one.pk)
        changes.require_unsettled(locked)
        held = {each.look: each for each in locked.tallies.all()}
        own = next((each for each in held.values() if each.account_id == account), None)
        if held.keys() >= set(BLIND_LOOKS):
            raise VotingFault(_("两组都已经录入，不能再改；有差异的请由第三人复核。"))
        if own is not None:
            own.delete()
        look = own.look if own is not None else next(look for look in BLIND_LOOKS if look not in held)
        made = _store(locked, look, figures, "", account, actor)
        changes.note(actor, "tally.entered" if own is None else "tally.changed", locked, team=look)
    return made


def third_look(one: VoteRound, figures: Figures, *, reason: str, actor: Actor) -> Tally:
    """Settle the differing figures by another count, by an account of neither team. Refused without a reason (选举法 43)."""
    return _later(one, figures, reason, actor, corrects=False)


def correct(one: VoteRound, figures: Figures, *, reason: str, actor: Actor) -> Tally:
    """Correct a settled count after the signed paper, until the committee confirms the validity (选举法 46). Refused without a reason."""
    return _later(one, figures, reason, actor, corrects=True)


def _later(one: VoteRound, figures: Figures, reason: str, actor: Actor, *, corrects: bool) -> Tally:
    gate.require(actor, roles.EDIT, Tally)
    account = _account(actor)
    if not reason.strip():
        raise VotingFault(_("请写明原因，如“复点第一组漏计一捆”；原因记入日志。"))
    _possible(one, figures)
    with change(), changes.said_by_constraints():
        locked = changes.lock(one.pk)
        looks = {each.look: each for each in locked.tallies.prefetch_related("lines")}
        look = _look(locked, looks, corrects)
        before = looks[max(looks)] if corrects else None
        made = _store(locked, look, figures, reason.strip()[:300], account, actor)
        changed = differences(figures_of(before), figures) if before else []
        detail = {cell.field: [cell.first, cell.second] for cell in changed}
        changes.note(actor, "tally.corrected" if corrects else "tally.settled", locked, reason=made.reason, changes=detail)
        if corrects:
            from renda.elections.counting import settling

            settling.settle_again(locked, reason=made.reason, actor=actor)
    return made


def _look(one: VoteRound, looks: dict[int, Tally], corrects: bool) -> int:
    if not looks.keys() >= set(BLIND_LOOKS):
        raise VotingFault(_("两组还没有都录入，不能复核。"))
    if corrects:
        if not one.settled_at:
            raise VotingFault(_("结果还没有核定，不需要更正；有差异的请复核。"))
        if one.confirmed_on:
            raise VotingFault(_("选举委员会已经确认选举有效，计票结果不能再改；有异议的依法处理。"))
        return max(THIRD_LOOK, *looks) + 1
    changes.require_unsettled(one)
    if THIRD_LOOK in looks:
        raise VotingFault(_("这一轮已经有人复核，请刷新页面查看。"))
    if not differences(figures_of(looks[1]), figures_of(looks[2])):
        raise VotingFault(_("两组的数字一致，不需要复核，可以直接核定。"))
    return THIRD_LOOK


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise VotingFault(_("计票须由登录的账号录入，不能由命令代录。"))
    return actor.account_id


def _possible(one: VoteRound, figures: Figures) -> None:
    """Refuse figures that contradict each other: votes above ballots, a name twice, more than seats × valid ballots (选举法 44)."""
    listed = list(one.candidates.values_list("name", flat=True))
    given = {line.name for line in figures.lines if line.listed}
    if given != set(listed):
        raise VotingFault(_("每名候选人都要填写得票数，没有得票的填 0。"))
    written = [line for line in figures.lines if not line.listed]
    if any(line.name in listed for line in written):
        raise VotingFault(_("候选人的得票请填在候选人一栏，不要写入另选他人。"))
    if len(written) > MOST_WRITTEN_IN:
        raise VotingFault(_("另选他人最多逐名登记 %(n)s 人，其余的请合计为“另选他人”一行。") % {"n": MOST_WRITTEN_IN})
    record = VoteRecord(
        one.district.name, one.kind, max(one.voters, 1), 0, figures.recovered, figures.void, one.seats, _votes(figures.lines)
    )
    try:
        refuse_impossible(record, changes.law_of(one))
    except LawError as error:
        raise VotingFault(str(error)) from error
    for line in figures.lines:
        if line.votes + (line.against or 0) + (line.abstain or 0) > figures.valid:
            words = _("%(name)s的赞成、反对、弃权合计多于有效票 %(valid)s 张，请核对。")
            raise VotingFault(words % {"name": line.name, "valid": figures.valid})


def _votes(lines: Sequence[Line]) -> tuple[Votes, ...]:
    return tuple(Votes(line.name, line.votes, line.listed) for line in lines)


def _store(one: VoteRound, look: int, figures: Figures, reason: str, account: int, actor: Actor) -> Tally:
    made = Tally.objects.create(
        round=one, look=look, account_id=account, by=str(actor), at=clock.now(), recovered=figures.recovered, void=figures.void,
        reason=reason,
    )  # fmt: skip
    TallyLine.objects.bulk_create(
        TallyLine(tally=made, name=line.name, listed=line.listed, votes=line.votes, against=line.against, abstain=line.abstain)
        for line in figures.lines
    )
    return made
