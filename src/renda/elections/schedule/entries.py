"""An election's calendar as pages, feed and wall chart show it: each act with its last lawful day, its article, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renda.core import clock
from renda.elections import decisions, legal
from renda.elections.decisions.calendar import AGE, BACKWARD, LegalDate
from renda.elections.models import ActDone, Election
from renda.elections.schedule import recorded
from renda.law import LawError
from renda.lawbook.reading import context

SOON_DAYS = 14
DONE, LATE, SOON, RUN, IDLE = "done", "late", "soon", "run", "idle"
OWN = (
    (recorded.QUOTA, gettext_lazy("确定代表总名额"), "elec.quota.county.decider"),
    (recorded.COMMITTEE, gettext_lazy("任命选举委员会"), "elec.committee.county.appointed_by"),
    (recorded.DISTRICTS, gettext_lazy("划分选区、分配名额"), "elec.district.actor"),
    (recorded.REGISTRATION, gettext_lazy("选民登记结束"), "elec.voter.validity"),
    (recorded.NOMINATION, gettext_lazy("推荐代表候选人"), "elec.cand.nominator.voters"),
    (recorded.CONSULTATION, gettext_lazy("讨论协商、预选，确定正式候选人"), "elec.cand.selection"),
    (recorded.VOTING, gettext_lazy("投票"), "elec.vote.places"),
    (recorded.RESULT, gettext_lazy("确定选举是否有效，公布结果"), "elec.count.announce"),
    (recorded.REVIEW, gettext_lazy("代表资格审查，公布代表名单"), "elec.review.publish"),
)
"""Acts without a legal day of their own: key, what they are called, the parameter whose article they rest on."""


@dataclass(frozen=True)
class Done:
    """That an act was done: the day where it is known, who says so (empty: the records themselves), a note."""

    on: date | None
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One act of the calendar. ``day``: its last lawful day (None: the law names none). ``tone``: done, late, soon, run, idle.

    ``late_days``: done after its day, or not done and that many days late. ``words`` say how it stands.
    """

    key: str
    title: str
    day: date | None
    article: str
    note: str = ""
    warning: str = ""
    working: tuple[str, ...] = ()
    backward: bool = False
    done: Done | None = None
    tone: str = RUN
    words: str = ""
    late_days: int = 0


@dataclass(frozen=True)
class Plan:
    """The calendar of an election: its acts by day, what is said besides, and what no law in use fixes."""

    election: Election
    entries: tuple[Entry, ...]
    birth: LegalDate | None
    left_open: tuple[decisions.Open, ...]
    fault: str = ""

    @property
    def next(self) -> Entry | None:
        """The nearest legal day ahead of an act that is not done."""
        ahead = [one for one in self.entries if one.tone in (SOON, RUN) and one.day and one.day >= clock.today()]
        return min(ahead, key=lambda one: one.day or date.max, default=None)

    @property
    def late(self) -> list[Entry]:
        """What should have been done and is not."""
        return [one for one in self.entries if one.tone == LATE]

    def by_key(self) -> dict[str, Entry]:
        """Acts by key."""
        return {one.key: one for one in self.entries}


def plan_of(election: Election, *, day: date | None = None) -> Plan:
    """The calendar as it stands today; ``day``: as it would stand with another election day. The marks and the records are asked once."""
    law, wanted = context(election.division), day or election.election_day
    try:
        dates = legal.calendar_of(election, wanted)
        still_open = decisions.left_open(wanted, packs=law.packs, choices=law.choices_on(wanted))
    except LawError as error:
        return Plan(election, (), None, (), str(error))
    entries = [*_of_law(dates), *_own(election, wanted)]
    done = _done(election)
    voted = recorded.VOTING in done
    stands = [_standing(replace(one, done=done.get(one.key)), clock.today(), voted) for one in entries]
    stands.sort(key=_place({one.key: one.day for one in stands}))
    birth = next((one for one in dates if one.direction == AGE), None)
    return Plan(election, tuple(stands), birth, tuple(still_open))


BEFORE = {
    recorded.QUOTA: "", recorded.COMMITTEE: "", recorded.DISTRICTS: "", recorded.REGISTRATION: "elec.list.publish",
    recorded.NOMINATION: "elec.cand.initial_publish", recorded.CONSULTATION: "elec.cand.formal_publish", recorded.REVIEW: "elec.first_session",
}  # fmt: skip
"""Acts without a day stand before this one; those named nothing for come first."""


def _place(days: Mapping[str, date | None]) -> Callable[[Entry], tuple[date, int]]:
    """The order of the calendar: by day, an act without a day where it belongs in the course of things."""
    order = {key: n for n, (key, _name, _law) in enumerate(OWN)}

    def place(one: Entry) -> tuple[date, int]:
        if one.day:
            return one.day, 50 if one.key not in order else 60
        if one.key in BEFORE:
            return days.get(BEFORE[one.key]) or (date.min if not BEFORE[one.key] else date.max), order[one.key]
        return days.get(recorded.VOTING) or date.max, 70

    return place


def _of_law(dates: Iterable[LegalDate]) -> Iterable[Entry]:
    for one in dates:
        if one.direction != AGE:
            yield Entry(one.key, one.title, one.date, one.article, one.note, one.warning, one.working, one.direction == BACKWARD)


def _own(election: Election, day: date) -> Iterable[Entry]:
    law = context(election.division)
    days = {recorded.VOTING: day, recorded.REGISTRATION: election.registration_to}
    for key, name, basis in OWN:
        if election.by_election and key == recorded.QUOTA:
            continue  # a by-election fills a seat of a total that stands
        yield Entry(key, str(name), days.get(key), law.parameter(basis, as_of=day).citation, backward=key != recorded.REVIEW)


def _done(election: Election) -> dict[str, Done]:
    """What was done: as the records say, and before that as the office marked."""
    found = {key: Done(known.on) for key, known in recorded.of_election(election).items()}
    marks = ActDone.objects.filter(election=election)
    return found | {one.key: Done(one.done_on, one.by, one.note) for one in marks}


def _standing(one: Entry, today: date, voted: bool) -> Entry:
    """The act with its tone and words. What a past election's records are silent on raises no alarm."""
    if one.done is not None:
        late = (one.done.on - one.day).days if one.done.on and one.day else 0
        if late > 0:
            words = ngettext("已完成，晚了 %(n)d 天", "已完成，晚了 %(n)d 天", late) % {"n": late}
            return replace(one, tone=DONE, words=words, late_days=late)
        return replace(one, tone=DONE, words=_("已完成"))
    if one.day is None:
        return replace(one, tone=IDLE, words=_("没有记录") if voted else _("未完成"))
    left = (one.day - today).days
    if left < 0 and voted:
        return replace(one, tone=IDLE, words=_("没有记录"))
    if left < 0:
        return replace(one, tone=LATE, words=ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left}, late_days=-left)
    words = _("今天到期") if left == 0 else ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", left) % {"n": left}
    return replace(one, tone=SOON if left <= SOON_DAYS else RUN, words=words)


def became_late(before: Plan, after: Plan) -> list[Entry]:
    """Acts that another election day would leave late, though they are not now."""
    known = {one.key for one in before.entries if one.tone == LATE or one.late_days}
    return [one for one in after.entries if (one.tone == LATE or (one.tone == DONE and one.late_days)) and one.key not in known]


def near(entries: Sequence[Entry], today: date) -> list[Entry]:
    """What is late, or falls due within two weeks."""
    last = today + timedelta(days=SOON_DAYS)
    return [one for one in entries if one.tone == LATE or (one.tone == SOON and one.day and one.day <= last)]
