"""Every row of a list has one outcome, and the roll holds what was taken."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection

from renda.core import clock
from renda.elections.models import Election, Voter
from renda.elections.roll.outcomes import OUTCOMES
from renda.elections.roll.report import Report
from renda.journal.models import Entry
from renda.ledgers.reading import UnreadableFile
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import Desk, bar, book, number, person, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def told(report: Report) -> dict[str, int]:
    """The outcomes that occurred; they add up to what was read."""
    assert sum(report.counts[one] for one in OUTCOMES) == report.read
    return {code: count for code, count in report.counts.items() if count}


def test_each_row_has_its_reason(desk: Desk, tmp_path: Path) -> None:
    barred, suspended, over = person(3), person(4), person(5)
    bar(desk, barred, "deprived")
    bar(desk, suspended, "suspended", until=date(2022, 1, 1))
    bar(desk, over, "deprived", until=date(2021, 11, 9))
    wrong = person(6)
    wrong = (*wrong[:2], wrong[2][:17] + ("1" if wrong[2][17] != "1" else "2"), *wrong[3:])
    other_sex = person(7)
    other_sex = (other_sex[0], "女" if other_sex[1] == "男" else "男", *other_sex[2:])
    rows = [
        person(1), person(2, district="第2选区"), barred, suspended, over, wrong, other_sex,
        person(8, born="2003-11-11"), person(9, born="2003-11-10"), person(1), ("王小二", *person(1)[1:]),
        person(10, district="第9选区"), ("", *person(11)[1:]), ("", "", "", "", ""), ("赵六", "男", "", "", "第1选区"),
    ]  # fmt: skip
    report, _ = desk.bring(book(tmp_path / "a.xlsx", rows))
    assert told(report) == {
        "eligible": 4, "deprived": 1, "suspended": 1, "wrong_number": 2, "under_age": 1, "duplicate": 1, "look": 4,
    }  # fmt: skip
    assert report.committed
    on = Voter.objects.registered().values_list("name", "district__name", "sex")
    assert set(on) == {(row[0], row[4], "male" if row[1] == "男" else "female") for row in (rows[0], rows[1], over, rows[8])}
    off = dict(Voter.objects.filter(state="off").values_list("identity_hash", "why_off"))
    assert sorted(off.values()) == ["deprived", "suspended"]


def test_what_is_stored(desk: Desk, tmp_path: Path) -> None:
    row = person(1)
    desk.bring(book(tmp_path / "a.xlsx", [row]))
    voter = Voter.objects.get()
    assert (voter.identity_number, voter.address, voter.phone) == (row[2], row[3], "")
    assert voter.identity_hash == Voter._meta.get_field("identity_hash").derive(row[2])  # type: ignore[union-attr]
    assert voter.birth_date.isoformat().replace("-", "") == row[2][6:14]
    assert (voter.division, voter.source, voter.entry, voter.in_household) == (
        desk.county.townships["龙潭镇"], "household", "first", True,
    )  # fmt: skip


def test_the_same_file_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [person(n) for n in range(30)])
    desk.bring(path)
    before = list(Voter.objects.values_list("pk", "updated_at", "row_digest"))
    report, _ = desk.bring(path)
    assert told(report) == {"unchanged": 30}
    assert list(Voter.objects.values_list("pk", "updated_at", "row_digest")) == before


def test_a_changed_row_updates_and_an_edited_one_is_left(desk: Desk, tmp_path: Path) -> None:
    first, second = person(1), person(2)
    desk.bring(book(tmp_path / "a.xlsx", [first, second]))
    Voter.objects.filter(name=second[0]).update(edited=True)
    moved = [(*row[:3], "白沙镇新村1号", row[4]) for row in (first, second)]
    report, work = desk.bring(book(tmp_path / "b.xlsx", moved))
    assert told(report) == {"updated": 1, "look": 1}
    assert Voter.objects.get(name=first[0]).address == "白沙镇新村1号"
    assert Voter.objects.get(name=second[0]).address == second[3]
    assert [one.why for one in work.refused] == ["edited"]


def test_employers_list_is_compared_with_the_household_extract(desk: Desk, tmp_path: Path) -> None:
    here, named, away, with_paper, without = (person(n) for n in range(1, 6))
    desk.bring(book(tmp_path / "户籍.xlsx", [here, named, (*away[:4], "第2选区")]))
    headings = ("姓名", "性别", "身份证号", "住址", "选区", "资格证明", "选民小组")
    rows = [
        (*here, "", ""), ("张伟伟", *named[1:], "", ""), (*away, "", ""), (*with_paper, "有", "厂区小组"), (*without, "", ""),
    ]  # fmt: skip
    report, _ = desk.bring(book(tmp_path / "单位.xlsx", rows, headings), source="employer")
    assert told(report) == {"unchanged": 1, "name_mismatch": 1, "elsewhere": 1, "eligible": 1, "no_certificate": 1}
    voter = Voter.objects.get(name=with_paper[0])
    assert (voter.certificate, voter.source, voter.in_household) == (True, "employer", False)
    assert report.unknown_groups == ["第1选区／厂区小组"]


def test_without_a_district_people_wait_in_the_pool_and_are_drawn_from_it(desk: Desk, tmp_path: Path) -> None:
    row = person(1)
    report, _ = desk.bring(book(tmp_path / "a.xlsx", [(*row[:4], "")]))
    assert (told(report), report.in_pool) == ({"eligible": 1}, 1)
    assert Voter.objects.get().state == "review"
    report, _ = desk.bring(book(tmp_path / "b.xlsx", [row]))
    assert told(report) == {"updated": 1}
    assert (Voter.objects.get().state, Voter.objects.get().district) == ("registered", desk.districts["第1选区"])


def test_numbers_as_offices_write_them(desk: Desk, tmp_path: Path) -> None:
    old = number("1952-03-05", 21)
    destroyed = float(number("1960-05-05", 11)[:15] + "000")
    rows = [
        ("张伟", "男", f"{old[:6]}{old[8:17]}", "", "第1选区"),
        ("李 娜", "", f"’{number('1970-01-02', 12)[:6]} {number('1970-01-02', 12)[6:]}", "无", "第1选区"),
        ("王芳", "女", destroyed, "", "第1选区"),
        ("赵强", "", 990101600505001, "", "第1选区"),
    ]
    report, work = desk.bring(book(tmp_path / "a.xlsx", rows))
    assert told(report) == {"eligible": 3, "wrong_number": 1}
    assert "当作数字" in work.refused[0].why
    numbers = set(Voter.objects.values_list("identity_number", flat=True))
    assert numbers == {old, number("1970-01-02", 12), number("1960-05-05", 1)}
    assert set(Voter.objects.values_list("name", flat=True)) == {"张伟", "李娜", "赵强"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_tables(desk: Desk, tmp_path: Path, encoding: str) -> None:
    rows = [person(n, name="𠮷" + "丽" if encoding != "x" else "") for n in range(5)]
    report, _ = desk.bring(text(tmp_path / "a.csv", rows, encoding=encoding))
    assert told(report) == {"eligible": 5}
    assert Voter.objects.filter(name="𠮷丽").count() == 5


def test_totals_notes_and_other_sheets_are_no_people(desk: Desk, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as file:
        file.add_worksheet("说明").write_row(0, 0, ["填表说明", "每人一行"])
        for sheet, first in (("一组", 1), ("二组", 3)):
            one = file.add_worksheet(sheet)
            one.write_row(3, 1, desks.HEADINGS)
            one.write_row(4, 1, person(first))
            one.write_row(6, 1, person(first + 1))
            one.write_row(7, 1, ["合计", "", "2"])
            one.write_row(8, 1, ["备注：以户籍为准"])
    report, _ = desk.bring(path)
    assert told(report) == {"eligible": 4}
    assert [(sheet.sheet, sheet.read, bool(sheet.left_out)) for sheet in report.sheets] == [
        ("说明", 0, True), ("一组", 2, False), ("二组", 2, False),
    ]  # fmt: skip


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [person(n) for n in range(5)] + [person(1), person(8, born="2010-01-01")])
    report, _ = desk.bring(path, dry_run=True)
    assert told(report) == {"eligible": 5, "duplicate": 1, "under_age": 1}
    assert not report.committed
    assert not Voter.objects.exists()
    assert not Entry.objects.filter(action="roll.imported").exists()


def test_the_same_person_in_two_files_of_one_import(desk: Desk, tmp_path: Path) -> None:
    paths = [book(tmp_path / f"{n}.xlsx", [person(1), person(n)]) for n in (2, 3)]
    report, work = desk.bring(*paths)
    assert told(report) == {"eligible": 3, "duplicate": 1}
    assert [(one.part, one.row) for one in work.refused] == [(1, 3)]


def test_nothing_is_written_where_one_file_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    good, bad = book(tmp_path / "a.xlsx", [person(1)]), tmp_path / "b.xlsx"
    bad.write_bytes(good.read_bytes()[:600])
    with pytest.raises(UnreadableFile, match=r"b\.xlsx"):
        desk.bring(bad)
    assert not Voter.objects.exists()


def test_the_journal_says_counts_and_no_name(desk: Desk, tmp_path: Path) -> None:
    row = person(1)
    desk.bring(book(tmp_path / "a.xlsx", [row]))
    entry = Entry.objects.get(action="roll.imported")
    assert (entry.payload["read"], entry.payload["counts"], entry.payload["source"]) == (1, {"eligible": 1}, "household")
    assert row[2] not in str(entry.payload)
    assert row[0] not in str(entry.payload)


def test_many_rows_go_through_processes_of_their_own(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ("张伟", "", number(f"19{50 + n % 50}-03-05", 1 + n % 899, f"{990101 + n // 899}"), "", "第1选区") for n in range(9000)
    ]
    numbers = {row[2] for row in rows}
    report, _ = desk.bring(book(tmp_path / "a.xlsx", rows))
    assert told(report) == {"eligible": len(numbers)}
    assert len(numbers) == 9000
    assert set(Voter.objects.values_list("identity_number", flat=True)) == numbers


def test_an_upgrade_finds_the_extracts_of_open_files_and_leaves_closed_ones(desk: Desk, tmp_path: Path) -> None:
    """The database refuses any change to a closed file; an upgrade must not stumble over one."""
    desk.bring(book(tmp_path / "a.xlsx", [person(1)]))
    closed = Election.objects.create(division=desk.county.division, natural_key="上届", name="上届选举", level="county", term_number=11,
                                     election_day=date(2016, 11, 10))  # fmt: skip
    Voter.objects.get().delete()
    for election in (desk.election, closed):
        Voter.objects.create(election=election, division=desk.county.division, name="张伟", sex="male", birth_date=date(1980, 1, 1),
                             identity_number=person(1)[2], state="review", source="household", in_household=True)  # fmt: skip
    Election.objects.filter(pk=desk.election.pk).update(extract_at=None)
    Election.objects.filter(pk=closed.pk).update(frozen_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute(import_module("renda.elections.migrations.0016_extract").SET)
    assert Election.objects.get(pk=desk.election.pk).extract_at is not None
    assert Election.objects.get(pk=closed.pk).extract_at is None
