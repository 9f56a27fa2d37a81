"""``renda election … --here``: under what the county has settled in its database."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.elections.commands import election
from renda.lawbook import services
from tests import county as counties

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(election, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_packs_and_choices_of_the_county_are_the_law_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    counties.make_county()
    with clock.travel(date(2026, 11, 23)):
        services.use_packs(["zhejiang"], reason="省规定", actor=OPERATOR)
        services.choose("cal.election.backward.strict", "strict", reason="选举委员会决定", since=None, actor=OPERATOR)
        plain = {row["key"]: row["date"] for row in run("calendar", "--election-day", "2026-12-29")["dates"]}
        here = {row["key"]: row["date"] for row in run("calendar", "--election-day", "2026-12-29", "--here")["dates"]}
        line = run("calendar", "--election-day", "2026-12-29", "--here", "--choose", "cal.election.backward.strict=default")
    assert (plain["elec.list.publish"], here["elec.list.publish"]) == ("2026-12-09", "2026-12-08")
    assert "elec.voter.late_registration" not in plain
    assert here["elec.voter.late_registration"] == "2026-12-16"
    assert {row["key"]: row["date"] for row in line["dates"]}["elec.list.publish"] == "2026-12-09"
