"""A county with a deputy at each level, the districts that elected them, and the voters of those districts on a roll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Mandate
from renda.elections.models import Recall, Resignation
from renda.procedure import services as procedure
from renda.procedure.models import Matter
from renda.registers import registry
from tests.elections.lists import desk as rolls
from tests.elections.lists.desk import Desk

DAY = date(2023, 3, 10)
M = TypeVar("M", Recall, Resignation)
KINDS: dict[type[Matter], str] = {Recall: "deputy_recall", Resignation: "deputy_resignation"}


@dataclass
class Office:
    """The roll's desk, and the mandates by level."""

    desk: Desk
    mandates: dict[str, Mandate]


def make() -> Office:
    """李娜 is a county deputy of 第一选区, 张伟 a township deputy of 龙潭镇第一选区, both of the term elected in 2021."""
    desk = rolls.make()
    rows: list[dict[str, Any]] = [
        {"姓名": "李娜", "代表层级": "县级", "届次": 12, "选区（选举单位）": "第一选区", "任职起始日期": "2021-12-01"},
        {
            "姓名": "张伟", "代表层级": "乡级", "届次": 12, "选区（选举单位）": "龙潭镇第一选区", "任职起始日期": "2021-12-02", "所属区划": "龙潭镇",
        },
    ]  # fmt: skip
    for row in rows:
        desk.county.enter("directory.deputies", [row])
    found = {one.level: one for one in Mandate.objects.filter(since__in=("2021-12-01", "2021-12-02")).select_related("person")}
    return Office(desk, found)


def clerk(office: Office, role: str = "congress_clerk") -> Actor:
    """A clerk of the county's standing committee."""
    division = office.desk.county.division
    return Actor("陈常", role, division_id=division.pk, division_path=division.path)


def township_clerk(office: Office) -> Actor:
    """The clerk of 龙潭镇's congress."""
    town = office.desk.county.townships["龙潭镇"]
    return Actor("镇办", "township_clerk", division_id=town.pk, division_path=town.path)


def voters(office: Office, place: str, count: int) -> list[str]:
    """``count`` more voters of a district; returns their names."""
    names = [f"选民{n:03d}" for n in range(count)]
    start = {"county": 300, "east": 500}[place]
    for n, name in enumerate(names):
        rolls.voter(office.desk, place, name, start + n)
    return names


def demand(office: Office, level: str = "county", signed: int = 60, on: str = "2023-03-01") -> Recall:
    """A demand for the recall of the deputy of a level."""
    row = {
        "收到罢免要求日期": on, "代表": office.mandates[level].person.name, "代表层级": {"county": "县级", "township": "乡级"}[level],
        "联名人数": signed, "领衔选民": "王丽", "罢免理由": "长期不履行代表职责",
    }  # fmt: skip
    (pk,) = office.desk.county.enter("elections.recalls", [row])
    return Recall.objects.get(pk=pk)


def resign(office: Office, level: str = "county") -> Resignation:
    """A resignation of the deputy of a level."""
    words = {"county": "县级", "township": "乡级"}[level]
    row = {
        "收到辞职请求日期": "2023-03-01",
        "代表": office.mandates[level].person.name,
        "代表层级": words,
        "辞职原因": "工作调动",
    }
    (pk,) = office.desk.county.enter("elections.resignations", [row])
    return Resignation.objects.get(pk=pk)


def take(matter: M, code: str, actor: Actor, on: date = DAY, **answers: Any) -> M:
    """Take a step; returns the matter as it stands then."""
    model = type(matter)
    with clock.travel(on):
        procedure.take(model, KINDS[model], code, [matter.pk], actor=actor, on=on, answers=answers)
    return model.objects.get(pk=matter.pk)


def undo(matter: Recall | Resignation, actor: Actor) -> None:
    """Correct the last step."""
    with clock.travel(DAY):
        procedure.undo(type(matter), KINDS[type(matter)], matter.pk, reason="登记有误", actor=actor)
    matter.refresh_from_db()


def register_of(matter: Recall | Resignation) -> Any:
    """The register of a matter."""
    return registry.get("elections.recalls" if isinstance(matter, Recall) else "elections.resignations")


def mandate_of(matter: Recall | Resignation) -> Mandate:
    """The mandate that a matter is about, as it stands now."""
    assert matter.mandate_id is not None
    return Mandate.objects.get(pk=matter.mandate_id)
