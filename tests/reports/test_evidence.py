"""The evidence workbook, opened again: summary, a sheet for each figure, its records and nothing secret."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from renda.directory.gate import OPERATOR, Actor
from renda.figures import registry
from renda.registers import registry as registers
from renda.reports.binding import sentence
from renda.reports.binding.answers import answer_all
from renda.reports.binding.records import blocks_of, one_row_each
from renda.reports.draft.model import Binding, Draft, Entry
from renda.reports.evidence import write_evidence
from tests import small_county
from tests.small_county import SmallCounty

SECRETS = ("欧阳秀兰", "13912345678", "三村九号", "邻居打人")
YEAR = 2021
BINDINGS = [
    Binding("petitions.count"),  # three of 2021
    Binding("petitions.close_rate"),  # one closed of three accepted
    Binding("petitions.count", form="change"),  # against one of 2020
    Binding("supervision.inspections"),  # two, one of them of two laws
    Binding("supervision.inspected_laws"),
    Binding("meetings.committee"),  # none
    None,
]


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> SmallCounty:
    """Three petitions of 2021 and one of 2020, with secrets; two inspections, a title among them that looks like a formula."""
    monkeypatch.setenv("RENDA_NOW", "2021-12-28")
    county = small_county.make()
    petition = {"信访形式": "来信", "信访人": SECRETS[0], "联系电话": SECRETS[1], "住址": SECRETS[2], "信访内容": SECRETS[3]}
    county.enter("petitions.petitions", [
        {**petition, "编号": "1", "信访事项": "土地", "收到日期": "2021-01-05", "受理日期": "2021-01-06", "办结日期": "2021-03-01"},
        {**petition, "编号": "2", "信访事项": "欠薪", "收到日期": "2021-02-05", "受理日期": "2021-02-06"},
        {**petition, "编号": "3", "信访事项": "拆迁", "收到日期": "2021-05-05", "受理日期": "2021-05-06"},
        {**petition, "编号": "旧", "信访事项": "旧事", "收到日期": "2020-05-05", "受理日期": "2020-05-06"},
    ])  # fmt: skip
    county.enter("supervision.inspections", [
        {"检查主题": "消防", "开始日期": "2021-05-01", "检查的法律法规": "消防法、安全生产法"},
        {"检查主题": "=1+1", "开始日期": "2021-06-01", "检查的法律法规": "消防法"},
    ])  # fmt: skip
    return county


def drafted(county: SmallCounty) -> Draft:
    """A draft of the bindings above, as composing makes it."""
    bound = [binding for binding in BINDINGS if binding]
    answers = iter(answer_all(bound, YEAR, county.division, OPERATOR))
    draft = Draft("……", 2020, YEAR, county.division.code)
    for number, binding in enumerate(BINDINGS, start=1):
        entry = Entry(number, number, number + 1, f"旧{number}", f"新{number}", "marked", why="没有对应的指标", phrase="数的东西")
        if binding:
            answer = next(answers)
            entry.binding, entry.period, entry.value, entry.before = binding, answer.period, answer.value, answer.before
            entry.unit, entry.records, entry.status, entry.why = answer.unit, answer.records, "filled", ""
            entry.counts = sentence(binding, YEAR)
        draft.entries.append(entry)
    return draft


@pytest.fixture
def book(county: SmallCounty, tmp_path: Path) -> Workbook:
    path = tmp_path / "依据.xlsx"
    write_evidence(drafted(county), path, OPERATOR)
    return load_workbook(path)


def records_in(book: Workbook, name: str) -> list[list[object]]:
    """The rows of records of a sheet: those that begin with a number."""
    return [row for row in ([cell.value for cell in line] for line in book[name].iter_rows()) if isinstance(row[0], int)]


def sheet_of(book: Workbook, number: int) -> str:
    return next(name for name in book.sheetnames if name.startswith(f"{number} "))


def test_summary_has_a_line_for_each_figure_and_links_to_its_sheet(book: Workbook) -> None:
    summary = book["汇总"]
    assert summary["A1"].value == "2021年报告数字依据：共7处，已对应指标6处，已填6处，待核1处"
    lines = [[cell.value for cell in row] for row in summary.iter_rows(min_row=4)]
    assert [line[0] for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert lines[0][1:10] == ["旧1", "新1", sentence(Binding("petitions.count"), 2021), "2021年", 3, 1, "件", 3, "已填"]
    assert lines[1][5] == pytest.approx(33.33)
    assert lines[6][9:] == ["待核", "没有对应的指标", None]
    for row, line in enumerate(lines[:6], start=4):
        target = summary.cell(row, 12).hyperlink.location
        assert target == f"'{sheet_of(book, line[0])}'!A1"
        assert "汇总" in book[sheet_of(book, line[0])]["A1"].hyperlink.location
    assert len(book.sheetnames) == 7


@pytest.mark.parametrize(("number", "rows"), [(1, 3), (2, 4), (3, 4), (4, 2), (5, 2), (6, 0)])
def test_a_sheet_holds_as_many_rows_as_there_are_records(book: Workbook, county: SmallCounty, number: int, rows: int) -> None:
    assert len(records_in(book, sheet_of(book, number))) == rows
    binding = BINDINGS[number - 1]
    assert binding is not None
    if binding.form == "value":
        assert drafted(county).entries[number - 1].records == rows


def test_what_a_record_has_several_of_stands_side_by_side() -> None:
    rows = [{"pk": 1, "register": "r", "题": "甲", "法": "消防法"}, {"pk": 1, "register": "r", "题": "甲", "法": "安全生产法"},
            {"pk": 2, "register": "r", "题": "乙", "法": None}, {"pk": 1, "register": "r", "题": "甲", "法": "消防法"}]  # fmt: skip
    assert one_row_each(rows) == [
        {"pk": 1, "register": "r", "题": "甲", "法": "消防法、安全生产法"},
        {"pk": 2, "register": "r", "题": "乙", "法": None},
    ]


def test_cells_have_their_types_and_no_text_becomes_a_formula(book: Workbook) -> None:
    sheet = book[sheet_of(book, 4)]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formula = [cell for cell in cells if cell.value == "=1+1"]
    assert formula
    assert all(cell.data_type == "s" for cell in formula)
    assert any(isinstance(cell.value, datetime | date) for cell in cells)


def test_no_secret_stands_in_the_workbook(book: Workbook) -> None:
    text = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    for secret in SECRETS:
        assert secret not in text


def test_no_indicator_offers_a_secret_column_as_evidence() -> None:
    for indicator in registry.all_indicators():
        if not indicator.register:
            continue
        secret = {column.field for column in registers.get(indicator.register).columns if column.secret}
        shown = {entry if isinstance(entry, str) else entry[0] for entry in indicator.evidence}
        assert not secret & shown, indicator.code


def test_records_pass_the_gate(county: SmallCounty) -> None:
    """A deputy may see figures of the county's petitions but none of the petitions."""
    deputy = Actor("代表", "deputy", division_id=county.division.pk, division_path=county.division.path)
    try:
        (block,) = blocks_of(Binding("petitions.count"), YEAR, county.division, deputy)
    except PermissionDenied:
        return
    assert block.counted == 3
    assert block.rows == []


def test_an_empty_draft_is_a_workbook_too(db: None, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    write_evidence(Draft("", None, YEAR, "990101"), path, OPERATOR)
    assert load_workbook(path).sheetnames == ["汇总"]


def test_money_and_decimals_are_numbers(county: SmallCounty, tmp_path: Path) -> None:
    draft = drafted(county)
    draft.entries[0].value = Decimal("1234567.89")
    path = tmp_path / "钱.xlsx"
    write_evidence(draft, path, OPERATOR)
    assert load_workbook(path)["汇总"]["F4"].value == pytest.approx(1234567.89)
