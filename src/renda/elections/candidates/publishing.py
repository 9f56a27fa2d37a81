"""The two lists of candidates: the first with all lawful nominees, the formal one within the lawful surplus; undone in reverse order (选举法 31, 32)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.pinyin import pinyin_key, stroke_key
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import legal
from renda.elections.candidates import changes, ledger_rows
from renda.elections.candidates.changes import CandidateFault
from renda.elections.models import (
    CandidateList,
    Consultation,
    Election,
    ElectoralDistrict,
    HowFormal,
    ListedCandidate,
    ListKind,
    NameOrder,
    Nominee,
    PreVotes,
    Stage,
    VoteRound,
)
from renda.journal.services import change
from renda.law.nominations import formal_list, left_out


@dataclass(frozen=True)
class Notice:
    """How a list is published: its day, the order of names, the reason where it is late, a note on what the law leaves open."""

    on: date
    order: str = NameOrder.STROKES
    late_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """Who stands on the formal list, and how that was found."""

    nominees: tuple[int, ...]
    how: str


def publish_first(election: Election, wanted: Iterable[int], notice: Notice, *, actor: Actor) -> list[CandidateList]:
    """Publish the first lists of these districts: every lawful nominee, nobody else (1983 年规定 10(2)).

    Raises CandidateFault for a district without nominees, an impossible day, a late day without its reason; then none is published.
    """
    gate.require(actor, roles.CREATE, CandidateList)
    if notice.order == NameOrder.VOTES:
        raise CandidateFault(_("初步候选人名单还没有预选得票，请选择其他排列顺序。"))
    made = []
    with change(), changes.said_by_constraints():
        for district in _locked(election, wanted, actor):
            everybody = list(Nominee.objects.alive().filter(district=district, stage=Stage.NOMINATED).order_by("pk"))
            if not everybody:
                raise CandidateFault(_("“%(name)s”还没有依法推荐的人，不能公布名单。") % {"name": district})
            made.append(_publish(district, ListKind.FIRST, in_order(everybody, notice.order), "", notice, actor))
    return made


def publish_formal(district: ElectoralDistrict, choice: Choice, notice: Notice, *, actor: Actor) -> CandidateList:
    """Publish the formal list of a district.

    Raises CandidateFault with the article where the number is unlawful (31(2)), somebody is left out though all may stand, the order of a
    pre-election is not kept (32(1)), or the first list is not published.
    """
    gate.require(actor, roles.CREATE, CandidateList)
    with change(), changes.said_by_constraints():
        (locked,) = _locked(district.election, [district.pk], actor)
        first = CandidateList.objects.alive().filter(district=locked, kind=ListKind.FIRST).first()
        if first is None:
            raise CandidateFault(_("“%(name)s”的初步候选人名单还没有公布，不能公布正式名单。") % {"name": locked})
        if notice.on < first.published_on:
            raise CandidateFault(_("公布日期早于初步候选人名单的 %(day)s，请核对。") % {"day": first.published_on})
        everybody = list(Nominee.objects.alive().filter(district=locked, stage=Stage.FIRST).order_by("place"))
        chosen = [one for one in everybody if one.pk in set(choice.nominees)]
        if len(chosen) != len(set(choice.nominees)):
            raise CandidateFault(_("选中的人里有的不在初步候选人名单上，或者已经退出，请刷新后重试。"))
        votes = votes_of(locked)
        _check_number(locked, chosen)
        _check_choice(locked, everybody, chosen, choice.how, votes, notice)
        order = NameOrder.VOTES if choice.how == HowFormal.PRE_ELECTION else notice.order
        if order == NameOrder.VOTES and choice.how != HowFormal.PRE_ELECTION:
            raise CandidateFault(_("没有经过预选，不能按得票排列，请选择其他排列顺序。"))
        ordered = in_order(chosen, order, votes)
        return _publish(locked, ListKind.FORMAL, ordered, choice.how, replace(notice, order=order), actor)


def _check_number(district: ElectoralDistrict, chosen: Sequence[Nominee]) -> None:
    election = district.election
    faults = formal_list(district.seats, len(chosen), legal.law_on(election), by_election=election.by_election)
    if faults:
        raise CandidateFault("".join(faults))


def _check_choice(
    district: ElectoralDistrict, everybody: Sequence[Nominee], chosen: Sequence[Nominee], how: str, votes: dict[int, int], notice: Notice
) -> None:  # fmt: skip
    law = legal.law_on(district.election)
    rule = law("elec.cand.selection")
    out = [one.name for one in everybody if one not in chosen]
    too_many = len(everybody) > changes.limits_of(district, district.election).most
    if out and not too_many:
        words = _("初步候选人 %(n)s 人，没有超过最高差额，应当全部列入正式名单；漏列了%(names)s（%(article)s）。")
        raise CandidateFault(words % {"n": len(everybody), "names": "、".join(out), "article": rule.citation})
    if how == HowFormal.ALL and out:
        words = _("初步候选人超过最高差额，须经讨论协商或者预选确定，请选择确定方式（%(article)s）。")
        raise CandidateFault(words % {"article": rule.citation})
    if how == HowFormal.CONSULTED and not Consultation.objects.filter(district=district).exists():
        raise CandidateFault(_("还没有登记选民小组的讨论协商，请先登记（%(article)s）。") % {"article": rule.citation})
    if how == HowFormal.PRE_ELECTION:
        _check_votes(everybody, chosen, votes, rule.citation, notice)


def _check_votes(
    everybody: Sequence[Nominee], chosen: Sequence[Nominee], votes: dict[int, int], article: str, notice: Notice
) -> None:  # fmt: skip
    """Those with most votes stand; whom of equal ones at the last place, the law leaves open: the note settles it."""
    if not votes:
        raise CandidateFault(_("还没有登记预选结果，请先登记（%(article)s）。") % {"article": article})
    least = min(votes.get(one.pk, 0) for one in chosen)
    out = [one for one in everybody if one not in chosen]
    more = [one.name for one in out if votes.get(one.pk, 0) > least]
    if more:
        words = _("%(names)s的预选得票多于选中的人，应当按得票顺序确定（%(article)s）。")
        raise CandidateFault(words % {"names": "、".join(more), "article": article})
    equal = [one.name for one in out if votes.get(one.pk, 0) == least]
    if equal and not notice.note.strip():
        words = _("%(names)s与选中的人得票相等。由谁列入，法律没有规定：请在“说明”中写明是怎样确定的。")
        raise CandidateFault(words % {"names": "、".join(equal)})


def _locked(election: Election, wanted: Iterable[int], actor: Actor) -> list[ElectoralDistrict]:
    ids = sorted(set(wanted))
    if not ids:
        raise CandidateFault(_("没有选中选区。"))
    seen = set(changes.seen_districts(actor, election).filter(pk__in=ids).values_list("pk", flat=True))
    if len(seen) != len(ids):
        raise CandidateFault(_("有的选区不存在，或者不在您的权限范围内，请刷新后重试。"))
    return [changes.lock(pk) for pk in ids]


def _publish(
    district: ElectoralDistrict, kind: ListKind, ordered: Sequence[Nominee], how: str, notice: Notice, actor: Actor
) -> CandidateList:  # fmt: skip
    made = CandidateList.objects.create(
        election=district.election, division=district.division, district=district, kind=kind, how=how, order=notice.order,
        published_on=notice.on, note=notice.note.strip()[:300], by=str(actor)[:200], **_dated(district.election, kind, notice),
    )  # fmt: skip
    ListedCandidate.objects.bulk_create(
        ListedCandidate(list=made, nominee=one, place=place) for place, one in enumerate(ordered, 1)
    )
    stage = Stage.FIRST if kind == ListKind.FIRST else Stage.FORMAL
    for place, one in enumerate(ordered, 1):
        one.stage, one.place = stage, place
    Nominee.objects.bulk_update(ordered, ["stage", "place"])
    if kind == ListKind.FIRST:
        names = [one.name for one in ordered]
        lawful = Nominee.objects.alive().filter(district=district, stage__in=(Stage.NOMINATED, Stage.FIRST))
        faults = left_out(list(lawful.values_list("name", flat=True)), names, legal.law_on(district.election))
        if faults:
            raise CandidateFault("".join(faults))
    ledger_rows.write(district, ordered, formal=kind == ListKind.FORMAL, reason=f"公布{ListKind(kind).label}", actor=actor)
    detail: dict[str, Any] = {
        "on": str(notice.on), "how": how, "order": notice.order, "candidates": [one.name for one in ordered], "late_days": made.late_days,
        "due_on": str(made.due_on or ""), "note": made.note, "late_reason": made.late_reason,
    }  # fmt: skip
    changes.note(actor, f"candidates.{kind}_published", changes.LIST, made.pk, district.name, **detail)
    return made


def _dated(election: Election, kind: str, notice: Notice) -> dict[str, Any]:
    """The columns of the legal day and of lateness. Raises CandidateFault for a day that cannot be, or a late one without its reason."""
    if notice.on > clock.today():
        raise CandidateFault(_("公布日期 %(on)s 还没有到。请在名单公布后登记。") % {"on": notice.on})
    if notice.on >= election.election_day:
        words = _("公布日期 %(on)s 不早于选举日 %(day)s，请核对。")
        raise CandidateFault(words % {"on": notice.on, "day": election.election_day})
    due = changes.legal_dates(election).get(changes.INITIAL if kind == ListKind.FIRST else changes.FORMAL)
    late = max(0, (notice.on - due.date).days) if due else 0
    if due and late and not notice.late_reason.strip():
        words = _("最迟应在 %(due)s 公布（%(article)s），%(on)s 公布已晚 %(late)s 天。仍要登记的，请写明原因。")
        raise CandidateFault(words % {"due": due.date, "article": due.article, "on": notice.on, "late": late})
    reason = notice.late_reason.strip()[:300] if late else ""
    return {"due_on": due.date if due else None, "late_days": late, "late_reason": reason}


def votes_of(district: ElectoralDistrict) -> dict[int, int]:
    """The votes of the district's pre-election by nominee; empty where none was held."""
    rows = PreVotes.objects.filter(pre_election__district=district, pre_election__voided_at__isnull=True)
    return dict(rows.values_list("nominee", "votes"))


def in_order(several: Sequence[Nominee], order: str, votes: dict[int, int] | None = None) -> list[Nominee]:
    """The nominees as a list has them; equal votes stand by strokes of the surname."""
    known = votes or {}
    keys: dict[str, Callable[[Nominee], Any]] = {
        NameOrder.STROKES: lambda one: (stroke_key(one.name), one.pk),
        NameOrder.PINYIN: lambda one: (pinyin_key(one.name), one.pk),
        NameOrder.ENTERED: lambda one: one.pk,
        NameOrder.VOTES: lambda one: (-known.get(one.pk, 0), stroke_key(one.name), one.pk),
    }
    return sorted(several, key=keys[order])


def undo(one: CandidateList, *, reason: str, actor: Actor) -> None:
    """Take a published list back: the formal one before the first, none once the district votes. Refused without a reason."""
    gate.require(actor, roles.EDIT, one)
    with change():
        district = changes.lock(one.district_id)
        found = CandidateList.objects.select_for_update(of=("self",)).get(pk=one.pk)
        words = changes.reason_of(reason, _("请写明撤销的原因。"))
        if found.voided_at:
            raise CandidateFault(_("这份名单已经撤销。"))
        if VoteRound.objects.alive().filter(district=district).exists():
            raise CandidateFault(_("这个选区已经开设投票，名单不能撤销；投票开设有误的，先作废投票。"))
        formal = CandidateList.objects.alive().filter(district=district, kind=ListKind.FORMAL)
        if found.kind == ListKind.FIRST and formal.exists():
            raise CandidateFault(_("正式候选人名单已经公布。撤销按相反的顺序：先撤销正式名单，再撤销初步名单。"))
        found.voided_at, found.void_reason = clock.now(), words
        found.save(update_fields=["voided_at", "void_reason"])
        _step_back(district, found.kind, words, actor)
        action = f"candidates.{found.kind}_undone"
        changes.note(actor, action, changes.LIST, found.pk, district.name, reason=words)


def _step_back(district: ElectoralDistrict, kind: str, reason: str, actor: Actor) -> None:
    stood, now = (Stage.FORMAL, Stage.FIRST) if kind == ListKind.FORMAL else (Stage.FIRST, Stage.NOMINATED)
    rows = Nominee.objects.alive().filter(district=district, stage=stood)
    rows.update(stage=now, **({} if kind == ListKind.FORMAL else {"place": None}))
    if kind == ListKind.FIRST:
        ledger_rows.clear(district, reason=reason, actor=actor)
        return
    places = ListedCandidate.objects.filter(list__district=district, list__kind=ListKind.FIRST, list__voided_at__isnull=True)
    by_nominee = dict(places.values_list("nominee", "place"))
    standing = list(Nominee.objects.alive().filter(district=district, stage=Stage.FIRST))
    for one in standing:
        one.place = by_nominee.get(one.pk)
    Nominee.objects.bulk_update(standing, ["place"])
    standing.sort(key=lambda one: one.place or 0)
    ledger_rows.write(district, standing, formal=False, reason=reason, actor=actor)
