"""The district's made-up voters as lists hand them in: the police's extract, an employer's list, what a station brings late.

Nobody is real: the numbers begin with area codes that were never given to a county.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from renda.core.cells.identity import check_character
from renda.demo.byelection.desk import Desk
from renda.demo.byelection.plan import groups, villages
from renda.demo.names import person_name

HEADINGS = ("姓名", "性别", "公民身份号码", "住址", "选区", "选民小组")
HERE, NEIGHBOUR, ELSEWHERE = "990123", "990127", "990119"
AGAIN, TWICE, MINORS, WRONG, BARRED, EMPLOYED = 4, 4, 5, 3, 3, 60
"""Rows of the extract beside the voters: the same row again, one person under two area codes, minors, wrong numbers, people deprived of their
rights; and how many of the voters the employer lists."""
LATE_NEW, LATE_AGAIN = 4, 3
OLDEST, DAYS, USUAL = date(1929, 1, 1), 27_000, 15_000
"""Birthdays: from when, over how many days, and where most of them lie."""
OF_AGE = date(2004, 1, 17)
HOUSEHOLD = 3


@dataclass(frozen=True)
class One:
    """Somebody on a list: the place says in which household and group."""

    name: str
    sex: str
    number: str
    place: int

    def under(self, area: str) -> One:
        """The same person under the area code of another county, as an old household book has it."""
        return One(self.name, self.sex, _sound(area + self.number[6:17]), self.place)


@dataclass(frozen=True)
class Lists:
    """The people of the district: ``voters`` of them, the same at each run."""

    desk: Desk
    voters: int

    @cached_property
    def people(self) -> list[One]:
        """The voters of the extract."""
        return self._made("voters", self.voters, HERE)

    @cached_property
    def barred(self) -> list[One]:
        """Those deprived of political rights; they stand in the extract too."""
        return self._made("barred", BARRED, HERE, start=self.voters)

    def extract(self) -> bytes:
        """The police's extract of the household register."""
        minors = [
            One(one.name, one.sex, _number(HERE, OF_AGE + timedelta(days=90 * (n + 1)), 800 + n, one.sex), one.place)
            for n, one in enumerate(self._made("minors", MINORS, HERE))
        ]
        wrong = [
            One(one.name, one.sex, one.number[:-1], one.place) for one in self._made("wrong", WRONG, HERE, start=self.voters + 50)
        ]
        twice = [one.under(NEIGHBOUR) for one in self.people[20 : 20 + TWICE]]
        return self._text([*self.people, *self.people[10 : 10 + AGAIN], *twice, *minors, *wrong, *self.barred])

    def employer(self) -> bytes:
        """The staff of the township's clinic and school, all of whom stand in the extract."""
        return self._text(self.people[-EMPLOYED:])

    def late(self) -> bytes:
        """What a station brings after the list was published: some who moved in, and some who stand on the roll under another number."""
        rows = [*self._made("late", LATE_NEW, ELSEWHERE), *(one.under(NEIGHBOUR) for one in self.people[100 : 100 + LATE_AGAIN])]
        return self._text(rows, {"选民资格转移证明": "是"})

    def _made(self, kind: str, count: int, area: str, start: int = 0) -> list[One]:
        rng = self.desk.county.rng("by-election", kind)
        return [_person(rng, area, start + place) for place in range(count)]

    def _text(self, several: Iterable[One], more: dict[str, str] | None = None) -> bytes:
        """A list as text in the old Chinese encoding."""
        extra = more or {}
        held = io.StringIO(newline="")
        writer = csv.writer(held)
        writer.writerow((*HEADINGS, *extra))
        writer.writerows((*row, *extra.values()) for row in self._rows(several))
        return held.getvalue().encode("gb18030", "replace")

    def _rows(self, several: Iterable[One]) -> Iterator[Sequence[str]]:
        names, parts = villages(self.desk), groups(self.desk)
        for one in several:
            house = one.place // HOUSEHOLD + 1
            part = house * len(parts) * HOUSEHOLD // (self.voters + 200) % len(parts)
            village = names[part * len(names) // len(parts)]
            yield one.name, one.sex, one.number, f"{village}{house}号", self.desk.district.name, parts[part]


def _person(rng: Random, area: str, place: int) -> One:
    sex = rng.choice(("male", "female"))
    born = OLDEST + timedelta(days=int(rng.triangular(0, DAYS, USUAL)))
    words = "男" if sex == "male" else "女"
    return One(person_name(rng, sex)[0], words, _number(area, born, place, words), place)


def _number(area: str, born: date, place: int, sex: str) -> str:
    """A sound number: no two alike for one day, odd for men. It never ends in 00 and a check character, as a spreadsheet's damage does."""
    order = place % 49 * 20 + place // 49 % 9 * 2 + 2
    return _sound(f"{area}{born:%Y%m%d}{order + (sex == '男'):03d}")


def _sound(first: str) -> str:
    return first + check_character(first)
