"""The demo county itself: its divisions, organs, people, deputies, groups, grids and stations, the same for the same seed and size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from renda.demo.names import village_names
from renda.demo.organs import BUREAUS, COMMITTEE, CONGRESS_OFFICES, COURT, GOVERNMENT, PROCURATORATE, SUPERVISION
from renda.demo.people import Office, Population, Seat, Someone
from renda.law.quotas import deputy_quota

COUNTY = "青禾县"
PLACES = (
    ("990123001", "凤栖街道", 91316), ("990123002", "云溪街道", 83948), ("990123100", "龙潭镇", 76842), ("990123101", "石桥镇", 66315),
    ("990123102", "双河镇", 60478), ("990123103", "白塔镇", 55206), ("990123104", "松岭镇", 49873), ("990123105", "柳湾镇", 47158),
    ("990123106", "金坪镇", 42691), ("990123107", "大营镇", 39427), ("990123108", "清泉镇", 35964), ("990123200", "红岩乡", 26583),
    ("990123201", "梨树乡", 21749), ("990123202", "雾山乡", 17236),
)  # fmt: skip
TERM_STARTS = {11: date(2016, 12, 20), 12: date(2021, 12, 16)}
VOTING_DAY = date(2021, 11, 18)
VOTING_DAYS = {11: date(2016, 11, 22), 12: VOTING_DAY}
COUNTY_SEATS = 180
YEARS = (2019, 2020, 2021)
SECTORS = ("工人", "农民", "干部", "专业技术人员", "解放军和武警", "企业负责人")
SECTOR_SHARES = (8, 42, 25, 14, 1, 10)


class County:
    """The county at a seed and a scale (1: real size; smaller for tests)."""

    def __init__(self, seed: int = 20211216, scale: float = 1.0) -> None:
        self.seed, self.scale = seed, scale
        self.townships = [name for _, name, _ in PLACES]
        self.congress_townships = [name for name in self.townships if not name.endswith("街道")]
        self.population = Population(self.rng("people"))
        self.villages = self._villages()
        self.groups = self._groups()
        self.grids = [(f"{township}{village[:-1]}网格", township, village) for township, village in self.all_villages()]
        self.offices: list[Office] = []
        self.seats: list[Seat] = []
        self.officials: list[Office] = []
        self._fill_offices()
        self._fill_officials()
        self._fill_seats()
        self._have_someone_resign()
        self.population.make_homonyms(24)
        self.population.settle_names()
        self.stations = self._stations()

    def rng(self, *about: object) -> Random:
        """A source of chance of its own for each purpose, so that one register's size does not change another's content."""
        return Random("/".join(map(str, (self.seed, *about))))

    def size(self, count: int, least: int = 2) -> int:
        """A number of records at the county's scale."""
        return max(least, round(count * self.scale))

    def _villages(self) -> dict[str, list[str]]:
        rng = self.rng("villages")
        names = village_names(rng, 13 * len(self.townships))
        each = self.size(12)
        return {township: names[13 * n : 13 * n + each] for n, township in enumerate(self.townships)}

    def all_villages(self) -> list[tuple[str, str]]:
        """Township and village of every village."""
        return [(township, village) for township in self.townships for village in self.villages[township]]

    def village(self, rng: Random, township: str = "") -> tuple[str, str]:
        """Some village: its township and its name."""
        place = township or rng.choice(self.townships)
        return place, rng.choice(self.villages[place])

    def _groups(self) -> list[tuple[str, str, str, str]]:
        found = [(f"{t}代表小组{'一二三'[n]}组", "deputy", "", t) for t in self.townships for n in range(2)]
        fields = ("财政经济", "农业农村", "教科文卫", "监察司法", "城乡建设环保", "社会建设")
        return found + [(f"{field}专业代表小组", "professional", field, COUNTY) for field in fields]

    def _fill_offices(self) -> None:
        rng = self.rng("offices")
        add, people = self.offices.append, self.population
        start = date(2016, 12, 22)
        for title, count in (("主任", 1), ("副主任", 4), ("委员", 24)):
            for _ in range(count):
                who = people.add(
                    COUNTY, f"青禾县人大常委会{title}" if title != "委员" else "青禾县人大常委会委员", party_share=0.75
                )
                until = TERM_STARTS[12] if rng.random() < 0.55 else None
                add(Office(who, COMMITTEE, title, start, until, True))
                if until:
                    add(
                        Office(
                            people.add(COUNTY, f"青禾县人大常委会{title}", party_share=0.75), COMMITTEE, title, until, None, True
                        )
                    )
        heads = [(GOVERNMENT, "县长", 1), (GOVERNMENT, "副县长", 5), (COURT, "院长", 1), (COURT, "副院长", 2), (PROCURATORATE, "检察长", 1),
                 (PROCURATORATE, "副检察长", 2), (SUPERVISION, "主任", 1)]  # fmt: skip
        heads += [(name, "主任" if name.endswith(("办公室", "委员会")) else "局长", 1) for name, _, _ in BUREAUS]
        heads += [(name, "主任", 1) for name in CONGRESS_OFFICES]
        heads += [(f"{t}人大主席团", "主席", 1) for t in self.congress_townships]
        for organ, title, count in heads:
            for _ in range(count):
                self._hold(rng, organ, title)

    def _fill_officials(self) -> None:
        """Judges, procurators and section officials: those whom the standing committee appoints and removes."""
        rng = self.rng("officials")
        kinds = ((COURT, ("审判员", "副庭长", "庭长"), 60), (PROCURATORATE, ("检察员", "检察委员会委员"), 40), (SUPERVISION, ("委员", "副主任"), 12),
                 (GOVERNMENT, ("副县长",), 6), *((name, ("副局长",), 3) for name, _, _ in BUREAUS))  # fmt: skip
        for organ, titles, count in kinds:
            for _ in range(self.size(count, 1)):
                title = rng.choice(titles)
                who = self.population.add(COUNTY, f"{organ}{title}", party_share=0.85)
                self.officials.append(Office(who, organ, title, date(2014, 1, 6) + timedelta(days=rng.randint(0, 1500))))
        self.offices += self.officials

    def _hold(self, rng: Random, organ: str, title: str) -> None:
        """A post with its holders since 2016: some change once in these years."""
        division = next((t for t in self.townships if organ.startswith(t)), COUNTY)
        start = date(2016, 12, 24) + timedelta(days=rng.randint(0, 400))
        if rng.random() < 0.45:
            change = date(2019, 2, 1) + timedelta(days=rng.randint(0, 1000))
            self.offices.append(
                Office(self.population.add(division, organ + title, party_share=0.9), organ, title, start, change)
            )
            start = change
        self.offices.append(Office(self.population.add(division, organ + title, party_share=0.9), organ, title, start))

    def _fill_seats(self) -> None:
        rng = self.rng("seats")
        upper = [self._deputy(rng, rng.choice(self.townships)) for _ in range(self.size(28, 6))]
        for number, who in enumerate(upper):
            province = number < max(2, round(6 * self.scale))
            level, term, since = ("province", 13, date(2018, 1, 26)) if province else ("prefecture", 5, date(2017, 1, 12))
            self.seats.append(Seat(who, level, term, "澜州市" if province else "青禾县", since, sector=self._sector(rng)))
        for level in ("county", "township"):
            self._fill_level(rng, level, upper)

    def _fill_level(self, rng: Random, level: str, upper: Sequence[Someone]) -> None:
        for place in self.townships if level == "county" else self.congress_townships:
            before, now = self._seats_of(level, 11, place), self._seats_of(level, 12, place)
            first = [self._deputy(rng, place) for _ in range(before)]
            if level == "county":
                first[:1] = [who for who in upper if who.division == place][:1] or first[:1]
            else:
                first[:2] = [s.who for s in self.seats if s.level == "county" and s.term == 11 and s.who.division == place][
                    1:3
                ] or first[:2]
            again = rng.sample(first, min(len(first), round(now * 0.4)))
            second = again + [self._deputy(rng, place) for _ in range(now - len(again))]
            self._seat_term(rng, level, 11, place, first)
            self._seat_term(rng, level, 12, place, second)

    def _seats_of(self, level: str, term: int, place: str) -> int:
        """Seats of the county's congress by the place's share of the people; of a township's own congress as many as the law of the
        voting day allows (选举法 12)."""
        people = {name: number for _, name, number in PLACES}
        if level == "county":
            return max(1, round(self.size(COUNTY_SEATS, 14) * people[place] / sum(people.values())))
        return self.size(deputy_quota(level, people[place], as_of=VOTING_DAYS[term]).seats)

    def _seat_term(self, rng: Random, level: str, term: int, place: str, members: Sequence[Someone]) -> None:
        since = TERM_STARTS[term] if level == "county" else TERM_STARTS[term] - timedelta(days=3)
        for number, who in enumerate(members):
            district = f"{place}第{number // 3 + 1}选区"
            seat = Seat(who, level, term, district, since, sector=self._sector(rng), group=rng.choice(self.groups_of(place)))
            seat.grid = (
                rng.choice([name for name, township, _ in self.grids if township == place])
                if term == 12 or level == "county"
                else ""
            )
            self.seats.append(seat)
            if term == 11:
                seat.until, seat.end_reason = TERM_STARTS[12] - timedelta(days=3 * (level != "county")), "expired"
                if rng.random() < 0.035:
                    self._leave(rng, seat, place)

    def _leave(self, rng: Random, seat: Seat, place: str) -> None:
        """A deputy leaves before the end of the term; half of them are followed by one who is elected in between."""
        seat.until = date(2019, 1, 20) + timedelta(days=rng.randint(0, 900))
        seat.end_reason = rng.choice(("resigned", "moved", "moved", "terminated", "died"))
        if rng.random() < 0.5:
            follower = Seat(
                self._deputy(rng, place), seat.level, 11, seat.district, seat.until + timedelta(days=rng.randint(20, 60))
            )
            follower.how, follower.sector, follower.group = "by_election", self._sector(rng), seat.group
            follower.until, follower.end_reason = TERM_STARTS[12] - timedelta(days=3), "expired"
            if follower.since < follower.until:
                self.seats.append(follower)

    def _have_someone_resign(self) -> None:
        """However small the county is, one deputy resigns: no register is without a record."""
        if not any(seat.end_reason == "resigned" for seat in self.seats):
            seat = next(seat for seat in self.seats if seat.level == "county" and seat.term == 11)
            seat.until, seat.end_reason = date(2020, 6, 30), "resigned"

    def groups_of(self, place: str) -> list[str]:
        """Names of the deputies' groups of a township."""
        return [name for name, kind, _, township in self.groups if township == place and kind == "deputy"]

    def _deputy(self, rng: Random, place: str) -> Someone:
        village = rng.choice(self.villages[place])
        work = rng.choice(
            ("村民委员会主任", "党支部书记", "村民", "种植大户", "养殖合作社理事长", "卫生室医生", "小学教师", "网格员")
        )
        return self.population.add(place, f"{place}{village}{work}")

    def _sector(self, rng: Random) -> str:
        return rng.choices(SECTORS, SECTOR_SHARES)[0]

    def _stations(self) -> list[tuple[str, str, str]]:
        homes = [(f"{t}人大代表之家", "home", t) for t in self.townships]
        points = [(f"{t}{v[:-1]}代表联络站", "station", t) for t, v in self.all_villages() if self.villages[t].index(v) % 2 == 0]
        return homes + points

    def deputies_on(self, day: date, level: str = "", place: str = "") -> list[Someone]:
        """Deputies in office on a day, each once."""
        found = (s.who for s in self.seats if s.on(day) and level in ("", s.level) and place in ("", s.who.division))
        return list(dict.fromkeys(found))

    def members_on(self, day: date) -> list[Someone]:
        """Members of the standing committee on a day."""
        return [o.who for o in self.offices if o.member and o.on(day)]

    def leaders_on(self, day: date) -> list[Someone]:
        """The chairperson and the deputy chairpersons of the standing committee on a day, the chairperson first."""
        order = ("主任", "副主任")
        held = [o for o in self.offices if o.organ == COMMITTEE and o.title in order and o.on(day)]
        return [o.who for o in sorted(held, key=lambda o: order.index(o.title))]


def day_in(rng: Random, year: int, *, first: int = 1, last: int = 12) -> date:
    """A working day of a year, between two months (both included)."""
    start = date(year, first, 4)
    end = date(year, last, 27)
    day = start + timedelta(days=rng.randint(0, (end - start).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def later(rng: Random, day: date, least: int, most: int) -> date:
    """A day that many days later, not at a weekend."""
    found = day + timedelta(days=rng.randint(least, most))
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)
