"""A county election with two township districts and one of the county town, and made-up voters on its roll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.directory.gate import Actor
from renda.elections.models import Election, ElectoralDistrict, RollState, Source, Voter, VoterGroup
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2021, 11, 10)
"""Election day; lists are due by 2021-10-21."""
NAMES = ("王丽", "丁一", "张三丰", "赵敏", "李四", "欧阳修", "阿不都热依木·买买提", "陈𬱖", "单雄信", "王芳")


@dataclass
class Desk:
    """The county, its elections, districts and voters."""

    county: SmallCounty
    election: Election
    township: Election
    districts: dict[str, ElectoralDistrict]
    voters: dict[str, list[Voter]]


def number_of(n: int, born: date = date(1990, 1, 1)) -> str:
    """A valid identity number of nobody."""
    head = f"990101{born:%Y%m%d}{n:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return head + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(head, weights, strict=True)) % 11]


def make() -> Desk:
    """A fresh desk: 县城第一选区 (county alone), and a county district of two township districts in 龙潭镇 and 白沙镇."""
    county = small_county.make()
    division = county.division
    common: dict[str, Any] = {"level": "county", "term_number": 12, "election_day": DAY, "division": division}
    election = Election.objects.create(natural_key="县", name="第十二届县人大代表选举", **common)
    town = county.townships["龙潭镇"]
    township = Election.objects.create(
        natural_key="镇", name="龙潭镇人大代表选举", held_with=election, **(common | {"level": "township", "division": town})
    )
    joint = district(election, division, "第二选区")
    districts = {
        "county": district(election, division, "第一选区", code="001"),
        "joint": joint,
        "east": district(township, town, "龙潭镇第一选区", parent=joint, code="101", office=county.organs["龙潭镇人民政府"]),
        "west": district(township, town, "龙潭镇第二选区", parent=joint, code="102", office=county.organs["县教育局"]),
    }
    desk = Desk(county, election, township, districts, {})
    for place, name in enumerate(("county", "east", "west")):
        desk.voters[name] = [voter(desk, name, given, place * 100 + n) for n, given in enumerate(NAMES)]
    return desk


def district(election: Election, division: Any, name: str, **more: Any) -> ElectoralDistrict:
    """An electoral district of two seats."""
    return ElectoralDistrict.objects.create(
        election=election, division=division, natural_key=f"{election.pk}{name}", name=name, seats=2, population=4000, **more
    )


def voter(desk: Desk, place: str, name: str, n: int, **more: Any) -> Voter:
    """A registered voter of a district, every other one in its second group."""
    where = desk.districts[place]
    group, _made = VoterGroup.objects.get_or_create(
        election=desk.election, district=where, name=f"第{2 if n % 2 else 10}小组", division=where.division,
        defaults={"natural_key": f"{where.pk}{n % 2}"},
    )  # fmt: skip
    values = {
        "state": RollState.REGISTERED,
        "source": Source.STATION,
        "sex": "male" if n % 2 else "female",
        "group": group,
    } | more
    return Voter.objects.create(
        election=desk.election, division=where.division, district=where, name=name, birth_date=date(1990, 1, 1),
        identity_number=number_of(n), **values,
    )  # fmt: skip


def clerk(desk: Desk) -> Actor:
    """The election committee's clerk of the county."""
    return Actor("王选", "election_clerk", division_id=desk.county.division.pk, division_path=desk.county.division.path)


def registrar(desk: Desk, place: str) -> Actor:
    """A registrar of a district's working group."""
    office = desk.districts[place].office
    return Actor(
        "登记员",
        "registrar",
        organ_id=office.pk if office else None,
        division_id=desk.county.division.pk,
        division_path=desk.county.division.path,
    )
