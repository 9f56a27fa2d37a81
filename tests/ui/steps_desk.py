"""A petition before the office in 2026, and the people who take steps in it through the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.test import Client

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.petitions.models import Petition
from renda.procedure import services
from tests import office as offices
from tests.office import Office

TODAY = date(2026, 12, 20)
PETITIONS = "/petitions/petitions/"


@dataclass
class Pages:
    """One petition (``pk``) and clients by sign-in name."""

    office: Office
    pk: int
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A signed-in client."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.office.accounts[name])
        return self.clients[name]

    def actor(self, name: str) -> Actor:
        """Who that account acts as."""
        return gate.actor_of(self.office.accounts[name].hats.order_by("pk")[0])

    @property
    def petition(self) -> Petition:
        """The petition as it stands."""
        return Petition.objects.get(pk=self.pk)

    @property
    def school(self) -> int:
        """The unit's own organ."""
        return self.office.county.organs["县教育局"].pk

    def take(self, name: str, code: str, on: date, **answers: Any) -> None:
        """Take a step, not through the pages."""
        outside = bool(answers.pop("outside", False))
        services.take(Petition, "petition", code, [self.pk], actor=self.actor(name), on=on, answers=answers, outside=outside)

    def address(self, rest: str = "") -> str:
        """A page of the petition."""
        return f"{PETITIONS}{self.pk}/{rest}"

    def page(self, name: str, rest: str = "", status: int = 200) -> str:
        """The text of a page; it answers with the status."""
        answer = self.client(name).get(self.address(rest))
        assert answer.status_code == status, (rest, answer.status_code)
        return str(answer.content.decode())

    def post(self, name: str, rest: str, status: int = 302, **data: Any) -> str:
        """Send a form; it answers with the status. The text of the page that follows."""
        answer = self.client(name).post(self.address(rest), data)
        assert answer.status_code == status, (rest, answer.status_code, answer.content.decode()[-3000:])
        return self.page(name) if status == 302 else str(answer.content.decode())


def enter(office: Office, number: str = "", **more: Any) -> int:
    """Register a petition received on 1 December 2026."""
    row = {
        "编号": number,
        "收到日期": "2026-12-01",
        "信访事项": "反映学校周边交通拥堵",
        "信访形式": "来信",
        "信访人": "周大勇",
        **more,
    }
    return office.county.enter("petitions.petitions", [row])[0]


def make() -> Iterator[Pages]:
    """A fixture's body: the office on 20 December 2026."""
    with clock.travel(TODAY):
        office = offices.make()
        yield Pages(office, enter(office))


@pytest.fixture
def pages(db: None) -> Iterator[Pages]:
    """The petition and its office."""
    yield from make()
