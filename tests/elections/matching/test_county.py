"""Two counties' rolls in the database: from key to slip by the commands, as offices do it; what the journal keeps; the frame for the rules."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from renda.core import bulk, clock
from renda.elections.commands.roll import roll
from renda.elections.matching import find
from renda.elections.matching.records import frame_of
from renda.elections.models import Election, Voter
from renda.journal.models import Entry
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk, number

pytestmark = pytest.mark.django_db
HERE = {"王小芳": number("1980-01-01", 12), "周大山": number("1975-05-05", 21), "李明": number("1990-09-09", 31)}
THERE = {"王小芳": number("1980-01-01", 12), "周大山": number("1975-06-05", 21), "钱进": number("1966-06-06", 41)}


@pytest.fixture(autouse=True)
def in_time() -> Any:
    with clock.travel(date(2021, 10, 1)):
        yield


@pytest.fixture
def desk() -> Desk:
    desk = desks.make()
    enter(desk, desk.election, HERE)
    return desk


def enter(desk: Desk, election: Election, people: dict[str, str], state: str = "registered") -> None:
    district = desk.districts["第1选区"]
    bulk.insert(
        Voter,
        [
            {
                "election_id": election.pk, "division_id": district.division_id, "district_id": district.pk, "name": name, "sex": "female",
                "birth_date": date(int(held[6:10]), int(held[10:12]), int(held[12:14])), "identity_number": held, "address": "龙潭镇1号",
                "state": state, "source": "household", "why_off": "" if state == "registered" else "died", "created_at": clock.now(),
                "updated_at": clock.now(),
            }
            for name, held in people.items()
        ],
    )  # fmt: skip


def other_election(desk: Desk) -> Election:
    """Stands for the other county: another roll with other references."""
    election = Election.objects.create(
        division=desk.county.division, natural_key="邻县", name="邻县换届", level="county", term_number=12, election_day=desks.DAY
    )
    enter(desk, election, THERE)
    return election


def told(*arguments: str | Path) -> dict[str, Any]:
    answer = run(*arguments, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(roll, [str(one) for one in arguments])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.json"
    told("token-key", path, "--exercise", "2021年换届", "--expires", "2021-12-31")
    return path


def exported(tmp_path: Path, key: Path, election: Election, origin: str) -> Path:
    path = tmp_path / f"{election.pk}.tokens"
    told("tokens", path, "--election", str(election.pk), "--key-file", key, "--origin", origin)
    return path


def test_from_key_to_slip(desk: Desk, key: Path, tmp_path: Path) -> None:
    neighbour = other_election(desk)
    a, b = exported(tmp_path, key, desk.election, "清河县"), exported(tmp_path, key, neighbour, "邻县")
    matched = told("match-tokens", a, b, "--public-file", f"{key}.pub", "--slips", tmp_path / "slips")
    assert matched["counts"] == {"same_number": 1, "near": 1, "homonym": 0}
    assert [file["voters"] for file in matched["files"]] == [3, 3]
    mine = told("token-slip", matched["slips"][0], "--election", str(desk.election.pk))
    by_pk = {voter.pk: voter.name for voter in Voter.objects.filter(election=desk.election)}
    assert [(by_pk[one["voter"]], one["grade"], one["other"]) for one in mine["voters"]] == [
        ("王小芳", "same_number", "邻县"),
        ("周大山", "near", "邻县"),
    ]
    assert [one["name"] for one in mine["voters"]] == ["王**", "周**"]
    theirs = told("token-slip", matched["slips"][1], "--election", str(neighbour.pk))
    assert {one["other_reference"] for one in theirs["voters"]} == {pair["a"] for pair in matched["matches"]}


def test_the_journal_says_how_many_and_never_who(desk: Desk, key: Path, tmp_path: Path) -> None:
    exported(tmp_path, key, desk.election, "清河县")
    line = Entry.objects.get(action="roll.tokens_exported")
    assert line.subject_id == desk.election.pk
    assert line.payload["voters"] == 3
    secret = json.loads(key.read_text())["secret"]
    assert secret not in str(line.payload)


def test_nothing_plain_lies_in_any_file_of_the_exercise(desk: Desk, key: Path, tmp_path: Path) -> None:
    a, b = exported(tmp_path, key, desk.election, "清河县"), exported(tmp_path, key, other_election(desk), "邻县")
    told("match-tokens", a, b, "--slips", tmp_path / "slips")
    plain = [text.encode() for name, held in {**HERE, **THERE}.items() for text in (name, held, held[:14], held[6:14])]
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert not [text for text in plain if text in content], file.name


def test_only_who_is_registered_is_exported(desk: Desk, key: Path, tmp_path: Path) -> None:
    enter(desk, desk.election, {"赵亡": number("1930-01-01", 51)}, state="off")
    path = tmp_path / "a.tokens"
    assert told("tokens", path, "--election", str(desk.election.pk), "--key-file", key)["voters"] == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tokens", "a.tokens", "--election", "0", "--key-file", "key.json"], "没有编号为 0 的选举"),
        (["tokens", "key.json", "--election", "ID", "--key-file", "key.json"], "已经存在"),
        (["tokens", "a.tokens", "--election", "ID", "--key-file", "none"], "请核对路径"),
        (["match-tokens", "key.json", "key.json"], "不是比对标记文件"),
        (["token-slip", "key.json", "--election", "ID"], "不是比对结果单"),
        (["token-key", "late.json", "--exercise", "旧", "--expires", "2020-01-01"], "到期"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    desk: Desk, key: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    files = {"a.tokens", "key.json", "none", "late.json"}
    placed = [str(tmp_path / one) if one in files else one.replace("ID", str(desk.election.pk)) for one in arguments]
    answer = run(*placed)
    assert answer.exit_code == 1
    assert words in answer.output


def test_a_slip_for_another_roll_is_refused(desk: Desk, key: Path, tmp_path: Path) -> None:
    neighbour = other_election(desk)
    a, b = exported(tmp_path, key, desk.election, "清河县"), exported(tmp_path, key, neighbour, "邻县")
    slips = told("match-tokens", a, b, "--slips", tmp_path / "slips")["slips"]
    answer = run("token-slip", slips[0], "--election", str(neighbour.pk))
    assert answer.exit_code == 1
    assert "不在“邻县换届”的登记册上" in answer.output


def test_an_empty_roll_has_no_tokens(desk: Desk, key: Path, tmp_path: Path) -> None:
    Voter.objects.all().delete()
    answer = run("tokens", tmp_path / "a.tokens", "--election", str(desk.election.pk), "--key-file", key)
    assert (answer.exit_code, (tmp_path / "a.tokens").exists()) == (1, False)
    assert "还没有选民" in answer.output
    assert frame_of(Voter.objects.all()).num_rows == 0


def test_the_roll_as_a_frame_is_what_the_rules_take(desk: Desk) -> None:
    wrong = HERE["王小芳"][:12] + "2" + HERE["王小芳"][13:]
    enter(desk, desk.election, {"王小芳": wrong})
    frame = frame_of(Voter.objects.filter(election=desk.election), addresses=True)
    assert set(frame["number"].to_pylist()) == {*HERE.values(), wrong}
    assert frame["address"].to_pylist() == ["龙潭镇1号"] * 4
    pairs = find(frame).to_pylist()
    assert [(row["rule"], row["listing"]) for row in pairs] == [("digit", "likely")]
    assert {Voter.objects.get(pk=pairs[0][side]).name for side in "ab"} == {"王小芳"}
