"""Every register's list and detail page ask as many queries for thirty of everything as for a few."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.directory import gate, roles
from renda.directory.gate import OPERATOR
from renda.directory.models import Account, Hat
from renda.registers import query, registry
from renda.registers.columns import Column
from renda.registers.register import Register
from renda.ui import addresses
from tests.registers.filled import MANY, Filled

DOOR = ("django_session", "web_signin", "web_doorpolicy")
"""Tables of the door, which are asked now and then and not by what a page shows."""
MOST = {"list": 30, "detail": 90}
"""No page may ask more than this, however constant."""


@pytest.fixture(scope="module")
def clerks(filled: Filled) -> dict[str, Client]:
    """Clerks of the county, who see it through the gate as an office does: the office's, and the election's for what names voters."""
    return {role: _signed_in(role, filled) for role in ("congress_clerk", "election_clerk")}


def _signed_in(role: str, filled: Filled) -> Client:
    account = Account.objects.create(username=role, display_name="王秀英", must_change_password=False)
    Hat.objects.create(account=account, role=role, division=filled.county.division)
    signed_in = Client()
    signed_in.force_login(account)
    signed_in.get("/")  # the first request of a minute notes that the account was seen
    return signed_in


@pytest.fixture
def client(clerks: dict[str, Client], request: pytest.FixtureRequest) -> Client:
    """The clerk who may see the register that the test is about."""
    room = gate.access_of(registry.get(request.node.callspec.params["code"]).model).room
    return clerks["election_clerk" if room == roles.ROLL else "congress_clerk"]


def asked(client: Client, page: str) -> list[str]:
    """The queries of a page, without those that keep the door."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page)
    assert answer.status_code == 200, page
    told = [one["sql"] for one in captured.captured_queries]
    return [sql for sql in told if not any(table in sql for table in DOOR) and not sql.startswith(("SAVEPOINT", "RELEASE"))]


def more(few: list[str], many: list[str]) -> list[str]:
    """The queries that the larger page asked beside those of the smaller one: by table and what they filter, without their values."""
    kinds = [Counter(" ".join(word for word in sql.split() if '"' in word)[:300] for sql in side) for side in (few, many)]
    return [f"{kinds[0][one]} → {kinds[1][one]}: {one}" for one in kinds[0] | kinds[1] if kinds[0][one] != kinds[1][one]]


def asks(register: Register, filled: Filled) -> dict[str, str]:
    """The list as it opens, and sorted by its last sortable column, searched, and narrowed by its year and columns."""
    sortable = [c for c in register.columns if not c.secret and (c.kind == "milestone" or c.sort_path)]
    narrowed = [f"{c.field}={_value(c, filled)}" for c in register.columns if not c.secret and _value(c, filled)]
    return {"plain": "", "narrowed": "&".join([f"sort=-{sortable[-1].field}", "year=2021", "q=第", *narrowed])}


def _value(column: Column, filled: Filled) -> str:
    """A condition on the column that all records meet."""
    if column.kind in ("day", "milestone"):
        return "2000-01-01..2040-01-01"
    if column.kind == "text" and "__" not in column.field:
        return "第"
    return str(filled.county.division.pk) if column.field == "division" else ""


def registers() -> list[str]:
    return [register.code for register in registry.all_registers()]


@pytest.mark.django_db
@pytest.mark.parametrize("code", registers())
def test_a_list_asks_as_many_queries_for_thirty_rows_as_for_three(filled: Filled, client: Client, code: str) -> None:
    register = registry.get(code)
    held = register.records().count()
    assert held >= MANY
    assert query.page(register, OPERATOR, query.Query()).count == held
    for name, parameters in asks(register, filled).items():
        page = f"{addresses.of_list(register)}?{parameters}&size="
        few, many = asked(client, f"{page}3"), asked(client, f"{page}{MANY}")
        assert len(few) == len(many) <= MOST["list"], (name, more(few, many))


@pytest.mark.django_db
@pytest.mark.parametrize("code", registers())
def test_a_record_with_thirty_of_everything_asks_as_many_as_one_with_two(filled: Filled, client: Client, code: str) -> None:
    register = registry.get(code)
    few = asked(client, addresses.of_record(register, filled.few(register)))
    many = asked(client, addresses.of_record(register, filled.many(register)))
    assert len(few) == len(many) <= MOST["detail"], more(few, many)
