"""Every address × role × scope, from the table in `guard_table.txt`: an address or a role that the table does not know fails.

A line is: address, object, method, and one mark for each role: `y` served (or asks for more), `n` refused (403), `0` not there (404),
`>` sent to the sign-in, `.` not this method (405), `!` limited (429). Objects are those of `guard_records`. A new address needs its
lines here before its first test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from renda.core import clock
from renda.directory import roles
from renda.directory.models import Hat
from tests.office import ROLES
from tests.ui.conftest import TODAY
from tests.web import guard_records
from tests.web.guard_records import Records

TABLE = Path(__file__).with_name("guard_table.txt")
MARKS = {403: "n", 404: "0", 405: ".", 429: "!"}
ANYONE = "anyone"


def routes() -> dict[str, set[str]]:
    """Every address's name and the parameters that it takes."""
    return dict(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: Any, space: str, given: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    for one in patterns:
        takes = (*given, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, takes)
        elif isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield space + one.name, set(takes)


def table() -> tuple[list[str], list[list[str]]]:
    """The roles of the head line, and the lines."""
    lines = [line.split("|") for line in TABLE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    cells = [[cell.strip() for cell in line] for line in lines]
    return cells[0][3].split(), cells[1:]


HEAD, LINES = table()


def test_the_table_knows_every_address_and_no_other() -> None:
    assert {line[0] for line in LINES} == set(routes())


def test_the_table_knows_every_role() -> None:
    assert [ANYONE, *ROLES] == HEAD
    assert {ROLES[name] for name in HEAD[1:]} == set(roles.ROLES), "a role without an account in tests/office.py"


def test_no_line_stands_twice_and_each_has_a_mark_for_every_role() -> None:
    keys = [tuple(line[:3]) for line in LINES]
    assert len(keys) == len(set(keys))
    for line in LINES:
        assert len(line[3].split()) == len(HEAD), line


def test_addresses_of_records_are_tried_in_every_scope() -> None:
    """An address with a record's number in it has a line for what is elsewhere and, where records are voided, for a voided one."""
    tried = {(line[0], line[1].partition("@")[2]) for line in LINES}
    for name, takes in routes().items():
        scopes = {line[1].partition("@")[0] for line in LINES if line[0] == name}
        if "pk" in takes and scopes & {"suggestion", "petition", "report"}:
            assert {(name, ""), (name, "elsewhere"), (name, "voided")} <= tried, name


READS_RECORDS = ("suggestion", "petition", "report", "import", "figure", "album", "template", "organs")
ADMINISTRATORS = ("system", "security", "audit")


def test_the_three_administrators_read_no_records() -> None:
    """In the table itself: no address of a room, a report, an import or a figure serves them, whatever the record."""
    for name, thing, _method, marks in LINES:
        if thing.startswith(READS_RECORDS) and (name, thing) != ("ui:lookup", "people"):
            assert not {marks.split()[HEAD.index(who)] for who in ADMINISTRATORS} & {"y"}, (name, thing)


@pytest.fixture(scope="module")
def records(django_db_setup: None, django_db_blocker: Any) -> Iterator[Records]:
    """The records once for all roles: each request is taken back, and in the end all of them."""
    with django_db_blocker.unblock(), clock.travel(TODAY), transaction.atomic():
        yield guard_records.make()
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", HEAD)
def test_every_address_answers_as_the_table_says(records: Records, who: str) -> None:
    place, wrong, known = HEAD.index(who), [], routes()
    client = Client(raise_request_exception=False)
    if who != ANYONE:
        client.force_login(records.office.accounts[who])
    signed_in = client.cookies.output()
    for name, thing, method, marks in LINES:
        client.cookies.load(signed_in.replace("Set-Cookie: ", ""))
        address = reverse(name, kwargs={key: value for key, value in records.parts[thing].items() if key in known[name]})
        found, expected = _mark(client, address, method), marks.split()[place]
        if found != expected:
            wrong.append(f"{name} {thing} {method}: {expected} expected, {found} found")
    if os.environ.get("GUARD_RECORD"):
        Path(os.environ["GUARD_RECORD"], who).write_text("\n".join(wrong), "utf-8")
    assert wrong == []


def _mark(client: Client, address: str, method: str) -> str:
    """How the address answers; whatever it changed is taken back."""
    with transaction.atomic():
        answer = getattr(client, method.lower())(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302) and answer.headers["Location"].startswith("/login/"):
        return ">"
    return MARKS.get(answer.status_code, "y" if answer.status_code < 500 else str(answer.status_code))


def test_a_hat_that_one_does_not_hold_is_never_worn(records: Records) -> None:
    """Whoever asks, the hat of another account stays off, and what it opens stays closed."""
    client = Client()
    for mine in ROLES:
        client.force_login(records.office.accounts[mine])
        for other in ROLES.keys() - {mine}:
            hat = Hat.objects.filter(account=records.office.accounts[other]).order_by("pk")[0]
            assert client.post(reverse("hat"), {"hat": hat.pk}).status_code == 404, (mine, other)
        assert client.session.get("hat") is None
