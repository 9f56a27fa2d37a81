"""An office at work for the tests of pages: a small county with suggestions, petitions and an account for each role."""

from __future__ import annotations

from dataclasses import dataclass

from renda.directory.models import Account, Hat, Person
from renda.registers import registry
from tests import small_county
from tests.small_county import SmallCounty

PASSWORD = "correct-horse-battery"
LONG_NAME = "阿不都热依木·买买提"
ROLES = {
    "clerk": "congress_clerk", "petition": "petition_clerk", "elect": "election_clerk", "registrar": "registrar", "teller": "teller",
    "director": "director", "town": "township_clerk", "deputy": "deputy", "unit": "handling_unit", "system": "system_admin",
    "security": "security_admin", "audit": "audit_admin", "operator": "operator",
}  # fmt: skip


@dataclass
class Office:
    """The county, its accounts by sign-in name, and the ids of what was entered by register."""

    county: SmallCounty
    accounts: dict[str, Account]
    ids: dict[str, list[int]]


def make(suggestions: int = 3) -> Office:
    """A fresh office with that many suggestions (the first is open and late on 2021-11-20), and two petitions."""
    county = small_county.make()
    return Office(county, _accounts(county), _records(county, suggestions))


def _accounts(county: SmallCounty) -> dict[str, Account]:
    made = {}
    for name, role in ROLES.items():
        person = Person.objects.get(pk=county.persons["张伟"]) if role == "deputy" else None
        account = Account(
            username=name, display_name=LONG_NAME if name == "clerk" else name, person=person, must_change_password=False
        )
        account.set_password(PASSWORD)
        account.save()
        division = county.townships["龙潭镇"] if role == "township_clerk" else county.division
        organ = county.organs["县教育局"] if role in ("handling_unit", "registrar") else None
        Hat.objects.create(account=account, role=role, division=division, organ=organ)
        made[name] = account
    Hat.objects.create(account=made["clerk"], role="director", division=county.division)
    return made


def _records(county: SmallCounty, suggestions: int) -> dict[str, list[int]]:
    rows = [
        {"编号": f"2021-{n + 1:03d}", "类别": "建议", "标题": f"关于农村饮水安全的建议（{n + 1}）", "领衔代表": "张伟" if n % 2 == 0 else "李娜",
         "主办单位": "县教育局" if n % 2 == 0 else "县交通局", "提出日期": "2021-02-25", "交办日期": "2021-03-01"}
        for n in range(suggestions)
    ]  # fmt: skip
    for row in rows[1:]:
        row |= {"答复日期": "2021-04-10", "办结日期": "2021-05-01", "办理结果": "A类", "代表满意度": "满意"}
    petitions = [
        {"编号": f"信2021-{n}", "收到日期": "2021-03-02", "信访事项": f"反映道路积水（{n}）", "信访形式": "来信", "反映领域": "交通",
         "信访人": "周大勇", "联系电话": "13812345678", "办结日期": "2021-04-02"}
        for n in (1, 2)
    ]  # fmt: skip
    entered = {"suggestions.suggestions": rows, "petitions.petitions": petitions}
    return {code: county.enter(code, several, year=2021) for code, several in entered.items() if _declared(code)}


def _declared(code: str) -> bool:
    return any(register.code == code for register in registry.all_registers())
