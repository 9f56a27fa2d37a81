"""``renda law`` with what the county settled: packs, choices, holidays, and the law under them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from renda.core import clock
from renda.journal.models import Entry
from renda.law.seed_holidays import from_library, write
from renda.lawbook.cli import law
from renda.lawbook.services import context
from tests import county as counties

pytestmark = pytest.mark.django_db
NOTICE = Path(__file__).parents[1] / "law" / "notices"


@pytest.fixture(autouse=True)
def records(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """青禾县 on 23 November 2026; the test's database is already open."""
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    monkeypatch.setattr("renda.lawbook.cli.open_records", lambda: None)
    counties.make_county()
    with clock.travel(date(2026, 11, 23)):
        yield


def call(*arguments: str) -> Result:
    return CliRunner().invoke(law, list(arguments))


def read(*arguments: str) -> dict[str, Any]:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_packs_in_use_are_the_law_here_and_only_here() -> None:
    assert call("use", "chongqing", "--reason", "市人大常委会规定").exit_code == 0
    assert [row["pack"] for row in read("packs")["packs"] if row["order"]] == ["chongqing"]
    assert read("show", "appt.deadline.submit", "--here")["value"] == 7
    assert read("show", "appt.deadline.submit", "--here", "--pack", "guangdong")["value"] == 10
    assert call("show", "appt.deadline.submit").exit_code == 1
    assert "只用国家法律" in call("use").output
    assert call("show", "appt.deadline.submit", "--here").exit_code == 1


def test_a_choice_is_counted_with_listed_and_withdrawn() -> None:
    key = "choice.roll.suggestions"
    assert call("choose", key, "roll", "--reason", "主任会议决定").exit_code == 0
    assert read("due", "sugg.reply.normal", "--from", "2026-11-30", "--here")["date"] == "2027-03-01"
    assert read("due", "sugg.reply.normal", "--from", "2026-11-30")["date"] == "2027-02-28"
    row = {one["key"]: one for one in read("choices")["choices"]}[key]
    assert (row["state"], row["chosen"], row["default"], row["reason"]) == ("chosen", "roll", "no_roll", "主任会议决定")
    assert row["set_by"].startswith("平台运行人员")
    assert call("choose", key, "--withdraw", "--reason", "另行研究").exit_code == 0
    assert {one["key"]: one for one in read("choices")["choices"]}[key]["state"] == "default"


def test_a_choice_for_one_county_or_from_a_day_on() -> None:
    key = "choice.roll.suggestions"
    assert call("choose", key, "roll", "--since", "2027-01-01", "--division", "青禾县", "--reason", "定了").exit_code == 0
    row = {one["key"]: one for one in read("choices", "--division", "青禾县")["choices"]}[key]
    assert (row["state"], row["chosen"], row["planned"]) == ("default", None, [{"since": "2027-01-01", "value": "roll"}])
    assert call("choose", key, "roll", "--division", "无此县", "--reason", "定了").exit_code == 1


def test_what_is_open_stays_open() -> None:
    rows = {one["key"]: one for one in read("choices")["choices"]}
    assert rows["elec.committee.size"]["state"] == "open"
    assert rows["elec.committee.size"]["shown"] == "待定"
    assert rows["elec.committee.size"]["packs"] == ["shandong", "shanghai"]
    assert "待定" in call("choices").output


def test_a_year_is_imported_from_table_library_or_notice(tmp_path: Path) -> None:
    shipped = from_library(2026)
    file = write(shipped, tmp_path)
    assert call("holidays", "import", str(file), "--source", "国办发明电", "--reason", "核对").exit_code == 0
    assert call("holidays", "import", "--year", "2025", "--reason", "核对").exit_code == 0
    notice = NOTICE / "2023.txt"
    assert (
        call(
            "holidays", "import", str(notice), "--year", "2023", "--source", "国办发明电〔2022〕16号", "--reason", "原文"
        ).exit_code
        == 0
    )
    rows = {row["year"]: row for row in read("holidays", "list")["years"]}
    assert (rows[2026]["source"], rows[2026]["entered"]) == ("国办发明电", True)
    assert rows[2023]["source"] == "国办发明电〔2022〕16号"
    assert rows[2024]["entered"] is False
    assert rows[2027]["status"] == "predicted"
    assert read("holidays", "show", "2023")["workdays"][0] == "2023-01-28"
    assert context().holidays.year(2026) == shipped
    assert call("holidays", "restore", "2023", "--reason", "恢复").exit_code == 0
    assert Entry.objects.filter(action="law.holidays").count() == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("choose", "no.such.key", "1", "--reason", "因"), "没有名为"),
        (("choose", "elec.list.publish", "1", "--reason", "因"), "法律已有规定"),
        (("choose", "choice.roll.suggestions", "never", "--reason", "因"), "不能选"),
        (("choose", "choice.roll.suggestions", "--withdraw", "--reason", "因"), "没有本县的选择"),
        (("use", "atlantis"), "没有名为 atlantis"),
        (("holidays", "restore", "2031", "--reason", "因"), "没有本县录入"),
        (("holidays", "import", "--year", "2026", "--reason", " "), "请写明理由"),
    ],
)
def test_refusals_are_one_clear_line(arguments: tuple[str, ...], words: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 1
    assert words in result.output


@pytest.mark.parametrize(
    "arguments", [("choose", "choice.roll.suggestions", "--reason", "因"), ("holidays", "import", "--reason", "因")]
)
def test_half_a_command_is_sent_back(arguments: tuple[str, ...]) -> None:
    assert call(*arguments).exit_code == 2


def test_a_faulty_table_is_refused(tmp_path: Path) -> None:
    for text, words in (
        ("year: 2026\nholidays: {2025-01-01: 元旦}\n", "不在 2026 年"),
        ("year: 2026\nholidays: {2026-02-14: 春节}\nworkdays: [2026-02-14]\n", "既写了放假又写了上班"),
        ("year: 2026\nworkdays: [2026-02-16]\n", "不是周末"),
        ("holidays: {}\n", "应写明 year"),
        ("year: 2026\nholidays: {除夕: 春节}\n", "不是日期"),
        ("year: 2026\nstatus: sure\n", "status"),
    ):
        file = tmp_path / "y.yaml"
        file.write_text(text, encoding="utf-8")
        result = call("holidays", "import", str(file), "--source", "通知", "--reason", "因")
        assert (result.exit_code, words in result.output) == (1, True), (text, result.output)
