"""Opening workbooks: what is read, and what is refused with bounded memory."""

import datetime as dt
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renda.core.cells import CellError, FaultyCell, read_text
from renda.ledgers.reading import Limits, UnreadableFile, open_workbook
from tests.ledgers.raw_files import Error, ErrorOfFormula, declare_less, sheet_xml, text_cell, write_xls, write_xlsx

ONE_ROW = f'<row r="1">{text_cell("A1", "姓名")}</row>'


def refused(path, **options):
    with pytest.raises(UnreadableFile) as caught:
        open_workbook(path, **options)
    assert caught.value.hint
    return caught.value.message


def test_a_real_workbook_keeps_types_sheets_and_merges(tmp_path):
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("执法检查")
        sheet.merge_range(0, 0, 0, 3, "2021年度台账")
        sheet.write_row(2, 1, ["水法", 12, True])
        sheet.write_datetime(3, 1, dt.datetime(2021, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_formula(3, 2, "=1+1", value=2)
        book.add_worksheet("空表")
        hidden = book.add_worksheet("选项")
        hidden.write(0, 0, "满意")
        hidden.hide()
    first, empty, options = open_workbook(path)
    assert first.rows[0][0] == "2021年度台账"
    assert first.rows[1] == []
    assert first.rows[2] == ["", "水法", 12.0, True]
    assert first.rows[3][1:3] == [dt.date(2021, 3, 5), 2.0]
    assert first.merged == [(0, 0, 0, 3)]
    assert (empty.name, empty.rows, empty.hidden) == ("空表", [], False)
    assert (options.name, options.hidden) == ("选项", True)


def test_cells_that_start_away_from_the_corner_keep_their_place(tmp_path):
    sheet = sheet_xml(f'<row r="3">{text_cell("C3", "姓名")}</row>')
    assert open_workbook(write_xlsx(tmp_path / "a.xlsx", sheet))[0].rows == [[], [], ["", "", "姓名"]]


@pytest.mark.parametrize("numbered", [True, False])
def test_formulas_without_a_value_and_error_values_are_told(tmp_path, numbered):
    cells = [
        text_cell("A2", "甲"),
        '<c r="B2"><f>SUM(A1:A2)&amp;"x"</f></c>',
        '<c r="C2"><f>1+1</f><v></v></c>',
        '<c r="D2" t="str"><f>A1</f><v></v></c>',
        '<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="F2"><f>2*2</f><v>4</v></c>',
        '<c r="G2"><f t="shared" si="0"/></c>',
    ]
    body = f'<row r="1">{text_cell("A1", "甲")}</row><row r="2">{"".join(cells)}</row>'
    if not numbered:
        body = body.translate({}).replace(' r="1"', "").replace(' r="2"', "")
        for letter in "ABCDEFG":
            body = body.replace(f' r="{letter}1"', "").replace(f' r="{letter}2"', "")
    row = open_workbook(write_xlsx(tmp_path / "a.xlsx", sheet_xml(body)))[0].rows[1]
    assert [str(value) for value in row] == ["甲", '=SUM(A1:A2)&"x"', "=1+1", "", "#DIV/0!", "4.0", "="]
    assert all(isinstance(row[column], FaultyCell) for column in (1, 2, 4, 6))
    assert "打开并保存一次" in row[1].reason
    assert "错误值“{found}”" in row[4].reason
    with pytest.raises(CellError, match="错误值“#DIV/0!”"):
        read_text(row[4])


def test_faults_beyond_the_last_value_are_not_lost(tmp_path):
    body = f'<row r="1">{text_cell("A1", "甲")}</row><row r="4"><c r="C4"><f>A1</f></c></row>'
    rows = open_workbook(write_xlsx(tmp_path / "a.xlsx", sheet_xml(body)))[0].rows
    assert len(rows) == 4
    assert isinstance(rows[3][2], FaultyCell)


def test_an_old_workbook(tmp_path):
    path = write_xls(tmp_path / "a.xls", {(0, 0): "姓名", (0, 1): "年龄", (1, 0): "张三", (1, 1): 12.0}, merged=[(0, 0, 0, 1)])
    [sheet] = open_workbook(path)
    assert sheet.name == "台账"
    assert sheet.rows == [["姓名", "年龄"], ["张三", 12.0]]
    assert sheet.merged == [(0, 0, 0, 1)]


@pytest.mark.parametrize("rows", [2, 900])
def test_error_values_of_an_old_workbook_are_faulty_cells(tmp_path, rows):
    """In a short stream (kept within the root entry's) and in a long one; typed in and as results of formulas."""
    cells: dict = {(0, 0): "姓名", (0, 1): "年龄", (1, 0): "张三", (1, 1): Error(0x2A), (1, 2): ErrorOfFormula(0x07)}
    cells |= {(row, 0): 1.0 for row in range(2, rows)}
    [sheet] = open_workbook(write_xls(tmp_path / "a.xls", cells, small=rows < 100))
    assert [str(cell) for cell in sheet.rows[1]] == ["张三", "#N/A", "#DIV/0!"]
    assert isinstance(sheet.rows[1][1], FaultyCell)
    with pytest.raises(CellError, match="错误值“#N/A”"):
        read_text(sheet.rows[1][1])


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.txt", "无后缀"])
def test_the_content_decides_and_not_the_name(tmp_path, name):
    assert open_workbook(write_xlsx(tmp_path / name, sheet_xml(ONE_ROW)))[0].rows == [["姓名"]]
    assert open_workbook(write_xls(tmp_path / name, {(0, 0): "姓名"}))[0].rows == [["姓名"]]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("姓名,年龄\n张三,12\n", "utf-8"),
        ("姓名,年龄\r\n张三,12\r\n", "utf-8-sig"),
        ("姓名,年龄\n张三,12\n", "gb18030"),
        ("姓名\t年龄\n张三\t12\n", "gb18030"),
        ("姓名;年龄\n张三;12\n", "utf-8"),
        ("sep=;\n姓名;年龄\n张三;12\n", "utf-8"),
        ("姓名\t年龄\n张三\t12\n", "utf-16"),
        ('"姓名","年龄"\n"张三","12"\n\n\n', "utf-8"),
    ],
)
def test_text_tables(tmp_path, text, encoding):
    path = tmp_path / "代表名册.csv"
    path.write_bytes(text.encode(encoding))
    [sheet] = open_workbook(path)
    assert sheet.name == "代表名册"
    assert sheet.rows == [["姓名", "年龄"], ["张三", "12"]]


def test_quoted_separators_and_lines_stay_in_their_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('姓名,说明\n"张三","一,二\n三"\n', encoding="utf-8")
    assert open_workbook(path, name="上传.csv")[0].rows[1] == ["张三", "一,二\n三"]
    assert open_workbook(path, name="上传.csv")[0].name == "上传"


def package_with(**parts):
    return lambda path: write_xlsx(path, sheet_xml(ONE_ROW), {name.replace("__", "/"): data for name, data in parts.items()})


def plain_zip(*names):
    def write(path):
        with zipfile.ZipFile(path, "w") as package:
            for name in names:
                package.writestr(name, "x")

    return write


def raw(data):
    return lambda path: path.write_bytes(data)


LAUGHS = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">]>'
REFUSED = {
    "macros": (lambda path: write_xlsx(path, sheet_xml(ONE_ROW), {"xl/vbaProject.bin": b"x"}), "宏"),
    "macro type": (lambda path: write_xlsx(path, sheet_xml(ONE_ROW), types="<Types><a b='macroEnabled.main'/></Types>"), "宏"),
    "old macros": (lambda path: write_xls(path, {(0, 0): "甲"}, streams=("Workbook", "_VBA_PROJECT_CUR")), "宏"),
    "laughs in the sheet": (lambda path: write_xlsx(path, sheet_xml(f"<row>{text_cell('A1', '&m;')}</row>", LAUGHS)), "实体"),
    "entities elsewhere": (
        lambda path: write_xlsx(path, sheet_xml(ONE_ROW), {"xl/sharedStrings.xml": f"<!-- x --> <?pi?> {LAUGHS}<sst/>"}),
        "实体",
    ),
    "password": (lambda path: write_xls(path, {(0, 0): "甲"}, streams=("EncryptionInfo", "EncryptedPackage")), "密码"),
    "word in the old format": (lambda path: write_xls(path, {(0, 0): "甲"}, streams=("WordDocument",)), "Word"),
    "container without workbook": (lambda path: write_xls(path, {(0, 0): "甲"}, streams=("Other",)), "没有工作簿"),
    "word": (plain_zip("word/document.xml"), "Word"),
    "slides": (plain_zip("ppt/presentation.xml"), "演示文稿"),
    "binary workbook": (plain_zip("xl/workbook.bin"), "xlsb"),
    "open document": (plain_zip("mimetype", "content.xml"), "OpenDocument"),
    "zip of workbooks": (plain_zip("一.xlsx", "二.xlsx"), "压缩包，里面才是"),
    "some zip": (plain_zip("a.txt"), "没有工作簿"),
    "many entries": (lambda path: write_xlsx(path, sheet_xml(ONE_ROW), {f"x/{n}.bin": b"" for n in range(6000)}), "部件"),
    "html": (raw(b"<html><table><tr><td>1</td></tr></table>"), "网页"),
    "xml": (raw(b'<?xml version="1.0"?><Workbook/>'), "XML"),
    "pdf": (raw(b"%PDF-1.7\n"), "PDF"),
    "picture": (raw(b"\x89PNG\r\n\x1a\n" + b"\0" * 50), "图片"),
    "program": (raw(b"\x7fELF" + b"\0" * 50), "程序"),
    "binary": (raw(bytes(range(256)) * 40), "不是电子表格"),
    "zeros": (raw(b"\0" * 4096), "空的"),
    "empty": (raw(b""), "空的"),
    "blank lines": (raw(b"\n\n \n"), "空的"),
    "no such encoding": (raw("姓名,年龄\n".encode() + b"\xff\xfe\xfa,1\n"), "编码"),
    "open quote": (raw(('a,b\n"' + "x,\n" * 600_000).encode()), "引号"),
    "endless line": (raw(b"a" * 5_000_000), "第 1 行"),
    "very long cell": (raw(b"a,b\n" + b"x" * 40_000 + b",1\n"), "个字"),
    "nothing in cells": (lambda path: write_xlsx(path, sheet_xml('<row r="1"><c r="A1" s="1"/></row>')), "没有内容"),
    "too many columns": (lambda path: write_xlsx(path, sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "16384 列"),
    "too many columns in text": (raw((b"1," * 998 + b"1\n") * 8000), "行"),
    "broken relations": (lambda path: write_xlsx(path, "<worksheet><sheetData><row>"), "损坏"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path, case):
    write, words = REFUSED[case]
    path = tmp_path / "文件"
    write(path)
    assert words in refused(path)


def test_folders_devices_and_missing_files(tmp_path):
    assert "不是文件" in refused(tmp_path)
    assert "不是文件" in refused("/dev/zero")
    assert "找不到" in refused(tmp_path / "没有.xlsx")


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    assert "2048 MB" in refused(path)


def test_a_file_cut_off_anywhere_is_refused(tmp_path):
    whole = write_xlsx(tmp_path / "a.xlsx", sheet_xml(ONE_ROW)).read_bytes()
    for cut in range(10, len(whole) - 1, len(whole) // 12):
        (tmp_path / "b.xlsx").write_bytes(whole[:cut])
        refused(tmp_path / "b.xlsx")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8), old=st.booleans())
def test_damage_is_refused_or_survived(tmp_path, changes, old):
    path = tmp_path / "a"
    data = bytearray((write_xls(path, {(0, 0): "甲"}) if old else write_xlsx(path, sheet_xml(ONE_ROW))).read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    path.write_bytes(data)
    try:
        outcome = open_workbook(path, limits=Limits(seconds=20, memory=512 << 20))
    except UnreadableFile as error:
        outcome = [error.message, error.hint]
    assert all(outcome)


def test_reading_that_takes_too_long_is_stopped(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 150_000)))
    )
    message = refused(path, limits=Limits(seconds=0))
    assert "秒" in message


def test_too_many_rows_for_one_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n" * 5000, encoding="utf-8")
    assert "3000 行" in refused(path, limits=Limits(rows=3000))
    assert len(open_workbook(path)[0].rows) == 5000


MEASURED = """
import json, re, resource, sys, time
from pathlib import Path
from renda.ledgers.reading import UnreadableFile, open_workbook
started = time.perf_counter()
try:
    answer = sum(len(sheet.rows) for sheet in open_workbook(sys.argv[1]))
except UnreadableFile as error:
    answer = error.message
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])  # ru_maxrss would count the parent's memory before exec
memory = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
print(json.dumps([answer, memory, time.perf_counter() - started]))
"""


def measured(path: Path):
    """What reading `path` answers, the largest memory of a process in MiB and the seconds taken, in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    return json.loads(run.stdout)


def million(row):
    return sheet_xml(ONE_ROW + "".join(row.format(n=n) for n in range(2, 1_000_001)))


ABSURD = {
    "a million empty rows": (
        lambda path: write_xlsx(path, million('<row r="{n}" spans="1:2"><c r="A{n}" s="1"/></row>')),
        "空行",
    ),
    "a million rows without numbers": (
        lambda path: write_xlsx(path, sheet_xml("<row/>" * 1_000_000 + "<row><c><v>1</v></c></row>")),
        "行",
    ),
    "a million empty lines": (raw(b"a,b\n" + b"\n" * 1_000_000 + b"1,2\n"), "空行"),
    "one cell in the last corner": (
        lambda path: write_xlsx(path, sheet_xml(ONE_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "内存",
    ),
    "a row number without end": (
        lambda path: write_xlsx(path, sheet_xml('<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>')),
        "",
    ),
    "a bomb": (lambda path: write_xlsx(path, sheet_xml(ONE_ROW), {"xl/theme/theme1.xml": b" " * (300 << 20)}), "300 MB"),
    "a bomb that lies about its size": (
        lambda path: declare_less(
            write_xlsx(path, sheet_xml(ONE_ROW), {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>lollol</t></si>" * 6_000_000}),
            "xl/sharedStrings.xml",
            100_000,
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", ABSURD)
def test_absurd_files_are_refused_in_bounded_memory_and_time(tmp_path, case):
    write, words = ABSURD[case]
    path = tmp_path / "a"
    write(path)
    answer, memory, seconds = measured(path)
    assert isinstance(answer, str), answer
    assert words in answer
    assert memory < 600
    assert seconds < 30


RECORDS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 12))
TRAILING = {
    "rows formatted to the end of the sheet": lambda path: write_xlsx(
        path,
        sheet_xml(
            ONE_ROW
            + RECORDS
            + "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(12, 1_048_577))
        ),
    ),
    "empty lines to the end of the sheet": raw("甲,乙\n".encode() + b"1,2\n" * 10 + b",\n" * 1_048_565),
}


@pytest.mark.parametrize("case", TRAILING)
def test_empty_rows_behind_the_records_are_left_out_in_bounded_memory(tmp_path, case):
    path = tmp_path / "a"
    TRAILING[case](path)
    answer, memory, seconds = measured(path)
    assert answer == 11
    assert memory < 600
    assert seconds < 30
