"""The review of the qualifications of those elected (选举法 47): the committee's opinion, the decision on it, the published list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models.divisions import Level
from renda.elections.closed import require_open
from renda.elections.legal import law_on
from renda.elections.models import Elected, Election, QualificationReview, ReviewDecision, ReviewOpinion, VoteRound
from renda.elections.outcome.faults import OutcomeFault, note
from renda.journal.services import change
from renda.law import LawError

DECIDERS = {Level.COUNTY: "县人大常委会", Level.TOWNSHIP: "乡镇人大主席团"}
"""Who decides on the committee's report (选举法 47(2)); the county writes its own name."""


@dataclass(frozen=True)
class Row:
    """One elected person with the review, as far as there is one."""

    elected: Elected
    review: QualificationReview | None

    @property
    def state(self) -> str:
        """waiting, valid, invalid, deferred, confirmed, void, or seated (a mandate is registered)."""
        if self.review is None:
            return "waiting"
        if self.review.mandate_id:
            return "seated"
        return self.review.decision or self.review.opinion


def rows(actor: Actor, election: Election) -> list[Row]:
    """All that were elected and may be seen, by district and name; two queries."""
    elected = gate.visible_to(actor, Elected.objects.alive()).filter(election=election).order_by("district", "name")
    reviews = {one.elected_id: one for one in QualificationReview.objects.filter(election=election).select_related("mandate")}
    return [Row(one, reviews.get(one.pk)) for one in elected]


def unconfirmed(election: Election) -> int:
    """How many votes of the election were settled without the committee having confirmed them (选举法 46)."""
    return VoteRound.objects.alive().filter(election=election, settled_at__isnull=False, confirmed_on__isnull=True).count()


def may_defer(election: Election) -> bool:
    """Whether a rule in force where the election is lets an opinion be deferred; the national law knows none."""
    try:
        law_on(election)("elec.review.defer")
    except LawError:
        return False
    return True


def give_opinion(election: Election, elected: Sequence[int], opinion: str, *, on: date, ground: str = "", actor: Actor) -> int:
    """Note the qualification committee's opinion on these elected; returns on how many. Raises OutcomeFault."""
    _require(actor, election)
    ground = ground.strip()[:300]
    if opinion not in ReviewOpinion.values:
        raise OutcomeFault(_("请选择审查意见。"))
    if opinion != ReviewOpinion.VALID and not ground:
        raise OutcomeFault(_("认为当选无效或者暂缓提出意见的，须写明理由（选举法第四十七条第一款）。"))
    if opinion == ReviewOpinion.DEFERRED and not may_defer(election):
        raise OutcomeFault(_("国家法律没有规定可以暂缓提出意见；启用了有此规定的地方规定后才能登记。"))
    _on_time(on, election)
    with change():
        chosen = _lock(election, elected, actor)
        decided = [one.elected.name for one in chosen if one.review and one.review.decision]
        if decided:
            raise OutcomeFault(_("%(names)s已经作出决定，审查意见不能再改。") % {"names": "、".join(decided[:5])})
        rows_ = [
            QualificationReview(
                election=election, division_id=one.elected.division_id, elected=one.elected, opinion=opinion, opinion_on=on, ground=ground
            )
            for one in chosen
        ]  # fmt: skip
        QualificationReview.objects.bulk_create(
            rows_, update_conflicts=True, unique_fields=["elected"], update_fields=["opinion", "opinion_on", "ground"]
        )
        note(
            actor,
            "outcome.opinion",
            election,
            elected=[one.elected.pk for one in chosen],
            opinion=opinion,
            on=str(on),
            ground=ground,
        )
    return len(chosen)


def decide(election: Election, elected: Sequence[int], decision: str, *, on: date, by: str, actor: Actor) -> int:
    """Note what the standing committee (the presidium) decided on the report; returns on how many. Raises OutcomeFault."""
    _require(actor, election)
    by = by.strip()[:100]
    if decision not in ReviewDecision.values:
        raise OutcomeFault(_("请选择决定。"))
    if not by:
        raise OutcomeFault(_("请写明作出决定的机关（选举法第四十七条第二款）。"))
    _on_time(on, election)
    with change():
        chosen = _lock(election, elected, actor)
        _decidable(chosen, decision, on)
        QualificationReview.objects.filter(elected__in=[one.elected.pk for one in chosen]).update(
            decision=decision, decided_on=on, decided_by=by
        )
        note(actor, "outcome.decided", election, elected=[one.elected.pk for one in chosen], decision=decision, on=str(on), by=by)
    return len(chosen)


def _decidable(chosen: Sequence[Row], decision: str, on: date) -> None:
    silent = [one.elected.name for one in chosen if one.review is None or one.review.opinion == ReviewOpinion.DEFERRED]
    if silent:
        words = _("%(names)s还没有审查意见或者暂缓提出意见，不能作出决定；请先登记代表资格审查委员会的意见。")
        raise OutcomeFault(words % {"names": "、".join(silent[:5])})
    early = [one.elected.name for one in chosen if one.review and one.review.opinion_on > on]
    if early:
        raise OutcomeFault(_("%(names)s的审查日期晚于决定日期，请核对。") % {"names": "、".join(early[:5])})
    seated = [one.elected.name for one in chosen if one.review and one.review.mandate_id]
    if seated and decision == ReviewDecision.VOID:
        raise OutcomeFault(_("%(names)s的代表职务已经登记，请先在代表名册终止。") % {"names": "、".join(seated[:5])})


def publish(election: Election, *, on: date, actor: Actor) -> int:
    """Note the day on which the list of deputies was published, for all that are confirmed and not published; returns how many."""
    _require(actor, election)
    _on_time(on, election)
    with change():
        waiting = QualificationReview.objects.filter(
            election=election, decision=ReviewDecision.CONFIRMED, published_on__isnull=True
        )
        if waiting.filter(decided_on__gt=on).exists():
            raise OutcomeFault(_("公布日期早于确认代表资格的日期，请核对。"))
        ids = list(waiting.select_for_update().values_list("elected_id", flat=True))
        if not ids:
            raise OutcomeFault(_("没有待公布的代表；代表资格确认有效后才能公布（选举法第四十七条第二款）。"))
        QualificationReview.objects.filter(elected__in=ids).update(published_on=on)
        note(actor, "outcome.published", election, elected=ids, on=str(on))
    return len(ids)


def _require(actor: Actor, election: Election) -> None:
    gate.require(actor, roles.EDIT, election)
    require_open(election)


def _on_time(on: date, election: Election) -> None:
    if not election.election_day <= on <= clock.today():
        raise OutcomeFault(_("日期应在选举日 %(day)s 到今天之间，请核对。") % {"day": election.election_day})


def _lock(election: Election, elected: Sequence[int], actor: Actor) -> list[Row]:
    """The chosen ones in key order with their rows locked. Raises OutcomeFault where none was chosen or one is gone."""
    chosen = sorted(set(elected))
    if not chosen:
        raise OutcomeFault(_("请先选择当选人。"))
    if waiting := unconfirmed(election):
        words = _("还有 %(n)s 轮投票没有登记选举委员会的确认，请先在“计票”页登记（选举法第四十六条）。")
        raise OutcomeFault(words % {"n": waiting})
    visible = gate.visible_to(actor, Elected.objects.alive()).filter(election=election, pk__in=chosen).order_by("pk")
    found = list(visible.select_for_update(of=("self",)))
    if len(found) != len(chosen):
        raise OutcomeFault(_("有的当选人已被作废或者不在您的权限范围内，请刷新后重试。"))
    reviews = {one.elected_id: one for one in QualificationReview.objects.select_for_update().filter(elected__in=chosen)}
    return [Row(one, reviews.get(one.pk)) for one in found]
