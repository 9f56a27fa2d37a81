"""Nominations: by parties and people's organisations, alone or jointly, or by ten voters or more (选举法 30); consent, declining, striking off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import legal
from renda.elections.candidates import changes, ledger_rows, signers
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.signers import Signed
from renda.elections.models import (
    CandidateList,
    ElectoralDistrict,
    Nomination,
    NominationKind,
    NominationSigner,
    NominationState,
    Nominee,
    Stage,
    VoteRound,
)
from renda.journal.services import change
from renda.law.nominations import joint_nomination, over_limit

NEW = "new nominee"


@dataclass(frozen=True)
class Proposal:
    """A nomination as it was handed in. ``signatures`` are its lines where voters nominate, ``nominators`` the organisations otherwise.

    ``leave_out``: lines that do not count are left out, and what is left decides; without it a faulty line refuses the whole, to be mended.
    """

    kind: str
    received_on: date
    nominators: tuple[str, ...] = ()
    signatures: str = ""
    reasons: str = ""
    leave_out: bool = False


@dataclass(frozen=True)
class Entered:
    """What was entered: the nomination and what must be said beside it."""

    nomination: Nomination
    warnings: list[str] = field(default_factory=list)


def nominate(
    district: ElectoralDistrict, nominee: Nominee | Mapping[str, Any], said: Proposal, *, actor: Actor
) -> Entered:  # fmt: skip
    """Enter a nomination of a known nominee, or of a new one with these values.

    One that too few voters signed is kept as refused, with the article, where ``leave_out`` says so. Raises CandidateFault otherwise, and for
    a nominator beyond the limit (选举法 30(3)), a list that is published, a day that cannot be; PermissionDenied where the gate refuses.
    """
    gate.require(actor, roles.CREATE, Nominee)
    if said.kind == NominationKind.VOTERS:
        gate.require(actor, roles.CREATE, NominationSigner)
    with change(), changes.said_by_constraints():
        locked = changes.lock(district.pk)
        _check(locked, said)
        known = nominee if isinstance(nominee, Nominee) else None
        signed = _voters(locked, known, said, actor)
        refused = _too_few(locked, said, signed)
        one = _nominee(locked, nominee, actor)
        made = _store(one, said, signed, refused, actor)
        warnings = [*signed.faults, *([refused] if refused else [])]
    return Entered(made, warnings)


def _check(district: ElectoralDistrict, said: Proposal) -> None:
    if said.received_on > clock.today():
        raise CandidateFault(_("收到推荐的日期晚于今天，请核对。"))
    if CandidateList.objects.alive().filter(district=district).exists():
        raise CandidateFault(
            _("“%(name)s”的初步候选人名单已经公布，不能再增加推荐。名单确有遗漏的，先撤销名单（写明原因）再补登记。")
            % {"name": district}
        )
    most = {NominationKind.PARTY: 1, NominationKind.ORGANISATION: 1}.get(NominationKind(said.kind))
    if said.kind == NominationKind.VOTERS:
        return
    if not said.nominators:
        raise CandidateFault(_("请填写推荐的政党、人民团体名称。"))
    if len(set(said.nominators)) != len(said.nominators):
        raise CandidateFault(_("同一组织写了两次，请核对。"))
    if most is not None and len(said.nominators) > most:
        raise CandidateFault(_("由几个组织共同推荐的，推荐方式请选“联合推荐”。"))
    if said.kind == NominationKind.JOINT and len(said.nominators) == 1:
        raise CandidateFault(_("联合推荐至少有两个组织；只有一个的，请选单独推荐。"))


def _voters(district: ElectoralDistrict, nominee: Nominee | None, said: Proposal, actor: Actor) -> Signed:
    """Who signed and counts; organisations are held to their limit too."""
    election = district.election
    who: dict[str, str] = {}
    found = Signed()
    if said.kind == NominationKind.VOTERS:
        found = signers.find(election, district, signers.read(said.signatures), actor=actor)
        if not found.lines:
            raise CandidateFault(_("请填写联名的选民，每行一人。"))
        _once_for_one(found, nominee)
        who = {f"v{one.pk}": one.name for one in found.voters}
    else:
        who = {f"o{name}": name for name in said.nominators}
    beyond = _beyond(district, nominee, who)
    words = [_limit_words(district, who[key]) for key in beyond]
    if said.kind != NominationKind.VOTERS and words:
        raise CandidateFault("".join(words))
    found.voters = [one for one in found.voters if f"v{one.pk}" not in beyond]
    found.faults += words
    if found.faults and not said.leave_out:
        raise CandidateFault("\n".join(found.faults))
    return found


def _once_for_one(found: Signed, nominee: Nominee | None) -> None:
    """Who signed another nomination of the same person counts no second time."""
    if nominee is None:
        return
    before = set(NominationSigner.objects.filter(nominee=nominee, counts=True).values_list("voter", flat=True))
    for one in [one for one in found.voters if one.pk in before]:
        found.voters.remove(one)
        found.faults.append(_("%(who)s：已经联名推荐过此人，只计一次") % {"who": one.name})


def _beyond(district: ElectoralDistrict, nominee: Nominee | None, who: Mapping[str, str]) -> set[str]:
    """Those who would back more nominees than there are seats (选举法 30(3)). Two queries; the district is locked."""
    backed: dict[str, list[str]] = {key: [] for key in who}
    standing = Nomination.objects.alive().filter(district=district, state=NominationState.STANDS, nominee__voided_at__isnull=True)
    voters = [int(key[1:]) for key in who if key.startswith("v")]
    signed = NominationSigner.objects.filter(nomination__in=standing, voter__in=voters, counts=True).order_by("pk")
    rows = [(f"v{voter}", str(other)) for voter, other in signed.values_list("voter", "nominee")]
    rows += [
        (f"o{name}", str(other))
        for names, other in standing.order_by("pk").values_list("nominators", "nominee")
        for name in names
    ]
    for key, other in rows:
        if key in backed and other not in backed[key]:
            backed[key].append(other)
    wanted = str(nominee.pk) if nominee is not None else NEW
    for several in backed.values():
        if wanted not in several:
            several.append(wanted)
    late = over_limit(backed, district.seats, legal.law_on(district.election))
    return {key for key, names in late.items() if wanted in names}


def _limit_words(district: ElectoralDistrict, name: str) -> str:
    rule = legal.law_on(district.election)("elec.cand.nominator.limit")
    words = _("%(who)s在本选区已推荐 %(n)s 人，推荐的人数不得超过应选名额 %(n)s 名（%(article)s），这次不计。")
    return words % {"who": name, "n": district.seats, "article": rule.citation}


def _too_few(district: ElectoralDistrict, said: Proposal, signed: Signed) -> str:
    """Why the nomination does not stand; empty where it does. Raises CandidateFault where it is not to be kept as refused."""
    if said.kind != NominationKind.VOTERS:
        return ""
    faults = "".join(joint_nomination(len(signed.voters), legal.law_on(district.election)))
    if faults and not said.leave_out:
        raise CandidateFault(_("%(why)s请补足签名；仍要登记为不成立的，勾选“不计的签名略去”。") % {"why": faults})
    return faults


def _nominee(district: ElectoralDistrict, nominee: Nominee | Mapping[str, Any], actor: Actor) -> Nominee:
    if isinstance(nominee, Nominee):
        found = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
        if found.stage in (Stage.LEFT, Stage.STRUCK) or found.voided_at or found.district_id != district.pk:
            raise CandidateFault(_("%(name)s已经退出或者被除名，不能再登记推荐。") % {"name": found.name})
        return found
    made = Nominee.objects.create(election=district.election, division=district.division, district=district, **nominee)
    changes.note(actor, "nominee.entered", changes.NOMINEE, made.pk, f"{district.name} {made.name}")
    return made


def _store(nominee: Nominee, said: Proposal, signed: Signed, refused: str, actor: Actor) -> Nomination:
    made = Nomination.objects.create(
        nominee=nominee,
        district_id=nominee.district_id,
        kind=said.kind,
        nominators=list(said.nominators) if said.kind != NominationKind.VOTERS else [],
        signed=signed.lines,
        counted=len(signed.voters),
        received_on=said.received_on,
        reasons=said.reasons.strip()[:500],
        state=NominationState.REFUSED if refused else NominationState.STANDS,
        refused=refused[:500],
        by=str(actor)[:200],
    )
    stands = not refused
    NominationSigner.objects.bulk_create(
        NominationSigner(nomination=made, nominee=nominee, voter=one, counts=stands) for one in signed.voters
    )
    if stands and nominee.stage == Stage.PROPOSED:
        Nominee.objects.filter(pk=nominee.pk).update(stage=Stage.NOMINATED)
    changes.note(
        actor, "nominee.nominated" if stands else "nominee.refused", changes.NOMINEE, nominee.pk,
        f"{nominee.district.name} {nominee.name}", how=made.kind, received_on=str(made.received_on), signed=made.signed,
        counted=made.counted, nominators=made.nominators, **({"reason": made.refused} if refused else {}),
    )  # fmt: skip
    return made


def void(nomination: Nomination, *, reason: str, actor: Actor) -> None:
    """Take back a nomination that was entered by mistake; its signatures no longer count. Refused once the first list is published."""
    gate.require(actor, roles.EDIT, nomination.nominee)
    with change():
        district = changes.lock(nomination.district_id)
        one = Nomination.objects.select_for_update(of=("self",)).select_related("nominee__district").get(pk=nomination.pk)
        words = changes.reason_of(reason, _("请写明作废的原因。"))
        if one.voided_at:
            raise CandidateFault(_("这份推荐已经作废。"))
        if CandidateList.objects.alive().filter(district=district).exists():
            raise CandidateFault(_("初步候选人名单已经公布，推荐不能作废；确有错误的，先撤销名单。"))
        one.voided_at, one.void_reason = clock.now(), words
        one.save(update_fields=["voided_at", "void_reason"])
        one.signers.update(counts=False)
        left = Nomination.objects.alive().filter(nominee=one.nominee, state=NominationState.STANDS).exists()
        if not left:
            Nominee.objects.filter(pk=one.nominee_id, stage=Stage.NOMINATED).update(stage=Stage.PROPOSED)
        label = f"{district.name} {one.nominee.name}"
        changes.note(actor, "nominee.nomination_voided", changes.NOMINEE, one.nominee_id, label, reason=words)


def leave(nominee: Nominee, *, struck: bool, on: date, reason: str, actor: Actor) -> None:
    """The nominee declines, or is struck off by law (选举法 35: funds from abroad; no longer eligible).

    Raises CandidateFault without a reason, before the nomination, or once the district votes.
    """
    gate.require(actor, roles.EDIT, nominee)
    with change():
        district = changes.lock(nominee.district_id)
        one = Nominee.objects.select_for_update(of=("self",)).get(pk=nominee.pk)
        words = changes.reason_of(reason, _("请写明原因。"))
        if on > clock.today():
            raise CandidateFault(_("日期晚于今天，请核对。"))
        if one.stage in (Stage.LEFT, Stage.STRUCK):
            raise CandidateFault(_("%(name)s已经退出或者被除名。") % {"name": one.name})
        if VoteRound.objects.alive().filter(district=district).exists():
            raise CandidateFault(_("这个选区已经开设投票，候选人不能再变动。"))
        was = one.stage
        one.stage, one.left_on, one.left_why = Stage.STRUCK if struck else Stage.LEFT, on, words
        one.save(update_fields=["stage", "left_on", "left_why"])
        if was in (Stage.FIRST, Stage.FORMAL):
            ledger_rows.take_off(district, [one], reason=words, actor=actor)
        label = f"{district.name} {one.name}"
        changes.note(
            actor, "nominee.struck" if struck else "nominee.left", changes.NOMINEE, one.pk, label, on=str(on), reason=words
        )


def drop(nominee: Nominee, *, reason: str, actor: Actor) -> None:
    """Void a nominee who was entered by mistake, with the nominations. Refused for somebody who stood on a list."""
    gate.require(actor, roles.EDIT, nominee)
    with change():
        changes.lock(nominee.district_id)
        one = Nominee.objects.select_for_update(of=("self",)).select_related("district").get(pk=nominee.pk)
        words = changes.reason_of(reason, _("请写明作废的原因。"))
        if one.listed.filter(list__voided_at__isnull=True).exists():
            raise CandidateFault(
                _("%(name)s已列入公布的名单，不能作废；不再作为候选人的，请登记退出或者除名。") % {"name": one.name}
            )
        now = clock.now()
        NominationSigner.objects.filter(nominee=one).update(counts=False)
        Nomination.objects.alive().filter(nominee=one).update(voided_at=now, void_reason=words)
        one.voided_at, one.void_reason = now, words
        one.save(update_fields=["voided_at", "void_reason"])
        changes.note(actor, "nominee.voided", changes.NOMINEE, one.pk, f"{one.district.name} {one.name}", reason=words)


def of_districts(actor: Actor, districts: Iterable[int]) -> dict[int, list[Nominee]]:
    """The nominees of districts that the actor may see, by district, with their nominations. Two queries."""
    rows = gate.visible_to(actor, Nominee.objects.alive()).filter(district__in=districts).prefetch_related("nominations")
    found: dict[int, list[Nominee]] = {}
    for one in rows.order_by("place", "pk"):
        found.setdefault(one.district_id, []).append(one)
    return found
