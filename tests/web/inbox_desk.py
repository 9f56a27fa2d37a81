"""An office with petitions in every state that the tests of the inbox ask for. Today is 20 November 2021."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.petitions.models import Petition
from renda.procedure import services
from tests.office import Office

REGISTER = "petitions.petitions"


class Desk:
    """Petitions of an office and those who act in them, each as its account's first hat."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def actor(self, name: str) -> Actor:
        """The actor behind an account of the office."""
        hat = Hat.objects.select_related("account", "division", "organ").filter(account=self.office.accounts[name])
        return gate.actor_of(hat.order_by("pk")[0])

    def unit(self, organ: str) -> Actor:
        """A handling unit with an account of its own."""
        account = Account.objects.create(username=organ, display_name=organ, must_change_password=False)
        self.office.accounts[organ] = account
        Hat.objects.create(
            account=account, role="handling_unit", division=self.office.county.division, organ=self.office.county.organs[organ]
        )
        return self.actor(organ)

    def register(self, *received: str, **more: Any) -> list[int]:
        """Petitions that came on these days, their deadlines running."""
        rows = [
            {
                "收到日期": day,
                "信访事项": f"反映路灯不亮（{n}）",
                "信访形式": "来信",
                "信访人": "周大勇",
                "联系电话": "13812345678",
                **more,
            }
            for n, day in enumerate(received)
        ]
        return self.office.county.enter(REGISTER, rows, year=2021)

    def take(self, pk: int, code: str, on: date, answers: Mapping[str, Any] | None = None, who: str = "petition") -> None:
        """One step in one petition."""
        services.take(Petition, "petition", code, [pk], actor=self.actor(who), on=on, answers=answers or {})

    def assign(self, pk: int, organ: str = "县教育局", on: date = date(2021, 11, 16)) -> int:
        """Assigned to a unit, the petitioner told; the report is wanted by 10 December. Returns the petition."""
        answers = {"handler": self.office.county.organs[organ].pk, "report_by": date(2021, 12, 10), "notified": on}
        self.take(pk, "assign", on, answers)
        return pk

    def answered(self, pk: int) -> int:
        """Assigned to 县教育局, taken up and answered."""
        self.assign(pk)
        self.take(pk, "take_up", date(2021, 11, 17), {"notified": date(2021, 11, 17)}, "unit")
        answers = {"result": "supported", "facts": "路灯损坏属实", "decision": "已修好", "legal_basis": "《信访条例》"}
        self.take(pk, "answer", date(2021, 11, 18), answers, "unit")
        return pk
