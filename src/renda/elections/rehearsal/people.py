"""Made-up people: voters with sound identity numbers, and the rows among them that a roll must not take, or must ask about.

Nobody is real: the numbers begin with 990101, an area code that was never given to a county. The same seed gives the same people.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import xlsxwriter

from renda.core.cells.identity import check_character

AREA, OTHER_AREA = "990101", "990107"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉梅文华建国志玲云飞鹏波斌宇浩凯健俊帆帅旭宁林欢阳东海峰振庆立新永德远正兴光荣家祥福根松"
HEADINGS = ("姓名", "性别", "公民身份号码", "住址", "选区")
OLDEST, AGES_DAYS = date(1946, 1, 1), 20_000
"""Voters are born on these days: the youngest came of age long before any rehearsal."""
Row = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Planted:
    """How many rows of each kind stand beside the voters: each has an outcome of its own."""

    twins: int
    minors: int
    wrong: int
    again: int
    barred: int
    known: int

    @classmethod
    def among(cls, voters: int) -> Planted:
        """A county's mix: some in a thousand of each."""
        some = max(3, voters // 1000)
        return cls(twins=some, minors=some, wrong=some, again=some, barred=some, known=max(20, min(voters // 50, 5_000)))


@dataclass(frozen=True)
class People:
    """The made-up people of a rehearsal: ``voters`` of them with the right to vote, spread over districts by ``sizes``."""

    sizes: Sequence[tuple[str, int]]
    planted: Planted
    latest_birth: date
    seed: int = 1

    @property
    def voters(self) -> int:
        """How many are voters in the end."""
        return sum(size for _name, size in self.sizes)

    def rows(self) -> Iterator[Row]:
        """The voters, district by district."""
        draw = Random(self.seed)
        place = 0
        for district, size in self.sizes:
            for n in range(size):
                yield self._voter(place, draw, f"{district}{n // 4 + 1}号", district)
                place += 1

    def barred(self) -> list[Row]:
        """Those deprived of political rights: in the household extract, and on the register of the barred."""
        draw, first = Random(self.seed + 1), self.voters
        return [self._voter(first + n, draw, "看守所路1号", self.sizes[0][0]) for n in range(self.planted.barred)]

    def extract(self) -> Iterator[Row]:
        """The rows of the household extract: the voters and all that is planted among them."""
        tail: list[Row] = []
        kept = max(self.planted.twins, self.planted.again)
        for row in self.rows():
            yield row
            tail.append(row)
            del tail[:-kept]
        yield from tail[: self.planted.again]
        for name, sex, number, address, district in tail[: self.planted.twins]:
            yield name, sex, _sound(OTHER_AREA + number[6:17]), address, district
        yield from self._minors()
        yield from ((row[0], row[1], row[2][:17], row[3], row[4]) for row in self._strangers())
        yield from self.barred()

    def known(self) -> list[Row]:
        """People who stand in the extract already, as an employer's list names them again."""
        return list(islice(self.rows(), self.planted.known))

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write the extract (text, GB18030) and the employer's list (a workbook); returns both paths."""
        extract, employer = folder / "户籍资料.csv", folder / "单位名册.xlsx"
        with extract.open("w", encoding="gb18030", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(self.extract())
        with xlsxwriter.Workbook(employer, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("职工名册")
            for line, row in enumerate((HEADINGS, *self.known())):
                sheet.write_row(line, 0, row)
        return extract, employer

    @property
    def read(self) -> int:
        """How many rows the extract has."""
        planted = self.planted
        return self.voters + planted.again + planted.twins + planted.minors + planted.wrong + planted.barred

    def _voter(self, place: int, draw: Random, address: str, district: str) -> Row:
        born = OLDEST + timedelta(days=place % AGES_DAYS)
        return self._person(_name(draw), born, place // AGES_DAYS, address, district)

    def _minors(self) -> Iterator[Row]:
        draw = Random(self.seed + 2)
        for n in range(self.planted.minors):
            born = self.latest_birth + timedelta(days=1 + n // 400)
            yield self._person(_name(draw), born, n % 400, "学府路1号", self.sizes[0][0])

    def _strangers(self) -> Iterator[Row]:
        draw, first = Random(self.seed + 3), self.voters + self.planted.barred
        return (self._voter(first + n, draw, "人民路1号", self.sizes[0][0]) for n in range(self.planted.wrong))

    def _person(self, name: str, born: date, sequence: int, address: str, district: str) -> Row:
        """``sequence``: no two alike for one day. A number never ends in 00 and a check character, as a spreadsheet's damage does."""
        told = sequence + 1 + sequence // 99
        number = _sound(f"{AREA}{born:%Y%m%d}{told:03d}")
        return name, "男" if told % 2 else "女", number, address, district


def _sound(first: str) -> str:
    return first + check_character(first)


def _name(draw: Random) -> str:
    return draw.choice(SURNAMES) + draw.choice(GIVEN) + draw.choice(GIVEN)


def candidate_names(count: int, seed: int) -> list[str]:
    """Names of candidates, no two alike: people of a congress are told apart by name where nothing else is known."""
    draw = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[_name(draw)] = None
    return list(found)
