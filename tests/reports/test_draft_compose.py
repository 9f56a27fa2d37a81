"""`compose` and `renda report draft` over a county counted by hand: filled where the records are, marked where they are not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.core import clock
from renda.directory.gate import OPERATOR, Actor
from renda.reports.cli import report
from renda.reports.draft.compose import compose
from renda.reports.draft.model import PENDING, Binding, Draft, Entry
from tests import small_county
from tests.small_county import SmallCounty

TEXT = """清河县人大常委会党组关于2020年工作情况的报告
县委：
2020年，县人大常委会坚持依法履职。全年召开常委会会议2次、主任会议XX次，召开党组会议1次。受理群众来信来访2件，均已转办或办结。
发放防疫宣传品300个，经验在X日报刊发。围绕“十三五”规划收官开展了专题询问。
二、2021年工作安排
2021年，将召开常委会会议6次。
清河县人大常委会党组
2020年12月25日
"""
MEETING = "清河县第十一届人大常委会第{}次{}"


@pytest.fixture
def county(db: None) -> SmallCounty:
    """Meetings and petitions.

    2020: 2 committee meetings, 1 of the chairpersons, 1 of the Party group. 2021: 3, 2 and none. Petitions: 2 in 2020 (closed), 3 in
    2021: one closed, one passed on, one neither.
    """
    found = small_county.make()
    days = {
        "会议": ["2020-02-01", "2020-09-01", "2021-01-20", "2021-06-20", "2021-12-01"],
        "主任会议": ["2020-03-03", "2021-03-03", "2021-10-08"],
    }
    rows = [{"会议名称": MEETING.format(n, kind), "日期": day} for kind, all_ in days.items() for n, day in enumerate(all_, 1)]
    found.enter("meetings.meetings", [*rows, {"会议名称": "县人大常委会党组会议第1次", "日期": "2020-05-05"}])
    petition = {"信访形式": "来信", "问题类别": "交通运输", "反映事项": "修路", "信访人姓名": "群众"}
    found.enter(
        "petitions.petitions",
        [
            {**petition, "信访编号": f"信{n}", "来信来访日期": day, "受理日期": day, "转办日期": passed, "办结日期": closed}
            for n, (day, passed, closed) in enumerate(
                [
                    ("2020-02-02", None, "2020-03-03"),
                    ("2020-05-02", None, "2020-06-03"),
                    ("2021-02-02", None, "2021-03-03"),
                    ("2021-04-02", "2021-04-20", None),
                    ("2021-08-02", None, None),
                ]
            )
        ],
    )
    return found


def drafted(county: SmallCounty, text: str = TEXT, **more: Any) -> Draft:
    options: dict[str, Any] = {"source_year": None, "year": 2021, "division": county.division, "actor": OPERATOR, **more}
    with clock.travel(date(2021, 12, 31)):
        return compose(text, **options)


def entry(made: Draft, old: str) -> Entry:
    return next(one for one in made.entries if one.old == old)


def test_figures_are_recomputed_from_the_records(county: SmallCounty) -> None:
    made = drafted(county)
    said = made.text()
    assert "关于2021年工作情况的报告" in said
    assert "召开常委会会议3次、主任会议2次，召开党组会议1次〔待核〕。" in said
    assert "受理群众来信来访3件，均已〔待核〕转办或办结。" in said, "one is neither passed on nor closed"
    assert "发放防疫宣传品300个〔待核〕，经验在X〔待核〕日报刊发。" in said
    assert "“十三五”规划〔待核〕收官开展了专题询问〔待核〕。" in said
    assert "二、2022年工作安排\n2022年，将召开常委会会议6次〔待核〕。" in said
    assert "2020年12月25日〔待核〕" in said
    meetings = entry(made, "2次")
    assert (meetings.value, meetings.before, meetings.records, meetings.status) == (3, 2, 3, "filled")
    assert meetings.period is not None
    assert meetings.period[0].isoformat() == "2021-01-01"
    assert "计算为 0" in entry(made, "1次").why
    assert "下一年的安排" in entry(made, "6次").why
    assert made.counts() == {"found": 7, "bound": 5, "filled": 3, "marked": 4}


def test_every_comment_says_what_is_counted_or_why_it_is_open(county: SmallCounty) -> None:
    made = drafted(county)
    comment = entry(made, "2次").comment
    assert "常委会会议次数" in comment
    assert "本年值（2021年）：3次，依据记录 3 条；上年同期值：2次" in comment
    assert all("待核原因" in one.comment for one in made.entries if one.status == "marked")


def test_a_report_drafted_for_its_own_year_keeps_its_dates(county: SmallCounty) -> None:
    made = drafted(county, year=2020)
    assert made.text().endswith("2020年12月25日\n")
    assert entry(made, "2次").new == "2次"
    assert "均已转办或办结" in made.text()
    assert entry(made, "XX次").new == "1次"


def test_what_a_clerk_chose_overrides_the_rules(county: SmallCounty) -> None:
    blank = TEXT.index("XX次")
    left_open = drafted(county, choices={blank: None})
    assert entry(left_open, "XX次").why == "经办人选定此处留空"
    other = drafted(county, choices={blank: Binding("meetings.committee", {}, {"type": "year"})}, accept=1.0)
    assert entry(other, "XX次").new == "3次"
    assert {one.old for one in other.entries if one.status == "filled"} == {"XX次"}, "nothing else is certain enough"
    assert "把握不够" in entry(other, "2次").why


def test_one_number_of_two_bodies(county: SmallCounty) -> None:
    text = "2020年，常委会会议、主任会议各召开2次。"
    unequal = entry(drafted(county, text), "2次")
    assert "并不相等（常委会会议 3次；主任会议 2次）" in unequal.why
    county.enter("meetings.meetings", [{"会议名称": MEETING.format(3, "主任会议"), "日期": "2021-11-11"}])
    equal = entry(drafted(county, text), "2次")
    assert (equal.status, equal.new, equal.why) == ("filled", "3次", "")


def test_a_change_told_with_both_numbers(county: SmallCounty) -> None:
    text = "2020年，常委会会议由5次增加到6次，党组会议由3次增加到4次。"
    made = drafted(county, text)
    assert "常委会会议由2次增加到3次" in made.text(), "2020 and 2021"
    assert "党组会议由1次增加到4次〔待核〕" in made.text(), "none in 2021"
    assert entry(drafted(county, text.replace("增加", "减少")), "6次").status == "marked"
    first = entry(made, "5次").binding
    assert first is not None
    assert first.period["offset"] == -1


def test_without_records_everything_is_marked(db: None) -> None:
    made = compose(TEXT, source_year=None, year=2021, division=None, actor=OPERATOR)
    assert made.counts() == {"found": 7, "bound": 5, "filled": 0, "marked": 7}
    for one in made.entries:
        assert one.old + PENDING in made.text()
    assert "没有登记任何区划" in entry(made, "2次").why


def test_another_county_may_not_ask(county: SmallCounty) -> None:
    township = county.townships["龙潭镇"]
    stranger = Actor("外乡", "township_clerk", division_id=township.pk, division_path=township.path)
    with pytest.raises(PermissionDenied):
        drafted(county, actor=stranger)


def test_asking_twice_costs_no_more_queries(county: SmallCounty) -> None:
    def queries(text: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            drafted(county, text)
        return len(seen)

    assert queries(TEXT * 5) == queries(TEXT)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Call the command in the test's database with a data folder of its own."""
    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    return lambda *arguments: CliRunner().invoke(report, ["draft", *map(str, arguments)])


def test_the_command_writes_draft_and_evidence(county: SmallCounty, call: Any, tmp_path: Path) -> None:
    source, out, evidence = tmp_path / "2020.txt", tmp_path / "2021.docx", tmp_path / "依据.xlsx"
    source.write_text(TEXT, "utf-8")
    with clock.travel(date(2021, 12, 31)):
        result = call(source, "--year", 2021, "--out", out, "--evidence", evidence, "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert {name: told[name] for name in ("found", "bound", "filled", "marked")} == {
        "found": 7,
        "bound": 5,
        "filled": 3,
        "marked": 4,
    }
    assert len(told["figures"]) == 7
    assert all(figure["why"] for figure in told["figures"] if figure["status"] == "marked")
    assert {mark["kind"] for mark in told["marks"]} == {"year", "wording"}
    document = docx.Document(str(out))
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "常委会会议3次、主任会议2次，召开党组会议1次〔待核〕" in written
    assert len(list(document.comments)) >= 7
    book = openpyxl.load_workbook(evidence)
    assert len(book.sheetnames) == 1 + 4, "a summary, and a sheet for each figure that could be asked for"


def test_the_command_without_records(db: None, call: Any, tmp_path: Path) -> None:
    source, out = tmp_path / "2020.md", tmp_path / "2021.txt"
    source.write_text(TEXT, "utf-8")
    result = call(source, "--year", 2021, "--out", out, "--evidence", tmp_path / "e.xlsx")
    assert result.exit_code == 0, result.output
    assert "已填 0 处，待核 7 处" in result.stderr
    assert out.read_text("utf-8").count(PENDING) >= 7
    assert (tmp_path / "e.xlsx").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{source}", "--year", "2021", "--out", "{folder}/a.doc"], "不能写成 a.doc"),
        (["{source}", "--year", "2021", "--out", "{source}"], "不能覆盖"),
        (["{source}", "--year", "2021", "--out", "{folder}/none/a.docx"], "没有文件夹"),
        (["{source}", "--year", "2021", "--out", "{folder}/a.docx", "--evidence", "{folder}/a.csv"], ".xlsx 工作簿"),
        (["{folder}/missing.txt", "--year", "2021", "--out", "{folder}/a.docx"], "找不到文件"),
        (["{source}", "--year", "2021", "--out", "{folder}/a.docx", "--division", "无名县"], "没有“无名县”"),
    ],
)
def test_refusals_are_one_clear_line(county: SmallCounty, call: Any, tmp_path: Path, arguments: list[str], words: str) -> None:
    source = tmp_path / "2020.txt"
    source.write_text(TEXT, "utf-8")
    result = call(*(one.format(source=source, folder=tmp_path) for one in arguments))
    assert result.exit_code == 1
    assert words in result.output
    assert source.read_text("utf-8") == TEXT
