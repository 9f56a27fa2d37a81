"""Opening rounds: the first vote of a district, and after a settled one only that which the law lets follow (选举法 44, 45)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import legal
from renda.elections.models import (
    BallotBox,
    Candidate,
    Election,
    ElectoralDistrict,
    PlaceKind,
    PollingPlace,
    RollState,
    RollTotal,
    Round,
    RoundCandidate,
    Turnout,
    Voter,
    VoteRound,
    VotersFrom,
)
from renda.elections.pages import require_open
from renda.elections.voting import changes
from renda.elections.voting.changes import VotingFault
from renda.journal.services import change
from renda.law.nominations import formal_list
from renda.law.standing import RERUN, candidate_range


@dataclass(frozen=True)
class Ready:
    """A district before its first vote: its candidates, its voters and where their number comes from, and what bars the vote.

    ``candidates`` in the order of the formal list; ``voters`` is None where neither the roll nor a ledger knows it.
    """

    district: ElectoralDistrict
    candidates: tuple[str, ...]
    voters: int | None
    voters_from: str
    barred: str = ""


@dataclass(frozen=True)
class Following:
    """The round that may follow a settled one. ``choose`` says that equal ones (``among``) must be picked until there are ``most``."""

    kind: str
    seats: int
    candidates: tuple[str, ...]
    article: str
    note: str = ""
    among: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


def voters_of(election: Election, districts: Sequence[ElectoralDistrict]) -> dict[int, tuple[int, str]]:
    """Registered voters by district: of the roll (nested districts summed), else as the ledger of the roll has them (选举法 27)."""
    ids = [one.pk for one in districts]
    counted: dict[int, int] = {}
    on_roll = Voter.objects.filter(election_id=election.roll_id, state=RollState.REGISTERED)
    inside = on_roll.filter(Q(district__in=ids) | Q(district__parent__in=ids))
    for own, above, number in inside.values_list("district", "district__parent").annotate(n=Count("pk")).order_by():
        for pk in {own, above} & set(ids):
            counted[pk] = counted.get(pk, 0) + number
    found = {pk: (number, str(VotersFrom.ROLL)) for pk, number in counted.items()}
    totals = RollTotal.objects.alive().filter(election=election, district__in=[one.name for one in districts])
    by_name = {(name, division): number for name, division, number in totals.values_list("district", "division", "registered")}
    for one in districts:
        number = by_name.get(
            (one.name, one.division_id), next((n for (name, _d), n in by_name.items() if name == one.name), None)
        )
        if one.pk not in found and number is not None:
            found[one.pk] = (number, str(VotersFrom.LEDGER))
    return found


def ready(actor: Actor, election: Election) -> list[Ready]:
    """The districts that have had no vote yet, with what bars it. A fixed number of queries, however many districts."""
    rows = gate.visible_to(actor, ElectoralDistrict.objects.alive()).filter(election=election)
    districts = list(rows.exclude(rounds__in=VoteRound.objects.alive()).select_related("division").order_by("pk"))
    names: dict[str, list[str]] = {}
    formal = Candidate.objects.alive().filter(election=election, formal=True)
    for district, name in formal.order_by("pk").values_list("district", "name"):
        names.setdefault(district, []).append(name)
    voters = voters_of(election, districts)
    held = set(Turnout.objects.alive().filter(election=election).values_list("district", flat=True))
    return [_ready(election, one, tuple(names.get(one.name, ())), voters.get(one.pk), one.name in held) for one in districts]


def _ready(
    election: Election, district: ElectoralDistrict, names: tuple[str, ...], voters: tuple[int, str] | None, held: bool
) -> Ready:
    """``held``: the ledger has this vote already, and a round would write over it."""
    barred = ""
    if held:
        barred = _("“投票情况”台账里已有这个选区的投票，不需要再开设；确需在平台上重新计票的，先在台账中作废原来的记录。")
    elif not names:
        barred = _("还没有正式候选人名单。")
    else:
        law = legal.law_on(election)
        barred = "".join(formal_list(district.seats, len(names), law, by_election=election.by_election))
    number, source = voters or (None, str(VotersFrom.ENTERED))
    return Ready(district, names, number, source, barred)


def open_first(
    election: Election, districts: Iterable[int], *, day: date, entered: Mapping[int, int], actor: Actor
) -> list[VoteRound]:
    """Open the first vote of districts. ``entered`` gives the voters of districts that no roll knows.

    Raises VotingFault for the first district that has no lawful list or no number of voters; then none is opened.
    """
    gate.require(actor, roles.CREATE, VoteRound)
    wanted = set(districts)
    if day < election.election_day:
        raise VotingFault(_("投票日期 %(day)s 早于选举日 %(e)s，请核对。") % {"day": day, "e": election.election_day})
    opened = []
    with change(), changes.said_by_constraints():
        require_open(Election.objects.select_for_update(of=("self",)).get(pk=election.pk))
        for one in ready(actor, election):
            if one.district.pk in wanted:
                opened.append(_open_ready(election, one, day, entered.get(one.district.pk), actor))
    if len(opened) != len(wanted):
        raise VotingFault(_("有的选区已经开设投票或者不在您的权限范围内，请刷新后重试。"))
    return opened


def _open_ready(election: Election, one: Ready, day: date, entered: int | None, actor: Actor) -> VoteRound:
    if one.barred:
        raise VotingFault(f"{one.district.name}：{one.barred}")
    number, source = (one.voters, one.voters_from) if one.voters is not None else (entered, str(VotersFrom.ENTERED))
    if not number:
        words = _("%(district)s：没有登记选民数，请填写这个选区的选民总数（选民登记册或者登记汇总中没有）。")
        raise VotingFault(words % {"district": one.district.name})
    article = legal.law_on(election)("elec.cand.surplus.min").citation
    plan = Following(Round.FIRST, one.district.seats, one.candidates, article)
    return _open(election, one.district, plan, day, (number, source), None, actor)


def following(one: VoteRound) -> Following | None:
    """What may follow a round by its settled result; None where nothing does, or another round followed already."""
    if not one.result or one.followed_by.filter(voided_at__isnull=True).exists():
        return None
    result, law = one.result, changes.law_of(one)
    if not result["valid"]:
        names = tuple(one.candidates.values_list("name", flat=True))
        words = _("上一次投票无效，由选举委员会重新组织投票；在几日内进行，法律没有规定。")
        return Following(one.kind, one.seats, names, result["article"], words)
    then = result.get("next")
    if not then:
        return None
    if then["kind"] == "tie_vote":
        return Following(Round.TIE, then["seats"], tuple(then["candidates"]), law("elec.count.tie").citation)
    limits = candidate_range(then["seats"], law, kind=RERUN)
    article = f"{law('elec.count.rerun.trigger').citation}；{limits.article}"
    words = str(result.get("undecided") or "")
    among = tuple(then.get("tied") or ())
    return Following(
        Round.RERUN, then["seats"], tuple(then["candidates"]), article, words, among, then.get("min", limits.least), then.get("max", limits.most)
    )  # fmt: skip


def open_next(one: VoteRound, *, day: date, picked: Sequence[str] = (), reason: str = "", actor: Actor) -> VoteRound:
    """Open the round that lawfully follows. ``picked`` are those of equal ones who stand where the law leaves it open, with the
    ``reason`` that settles it (a draw, a decision of the committee). Raises VotingFault where none may follow or the list is unlawful.
    """
    changes.require_edit(actor, one)
    with change(), changes.said_by_constraints():
        before = changes.lock(one.pk)
        plan = following(before)
        if plan is None:
            raise VotingFault(_("按照核定的结果，这个选区没有依法可以进行的下一轮投票。"))
        if day < before.day:
            raise VotingFault(_("投票日期早于上一轮的 %(day)s，请核对。") % {"day": before.day})
        names = _chosen(plan, picked, reason)
        settled = Following(plan.kind, plan.seats, names, plan.article, "；".join(filter(None, (plan.note, reason.strip()))))
        return _open(before.election, before.district, settled, day, (before.voters, before.voters_from), before, actor)


def _chosen(plan: Following, picked: Sequence[str], reason: str) -> tuple[str, ...]:
    """The candidates of the round: those the law names, and of equal ones those that were picked."""
    extra = tuple(name for name in plan.among if name in set(picked))
    names = plan.candidates + extra
    if plan.among and extra and not reason.strip():
        raise VotingFault(_("得票相等的人中由谁参加，法律没有规定：请写明是怎样确定的（抽签、选举委员会决定）。"))
    if plan.kind == Round.RERUN and plan.least and not plan.least <= len(names) <= plan.most:
        words = _("另行选举 %(seats)s 名，候选人应为 %(least)s 至 %(most)s 人，现有 %(n)s 人（%(article)s）。")
        raise VotingFault(
            words % {"seats": plan.seats, "least": plan.least, "most": plan.most, "n": len(names), "article": plan.article}
        )
    return names


def _open(
    election: Election, district: ElectoralDistrict, plan: Following, day: date, voters: tuple[int, str], after: VoteRound | None, actor: Actor
) -> VoteRound:  # fmt: skip
    made = VoteRound.objects.create(
        election=election,
        division=district.division,
        district=district,
        number=VoteRound.objects.alive().filter(district=district).count() + 1,
        kind=plan.kind,
        after=after,
        day=day,
        seats=plan.seats,
        voters=voters[0],
        voters_from=voters[1],
        article=plan.article[:300],
        note=plan.note[:500],
        opened_by=str(actor),
        opened_at=clock.now(),
    )
    RoundCandidate.objects.bulk_create(
        RoundCandidate(round=made, place=place, name=name) for place, name in enumerate(plan.candidates, 1)
    )
    _give_boxes(made, after)
    changes.note(
        actor, "round.opened", made, kind=made.kind, number=made.number, day=str(day), seats=plan.seats, voters=voters[0],
        candidates=len(plan.candidates), article=made.article,
    )  # fmt: skip
    return made


def _give_boxes(made: VoteRound, after: VoteRound | None) -> None:
    """A box for each polling place of the district; those of the round before; else one for the whole district."""
    rows: list[BallotBox] = []
    if after is not None:
        rows = [BallotBox(round=made, place_id=b.place_id, name=b.name, kind=b.kind) for b in after.boxes.all()]
    if not rows:
        places = PollingPlace.objects.alive().filter(
            election__in={made.election_id, made.election.roll_id}, district=made.district.name
        )
        seen: dict[str, PollingPlace] = {}
        for place in places.order_by("pk"):
            seen.setdefault(place.name, place)
        rows = [BallotBox(round=made, place=place, name=name, kind=place.kind) for name, place in seen.items()]
    if not rows:
        rows = [BallotBox(round=made, name=_("%(district)s投票站") % {"district": made.district.name}, kind=PlaceKind.STATION)]
    BallotBox.objects.bulk_create(rows)


def void(one: VoteRound, *, reason: str, actor: Actor) -> None:
    """Take back a round that was opened by mistake, while nothing has been counted in it. Refused without a reason."""
    changes.require_edit(actor, one)
    if not reason.strip():
        raise VotingFault(_("请写明作废的原因。"))
    with change():
        locked = changes.lock(one.pk)
        changes.require_unsettled(locked)
        if locked.tallies.exists() or locked.boxes.filter(Q(issued__isnull=False) | Q(hours__isnull=False)).exists():
            raise VotingFault(_("这一轮已经登记了投票或者计票的数字，不能作废；投票无效的，请照实计票，由平台判定。"))
        locked.voided_at, locked.void_reason = clock.now(), reason.strip()[:300]
        locked.save(update_fields=["voided_at", "void_reason"])
        changes.note(actor, "round.voided", locked, reason=locked.void_reason)


def rounds_of(actor: Actor, election: Election) -> list[VoteRound]:
    """The rounds of an election that the actor may see, by district and number, with their candidates. Two queries."""
    rows = gate.visible_to(actor, VoteRound.objects.alive()).filter(election=election)
    return list(rows.select_related("district", "division").prefetch_related("candidates").order_by("district_id", "number"))
