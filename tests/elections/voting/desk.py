"""An election office for tests: a county, its election with two districts, candidates, voters on the roll, accounts of tellers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from renda.core import cells
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat, Organ
from renda.elections.counting import tallies
from renda.elections.counting.tallies import Figures, Line
from renda.elections.models import BallotBox, Election, ElectoralDistrict, Voter, VoteRound
from renda.elections.voting import ballots, rounds, turnout
from renda.elections.voting.turnout import Hour
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2021, 11, 10)
FIRST, SECOND = "第一选区", "第二选区"
PASSWORD = "correct-horse-battery"


@dataclass
class Desk:
    """What the tests work with."""

    county: SmallCounty
    election: Election
    districts: dict[str, ElectoralDistrict]
    actors: dict[str, Actor] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        """The clerk of the election committee."""
        return self.actors["elect"]

    def open(self, name: str = FIRST) -> VoteRound:
        """The first vote of a district, opened on election day."""
        return rounds.open_first(self.election, [self.districts[name].pk], day=DAY, entered={}, actor=self.clerk)[0]

    def box(self, one: VoteRound, kind: str = "station") -> BallotBox:
        """The round's box of a kind."""
        return one.boxes.select_related("round").get(kind=kind)

    def vote(self, one: VoteRound, *, persons: int, proxied: int = 0, returned: int | None = None) -> None:
        """So many took part at the round's first box, and as many ballots were issued; the other boxes stayed empty."""
        took_part = persons + proxied
        for place, box in enumerate(one.boxes.select_related("round").order_by("pk")):
            number = took_part if place == 0 else 0
            hour = Hour(DAY, 18, persons if place == 0 else 0, proxied if place == 0 else 0)
            turnout.report(box, [hour], actor=self.clerk)
            back = number if returned is None or place else returned
            ballots.set_box(box, {"allotted": number + 50, "issued": number, "returned": back, "unused": 50}, actor=self.clerk)

    def count(self, one: VoteRound, figures: Figures) -> None:
        """Both teams enter the same figures."""
        for who in ("teller1", "teller2"):
            tallies.enter(one, figures, actor=self.actors[who])


def figures(recovered: int, void: int, **votes: int) -> Figures:
    """A team's figures; names that begin with an underscore were written in."""
    lines = tuple(Line(name.removeprefix("_"), number, not name.startswith("_")) for name, number in votes.items())
    return Figures(recovered, void, lines)


def make() -> Desk:
    """A fresh office: 第一选区 has 2 seats, 3000 voters by ledger and 3 candidates; 第二选区 1 seat, 20 voters on the roll and 2."""
    county = small_county.make()
    election = {
        "选举名称": "2021年县级换届选举",
        "选举层级": "县级",
        "届次": 12,
        "补选": "否",
        "选举日": DAY.isoformat(),
        "代表名额": 3,
    }
    county.enter("elections.elections", [election])
    base = {"选举": election["选举名称"]}
    county.enter("elections.districts", [{**base, "选区名称": FIRST, "应选名额": 2}, {**base, "选区名称": SECOND, "应选名额": 1}])
    county.enter("elections.rolls", [{**base, "选区": FIRST, "登记选民数": 3000}])
    county.enter(
        "elections.candidates",
        [
            {**base, "选区": district, "候选人姓名": name, "推荐方式": "政党、人民团体推荐", "正式候选人": "是"}
            for district, names in ((FIRST, ("甲", "乙", "丙")), (SECOND, ("丁", "戊")))
            for name in names
        ],
    )
    county.enter(
        "elections.polling_places",
        [
            {**base, "投票场所名称": "文化站", "投票组织形式": "投票站", "选区": FIRST},
            {**base, "投票场所名称": "敬老院流动票箱", "投票组织形式": "流动票箱", "选区": FIRST},
        ],
    )
    found = Election.objects.get()
    districts = {one.name: one for one in ElectoralDistrict.objects.all()}
    desk = Desk(county, found, districts)
    _voters(desk)
    _accounts(desk)
    return desk


def _voters(desk: Desk) -> None:
    for n in range(20):
        number = number_of(n)
        Voter.objects.create(
            election=desk.election, division=desk.county.division, district=desk.districts[SECOND], name=f"选民{n:02d}", sex="male",
            birth_date=cells.birth_date(number), identity_number=number, source="household",
        )  # fmt: skip


def number_of(n: int) -> str:
    """The identity number of the n-th voter of 第二选区."""
    head = f"9901011980{1 + n % 12:02d}{1 + n % 28:02d}{n:03d}"
    return head + cells.check_character(head)


ROLES = {
    "elect": "election_clerk", "teller1": "teller", "teller2": "teller", "registrar": "registrar", "director": "director", "second_clerk": "election_clerk",
}  # fmt: skip


def _accounts(desk: Desk) -> None:
    organ = Organ.objects.get(name="县教育局")
    for name, role in ROLES.items():
        account = Account(username=name, display_name=name, must_change_password=False)
        account.set_password(PASSWORD)
        account.save()
        hat = Hat.objects.create(
            account=account, role=role, division=desk.county.division, organ=organ if role == "registrar" else None
        )
        desk.accounts[name], desk.actors[name] = account, gate.actor_of(hat)
