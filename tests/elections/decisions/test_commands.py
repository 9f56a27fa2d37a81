"""``renda election``: for people and for programs, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from renda.elections.commands import election

RECORD = {
    "district": "第一选区", "round": "first", "seats": 1, "voters": 3000, "participants": 2000, "ballots_recovered": 2000, "ballots_void": 0,
    "votes": [{"name": "甲", "votes": 1200, "listed": True}, {"name": "乙", "votes": 700, "listed": True}],
}  # fmt: skip


def call(*arguments: str) -> Result:
    return CliRunner().invoke(election, [*arguments])


def run(*arguments: str) -> dict[str, Any]:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def count(path: Path, *records: dict[str, Any], options: tuple[str, ...] = ()) -> tuple[int, dict[str, Any]]:
    file = path / "votes.json"
    file.write_text(json.dumps({"records": list(records)}, ensure_ascii=False), encoding="utf-8")
    result = call("count", str(file), "--election-day", "2026-12-29", "--json", *options)
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("level", "population", "day", "seats", "capped"),
    [
        ("county", "354,999", "2026-01-01", 210, False), ("county", "200万", "2026-01-01", 450, True), ("county", "1550000", "2026-01-01", 450, False),
        ("county", "200000", "2020-10-17", 160, False), ("township", "180000", "2026-01-01", 160, True), ("township", "１９９９", "2016-01-01", 41, False),
    ],
)  # fmt: skip
def test_quota(level: str, population: str, day: str, seats: int, capped: bool) -> None:
    found = run("quota", "--level", level, "--population", population, "--as-of", day)
    assert (found["seats"], found["capped"]) == (seats, capped)
    assert found["base"] + found["added"] >= seats
    assert found["article"].startswith("《选举法》")
    assert any("依法最多" in note for note in found["notes"])


def test_a_small_county_may_have_fewer_and_the_old_law_cites_the_old_articles() -> None:
    found = run("quota", "--level", "county", "--population", "48000", "--as-of", "2016-01-01")
    assert (found["seats"], found["base"], found["added"], found["may_be_fewer"]) == (129, 120, 9, True)
    assert "少于 120 名" in found["notes"][0]
    assert found["article"] == "《选举法》（2015年）第十一条第一款第三项、第十一条第二款"


def test_the_extra_seats_of_a_province_are_entered_not_computed() -> None:
    found = run("quota", "--level", "county", "--population", "354999", "--choose", "elec.quota.extra5.base=10")
    assert (found["seats"], found["extra"]) == (220, 10)
    assert "户口" in "".join(run("quota", "--level", "county", "--population", "354999", "--pack", "shandong")["notes"])


def test_calendar() -> None:
    found = run("calendar", "--election-day", "2026-12-29", "--pack", "zhejiang")
    dates = {row["key"]: row for row in found["dates"]}
    assert dates["elec.list.publish"]["date"] == "2026-12-09"
    assert dates["elec.voter.late_registration"]["date"] == "2026-12-17"
    assert all(row["article"].startswith("《") for row in found["dates"])
    assert "elec.voter.list_corrections" in {row["key"] for row in found["open"]}
    strict = run("calendar", "--election-day", "2026-12-29", "--strict")
    assert strict["strict"] is True
    assert {row["key"]: row["date"] for row in strict["dates"]}["elec.list.publish"] == "2026-12-08"


@pytest.mark.parametrize(
    ("arguments", "allowed", "least", "most", "article"),
    [
        (("--seats", "1", "--candidates", "2"), True, 2, 2, "《选举法》第三十一条第二款"),
        (("--seats", "3", "--candidates", "7"), False, 4, 6, "《选举法》第三十一条第二款"),
        (
            ("--seats", "1", "--candidates", "1", "--kind", "by_election"),
            True,
            1,
            2,
            "《选举法》第五十七条第四款、第三十一条第二款",
        ),
        (("--seats", "1", "--candidates", "3", "--kind", "rerun"), False, 2, 2, "《选举法》第四十五条第四款、第三十一条第二款"),
    ],
)
def test_check_candidates(arguments: tuple[str, ...], allowed: bool, least: int, most: int, article: str) -> None:
    found = run("check-candidates", *arguments)
    assert (found["allowed"], found["min"], found["max"], found["article"]) == (allowed, least, most, article)


def test_a_district_has_three_seats_at_most() -> None:
    result = call("check-candidates", "--seats", "4", "--candidates", "6")
    assert result.exit_code == 1
    assert "《选举法》第二十五条第二款" in result.output


def test_count_answers_each_record(tmp_path: Path) -> None:
    code, found = count(
        tmp_path,
        RECORD,
        RECORD | {"district": "第二选区", "participants": 1500, "ballots_recovered": 1500, "votes": {"甲": 1500}},
    )
    assert code == 0
    first, second = found["results"]
    assert (first["district"], first["valid"], first["needed"], first["elected"], first["unfilled"], first["next"]) == (
        "第一选区", True, 1001, ["甲"], 0, None,
    )  # fmt: skip
    assert "passed" not in first
    assert (second["valid"], second["elected"]) == (False, [])
    assert "没有过半数" in second["reason"]


def test_an_impossible_record_is_refused_alone_and_the_exit_code_tells(tmp_path: Path) -> None:
    code, found = count(tmp_path, RECORD | {"district": "坏", "votes": {"甲": 1500, "乙": 700}}, RECORD)
    assert code == 1
    bad, good = found["results"]
    assert found["refused"] == 1
    assert "合计最多 2000 票" in bad["error"]
    assert (bad["elected"], bad["next"]) == ([], None)
    assert good["error"] is None
    assert good["elected"] == ["甲"]


def test_a_void_vote_is_an_answer_and_no_failure(tmp_path: Path) -> None:
    code, found = count(tmp_path, RECORD | {"ballots_recovered": 2001})
    assert code == 0
    assert (found["results"][0]["valid"], found["results"][0]["article"]) == (False, "《选举法》第四十四条第一款")


def test_choices_and_packs_settle_what_the_law_leaves_open(tmp_path: Path) -> None:
    tie = RECORD | {"round": "tie", "votes": {"甲": 900, "乙": 900}}
    _, plain = count(tmp_path, tie)
    assert plain["results"][0]["next"] is None
    assert "法律没有规定" in plain["results"][0]["undecided"]
    _, again = count(tmp_path, tie, options=("--choose", "choice.second_tie=vote_again"))
    assert again["results"][0]["next"] == {"kind": "tie_vote", "candidates": ["甲", "乙"], "seats": 1}
    _, vacant = count(tmp_path, tie, options=("--pack", "shandong"))
    assert vacant["results"][0]["undecided"] is None


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--pack", "atlantis"), "没有名为 atlantis 的地方规定包"),
        (("--choose", "choice.second_tie=coin"), "不能选"),
        (("--choose", "elec.list.publish=3"), "法律已有规定"),
        (("--choose", "no.such=3"), "没有名为"),
        (("--choose", "choice.second_tie"), "没有写选了什么"),
    ],
)
def test_wrong_packs_and_choices_are_refused_before_anything_is_counted(
    tmp_path: Path, options: tuple[str, ...], word: str
) -> None:
    file = tmp_path / "votes.json"
    file.write_text(json.dumps([RECORD]), encoding="utf-8")
    result = call("count", str(file), "--json", *options)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert word in result.stderr


def test_votes_of_one_district_are_held_against_each_other(tmp_path: Path) -> None:
    first = RECORD | {"votes": {"甲": 900, "乙": 800}}
    _, found = count(tmp_path, first, RECORD | {"round": "rerun", "votes": {"甲": 900, "丙": 800}})
    assert "乙应是另行选举的候选人" in "".join(found["results"][1]["warnings"])
    _, fits = count(tmp_path, first, RECORD | {"round": "rerun", "votes": {"甲": 900, "乙": 800}})
    assert fits["results"][1]["warnings"] == []
    _, needless = count(tmp_path, RECORD, RECORD | {"round": "rerun", "votes": {"甲": 900, "乙": 800}})
    assert "不应有另行选举" in "".join(needless["results"][1]["warnings"])
    _, seats = count(tmp_path, first, RECORD | {"round": "rerun", "seats": 2, "votes": {"甲": 900, "乙": 800, "丙": 700}})
    assert "应选 1 名，这里写的是 2 名" in "".join(seats["results"][1]["warnings"])
    _, tie = count(
        tmp_path,
        RECORD | {"seats": 2, "votes": {"甲": 1200, "乙": 1100, "丙": 1100}},
        RECORD | {"round": "tie", "votes": {"乙": 900, "丁": 800}},
    )
    assert "应在乙、丙之间进行" in "".join(tie["results"][1]["warnings"])
    _, twice = count(tmp_path, RECORD, RECORD)
    assert all("核对是否重复" in "".join(one["warnings"]) for one in twice["results"])


def test_people_read_the_result_first(tmp_path: Path) -> None:
    file = tmp_path / "votes.json"
    file.write_text(
        json.dumps([RECORD, {"district": "坏"}, RECORD | {"district": "二", "votes": {"甲": 900, "乙": 800}}]), encoding="utf-8"
    )
    result = call("count", str(file), "--election-day", "2026-12-29")
    assert result.exit_code == 1
    assert result.stdout.startswith("【第一选区】第一次投票　应选 1 名\n  参加投票的选民过半数")
    assert "当选：甲。" in result.stdout
    assert "下一步：另行选举，应选 1 名，候选人：甲、乙。" in result.stdout
    assert "1 条记录数字有误" in result.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path / "none.csv", tmp_path):
        result = call("count", str(path), "--json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "找不到文件" in result.stderr


def test_a_template_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    assert call("count-template", str(file)).exit_code == 0
    assert call("count", str(file)).exit_code == 0
    assert "已经存在" in call("count-template", str(file)).output
    assert call("count-template", str(file), "--force").exit_code == 0


def test_no_command_needs_a_database_or_django_and_all_start_quickly() -> None:
    code = (
        "import sys; from renda.cli import cli; from renda.core.commands import run\n"
        "try: run(cli, ['election', 'calendar', '--election-day', '2026-12-29', '--json'])\n"
        "finally: assert not [m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg', 'pandas')], 'heavy'"
    )
    quickest = 9.0
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"DATABASE_URL": ""},
        )
        quickest = min(quickest, time.perf_counter() - start)
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["election_day"] == "2026-12-29"
    assert quickest < 2.0
