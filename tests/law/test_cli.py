"""``renda law``: for people and for programs, without a database."""

import json
import subprocess
import sys
import time

from click.testing import CliRunner

from renda.law.cli import law


def run(*arguments: str) -> dict:
    result = CliRunner().invoke(law, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_show_has_all_that_a_program_needs() -> None:
    found = run("show", "elec.list.publish", "--as-of", "2026-11-23")
    assert (found["value"], found["unit"], found["certainty"]) == (20, "days", "read")
    assert (found["article"], found["article_ref"]) == ("第二十八条", "28")
    assert found["effective_from"] == "2015-08-29"
    assert found["source"].startswith("《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》")


def test_show_reads_a_day_a_pack_and_a_choice() -> None:
    assert run("show", "elec.quota.county.base", "--as-of", "2019-01-01")["value"] == 120
    assert run("show", "pc.session.quorum")["value"] == "2/3"
    assert run("show", "tpc.notice", "--pack", "chongqing")["value"] == 10
    assert run("show", "cal.petition.roll", "--choose", "cal.petition.roll=roll")["value"] == "roll"


def test_due_has_date_and_working() -> None:
    found = run("due", "sup.report.draft_to_committee", "--from", "2026-08-27")
    assert found["date"] == "2026-08-07"
    assert len(found["working"]) >= 3
    assert run("due", "review.own_motion", "--from", "2025-01-15", "--pack", "beijing", "--extended")["date"] == "2025-07-15"


def test_list_is_an_object_with_every_parameter() -> None:
    found = run("list")
    rows = {row["key"]: row for row in found["parameters"]}
    assert len(rows) > 500
    assert rows["elec.list.publish"]["state"] == "in_force"
    assert rows["sc.notice"] | {"state": "not_fixed", "value": None} == rows["sc.notice"]
    assert "chongqing" in rows["sc.notice"]["packs"]


def test_people_get_sentences() -> None:
    shown = CliRunner().invoke(law, ["show", "sc.meeting.quorum"])
    assert "过半数" in shown.output
    assert "《地方组织法》第五十一条第三款" in shown.output
    assert "2027-02-28" in CliRunner().invoke(law, ["due", "sugg.reply.normal", "--from", "2026-11-30"]).output


def test_refusals_are_one_clear_line() -> None:
    for arguments, word in (
        (["show", "no.such"], "没有名为"),
        (["show", "sc.notice"], "没有统一规定"),
        (["due", "sc.meeting.quorum", "--from", "2026-01-01"], "不是可以推算日期的期限"),
        (["show", "elec.list.publish", "--choose", "elec.list.publish=3"], "不能由本县选择"),
        (["list", "--pack", "atlantis"], "地方规定包"),
    ):
        result = CliRunner().invoke(law, arguments)
        assert result.exit_code == 1, arguments
        assert word in result.output
        assert len(result.output.strip().splitlines()) == 1
    assert CliRunner().invoke(law, ["due", "pet.handle", "--from", "2026-02-30"]).exit_code == 2


def test_it_starts_quickly_and_loads_neither_django_nor_the_holiday_library() -> None:
    code = (
        "import sys; from renda.law.cli import law;"
        "law.main(['show', 'elec.list.publish'], standalone_mode=False);"
        "assert not {'django', 'holidays', 'psycopg'} & set(sys.modules), 'heavy import'"
    )
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert time.monotonic() - started < 5
