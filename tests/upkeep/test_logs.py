"""Logs say what happened and where, and nothing personal: neither of requests, nor of errors, nor of libraries."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from renda.core import logs
from renda.directory.models import Account
from tests import office as offices

pytestmark = pytest.mark.django_db
NAME, NUMBER, PHONE = "欧阳震华", "51022119750304123X", "13987654321"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What the site's own logging writes, all loggers from INFO on."""
    monkeypatch.setenv("RENDA_LOG", "json")
    said = logs.configuration()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines(json_ensure_ascii=False))
    root, before = logging.getLogger(), logging.getLogger().level
    assert said["formatters"]["line"]["()"] == "renda.core.logs.JsonLines"
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    levels = {name: logging.getLogger(name).level for name in said["loggers"]}
    for name in levels:
        logging.getLogger(name).setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_request_is_told_by_its_pattern(lines: Lines) -> None:
    office = offices.make(1)
    client = Client()
    client.force_login(office.accounts["petition"])
    pk = office.ids["petitions.petitions"][0]
    answer = client.get(f"/petitions/petitions/{pk}/?q={NAME}", headers={"x-request-id": "0123456789abcdef"})
    (line,) = [one for one in lines() if one["logger"] == "renda.request"]
    assert answer.headers["X-Request-ID"] == line["request"] == "0123456789abcdef"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "INFO")
    assert "<int:pk>" in line["route"]
    assert line["ms"] > 0
    assert len(line["account"]) == 12
    assert str(office.accounts["petition"].pk) != line["account"]
    again = client.get("/", headers={"x-request-id": f"{NAME} {'x' * 99}"})
    assert again.headers["X-Request-ID"] not in ("0123456789abcdef", "")
    assert NAME not in again.headers["X-Request-ID"]


def test_a_name_that_is_posted_never_shows(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    office = offices.make(1)
    client = Client(raise_request_exception=False)
    client.force_login(office.accounts["petition"])
    form = {"petitioner": NAME, "phone": PHONE, "title": f"{NAME}反映道路积水", "identity": NUMBER}
    client.post("/petitions/petitions/new/", form)
    client.post("/login/", {"username": NAME, "password": PHONE})
    client.post(f"/no/{NAME}/", form)

    def fail(*_given: object, **_more: object) -> None:
        raise IntegrityError(f"duplicate key\nDETAIL:  Key (name, phone)=({NAME}, {PHONE}) already exists.") from ValueError(
            NUMBER
        )

    monkeypatch.setattr("renda.ui.views.registry.get", fail)
    monkeypatch.setattr("renda.web.pages.reminders.groups", fail)
    statuses = [client.post("/petitions/petitions/new/", form).status_code, client.get(f"/notices/?q={NAME}").status_code]
    assert 500 in statuses
    whole = json.dumps(lines(), ensure_ascii=False)
    for secret in (NAME, NUMBER, PHONE, Account.objects.get(username="petition").display_name + "（"):
        assert secret not in whole
    assert "IntegrityError" in whole
    assert "ValueError" in whole
    assert "renda/web/" in whole, "where it happened is told"
    assert len([one for one in lines() if one["logger"] == "renda.request"]) == 5


@pytest.mark.parametrize(
    ("name", "message", "arguments", "said"),
    [
        ("renda.jobs", "job %s was lost", (7,), "job 7 was lost"),
        ("psycopg.pool", "error connecting in %r: %s", ("pool-1", NAME), "error connecting in %r: %s"),
        ("django.request", "%s: %s", ("Not Found", f"/petitions/{NAME}/"), "Not Found"),
    ],
)
def test_only_our_own_words_are_filled_in(
    name: str, message: str, arguments: tuple[object, ...], said: str, lines: Lines
) -> None:
    logging.getLogger(name).warning(message, *arguments)
    assert lines()[-1]["event"] == said


def test_a_library_that_fills_in_itself_is_told_by_its_place(lines: Lines) -> None:
    logging.getLogger("some.library").error(f"cannot greet {NAME}")
    line = lines()[-1]
    assert line["event"].startswith("test_logs.test_a_library_that_fills_in_itself_is_told_by_its_place:")
    logging.getLogger("procrastinate.worker").error(
        f"Job check[1](name={NAME}) failed", extra={"action": "job_error", "job": NAME}
    )
    assert lines()[-1]["event"] == "job_error"
    assert NAME not in json.dumps(lines(), ensure_ascii=False)


def test_at_a_terminal_the_same_is_told_in_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENDA_LOG", "text")
    said = logs.configuration()
    assert said["formatters"]["line"]["()"] == "renda.core.logs.PlainLines"
    try:
        raise ValueError(NAME)
    except ValueError as error:
        record = logging.LogRecord(
            "renda.x", logging.ERROR, __file__, 1, "it broke", (), (type(error), error, error.__traceback__)
        )
    text = logs.PlainLines().format(record)
    assert "it broke（ValueError）" in text
    assert "test_logs.py" in text
    assert NAME not in text
