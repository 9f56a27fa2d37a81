"""The four rooms' registers through real workbooks: in, in again, out, and into an empty county."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from renda.directory.gate import OPERATOR
from renda.ledgers.exporting import export_register
from renda.ledgers.importing import Options, import_files
from renda.registers import loading, registry, services
from renda.ui import editing
from tests import small_county
from tests.small_county import SmallCounty

BOOKS: dict[str, tuple[str, tuple[str, ...], list[tuple[Any, ...]]]] = {
    "suggestions.suggestions": (
        "清河县2021年人大代表建议办理情况台账",
        ("序号", "建议编号", "建议标题", "领衔代表", "附议代表", "承办单位", "协办单位", "交办时间", "答复时间", "办理结果", "代表满意度"),
        [(1, "第1号", "关于修桥的建议", "张 伟", "李娜、王芳", "县交通局", None, "3月1日", "2021.5.6", "A类", "满意"),
         (2, "第2号", "关于学校的建议", "李娜", None, "县教育局、县住建局", "县人民法院", "2021年3月1日", None, None, None)],
    ),
    "petitions.petitions": (
        "2021年来信来访登记表",
        ("登记日期", "信访形式", "反映问题", "来访人姓名", "电话", "人数", "被反映单位", "办理单位", "受理日期", "办结日期", "办理结果"),
        [("2021.1.5", "来信", "土地承包", "周某", "13912345678", None, "龙潭镇政府", "龙潭镇人民政府", "2021.1.6", "2021.2.6", "解释说明"),
         ("2021.3.5", "来访", "工资拖欠", None, None, "12人", None, None, None, None, None)],
    ),
    "filing.documents": (
        "规范性文件备案审查台账",
        ("文件名称", "制定机关", "文号", "印发日期", "报备日期", "审查日期", "审查结果"),
        [("关于禁止露天焚烧的通告", "县人民政府", "清政发〔2021〕3号", "2021-03-01", "2021-03-20", "2021-04", "合法")],
    ),
    "appointments.appointments": (
        "2021年人事任免名单",
        ("姓名", "任免类别", "职务", "通过日期", "会议名称"),
        [("张伟", "任命", "县人民法院审判员", "2021-03-05", "第三次会议"), ("周一", "免去", "县教育局局长", "2021-03-05", "第三次会议")],
    ),
}  # fmt: skip


@pytest.fixture
def county(db: None) -> SmallCounty:
    return small_county.make()


def write(path: Path, code: str) -> Path:
    """A workbook with a merged title, the headings on line 2, and a total line."""
    title, headings, rows = BOOKS[code]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, len(headings) - 1, title)
        for number, row in enumerate((headings, *rows), 1):
            sheet.write_row(number, 0, row)
        sheet.write_row(len(rows) + 2, 0, ("合计", f"{len(rows)}件"))
    return path


@pytest.mark.parametrize("code", BOOKS)
def test_in_and_in_again_and_out_and_in(county: SmallCounty, tmp_path: Path, code: str) -> None:
    book = write(tmp_path / "台账.xlsx", code)
    options = Options(division_id=county.division.pk)
    report, tasks = import_files([book], actor=OPERATOR, options=options)
    count = len(BOOKS[code][2])
    assert [t.register.code for t in tasks] == [code]
    assert [fault.reason for sheet in report.sheets for fault in sheet.rejects] == []
    assert (report.committed, report.total("created"), report.total("rejected")) == (True, count, 0)
    again, _ = import_files([book], actor=OPERATOR, options=options)
    assert (again.total("created"), again.total("updated"), again.total("unchanged")) == (0, 0, count)

    register = registry.get(code)
    before = _cells(code)
    out = tmp_path / "导出.xlsx"
    assert export_register(out, register, actor=OPERATOR) == count
    same, _ = import_files([out], actor=OPERATOR, options=options)
    assert (same.committed, same.total("unchanged")) == (True, count)

    services.void(register, list(register.records().values_list("pk", flat=True)), reason="重新导入", actor=OPERATOR)
    back, _ = import_files([out], actor=OPERATOR, options=options)
    assert (back.committed, back.total("created"), back.total("rejected")) == (True, count, 0)
    assert _cells(code) == before


def _cells(code: str) -> list[list[Any]]:
    register = registry.get(code)
    rows = loading.load(register, list(register.records().order_by("pk").values_list("pk", flat=True)))
    return sorted(loading.as_cells(list(register.columns), list(rows.values())), key=str)


def test_an_edited_record_without_a_number_of_its_own_is_found_again_by_its_ledger(county: SmallCounty, tmp_path: Path) -> None:
    book = write(tmp_path / "台账.xlsx", "petitions.petitions")
    options = Options(division_id=county.division.pk)
    import_files([book], actor=OPERATOR, options=options)
    register = registry.get("petitions.petitions")
    record = register.records().get(title="土地承包")
    before = editing._texts(register, loading.load(register, [record.pk])[record.pk])
    _, saved = editing.edit(register, record, {**before, "field": "农业农村"}, OPERATOR)
    assert saved == record.pk
    again, _ = import_files([book], actor=OPERATOR, options=options)
    assert (again.total("created"), again.total("unchanged")) == (0, 2)
    assert register.records().get(title="土地承包").field == "农业农村"
