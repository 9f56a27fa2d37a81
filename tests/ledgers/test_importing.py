"""Imports: every row accounted for, nothing twice, nothing over an edit, all or nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from renda.core.canonical import digest
from renda.core.cells import check_character
from renda.core.crypto import keyed_row_digest
from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Mandate, Organ
from renda.journal.models import Entry
from renda.journal.services import verify
from renda.ledgers import flow
from renda.ledgers.importing import NotImportable
from renda.ledgers.models import Import
from renda.ledgers.reading import UnreadableFile
from renda.ledgers.sheets import write_rejects
from renda.petitions.models import Petition
from renda.registers import registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from renda.registers.services import Change, save
from tests.ledgers import books

pytestmark = pytest.mark.django_db
IDENTITY = "99012319700101001" + check_character("99012319700101001")
HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    books.county(tmp_path)
    return tmp_path


def test_rows_become_records(folder: Path) -> None:
    report, _ = books.bring(books.petitions(folder / "a.xlsx"))
    assert (report.committed, books.counts(report)) == (True, (3, 0, 0, 0, 0))
    second = Petition.objects.get(number="信2")
    assert (second.opened_on, second.form, second.persons, second.handler.name) == (date(2021, 4, 6), "visit", 3, "县水务局")
    assert second.import_batch == report.batch == Import.objects.latest("pk").pk


def test_same_file_twice_changes_nothing(folder: Path) -> None:
    path = books.petitions(folder / "a.xlsx")
    books.bring(path)
    before = list(Petition.objects.order_by("pk").values())
    report, _ = books.bring(path)
    assert books.counts(report) == (0, 0, 3, 0, 0)
    assert list(Petition.objects.order_by("pk").values()) == before


def test_the_same_written_otherwise_is_unchanged(folder: Path) -> None:
    books.bring(books.petitions(folder / "a.xlsx", [books.GOOD[0]]))
    report, _ = books.bring(
        books.petitions(folder / "b.xlsx", [(" 信１ ", "2021年3月5日", "反映村道破损", "信件来信", "1人", "县交通运输局")])
    )
    assert report.read == 1
    assert report.total("created") == 0


def test_changed_row_updates_an_untouched_record(folder: Path) -> None:
    books.bring(books.petitions(folder / "a.xlsx"))
    report, _ = books.bring(books.petitions(folder / "b.xlsx", [("信1", "2021-03-05", "反映村道破损", "来信", 9, "县水务局")]))
    assert books.counts(report) == (0, 1, 0, 0, 0)
    first = Petition.objects.get(number="信1")
    assert (first.persons, first.handler.name) == (9, "县水务局")


def test_changed_row_over_an_edited_record_is_a_conflict(folder: Path) -> None:
    path = books.petitions(folder / "a.xlsx")
    books.bring(path)
    first = Petition.objects.get(number="信1")
    save(registry.get("petitions.petitions"), [Change({"persons": 5}, first.pk)], actor=OPERATOR)
    again, _ = books.bring(path)
    assert books.counts(again) == (0, 0, 3, 0, 0)
    changed = books.petitions(
        folder / "b.xlsx", [("信1", "2021-03-05", "反映村道破损", "来信", 9, "县交通运输局"), *books.GOOD[1:]]
    )
    report, _ = books.bring(changed, take_good_rows=True)
    assert books.counts(report) == (0, 0, 2, 1, 0)
    assert "已在平台上修改" in report.sheets[0].conflicts[0].reason
    first.refresh_from_db()
    assert first.persons == 5


BAD = (*books.GOOD, ("信4", "某日", "反映噪声", "来信", 1, ""), ("信5", "2021-06-01", "反映垃圾", "飞鸽传书", 1, "县没有的局"))


def test_one_bad_row_keeps_all_out(folder: Path) -> None:
    report, _ = books.bring(books.petitions(folder / "a.xlsx", BAD))
    assert (report.committed, books.counts(report)) == (False, (3, 0, 0, 0, 2))
    assert not Petition.objects.exists()
    assert report.batch is None


def test_good_rows_can_be_taken(folder: Path) -> None:
    report, _ = books.bring(books.petitions(folder / "a.xlsx", BAD), take_good_rows=True)
    assert (report.committed, books.counts(report)) == (True, (3, 0, 0, 0, 2))
    assert sorted(Petition.objects.values_list("number", flat=True)) == ["信1", "信2", "信3"]


def test_dry_run_leaves_nothing_behind(folder: Path) -> None:
    entries, imports = Entry.objects.count(), Import.objects.count()
    report, _ = books.bring(books.petitions(folder / "a.xlsx"), dry_run=True)
    assert books.counts(report) == (3, 0, 0, 0, 0)
    assert (Petition.objects.count(), Entry.objects.count(), Import.objects.count()) == (0, entries, imports)


def test_rejects_workbook_has_the_reason_beside_the_cell(folder: Path) -> None:
    _, tasks = books.bring(books.petitions(folder / "a.xlsx", BAD), take_good_rows=True)
    target = folder / "退回.xlsx"
    assert write_rejects(target, tasks)
    heading, *rows = books.cells(target)
    assert [row[0] for row in rows] == [5, 6]
    place = heading.index("来信来访日期")
    assert heading[place + 1] == "退回原因"
    assert rows[0][place] == "某日"
    assert "某日" in rows[0][place + 1]
    assert rows[1][place + 1] is None
    form, organ = heading.index("信访形式"), heading.index("承办单位")
    assert (rows[1][form], rows[1][organ]) == ("飞鸽传书", "县没有的局")
    assert rows[1][form + 1]
    assert rows[1][organ + 1]


def test_rejected_rows_mended_come_in_and_the_others_stay(folder: Path) -> None:
    books.bring(books.petitions(folder / "a.xlsx", BAD), take_good_rows=True)
    mended = [("信4", "2021-06-02", "反映噪声", "来信", 1, ""), ("信5", "2021-06-01", "反映垃圾", "来访", 1, "县水务局")]
    report, _ = books.bring(books.petitions(folder / "b.xlsx", [*books.GOOD, *mended]))
    assert books.counts(report) == (2, 0, 3, 0, 0)


def test_a_row_the_database_refuses_is_found_alone(folder: Path) -> None:
    """A number that a voided-and-reentered or other record holds is seen by the unique constraint only."""
    county = Division.objects.get(code="990123")
    register = registry.get("petitions.petitions")
    books.bring(books.petitions(folder / "a.xlsx", [books.GOOD[1]]))
    Petition.objects.filter(number="信2").update(natural_key="elsewhere", division=county)
    report, _ = books.bring(books.petitions(folder / "b.xlsx"), take_good_rows=True)
    assert books.counts(report) == (2, 0, 0, 0, 1)
    fault = report.sheets[0].rejects[0]
    assert fault.row == 3
    assert "编号已被使用" in fault.reason
    assert register.records().count() == 3


def test_the_same_row_twice_and_a_contradiction_within_a_sheet(folder: Path) -> None:
    rows = [books.GOOD[0], books.GOOD[0], ("信1", "2021-03-05", "反映村道破损", "来信", 7, "县交通运输局")]
    report, _ = books.bring(books.petitions(folder / "a.xlsx", rows), take_good_rows=True)
    assert books.counts(report) == (1, 0, 1, 1, 0)
    assert "第 2 行" in report.sheets[0].conflicts[0].reason


AWKWARD = [
    ["青禾县2021年信访台账"],
    [],
    ["序号", *books.HEADINGS],
    [1, "信1", 44260, "反映村道破损", "来信", 1, ""],
    [2, "信2", "4月6日", "反映水渠淤塞", "来访", "１", ""],
    [],
    ["", "信3", "不详", "", "来电", "很多人", ""],
    ["合计", "", "", "", "", 2, ""],
]


def test_awkward_sheet_is_accounted_for_row_by_row(folder: Path) -> None:
    path = books.write(folder / "a.xlsx", {"信访登记": AWKWARD, "说明": [["本表由办公室填写"]]})
    report, tasks = books.bring(path, take_good_rows=True)
    assert (report.read, report.total("created")) == (3, 2)
    assert dict(Petition.objects.values_list("number", "opened_on")) == {"信1": date(2021, 3, 5), "信2": date(2021, 4, 6)}
    sheet = tasks[0].report
    assert {row for row, _ in sheet.skipped} | set(tasks[0].table.numbers) == set(range(1, len(AWKWARD) + 1))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"%PDF-1.7 no workbook"])
def test_hostile_file_changes_nothing(folder: Path, content: bytes) -> None:
    entries = Entry.objects.count()
    good, bad = books.petitions(folder / "a.xlsx"), folder / "b.xlsx"
    bad.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"^b\.xlsx：") as refused:
        books.bring(good, bad)
    with translation.override("en"):
        assert flow.unreadable(refused.value).startswith("b.xlsx: ")
        assert not HAN.search(flow.unreadable(refused.value))
    assert not Petition.objects.exists()
    assert Entry.objects.count() == entries
    assert verify().fault is None


def test_empty_folder_and_missing_file_say_so(folder: Path) -> None:
    (folder / "none").mkdir()
    with pytest.raises(NotImportable, match=r"没有 \.xlsx"):
        books.bring(folder / "none")
    with pytest.raises(NotImportable, match="找不到"):
        books.bring(folder / "nowhere.xlsx")


def test_divisions_are_accounted_for(folder: Path) -> None:
    rows = [
        ("区划代码", "名称", "级别", "上级区划代码"),
        ("990123", "青禾县", "县", "9901"),
        ("990123109", "白沙乡", "乡", "990123"),
        ("990123109", "白沙乡", "乡", "990123"),
        ("990123109", "黑沙乡", "乡", "990123"),
        ("990199101", "无主镇", "镇", "990199"),
        ("12", "错级", "村级", "99"),
    ]
    report, _ = books.bring(books.write(folder / "a.xlsx", {"行政区划": rows}), take_good_rows=True)
    assert (report.read, books.counts(report)) == (6, (1, 0, 2, 1, 2))
    assert Division.objects.filter(code="990123109", name="白沙乡").exists()


def test_journal_says_what_came_in(folder: Path) -> None:
    report, _ = books.bring(books.petitions(folder / "a.xlsx"))
    entry = Entry.objects.get(action="ledgers.imported", subject_id=report.batch)
    assert entry.payload["created"] == 3
    assert verify().fault is None


def test_rows_may_refer_to_rows_below_them_in_the_same_sheet(folder: Path) -> None:
    """The office below is written over the one above it; a circle is refused, not read for ever."""
    rows = [
        ("县人大办信息股", "常委会工作机构", "县人大办"),
        ("县人大办", "常委会工作机构", "县人大"),
        ("县人大", "人民代表大会", ""),
    ]
    circle = [("甲办", "常委会工作机构", "乙办"), ("乙办", "常委会工作机构", "甲办")]
    sheet = [("单位名称", "单位类型", "主管单位"), *rows, *circle]
    report, _ = books.bring(books.write(folder / "b.xlsx", {"机关单位": sheet}), take_good_rows=True)
    assert (report.total("created"), report.total("rejected")) == (3, 2)
    assert Organ.objects.get(name="县人大办信息股").parent.parent.name == "县人大"
    assert [fault.row for fault in report.sheets[0].rejects] == [5, 6]


def test_digests_of_rows_are_worth_nothing_without_the_key(folder: Path) -> None:
    """An identity number has few possible values: a digest that anyone can compute would give it away."""
    rows = [("代表姓名", "身份证号", "代表级别", "届次", "任职起始日期"), ("王芳", IDENTITY, "县", 11, "2016-12-20")]
    report, _ = books.bring(books.write(folder / "b.xlsx", {"代表名册": rows}))
    assert report.committed, report.as_dict()
    held = Mandate.objects.get()
    register = registry.get("directory.deputies")
    reading = read_rows(
        register,
        {
            "person__name": ["王芳"],
            "person__identity_number": [IDENTITY],
            "level": ["县"],
            "term_number": [11],
            "since": ["2016-12-20"],
        },
        ReadContext(OPERATOR, held.division_id),
    )
    said = {name: column.key_text(reading.values[0][name]) for name, column in register.by_field.items()}
    given = ("person__name", "person__identity_number", "level", "term_number", "since")
    plain = digest({name: said[name] for name in sorted(given)})
    assert held.source_digest == reading.digests[0] == keyed_row_digest(plain)
    assert held.source_digest != plain
    again, _ = books.bring(folder / "b.xlsx")
    assert books.counts(again) == (0, 0, 1, 0, 0)


def test_a_sheet_named_like_its_register_is_told_what_it_lacks(folder: Path) -> None:
    """Other registers know some of its headings too; their names would lead astray."""
    rows = [("序号", "项目名称", "投票日期", "赞成票"), (1, "农村道路硬化", "2021-02-03", 100)]
    report, _ = books.bring(books.write(folder / "b.xlsx", {"民生实事票决": rows}))
    assert report.sheets[0].left_out.startswith("像是“民生实事票决”，但缺少必需的栏目：")
    assert "发出票数" in report.sheets[0].left_out
    assert "又像是" not in report.sheets[0].left_out
