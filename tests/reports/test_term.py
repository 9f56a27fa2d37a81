"""The statistics of a term, counted by hand: years cut to the term, totals asked for and not added up."""

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.test import Client

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.figures.periods import NoSuchPeriod
from renda.reports.term import statistics, tables
from renda.reports.term.cli import term as command
from tests.county import COUNTY, actor, division, enter, make_county
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
CODES = (
    "supervision.inspections",
    "supervision.inspected_laws",
    "petitions.close_rate",
    "projects.micro_money",
    "petitions.change",
    "stations.stations",
)


@pytest.fixture
def county(db: None) -> None:
    """A term from 1 July 2019 to 31 March 2021, the next from 1 March 2021.

    Inspections: 2019-05 (before the term), 2019-09, 2020-04, 2021-02 (all of one law but the last) and 2021-03 (the next term's).
    """
    make_county()
    enter(
        "directory.terms",
        {"level": "县级", "number": 11, "starts_on": "2019-07-01", "ends_on": "2021-03-31"},
        {"level": "县级", "number": 12, "starts_on": "2021-03-01"},
    )
    for day, law in (
        ("2019-05-06", "消防法"),
        ("2019-09-02", "消防法"),
        ("2020-04-07", "消防法"),
        ("2021-02-03", "义务教育法"),
        ("2021-03-09", "义务教育法"),
    ):
        enter("supervision.inspections", {"title": f"{law}执法检查（{day}）", "laws": law, "started": day})
    for number, (received, closed) in enumerate(
        (("2019-08-01", "2019-09-01"), ("2020-02-03", "2020-03-01"), ("2020-05-06", None), ("2020-06-01", None)), 1
    ):
        enter(
            "petitions.petitions",
            {
                "number": f"信{number}",
                "received": received,
                "title": "道路积水",
                "form": "来信",
                "accepted": received,
                "closed": closed,
            },
        )
    enter("projects.micro", {"title": "龙潭路灯", "division": "龙潭镇", "collected": "2020-01-06", "started": "2020-02-03"})
    enter("projects.money", {"project": "龙潭路灯", "paid_on": "2020-02-03", "amount": "12.5万元", "source": "县财政"},
          {"project": "龙潭路灯", "paid_on": "2021-01-04", "amount": "2万元", "source": "县财政"})  # fmt: skip
    enter("stations.stations", {"name": "龙潭站", "kind": "代表联络站", "founded_on": "2020-03-01", "division": "龙潭镇"},
          {"name": "柳河站", "kind": "代表联络站", "founded_on": "2021-03-05", "division": "柳河镇"})  # fmt: skip


def _gathered() -> statistics.Statistics:
    with clock.travel(date(2021, 11, 20)):
        return statistics.gather(statistics.choose(codes=CODES), 11, "county", division(COUNTY), actor=OPERATOR)


@pytest.mark.usefixtures("county")
def test_years_are_cut_to_the_term_which_ends_on_the_eve_of_the_next() -> None:
    found = _gathered()
    assert [(s.label, s.whole) for s in found.spans] == [
        ("2019年（7月1日起）", False),
        ("2020年", True),
        ("2021年（至2月28日）", False),
    ]
    assert found.title == "青禾县第十一届人大工作统计"


@pytest.mark.usefixtures("county")
def test_totals_are_asked_for_over_the_term() -> None:
    lines = {line.indicator.code: line for line in _gathered().lines}
    inspections, laws = lines["supervision.inspections"], lines["supervision.inspected_laws"]
    assert (inspections.values, inspections.total, inspections.rule) == ([1, 1, 1], 3, "全届合计")
    assert (laws.values, laws.total, laws.rule) == ([1, 1, 1], 2, "全届去重")  # one law in two years
    rate = lines["petitions.close_rate"]
    # 1 of 1, 1 of 3, none: over the term 2 of 4, which is not the mean of 100 and 33.33
    assert (rate.values, rate.total) == ([Decimal("100.00"), Decimal("33.33"), None], Decimal("50.00"))
    assert (lines["projects.micro_money"].values, lines["projects.micro_money"].total) == (
        [Decimal("0.00"), Decimal("12.50"), Decimal("2.00")], Decimal("14.50"))  # fmt: skip
    assert lines["projects.micro_money"].unit == "万元"
    stations = lines["stations.stations"]
    assert (stations.values, stations.total, stations.rule) == ([0, 1, 1], 1, "届末数")
    assert lines["petitions.change"].total is None  # no earlier term to be compared with


@pytest.mark.usefixtures("county")
def test_an_unknown_term_and_a_foreign_county_are_refused() -> None:
    with pytest.raises(NoSuchPeriod, match="第9届"):
        statistics.gather([], 9, "county", division(COUNTY), actor=OPERATOR)
    with pytest.raises(PermissionDenied, match="范围"):
        statistics.gather(
            statistics.choose(codes=CODES[:1]), 11, "county", division(COUNTY), actor=actor("township_clerk", "990123101")
        )


@pytest.mark.usefixtures("county")
def test_the_workbook_and_the_word_table_say_the_same(tmp_path: Path) -> None:
    found = _gathered()
    tables.write_workbook(found, tmp_path / "t.xlsx")
    tables.write_document(found, tmp_path / "t.docx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["届次统计", "口径"]
    rows = {row[0]: row[1:] for row in book["届次统计"].iter_rows(min_row=3, values_only=True)}
    assert rows["指标"][1:5] == ("2019年（7月1日起）", "2020年", "2021年（至2月28日）", "全届")
    assert rows["执法检查次数"][:5] == ("项", 1, 1, 1, 3)
    assert rows["信访办结率"][1:5] == (100, 33.33, None, 50)
    assert len(book["届次统计"]._charts) == 1
    said = [[cell.text for cell in row.cells] for row in docx.Document(str(tmp_path / "t.docx")).tables[0].rows]
    assert ["执法检查次数", "项", "1", "1", "1", "3", "全届合计"] in said
    assert ["信访办结率", "%", "100", "33.33", "—", "50", "按全届的分子、分母计算"] in said


@pytest.mark.usefixtures("county")
def test_a_year_without_any_record_is_no_zero() -> None:
    with clock.travel(date(2021, 11, 20)):
        found = statistics.gather(
            statistics.choose(codes=("projects.micro_money",)), 11, "county", division(COUNTY), actor=OPERATOR
        )
    assert found.bare == ["2019年（7月1日起）"]
    assert tables.cells(found, found.lines[0])[0] is None
    assert any("不表示没有开展工作" in note for note in tables.notes(found))


@pytest.mark.usefixtures("county")
def test_the_command(tmp_path: Path) -> None:
    with clock.travel(date(2021, 11, 20)):
        answer = CliRunner().invoke(
            command, ["--number", "11", "--room", "supervision", "--out", str(tmp_path / "t.xlsx"), "--json"]
        )
        assert answer.exit_code == 0, answer.output
        data = json.loads(answer.stdout)
        assert (tmp_path / "t.xlsx").stat().st_size > 5000
        assert [one["total"] for one in data["indicators"] if one["code"] == "supervision.inspections"] == [3]
        assert "听取审议专项工作报告项数" not in {one["name"] for one in data["indicators"]}  # nothing to tell
        refused = CliRunner().invoke(command, ["--number", "11", "--out", str(tmp_path / "t.pdf")])
        assert refused.exit_code == 1
        assert ".xlsx 或 .docx" in refused.output


def test_the_page_and_its_downloads(office: object, as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    assert "还没有登记届次" in client.get("/yearend/term/").content.decode()
    assert client.get("/yearend/term.xlsx").status_code == 404
    county = office.county  # type: ignore[attr-defined]
    county.enter("directory.terms", [{"层级": "县级", "届次": 11, "起始日期": "2021-01-01"}])
    page = client.get("/yearend/term/?room=suggestions").content.decode()
    assert "清河县第十一届人大工作统计" in page
    assert "代表建议件数" in page
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/yearend/term.xlsx?room=suggestions").streaming_content)))
    assert book["届次统计"]["A1"].value == "清河县第十一届人大工作统计"
    assert client.get("/yearend/term.docx?code=suggestions.count").status_code == 200
    for name, status in (("deputy", 403), ("unit", 403), ("audit", 403), ("director", 200), ("town", 200)):
        assert as_role(name).get("/yearend/term/").status_code == status, name
        assert as_role(name).get("/yearend/").status_code == status, name
