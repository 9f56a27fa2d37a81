"""Fixtures of the register pages: an office and a browserless client per role."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from renda.core import clock
from tests import office as offices
from tests.office import Office

TODAY = date(2021, 11, 20)


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """The office on 20 November 2021."""
    with clock.travel(TODAY):
        yield offices.make()


@pytest.fixture
def as_role(office: Office) -> Callable[[str], Client]:
    """A client that is signed in under a role's name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(office.accounts[name])
        return client

    return sign_in
