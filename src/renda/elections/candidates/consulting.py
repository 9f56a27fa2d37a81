"""Between the lists: discussions of voter groups with their support, and pre-elections as totals (选举法 32(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import legal
from renda.elections.candidates import changes
from renda.elections.candidates.changes import CandidateFault
from renda.elections.models import (
    CandidateList,
    Consultation,
    ElectoralDistrict,
    GroupSupport,
    ListKind,
    Nominee,
    PreElection,
    PreVotes,
    Stage,
    VoterGroup,
)
from renda.journal.services import change
from renda.law import NotFixed, NotInForce
from renda.law.thresholds import required
from renda.law.values import Value

TURNOUT = "elec.cand.preelection.turnout"


@dataclass(frozen=True)
class Ballots:
    """The totals of a pre-election."""

    voters: int
    participants: int
    issued: int
    returned: int
    void: int


def consult(
    district: ElectoralDistrict, group: VoterGroup, *, on: date, present: int, support: Mapping[int, int], note: str, actor: Actor
) -> Consultation:  # fmt: skip
    """Enter a group's discussion: how many were there, how many of them were for each nominee.

    Raises CandidateFault for more support than people present, nominees not on the first list, a day that cannot be.
    """
    gate.require(actor, roles.CREATE, Nominee)
    with change(), changes.said_by_constraints():
        locked = changes.lock(district.pk)
        known = _open(locked, on)
        if group.district_id not in (locked.pk, *locked.parts.values_list("pk", flat=True)):
            raise CandidateFault(_("这个选民小组不属于本选区，请核对。"))
        if present < 1:
            raise CandidateFault(_("请填写参加讨论的人数。"))
        over = [known[pk].name for pk, number in support.items() if pk in known and number > present]
        if over:
            raise CandidateFault(
                _("%(names)s的赞成人数多于参加讨论的 %(n)s 人，请核对。") % {"names": "、".join(over), "n": present}
            )
        made = Consultation.objects.create(
            group=group, district=locked, held_on=on, present=present, note=note.strip()[:500], by=str(actor)[:200]
        )
        GroupSupport.objects.bulk_create(
            GroupSupport(consultation=made, nominee=known[pk], supporters=number) for pk, number in support.items() if pk in known
        )
        said = {known[pk].name: number for pk, number in support.items() if pk in known}
        changes.note(
            actor, "candidates.consulted", changes.DISTRICT, locked.pk, f"{locked.name} {group.name}", on=str(on), present=present, support=said
        )  # fmt: skip
    return made


def hold(
    district: ElectoralDistrict, *, on: date, ballots: Ballots, votes: Mapping[int, int], mode: str = "", actor: Actor
) -> PreElection:  # fmt: skip
    """Enter a pre-election's totals. Raises CandidateFault where the numbers cannot be, or fewer took part than local rules ask for."""
    gate.require(actor, roles.CREATE, Nominee)
    with change(), changes.said_by_constraints():
        locked = changes.lock(district.pk)
        known = _open(locked, on)
        valid = ballots.returned - ballots.void
        _check_ballots(locked, ballots, valid, {pk: votes.get(pk, 0) for pk in known})
        made = PreElection.objects.create(
            district=locked, held_on=on, mode=mode.strip()[:200], voters=ballots.voters, participants=ballots.participants,
            issued=ballots.issued, returned=ballots.returned, valid=valid, void=ballots.void, by=str(actor)[:200],
        )  # fmt: skip
        PreVotes.objects.bulk_create(
            PreVotes(pre_election=made, nominee=one, votes=votes.get(pk, 0)) for pk, one in known.items()
        )
        said = {one.name: votes.get(pk, 0) for pk, one in known.items()}
        changes.note(
            actor, "candidates.pre_elected", changes.DISTRICT, locked.pk, locked.name, on=str(on), voters=ballots.voters,
            participants=ballots.participants, valid=valid, void=ballots.void, votes=said,
        )  # fmt: skip
    return made


def _check_ballots(district: ElectoralDistrict, ballots: Ballots, valid: int, votes: Mapping[int, int]) -> None:
    if valid < 0:
        raise CandidateFault(_("废票数多于收回的票数，请核对。"))
    if ballots.issued > ballots.participants:
        raise CandidateFault(_("发出的票多于参加预选的人数，请核对。"))
    if any(number > valid for number in votes.values()):
        raise CandidateFault(_("有人的得票多于有效票 %(n)s 张，请核对。") % {"n": valid})
    most = changes.limits_of(district, district.election).most
    if sum(votes.values()) > most * valid:
        words = _("得票合计多于有效票 %(n)s 张乘以每票最多可选的 %(most)s 人，请核对。")
        raise CandidateFault(words % {"n": valid, "most": most})
    need, value = needed(district, ballots.voters)
    if need is not None and value is not None and ballots.participants < need:
        words = _("参加预选 %(n)s 人，须 %(need)s 人以上（%(article)s），预选不成立，请重新组织。")
        raise CandidateFault(words % {"n": ballots.participants, "need": need, "article": value.citation})


def needed(district: ElectoralDistrict, voters: int) -> tuple[int | None, Value | None]:
    """How many voters must take part in a pre-election; nothing where neither the law nor a local rule in use says so."""
    try:
        value = legal.law_on(district.election)(TURNOUT)
    except (NotFixed, NotInForce):
        return None, None
    ratio = value.value if isinstance(value.value, Fraction) else Fraction(str(value.value))
    return required(ratio, value.comparison or "at_least", voters), value


def _open(district: ElectoralDistrict, on: date) -> dict[int, Nominee]:
    """The nominees who are talked about: those of a published first list, while no formal one stands."""
    if on > clock.today():
        raise CandidateFault(_("日期晚于今天，请核对。"))
    kinds = dict(CandidateList.objects.alive().filter(district=district).values_list("kind", "published_on"))
    if ListKind.FIRST not in kinds:
        raise CandidateFault(_("初步候选人名单还没有公布。名单公布后交选民小组讨论、协商（选举法第三十二条第一款）。"))
    if ListKind.FORMAL in kinds:
        raise CandidateFault(_("正式候选人名单已经公布，不能再登记讨论协商和预选；确有错误的，先撤销正式名单。"))
    return {one.pk: one for one in Nominee.objects.alive().filter(district=district, stage=Stage.FIRST).order_by("place")}


def void(one: PreElection, *, reason: str, actor: Actor) -> None:
    """Take back a pre-election that was entered wrongly, while no formal list rests on it. Refused without a reason."""
    gate.require(actor, roles.EDIT, Nominee)
    with change():
        district = changes.lock(one.district_id)
        found = PreElection.objects.select_for_update(of=("self",)).get(pk=one.pk)
        words = changes.reason_of(reason, _("请写明作废的原因。"))
        if CandidateList.objects.alive().filter(district=district, kind=ListKind.FORMAL).exists():
            raise CandidateFault(_("正式候选人名单已经公布，预选结果不能作废；先撤销正式名单。"))
        found.voided_at, found.void_reason = clock.now(), words
        found.save(update_fields=["voided_at", "void_reason"])
        changes.note(actor, "candidates.pre_election_voided", changes.DISTRICT, district.pk, district.name, reason=words)


def support_of(district: ElectoralDistrict) -> dict[int, tuple[int, int]]:
    """By nominee: how many groups discussed, and the supporters of all together."""
    found: dict[int, tuple[int, int]] = {}
    for nominee, number in GroupSupport.objects.filter(consultation__district=district).values_list("nominee", "supporters"):
        groups, total = found.get(nominee, (0, 0))
        found[nominee] = (groups + 1, total + number)
    return found
