"""An election being prepared: a county with two townships, its election and the townships', districts, and accounts of the roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client

from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.elections.models import Election, ElectoralDistrict
from renda.registers import registry
from renda.registers.services import Change, save
from tests import small_county
from tests.office import ROLES
from tests.small_county import SmallCounty

DAY = date(2026, 12, 29)
COUNTY, TOWNSHIP = "2026年县级换届选举", "2026年龙潭镇换届选举"
DISTRICTS = (("第1选区", 3, 4500, "龙潭镇"), ("第2选区", 1, 4500, "龙潭镇"), ("第10选区", 2, 3000, "白沙镇"))
WHO = ("clerk", "elect", "registrar", "teller", "director", "town", "petition")


@dataclass
class Desk:
    """What the tests work with."""

    county: SmallCounty
    election: Election
    township: Election
    districts: dict[str, ElectoralDistrict] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        """The clerk of the election committee."""
        return gate.actor_of(self.accounts["elect"].hats.get())

    def client(self, name: str = "elect") -> Client:
        """A browser signed in."""
        client = Client()
        client.force_login(self.accounts[name])
        return client

    def enter(self, code: str, rows: list[dict[str, Any]]) -> list[int]:
        """Enter rows of a register of the county's election by their headings."""
        return self.county.enter(f"elections.{code}", [{"选举": COUNTY} | row for row in rows])

    def faults(self, code: str, row: dict[str, Any]) -> dict[str, str]:
        """What is wrong with a row, by column."""
        return self.county.read(f"elections.{code}", [{"选举": COUNTY} | row]).faults.get(0, {})

    def fix(self, seats: int, population: int, **more: Any) -> int:
        """Fix the county's seats."""
        row = {
            "决定文号": "省常发1号",
            "确定的代表总名额": seats,
            "人口数": population,
            "人口数截至": "2026-06-30",
            "决定日期": "2026-08-01",
        }
        return self.enter("seat_decisions", [row | more])[0]

    def set(self, code: str, pk: int, **values: Any) -> None:
        """Change a record by hand."""
        save(registry.get(f"elections.{code}"), [Change(values, pk)], actor=self.clerk)


def make() -> Desk:
    """A fresh desk: nothing fixed, three county districts, one township election held with the county's."""
    county = small_county.make()
    county.enter("elections.elections", [{"选举名称": COUNTY, "选举层级": "县级", "届次": 13, "选举日": DAY}])
    place = {
        "选举名称": TOWNSHIP,
        "选举层级": "乡级",
        "届次": 20,
        "选举日": DAY,
        "同步进行的县级选举": COUNTY,
        "所属区划": "龙潭镇",
    }
    county.enter("elections.elections", [place])
    election, township = Election.objects.get(name=COUNTY), Election.objects.get(name=TOWNSHIP)
    desk = Desk(county, election, township)
    desk.enter("districts", [
        {"选区名称": name, "应选名额": seats, "人口数": people, "所属区划": town} for name, seats, people, town in DISTRICTS
    ])  # fmt: skip
    desk.districts = {one.name: one for one in ElectoralDistrict.objects.filter(election=election)}
    for name in WHO:
        desk.accounts[name] = _account(county, name)
    return desk


def _account(county: SmallCounty, name: str) -> Account:
    account = Account(username=name, display_name=name, must_change_password=False)
    account.set_password("correct-horse-battery")
    account.save()
    division = county.townships["龙潭镇"] if name == "town" else county.division
    organ = county.organs["县教育局"] if name == "registrar" else None
    Hat.objects.create(account=account, role=ROLES[name], division=division, organ=organ)
    return account
