"""Who may not be what in one election: members of committees who stand as candidates, and people at polling places who stand or are near to one.

Articles 10(2) and 43(2) of the Election Law; that candidates themselves keep away from polling and counting is written in local rules.
What is not known is not guessed: a name alone may be another person's, which the entry says (``namesake``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renda.elections.legal import law_on
from renda.elections.models import BodyKind, BodyMember, Candidate, Election, ElectionBody, PollingPlace, PollingStaff, StaffTask
from renda.registers.register import Fault, Values

MEMBER, SCRUTINEERS = "elec.committee.member_candidate", "elec.vote.scrutineers"
COUNTING = (StaffTask.SCRUTINEER, StaffTask.TELLER)
_SEVERAL = re.compile("[、，,；;\\s]+")
Standing = dict[int, dict[str, set[str]]]
"""Election → candidate's name → the districts where that name stands."""


@dataclass(frozen=True)
class Conflict:
    """Somebody who has to give something up: who, where, and why (with the article). ``record`` is the entry's key in its register."""

    register: str
    record: int
    name: str
    where: str
    why: str


def standing(elections: Iterable[int]) -> Standing:
    """The names of candidates of elections. One query."""
    found: Standing = defaultdict(lambda: defaultdict(set))
    rows = Candidate.objects.alive().filter(election__in=set(elections)).values_list("election_id", "name", "district")
    for election, name, district in rows:
        found[election][name].add(district)
    return found


def member_no_candidate(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: a member of an election committee is no candidate (选举法 10(2)); one who became a candidate has a day of leaving."""
    asked = [row for row in rows if row.get("body") and not row.get("until") and not row.get("namesake")]
    if not asked:
        return
    committees = set(
        ElectionBody.objects.filter(pk__in={row["body"] for row in asked}, kind=BodyKind.COMMITTEE).values_list("pk", flat=True)
    )
    candidates = standing(row["election"] for row in asked if row.get("election"))
    for index, row in enumerate(rows):
        if row in asked and row["body"] in committees and row.get("name") in candidates.get(row.get("election") or 0, {}):
            yield index, "name", _member_words(row["name"], row["election"])


def staff_no_candidate(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: candidates and their near relatives neither watch the voting nor count (选举法 43(2) and local rules)."""
    asked = [row for row in rows if row.get("place") and row.get("election")]
    if not asked:
        return
    places = dict(PollingPlace.objects.filter(pk__in={row["place"] for row in asked}).values_list("pk", "district"))
    candidates = standing(row["election"] for row in asked)
    for index, row in enumerate(rows):
        if row in asked:
            known = _of_district(candidates.get(row["election"], {}), places.get(row["place"], ""))
            yield from (
                (index, field, words)
                for field, words in _staff_faults(
                    row.get("name") or "", row.get("task") or "", row.get("relative_of") or "", bool(row.get("namesake")), known,
                    row["election"],
                )
            )  # fmt: skip


def _of_district(candidates: dict[str, set[str]], district: str) -> set[str]:
    """Candidates that a polling place's people must have nothing to do with: those of its district; all, where it serves several."""
    return {name for name, districts in candidates.items() if not district or district in districts}


def _staff_faults(
    name: str, task: str, relative_of: str, namesake: bool, candidates: set[str], election: int
) -> Iterable[tuple[str, str]]:
    if name in candidates and not namesake:
        yield (
            "name",
            _(
                "%(name)s是这里的代表候选人，不能在投票场所工作（%(article)s；各省选举实施细则）。请换人；同名不是同一人的，请在“与候选人同名但不是同一人”一栏填“是”"
            )
            % {"name": name, "article": _article(SCRUTINEERS, election)},
        )
    near = [one for one in _SEVERAL.split(relative_of) if one in candidates]
    if near and task in COUNTING:
        yield "relative_of", _("%(name)s是候选人%(candidates)s的近亲属，不得担任监票人、计票人（%(article)s）。请换人，或者改任其他分工") % {
            "name": name, "candidates": "、".join(near), "article": _article(SCRUTINEERS, election),
        }  # fmt: skip


def _member_words(name: str, election: int) -> str:
    return _(
        "%(name)s是本次选举的代表候选人，应当辞去选举委员会的职务（%(article)s）。请填免职日期；同名不是同一人的，请在“与候选人同名但不是同一人”一栏填“是”"
    ) % {"name": name, "article": _article(MEMBER, election)}


def _article(key: str, election: int) -> str:
    """The article by the law of the election's day, under what its division has settled."""
    found = Election.objects.select_related("division").get(pk=election)
    return law_on(found)(key).citation


def conflicts(election: Election) -> list[Conflict]:
    """Everybody entered for an election who has to give way, candidates entered afterwards included. Three queries and the law."""
    candidates = standing([election.pk]).get(election.pk, {})
    if not candidates:
        return []
    return [*_of_members(election, candidates), *_of_staff(election, candidates)]


def _of_members(election: Election, candidates: dict[str, set[str]]) -> Iterable[Conflict]:
    rows = BodyMember.objects.alive().filter(
        election=election, body__kind=BodyKind.COMMITTEE, until__isnull=True, namesake=False, name__in=candidates
    )
    for one in rows.select_related("body").defer("phone"):
        yield Conflict("elections.members", one.pk, one.name, one.body.name, _member_words(one.name, election.pk))


def _of_staff(election: Election, candidates: dict[str, set[str]]) -> Iterable[Conflict]:
    for one in PollingStaff.objects.alive().filter(election=election).select_related("place"):
        known = _of_district(candidates, one.place.district)
        for _field, words in _staff_faults(one.name, one.task, one.relative_of, one.namesake, known, election.pk):
            yield Conflict("elections.polling_staff", one.pk, one.name, one.place.name, words)
