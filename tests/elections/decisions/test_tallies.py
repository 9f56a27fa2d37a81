"""Records of votes as offices keep them: whatever the form, the same record; what cannot be read is refused alone."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renda.elections.decisions import Refusal, Tally, VoteRecord, counted
from renda.elections.decisions.tallies import read_file, write_template
from renda.elections.decisions.tallies.files import UnreadableTallies
from renda.elections.decisions.tallies.texts import split_votes
from renda.law import LawError, parameter

LAW = partial(parameter, as_of=date(2026, 12, 29))
EXPECTED = VoteRecord(
    "第一选区", "first", 3000, 2000, 1998, 6, 2, (Tally("甲", 1300), Tally("乙", 1001), Tally("丙", 0), Tally("王五", 30, False))
)  # fmt: skip
HEAD = ["选区", "轮次", "应选名额", "选民数", "投票人数", "收回选票", "废票"]
FIGURES = ["第一选区", "第一次投票", 2, 3000, 2000, 1998, 6]


def table(path: Path, rows: list[list[Any]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def one(path: Path) -> VoteRecord | Refusal:
    records = read_file(path).records
    assert len(records) == 1, records
    return records[0]


def as_json(path: Path, value: Any, encoding: str = "utf-8") -> Path:
    path.write_bytes(json.dumps(value, ensure_ascii=False).encode(encoding, "replace"))
    return path


RECORD = {
    "district": "第一选区", "round": "first", "seats": 2, "voters": 3000, "participants": 2000, "ballots_recovered": 1998, "ballots_void": 6,
    "votes": [{"name": "甲", "votes": 1300, "listed": True}, {"name": "乙", "votes": 1001}, {"name": "丙", "votes": 0, "listed": True},
              {"name": "王五", "votes": 30, "listed": False}],
}  # fmt: skip


@pytest.mark.parametrize(
    "root",
    [[RECORD], {"records": [RECORD]}, {"year": 2021, "districts": [RECORD]}, RECORD],
    ids=["list", "records", "other", "single"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_in_every_form_and_encoding(tmp_path: Path, root: Any, encoding: str) -> None:
    assert one(as_json(tmp_path / "v.json", root, encoding)) == EXPECTED


def test_keys_that_mean_nothing_are_named(tmp_path: Path) -> None:
    assert read_file(as_json(tmp_path / "v.json", [RECORD | {"proxy": 3, "备注": ""}])).aside == (
        "没有用到这些项：proxy、备注。",
    )


def test_json_is_told_by_its_content(tmp_path: Path) -> None:
    assert one(as_json(tmp_path / "votes.txt", [RECORD])) == EXPECTED


def test_json_with_chinese_keys_and_numbers_as_texts(tmp_path: Path) -> None:
    record = {
        "选区": "第一选区", "轮次": "第一次投票", "应选名额": "２", "选民数": "3,000", "投票人数": "2000人", "收回选票": 1998.0, "废票": "六",
        "得票": "甲 1300；乙 1001；丙 0；王五 30（另选他人）",
    }  # fmt: skip
    assert one(as_json(tmp_path / "v.json", {"records": [record]})) == EXPECTED


@pytest.mark.parametrize("votes", [[["甲", 1300], ["乙", 1001], ["丙", 0], ["王五", 30, False]]])
def test_json_votes_as_pairs(tmp_path: Path, votes: Any) -> None:
    assert one(as_json(tmp_path / "v.json", [RECORD | {"votes": votes}])) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_votes_in_one_cell(tmp_path: Path, encoding: str) -> None:
    rows = [
        ["青禾县选举计票记录"], [*HEAD, "各人得票"], [*FIGURES, "甲 1,300票、乙：1001，丙=0；王五 30（另选他人）"], ["合计", "", "", 3000],
    ]  # fmt: skip
    path = table(tmp_path / "v.csv", rows, encoding)
    assert one(path) == EXPECTED
    assert read_file(path).aside == ("工作表“v”第 4 行是合计行，没有计入。",)


def test_json_in_a_cell(tmp_path: Path) -> None:
    rows = [[*RECORD], [RECORD[key] if key != "votes" else json.dumps(RECORD[key], ensure_ascii=False) for key in RECORD]]
    assert one(table(tmp_path / "v.csv", rows)) == EXPECTED


def test_votes_in_numbered_pairs_of_columns(tmp_path: Path) -> None:
    pairs = ["候选人1", "得票1", "候选人二", "得票二", "候选人3", "得票3", "候选人4", "得票4", "另选人1", "另选得票1"]
    rows = [[*HEAD, *pairs], [*FIGURES, "甲", 1300, "乙", "1,001", "丙", 0, "", "", "王五", 30]]
    assert one(table(tmp_path / "v.csv", rows)) == EXPECTED


def test_pairs_of_columns_may_say_who_is_a_candidate(tmp_path: Path) -> None:
    pairs = [f"{word}{n}" for n in (1, 2, 3, 4) for word in ("name", "votes", "listed")]
    cells = [cell for tally in EXPECTED.votes for cell in (tally.name, tally.votes, "true" if tally.listed else "false")]
    assert one(table(tmp_path / "v.csv", [[*HEAD, *pairs], [*FIGURES, *cells]])) == EXPECTED


def test_one_row_a_name_with_blank_figures_below(tmp_path: Path) -> None:
    blank = [""] * len(HEAD)
    rows = [
        [*HEAD, "姓名", "得票数", "是否候选人"],
        [*FIGURES, "甲", 1300, "是"], [*blank, "乙", 1001, "候选人"], [*FIGURES, "丙", 0, "√"], [*blank, "王五", 30, "另选他人"],
        ["第二选区", "罢免", "", 3000, 2400, 2400, 0, "", "", ""],
    ]  # fmt: skip
    first, second = read_file(table(tmp_path / "v.csv", rows)).records
    assert first == EXPECTED
    assert isinstance(second, Refusal)
    assert "赞成罢免票数" in second.error


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEAD, "姓名", "得票数", "是否候选人"])
    for place, tally in enumerate(EXPECTED.votes):
        sheet.append([*(FIGURES if place == 0 else [None] * len(HEAD)), tally.name, tally.votes, "是" if tally.listed else "否"])
    for column in range(1, len(HEAD) + 1):
        sheet.merge_cells(start_row=2, end_row=5, start_column=column, end_column=column)
    book.save(tmp_path / "v.xlsx")
    assert one(tmp_path / "v.xlsx") == EXPECTED


def test_the_template_filled_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    sheet = book["计票记录"]
    place = {cell.value: cell.column for cell in sheet[1]}
    filled = dict(zip(HEAD, FIGURES, strict=True)) | {
        "候选人1": "甲", "得票1": 1300, "候选人2": "乙", "得票2": 1001, "候选人3": "丙", "得票3": 0, "另选人1": "王五", "另选得票1": 30,
    }  # fmt: skip
    for heading, value in filled.items():
        sheet.cell(2, place[heading], value)
    recall = {
        "选区": "第二选区",
        "轮次": "罢免",
        "选民数": 3000,
        "投票人数": 2400,
        "收回选票": 2400,
        "废票": 0,
        "赞成罢免票数": 1501,
        "被罢免代表": "丁",
    }
    for heading, value in recall.items():
        sheet.cell(3, place[heading], value)
    book.save(path)
    contents = read_file(path)
    assert contents.records == (EXPECTED, VoteRecord("第二选区", "recall", 3000, 2400, 2400, 0, yes=1501, deputy="丁"))
    assert all("填写说明" in line for line in contents.aside)


@pytest.mark.parametrize("name", ["t.csv", "t.json", "t.xlsx"])
def test_every_template_is_a_file_that_is_read_or_says_that_it_is_empty(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    if name == "t.json":
        assert [record.district for record in read_file(tmp_path / name).records if isinstance(record, VoteRecord)] == [
            "第一选区",
            "第二选区",
        ]
        return
    with pytest.raises(UnreadableTallies, match="没有计票记录"):
        read_file(tmp_path / name)


def test_a_template_needs_a_known_ending(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="后缀"):
        write_template(tmp_path / "t.doc")


def test_void_ballots_follow_from_the_valid_ones(tmp_path: Path) -> None:
    record = {key: value for key, value in RECORD.items() if key != "ballots_void"}
    assert one(as_json(tmp_path / "v.json", [record | {"有效票数": 1992}])) == EXPECTED
    blank = one(as_json(tmp_path / "w.json", [record]))
    assert isinstance(blank, VoteRecord)
    assert blank.ballots_void == 0
    wrong = one(as_json(tmp_path / "x.json", [RECORD | {"有效票": 1990}]))
    assert isinstance(wrong, Refusal)
    assert "不等于收回的选票" in wrong.error


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"voters": None}, "没有写选民数（voters）"),
        ({"voters": "约3000"}, "选民数：“约3000”是约数"),
        ({"voters": True}, "选民数"),
        ({"participants": 2000.5}, "投票人数：“2000.5”带小数"),
        ({"round": "第九轮"}, "轮次“第九轮”不认识"),
        ({"votes": "甲乙丙"}, "读不出姓名和票数"),
        ({"votes": "甲 3（退休）"}, "“退休”不认识"),
        ({"votes": [{"votes": 3}]}, "第 1 项没有写姓名"),
        ({"votes": [{"name": "甲"}]}, "甲没有写得票数"),
        ({"votes": [{"name": "甲", "votes": "many"}]}, "甲的得票"),
        ({"votes": [{"name": "甲", "votes": 3, "listed": "也许"}]}, "甲是否候选人"),
        ({"votes": 7}, "应为一张清单"),
        ({"district": ""}, "没有写选区"),
        ({"district": ["x"]}, "不是文字"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused_alone(tmp_path: Path, change: dict[str, Any], word: str) -> None:
    bad, good = read_file(as_json(tmp_path / "v.json", [RECORD | change, RECORD])).records
    assert good == EXPECTED
    assert isinstance(bad, Refusal)
    assert word in bad.error


def test_rows_of_one_record_that_contradict_each_other(tmp_path: Path) -> None:
    rows = [[*HEAD, "姓名", "得票"], [*FIGURES, "甲", 1300], [*FIGURES[:3], 3001, *FIGURES[4:], "乙", 1]]
    found = one(table(tmp_path / "v.csv", rows))
    assert isinstance(found, Refusal)
    assert "选民数前后写得不一样：3000 和 3001" in found.error


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{", "不是有效的 JSON"),
        (b'{"a": 1}', "应为记录的清单"),
        (b"[]", "没有计票记录"),
        (b"[" * 100_000, "不是有效的 JSON"),
        (b"\xff", "不是有效的 JSON"),
        (b'[{"district": "\\ud800"}]', "不是有效的 JSON"),
    ],
)
def test_a_file_without_records_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "v.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableTallies, match=word):
        read_file(path)


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTallies, match="没有认出选区和得票的表头"):
        read_file(table(tmp_path / "v.csv", [["会议", "日期"], ["第一次会议", "2026-01-01"]]))


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([0, 1, 2, 3, 100, "甲", "1", "甲 1；乙 2"])
)
ANY = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=6
)
TALLIES = st.lists(st.fixed_dictionaries({}, optional={"name": PLAIN, "votes": PLAIN, "listed": PLAIN}) | ANY, max_size=3)
RECORDS = st.fixed_dictionaries(
    {}, optional={key: PLAIN | ANY for key in RECORD if key != "votes"} | {"votes": TALLIES | ANY, "yes": PLAIN, "proxies": PLAIN}
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records=st.lists(RECORDS | ANY, min_size=1, max_size=3), half=st.booleans())
def test_whatever_stands_in_a_file_each_record_has_its_answer(tmp_path: Path, records: list[Any], half: bool) -> None:
    """Nonsense is refused record by record, in the order of the file; nothing else comes out than an answer."""
    given_ = [RECORD | one if half and isinstance(one, dict) else one for one in records]
    path = as_json(tmp_path / "v.json", {"records": given_}, "utf-8" if half else "utf-16")
    answers = [one.as_json() for one in counted(read_file(path).records, LAW)]
    assert len(answers) == len(records)
    for answer in answers:
        assert bool(answer["error"]) or answer["district"]
        assert len(answer["elected"]) <= 3
        json.dumps(answer)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("阿不都热依木·买买提 700", [("阿不都热依木·买买提", "700", True)]),
        ("王伟（东街） 12；王伟（西街） 9", [("王伟（东街）", "12", True), ("王伟（西街）", "9", True)]),
        ("甲得751票，乙得票600", [("甲", "751", True), ("乙", "600", True)]),
        ("另选他人：王五 30", [("王五", "30", False)]),
        ("甲 1,300，乙 1,001", [("甲", "1,300", True), ("乙", "1,001", True)]),
        ("甲７５１；\n乙６００（另选）", [("甲", "751", True), ("乙", "600", False)]),
        ("A 5, B 4 (write-in)", [("A", "5", True), ("B", "4", False)]),
        ("甲 -1", [("甲", "-1", True)]),
    ],
)
def test_votes_as_clerks_write_them(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(line["name"], line["votes"], line["listed"]) for line in split_votes(text)] == found
