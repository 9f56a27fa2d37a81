"""Home by role: what is at hand to enter is what the role enters day by day."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from renda.registers import registry
from renda.web import menu

NEW = re.compile(r'<a class="btn [^"]*" href="(/[^"]+/new/)"')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("town", ["/deputies/activities/new/", "/stations/receptions/new/", "/projects/livelihood/new/"]),
        ("clerk", ["/meetings/meetings/new/", "/supervision/reports/new/", "/suggestions/suggestions/new/"]),
        ("director", []),
    ],
)
def test_what_is_entered_day_by_day_is_one_press_away(as_role: Callable[[str], Client], name: str, expected: list[str]) -> None:
    client = as_role(name)
    found = NEW.findall(client.get("/").content.decode())
    assert found == expected
    assert [client.get(url).status_code for url in found] == [200] * len(expected)


@pytest.mark.django_db
def test_the_word_for_entering_is_not_said_twice(as_role: Callable[[str], Client]) -> None:
    client = as_role("petition")
    for url in ("/", "/petitions/petitions/", "/petitions/petitions/new/"):
        text = client.get(url).content.decode()
        assert "登记信访登记" not in text, url
        assert "登记信访" in text, url


def test_each_daily_register_is_of_its_room() -> None:
    assert {registry.get(code).room for code in menu.DAILY.values()} == set(menu.DAILY)
