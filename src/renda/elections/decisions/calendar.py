"""The legal dates of an election from its day: the last lawful day of each act, by the law of that day. Plain Python, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from renda.law import LawError, NotFixed, NotInForce, due, keys, parameter, store
from renda.law.counting import years_after
from renda.law.declarations import NOTHING
from renda.law.values import Value

FIRST_YEAR, LAST_YEAR = 1953, 2200  # the first Election Law is of 1953
BACKWARD, FORWARD, AGE = "backward", "forward", "age"
STRICT = "cal.election.backward.strict"
BIRTH = "elec.voter.age_reference"
LIST, INITIAL, FORMAL = "elec.list.publish", "elec.cand.initial_publish", "elec.cand.formal_publish"
_BEFORE = (
    LIST, INITIAL, "elec.voter.late_registration", FORMAL, "elec.voter.suspended.delivery", "elec.list.lawsuit.deadline",
    "elec.voter.list_corrections", "elec.list.judgment.deadline", "elec.cand.stop",
)  # fmt: skip
_BY_ELECTION_DAYS = {LIST: "list_days", INITIAL: "candidates_days", FORMAL: "formal_days"}


@dataclass(frozen=True)
class LegalDate:
    """One legal date. ``date`` is the last lawful day of the act (``AGE``: the latest birth date of a voter).

    ``key`` is that of the law's parameter. ``direction``: ``backward`` (counted back from election day), ``forward`` (counted on from
    what ``note`` names), ``age``. ``article`` cites statute and article; ``warning`` says what is not certain about it.
    """

    key: str
    date: date
    article: str
    title: str
    direction: str
    note: str = ""
    warning: str = ""
    pack: str = ""
    working: tuple[str, ...] = ()


@dataclass(frozen=True)
class Open:
    """A date that the law in use does not fix: whose it would be to fix it."""

    key: str
    title: str
    why: str


@dataclass(frozen=True)
class _Reading:
    """Under what the dates are read."""

    day: date
    packs: tuple[str, ...]
    choices: Mapping[str, Any]

    def value(self, key: str) -> Value:
        return parameter(key, as_of=self.day, packs=self.packs, choices=self.choices)

    @property
    def shift(self) -> timedelta:
        return timedelta(days=1 if self.value(STRICT).value == "strict" else 0)


def calendar(
    election_day: date,
    *,
    strict: bool = False,
    packs: Iterable[str] = (),
    choices: Mapping[str, Any] = NOTHING,
    by_election: bool = False,
) -> list[LegalDate]:
    """All legal dates of an election on ``election_day``, earliest first, under the law of that day.

    Backward periods leave election day uncounted and end on the last lawful day; no holiday moves them (选举法 28, 29, 32, 34). ``strict``
    takes one day earlier, as the choice ``cal.election.backward.strict`` does. What only a province fixes stands where its pack does.
    ``by_election``: a province's shorter periods where a pack has them (选举法 57(4)). Errors: UnknownPack, BadChoice, and LawError for
    a year without elections under the Election Law or beyond what can be counted.
    """
    if not FIRST_YEAR <= election_day.year <= LAST_YEAR:
        raise LawError(f"选举日 {election_day} 不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，不能推算。请核对选举日。")
    reading = _reading(election_day, strict, packs, choices)
    found = [*_backward(reading), *_forward(reading, by_election), _birth(reading)]
    if by_election:
        found = _of_a_by_election(found, reading)
    return sorted(_after_publication(found, reading), key=lambda one: one.date)


def counted_back() -> tuple[str, ...]:
    """The keys of the periods that are counted back from election day."""
    return _BEFORE


def left_open(
    election_day: date, *, packs: Iterable[str] = (), choices: Mapping[str, Any] = NOTHING
) -> list[Open]:  # fmt: skip
    """The dates that neither the law nor a pack nor the county fixes on that day; none is invented."""
    reading = _reading(election_day, False, packs, choices)
    found = []
    for key in (*_BEFORE, "elec.vote.days", "choice.announce.deadline", "choice.rerun.deadline"):
        try:
            reading.value(key)
        except (NotFixed, NotInForce):
            declared = store.declaration(key)
            found.append(Open(key, declared.title, declared.choice.why if declared.choice else ""))
    return found


def _reading(day: date, strict: bool, packs: Iterable[str], choices: Mapping[str, Any]) -> _Reading:
    chosen = {**choices, STRICT: "strict"} if strict else choices
    return _Reading(day, tuple(packs), chosen)


def _backward(reading: _Reading) -> Iterator[LegalDate]:
    for key in _BEFORE:
        try:
            found = due(key, reading.day, packs=reading.packs, choices=reading.choices)
        except (NotFixed, NotInForce):
            continue
        pack = found.value.pack
        yield LegalDate(
            key, found.date, found.citation, found.title, BACKWARD, warning=found.warning, pack=pack, working=tuple(found.working)
        )


def _forward(reading: _Reading, by_election: bool) -> Iterator[LegalDate]:
    if voting := _voting_days(reading):
        yield voting
    if by_election:
        return
    session = due("elec.first_session", reading.day, packs=reading.packs, choices=reading.choices)
    yield LegalDate(
        session.key, session.date, session.citation, session.title, FORWARD, "代表选举在选举日完成的；另行选举的，从全部完成之日起算。",
        session.warning, session.value.pack, tuple(session.working),
    )  # fmt: skip


def _voting_days(reading: _Reading) -> LegalDate | None:
    """The last day of voting where a province says how many days voting takes."""
    try:
        days = reading.value("elec.vote.days")
    except (NotFixed, NotInForce):
        return None
    most = days.value.get("max") if isinstance(days.value, Mapping) else None
    if not isinstance(most, int):
        return None
    last = reading.day + timedelta(days=most - 1)
    return LegalDate(
        days.key, last, days.citation, "投票的最后一日", FORWARD, f"从选举日起至多 {most} 天。", days.warning, days.pack,
        (f"依据{days.citation}：{days.gist}",),
    )  # fmt: skip


def _birth(reading: _Reading) -> LegalDate:
    age, basis = due("elec.voter.age", reading.day, packs=reading.packs, choices=reading.choices), reading.value(BIRTH)
    note = f"{age.date} 及以前出生的，到选举日年满 {age.value.value} 周岁，生日当天计入；以选举日为准见于{basis.citation}。"
    return LegalDate(
        BIRTH, age.date, age.citation, "选民最晚的出生日", AGE, note + _leap_note(reading.day, age.date),
        age.warning, basis.pack, tuple(age.working),
    )  # fmt: skip


def _leap_note(day: date, latest: date) -> str:
    """What a 29 February at either end means."""
    if (day.month, day.day) == (2, 29) and latest.day == 28:
        return f"{latest.year} 年没有 2 月 29 日，次日（3 月 1 日）出生的到选举日尚未满周岁。"
    after = latest + timedelta(days=1)
    if (after.month, after.day) == (2, 29) and years_after(after, day.year - after.year) == day:
        return (
            f"{after} 出生的人在平年以 2 月 28 日还是 3 月 1 日为满周岁，选举法没有规定（《民法典》第二百零二条以月末日为期间的最后一日）；"
            "此处按 3 月 1 日，如有这样的选民，请报选举委员会确定。"
        )
    return ""


def _of_a_by_election(found: list[LegalDate], reading: _Reading) -> list[LegalDate]:
    """The shorter periods of a by-election; where no pack in use has any, those of a general election with a warning."""
    local = _local_days(reading)
    if local is None:
        delegated = reading.value("byelection.details").citation
        words = (
            f"补选的具体办法由省级人大常委会规定（{delegated}），没有启用载有补选期限的地方规定；此处按一般选举的期限，仅供参考。"
        )
        return [replace(one, warning=words + one.warning) if one.key in _BY_ELECTION_DAYS else one for one in found]
    return [_by_local(one, local, reading) for one in found]


def _local_days(reading: _Reading) -> Value | None:
    """What a province in use says on the periods of a by-election, the last pack first; None where none does on that day."""
    known = keys()
    for name in reversed(store.with_parents(reading.packs)):
        key = f"byelection.deadlines.{name}"
        if key not in known:
            continue
        try:
            value = reading.value(key)
        except NotInForce:
            continue
        if value.effective_from is None or value.effective_from <= reading.day:
            return value
    return None


def _by_local(one: LegalDate, local: Value, reading: _Reading) -> LegalDate:
    name = _BY_ELECTION_DAYS.get(one.key)
    if name is None:
        return one
    if name not in local.value:
        return replace(one, warning=f"{local.citation}没有写明补选的这一期限，此处按一般选举的期限。{one.warning}")
    number = int(local.value[name])
    last = reading.day - timedelta(days=number) - reading.shift
    working = (f"依据{local.citation}：{local.gist}", f"选举日 {reading.day} 向前推 {number} 日，最迟为 {last}。")
    return replace(one, date=last, article=local.citation, working=working, pack=local.key.rpartition(".")[2])


def _after_publication(found: list[LegalDate], reading: _Reading) -> list[LegalDate]:
    """Objections to the list and their decision, counted from the last day on which the list may be published."""
    published = next(one.date for one in found if one.key == LIST)
    window = due("elec.list.objection.window", published, packs=reading.packs, choices=reading.choices, as_of=reading.day)
    decided = due("elec.list.objection.decide", window.date, packs=reading.packs, choices=reading.choices, as_of=reading.day)
    notes = ("选民名单在最后一日公布的；提前公布的，从公布之日起算。", "申诉在最后一日提出的；提前提出的，从收到之日起算。")
    return found + [
        LegalDate(one.key, one.date, one.citation, one.title, FORWARD, note, one.warning, one.value.pack, tuple(one.working))
        for one, note in zip((window, decided), notes, strict=True)
    ]
