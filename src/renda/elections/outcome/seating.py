"""Those whose qualification is confirmed become deputies: a person of the directory and a mandate each; the mandates of the term before end.

A term runs from the first session of a congress to the first session of the next (组织法 9, 38), so that is the day on which mandates of a general
election begin and the old ones end. In a by-election they begin when the qualification was confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, people, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Mandate
from renda.directory.models.mandates import EndReason, HowElected
from renda.elections.candidates.elsewhere import apart
from renda.elections.closed import require_open
from renda.elections.models import Election, Nominee, QualificationReview, ReviewDecision
from renda.elections.outcome.faults import OutcomeFault, note
from renda.journal.services import change
from renda.registers import registry
from renda.registers.services import Change, enter, save

DEPUTIES = "directory.deputies"
Values = dict[str, Any]


def seat(election: Election, *, since: date | None, actor: Actor) -> int:
    """Register the mandates of all that are confirmed and have none; returns how many. ``since`` is the first session's day.

    Raises OutcomeFault: nobody waits, the day is missing, or a name fits several people and nothing tells which.
    """
    gate.require(actor, roles.EDIT, election)
    gate.require(actor, roles.CREATE, Mandate)
    require_open(election)
    if since is None and not election.by_election:
        raise OutcomeFault(_("请填写新一届第一次会议召开的日期：代表的任期从这一天开始（地方组织法第九条、代表法第二条）。"))
    if since is not None and since < election.election_day:
        raise OutcomeFault(_("任期开始的日期早于选举日，请核对。"))
    if since is not None and since > clock.today():
        raise OutcomeFault(_("第一次会议还没有召开，任期没有开始；会议召开后再登记代表职务。"))
    with change():
        waiting = _waiting(election)
        if not waiting:
            raise OutcomeFault(_("没有待登记的代表：代表资格确认有效、名单公布后才能登记代表职务（选举法第四十七条第二款）。"))
        values = _with_people(election, [_values(election, one, since, nominee) for one, nominee in _told(election, waiting)])
        _not_elsewhere(election, values)
        made = enter(DEPUTIES, values, actor=actor)
        for review, pk in zip(waiting, made, strict=True):
            review.mandate_id = pk
        QualificationReview.objects.bulk_update(waiting, ["mandate"])
        ended = _end_former(election, since, made, actor) if since and not election.by_election else 0
        note(actor, "outcome.seated", election, mandates=made, since=str(since or ""), ended=ended)
    return len(made)


def _waiting(election: Election) -> list[QualificationReview]:
    found = QualificationReview.objects.filter(
        election=election, decision=ReviewDecision.CONFIRMED, published_on__isnull=False, mandate__isnull=True
    )
    return list(found.select_related("elected").select_for_update(of=("self",)).order_by("pk"))


def _told(election: Election, waiting: Sequence[QualificationReview]) -> list[tuple[QualificationReview, Nominee | None]]:
    """Each with the nominee that he or she was; who won as written in by voters was none."""
    rows = Nominee.objects.alive().filter(election=election).select_related("district")
    by_name = {(one.district.name, one.name): one for one in rows}
    return [(one, by_name.get((one.elected.district, one.elected.name))) for one in waiting]


def _values(election: Election, review: QualificationReview, since: date | None, nominee: Nominee | None) -> Values:
    won = review.elected
    told: Mapping[str, Any] = {
        "name": won.name,
        "sex": won.sex,
        "party": won.party,
        "nationality": won.nationality,
    } | ({field: value for field, value in _of(nominee).items() if value} if nominee else {})
    return {f"person__{field}": value for field, value in told.items() if value} | {
        "level": election.level,
        "term_number": election.term_number,
        "electoral_district": won.district,
        "division": won.division_id,
        "sector": won.sector or (nominee.sector if nominee else ""),
        "how_elected": HowElected.BY_ELECTION if election.by_election else HowElected.GENERAL,
        "since": since or review.decided_on,
    }


def _of(nominee: Nominee) -> Values:
    return {
        "sex": nominee.sex,
        "birth_date": nominee.birth_date,
        "nationality": nominee.nationality,
        "party": nominee.party,
        "education": nominee.education,
        "employer": nominee.post,
        "identity_number": nominee.identity_number,
        "phone": nominee.phone,
    }


def _with_people(election: Election, values: list[Values]) -> list[Values]:
    """Say which person of the directory each one is; new ones are added by the register. A name that fits two is never guessed."""
    written = [
        {field.removeprefix("person__"): value for field, value in one.items() if field.startswith("person__")} for one in values
    ]
    found, faults = people.match(written, election.division.path)
    if faults:
        words = _("%(faults)s。请在候选人登记表补充身份证号或者出生日期后重试，没有任何数据被写入。")
        raise OutcomeFault(words % {"faults": "；".join(list(faults.values())[:5])})
    for one, pk in zip(values, found, strict=True):
        if pk is not None:
            one["person"] = pk
    return values


def _not_elsewhere(election: Election, values: Sequence[Values]) -> None:
    """Nobody is deputy of two areas of which neither lies within the other (选举法 48), nor twice in one term."""
    wanted = {one["person"]: one for one in values if "person" in one}
    held = Mandate.objects.alive().filter(person__in=wanted, until__isnull=True).select_related("division", "person")
    places = Division.objects.in_bulk({one["division"] for one in wanted.values()})
    for mandate in held:
        one = wanted[mandate.person_id]
        if mandate.level == election.level and mandate.term_number == election.term_number:
            words = _("%(name)s已是本届%(level)s代表（%(district)s），不能重复登记，请核对是否同一人。")
        elif apart(places[one["division"]], mandate.division):
            words = _(
                "%(name)s已是%(level)s代表（%(district)s），公民不得同时担任两个以上无隶属关系的行政区域的代表（选举法第四十八条）。"
            )
        else:
            continue
        said = {"name": mandate.person.name, "level": mandate.get_level_display(), "district": mandate.electoral_district}
        raise OutcomeFault(words % said)


def _end_former(election: Election, since: date, made: Sequence[int], actor: Actor) -> int:
    """End the mandates of earlier terms of the same congresses; returns how many. A township's go only where that township elected."""
    former = Mandate.objects.alive().filter(level=election.level, term_number__lt=election.term_number, until__isnull=True)
    if election.level == "township":
        former = former.filter(division__in=Mandate.objects.filter(pk__in=made).values("division"))
    else:
        former = former.filter(division__in=Division.objects.subtree(election.division.path).values("pk"))
    register = registry.get(DEPUTIES)
    rows = list(former.order_by("pk").values_list("pk", "since"))
    late = [pk for pk, began in rows if began > since]
    if late:
        raise OutcomeFault(_("上届代表中有 %(n)s 人的任职起始日期晚于新一届开始的日期，请先核对代表名册。") % {"n": len(late)})
    if rows:
        ending = {"until": since, "end_reason": EndReason.EXPIRED}
        save(register, [Change(dict(ending), pk) for pk, _began in rows], actor=actor)
    return len(rows)
