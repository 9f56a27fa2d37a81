"""The people of the demo county: who they are, what they hold, and how a ledger writes their names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from renda.core.cells.identity import check_character
from renda.demo.names import person_name

AREA = "990123"
PARTIES = ("中共党员", "群众", "民革党员", "民盟盟员", "农工党党员", "九三学社社员", "无党派人士")
EDUCATION = ("postgraduate", "bachelor", "college", "secondary_vocational", "high_school", "middle_school")


@dataclass(eq=False)
class Someone:
    """One invented person. ``written`` is the name as ledgers write it: with a bracket where the county has two of that name."""

    name: str
    sex: str
    born: date
    nationality: str
    party: str
    education: str
    employer: str
    division: str
    identity: str = ""
    phone: str = ""
    written: str = ""

    def columns(self) -> dict[str, object]:
        """The person's columns in a register that carries people."""
        return {
            "person__name": self.name,
            "person__sex": self.sex,
            "person__birth_date": self.born,
            "person__nationality": self.nationality,
            "person__party": self.party,
            "person__education": self.education,
            "person__identity_number": self.identity,
            "person__phone": self.phone,
            "person__employer": self.employer,
        }


@dataclass(eq=False)
class Seat:
    """A mandate: who, at which level, in which term, from and to."""

    who: Someone
    level: str
    term: int
    district: str
    since: date
    until: date | None = None
    end_reason: str = ""
    how: str = "general"
    sector: str = ""
    group: str = ""
    grid: str = ""

    def on(self, day: date) -> bool:
        """Whether the mandate is held on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(eq=False)
class Office:
    """A post that someone holds in an organ."""

    who: Someone
    organ: str
    title: str
    since: date
    until: date | None = None
    member: bool = False

    def on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Population:
    """Everybody, made one by one from one source of chance."""

    rng: Random
    everyone: list[Someone] = field(default_factory=list)

    def add(self, division: str, employer: str, *, party_share: float = 0.6, women: float = 0.33) -> Someone:
        """Make one more person who lives in a division and works somewhere."""
        rng = self.rng
        sex = "female" if rng.random() < women else "male"
        name, nationality = person_name(rng, sex)
        born = date(1957, 1, 1) + timedelta(days=int(rng.triangular(0, 13500, 5500)))
        party = PARTIES[0] if rng.random() < party_share else rng.choices(PARTIES[1:], (80, 4, 4, 4, 4, 4))[0]
        education = rng.choices(EDUCATION, (5, 30, 30, 10, 15, 10))[0]
        place = len(self.everyone)
        identity = _identity(born, place, sex) if rng.random() < 0.55 else ""
        one = Someone(
            name, sex, born, nationality, party, education, employer, division, identity, f"199{10_000_000 + place * 37:08d}"
        )
        self.everyone.append(one)
        return one

    def make_homonyms(self, pairs: int) -> None:
        """Give some people of different divisions the same name, as every county has them."""
        for _ in range(pairs):
            first, second = self.rng.sample(self.everyone, 2)
            if first.division != second.division and "·" not in first.name and first.sex == second.sex:
                second.name, second.nationality = first.name, first.nationality

    def settle_names(self) -> None:
        """Write names with a bracket where several people bear them: the division where that tells them apart, else the birth date."""
        same: dict[str, list[Someone]] = defaultdict(list)
        for one in self.everyone:
            same[one.name].append(one)
        for bearers in same.values():
            for one in bearers:
                one.written = one.name if len(bearers) == 1 else f"{one.name}（{_apart(one, bearers)}）"


def _apart(one: Someone, bearers: list[Someone]) -> str:
    # the county's own name also stands in electoral districts of deputies above it
    if one.division != "青禾县" and sum(other.division == one.division for other in bearers) == 1:
        return one.division
    return one.born.isoformat()


def _identity(born: date, place: int, sex: str) -> str:
    """An identity number with an area code that was never given out, so that it is nobody's."""
    order = (place * 2 % 998) // 2 * 2 + (1 if sex == "male" else 0)
    first = f"{AREA}{born:%Y%m%d}{order:03d}"
    number = first + check_character(first)
    return "" if number.endswith("000") else number
