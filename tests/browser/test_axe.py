"""Real Chromium and axe over registers that hold rows: lists and records at both widths, and home of every role.

Every register's list is opened on a phone; records, forms and wide lists of a sample that has every kind of column and part of a
page. `./run python -m dev.axe` opens all of all registers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from renda.directory.models import Account, Hat
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.office import PASSWORD, ROLES, Office
from tests.registers import filled as filling
from tests.registers.filled import Filled

WHOLE = os.environ.get("RENDA_AXE") == "whole"
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def filled(transactional_db: None, live_server: Any) -> Filled:
    """Thirty records in every register, and an operator who sees them all."""
    made = filling.make()
    account = Account(username="operator", display_name="运行值班", must_change_password=False)
    account.set_password(PASSWORD)
    account.save()
    Hat.objects.create(account=account, role="operator", division=made.county.division)
    return made


def traits(register: Register) -> set[str]:
    """What may look different on a register's pages."""
    found = {f"{column.kind}{'*' if column.secret else ''}" for column in register.columns}
    named = {"matter": register.matter_kind, "child": register.parent, "person": register.person}
    return found | {name for name, has in named.items() if has} | ({"children"} if registry.children_of(register) else set())


def sample() -> list[Register]:
    """A few registers that have every trait between them."""
    chosen: list[Register] = []
    missing = set().union(*(traits(one) for one in registry.all_registers()))
    while missing:
        best = max(registry.all_registers(), key=lambda one: len(traits(one) & missing))
        chosen.append(best)
        missing -= traits(best)
    return chosen


def test_the_sample_is_small_and_has_everything() -> None:
    assert 2 <= len(sample()) <= 10
    assert set().union(*(traits(one) for one in sample())) == set().union(*(traits(one) for one in registry.all_registers()))


def pages(filled: Filled) -> Iterator[tuple[str, list[dict[str, int]]]]:
    """Addresses with the sizes of the window that they are looked at in."""
    chosen = {one.code for one in (registry.all_registers() if WHOLE else sample())}
    for register in registry.all_registers():
        yield f"{addresses.of_list(register)}?size=3", [PHONE, *([WIDE] if register.code in chosen else [])]
        if register.code in chosen:
            pk = filled.few(register)
            yield addresses.of_record(register, pk), [PHONE, WIDE]
            yield addresses.of_action(register, pk, "edit"), [PHONE]


def test_axe_finds_nothing_serious_where_registers_hold_rows(open_page: Callable[..., Any], filled: Filled) -> None:
    page = open_page(**PHONE, color_scheme="dark")
    sign_in(page, "operator")
    found = []
    for address, sizes in pages(filled):
        page.goto(address)
        assert page.locator(".r-fault").count() == 0, address
        for size in sizes:
            page.set_viewport_size(size)
            found += faults(page)
        page.set_viewport_size(PHONE)
    assert found == []


@pytest.fixture
def office(transactional_db: None, live_server: Any) -> Office:
    """The office on the live site."""
    return offices.make()


def test_axe_finds_nothing_serious_at_home_of_any_role(open_page: Callable[..., Any], office: Office) -> None:
    found = []
    for name in ROLES:
        page = open_page(**WIDE)
        sign_in(page, name)
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            found += faults(page)
        page.context.clear_cookies()
    assert found == []
