"""What the law makes of counts: quorum, majority, grade. Derived after each change, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from renda.core import bulk
from renda.law import LawError, Value, meets, required
from renda.lawbook.services import Context, context
from renda.meetings.models import Grade, Line, Meeting, SatisfactionVote, Series, Vote, VoteBase

QUORUM = {
    Series.CONGRESS: "pc.session.quorum",
    Series.TOWNSHIP_CONGRESS: "pc.session.quorum",
    Series.STANDING_COMMITTEE: "sc.meeting.quorum",
    Series.PARTY_GROUP: "party.meeting.quorum",
}
MAJORITY = {
    Series.CONGRESS: "pc.session.majority",
    Series.TOWNSHIP_CONGRESS: "pc.session.majority",
    Series.STANDING_COMMITTEE: "sc.meeting.majority",
    Series.PARTY_GROUP: "party.meeting.majority",
}
LINES: dict[str, tuple[Fraction, str]] = {
    Line.MORE_THAN_HALF: (Fraction(1, 2), "more_than"),
    Line.HALF: (Fraction(1, 2), "at_least"),
    Line.SIXTY: (Fraction(3, 5), "at_least"),
    Line.TWO_THIRDS: (Fraction(2, 3), "at_least"),
    Line.SEVENTY: (Fraction(7, 10), "at_least"),
    Line.EIGHTY: (Fraction(4, 5), "at_least"),
    Line.NINETY: (Fraction(9, 10), "at_least"),
}
_BASES = {VoteBase.ALL: "electorate", VoteBase.PRESENT: "present", VoteBase.RETURNED: "returned", VoteBase.VALID: "valid"}


def settle_meetings(ids: Sequence[int]) -> None:
    """Derive whether meetings had their quorum (Organic Law, art. 14(4) and 51(3)); unknown where one is missing."""
    rows = []
    meetings = list(Meeting.objects.filter(pk__in=ids))
    under = _settled({meeting.division_id for meeting in meetings})
    for meeting in meetings:
        rule = _rule(QUORUM.get(Series(meeting.series), ""), meeting.starts_on, under[meeting.division_id])
        known = rule is not None and meeting.present is not None and bool(meeting.expected)
        rows.append({"id": meeting.pk, "quorate": _meets(rule, meeting.present, meeting.expected) if known else None})
    bulk.update(Meeting, rows, ["quorate"])


def settle_votes(ids: Sequence[int]) -> None:
    """Derive votes needed and whether a vote passed, by the law of the day; unknown where no rule of law fits."""
    rows = []
    votes = list(Vote.objects.filter(pk__in=ids).select_related("meeting"))
    under = _settled({vote.meeting.division_id for vote in votes})
    for vote in votes:
        rule = _rule(MAJORITY.get(Series(vote.meeting.series), ""), vote.meeting.starts_on, under[vote.meeting.division_id])
        if rule is None or not vote.electorate:
            rows.append({"id": vote.pk, "needed": None, "passed": None, "basis": "此类会议的通过票数法律没有规定，不作判定"})
            continue
        rows.append(
            {
                "id": vote.pk,
                "needed": required(rule.value, rule.comparison, vote.electorate),
                "passed": _meets(rule, vote.in_favour, vote.electorate),
                "basis": f"{rule.gist}{rule.citation}"[:120],
            }
        )
    bulk.update(Vote, rows, ["needed", "passed", "basis"])


def settle_satisfaction(ids: Sequence[int]) -> None:
    """Derive the grades of satisfaction votes by each one's own rule."""
    rows = [{"id": vote.pk, "grade": grade(vote)} for vote in SatisfactionVote.objects.filter(pk__in=ids)]
    bulk.update(SatisfactionVote, rows, ["grade"])


def grade(vote: SatisfactionVote) -> str:
    """The grade by the vote's rule: empty where the county has not said which rule applies, or nobody is in its base."""
    if not vote.base or not vote.line:
        return ""
    whole = getattr(vote, _BASES[VoteBase(vote.base)])
    if whole is None and vote.base == VoteBase.VALID:
        whole = vote.returned
    if not whole:
        return ""
    ratio, comparison = LINES[vote.line]
    if meets(ratio, comparison, vote.satisfied, whole):
        return Grade.SATISFIED
    return Grade.BASICALLY if meets(ratio, comparison, vote.satisfied + vote.basically, whole) else Grade.DISSATISFIED


def _meets(rule: Value | None, part: int | None, whole: int | None) -> bool | None:
    return None if rule is None else meets(rule.value, rule.comparison, part or 0, whole or 0)


def _settled(divisions: Iterable[int]) -> dict[int, Context]:
    return {division: context(division) for division in divisions}


def _rule(key: str, day: date, under: Context) -> Value | None:
    """The ratio in force on a day; None where the law has none for the meeting or not yet."""
    try:
        return under.parameter(key, as_of=day) if key else None
    except LawError:
        return None
