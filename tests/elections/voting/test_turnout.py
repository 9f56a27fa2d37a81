"""Turnout, ballots and offline sheets: totals that only grow, sums that reconcile, a sheet that changes nothing when read twice."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from renda.elections.models import BallotBox, HourlyTurnout, VoteProxy, VoteRound
from renda.elections.voting import ballots, sheets, turnout
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.turnout import Hour
from renda.journal.models import Entry
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import DAY, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


@pytest.fixture
def one(desk: Desk) -> VoteRound:
    """An open first vote of 3000 voters with a station and a mobile box."""
    return desk.open()


def test_totals_by_place_and_the_line_of_more_than_half(desk: Desk, one: VoteRound) -> None:
    turnout.report(desk.box(one), [Hour(DAY, 9, 500, 20), Hour(DAY, 12, 1300, 60)], actor=desk.clerk)
    turnout.report(desk.box(one, "mobile_box"), [Hour(DAY, 11, 140, 0)], actor=desk.clerk)
    found = turnout.of_round(one)
    assert (found.persons, found.proxied, found.participants) == (1440, 60, 1500)
    assert (found.half, found.enough, found.missing) == (1501, False, 1)  # exactly half is not more than half
    assert found.by_kind == {"meeting": 0, "station": 1300, "mobile_box": 140}
    assert turnout.by_hour(one) == [(DAY, 9, 520), (DAY, 11, 660), (DAY, 12, 1500)]
    turnout.report(desk.box(one, "mobile_box"), [Hour(DAY, 15, 141, 0)], actor=desk.clerk)
    assert turnout.of_round(one).enough


def test_what_cannot_be_is_refused(desk: Desk, one: VoteRound) -> None:
    box = desk.box(one)
    turnout.report(box, [Hour(DAY, 10, 100, 5)], actor=desk.clerk)
    for told, why in (
        (Hour(DAY, 11, 99, 5), "只增不减"),
        (Hour(DAY, 9, 101, 5), "只增不减"),
        (Hour(DAY, 12, 2999, 5), "多于全体选民 3000 人"),
        (Hour(DAY.replace(day=9), 9, 1, 0), "早于投票日"),
        (Hour(DAY, 25, 200, 5), "不是一天中的钟点"),
    ):
        with pytest.raises(VotingFault, match=why):
            turnout.report(box, [told], actor=desk.clerk)
    assert [(one.hour, one.persons) for one in turnout.hours_of(box)] == [(10, 100)]


def test_the_same_again_changes_nothing_and_a_correction_replaces(desk: Desk, one: VoteRound) -> None:
    box = desk.box(one)
    assert turnout.report(box, [Hour(DAY, 10, 100, 5)], actor=desk.clerk) == 1
    before = Entry.objects.count()
    assert turnout.report(box, [Hour(DAY, 10, 100, 5)], actor=desk.clerk) == 0
    assert Entry.objects.count() == before
    turnout.report(box, [Hour(DAY, 10, 98, 5)], actor=desk.clerk)
    assert HourlyTurnout.objects.get().persons == 98


def test_only_the_office_reports(desk: Desk, one: VoteRound) -> None:
    for who in ("teller1", "registrar", "director"):
        with pytest.raises(PermissionDenied):
            turnout.report(desk.box(one), [Hour(DAY, 10, 100, 5)], actor=desk.actors[who])


def test_nothing_says_who_voted() -> None:
    """No row of voting day leads to a person, and no mandate leads to a box, an hour or a round."""
    for model in (VoteRound, BallotBox, HourlyTurnout):
        led_to = {field.related_model.__name__ for field in model._meta.get_fields() if field.is_relation and field.related_model}
        assert not led_to & {"Voter", "Person", "VoteProxy"}, model
    mandate = {
        field.related_model.__name__ for field in VoteProxy._meta.get_fields() if field.is_relation and field.related_model
    }
    assert mandate == {"Election", "Division", "ElectoralDistrict", "Voter"}


def test_ballots_reconcile_and_what_does_not_is_said(desk: Desk, one: VoteRound) -> None:
    box, mobile = desk.box(one), desk.box(one, "mobile_box")
    ballots.set_printed(one, 3100, actor=desk.clerk)
    ballots.set_box(box, {"allotted": 2800, "issued": 2500, "returned": 2498}, actor=desk.clerk)
    box.refresh_from_db()
    assert box.unused == 300
    ballots.set_box(mobile, {"allotted": 200, "issued": 150, "returned": 151, "unused": 50}, actor=desk.clerk)
    one.refresh_from_db()
    sums = ballots.sums(one, list(one.boxes.all()))
    assert (sums.allotted, sums.issued, sums.returned, sums.unused, sums.not_returned, sums.reserve) == (
        3000,
        2650,
        2649,
        350,
        1,
        100,
    )
    assert [fault for fault in sums.faults if "收回 151 张，多于发出的 150 张" in fault]
    with pytest.raises(VotingFault, match="多于领取的"):
        ballots.set_box(box, {"allotted": 100, "issued": 101}, actor=desk.clerk)
    with pytest.raises(VotingFault, match="合计不等于领取的 2800 张"):
        ballots.set_box(box, {"allotted": 2800, "issued": 2500, "unused": 299}, actor=desk.clerk)
    with pytest.raises(VotingFault, match="印制数不能少于"):
        ballots.set_printed(one, 2999, actor=desk.clerk)


def _book(desk: Desk, one: VoteRound, folder: Path) -> Path:
    path = folder / "sheet.xlsx"
    sheets.write(one, list(one.boxes.all()), path)
    return path


def _fill(path: Path, sheet: int, cells: dict[str, object]) -> bytes:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.worksheets[sheet][place] = value
    book.save(path)
    return path.read_bytes()


def test_a_filled_sheet_is_read_once(desk: Desk, one: VoteRound, tmp_path: Path) -> None:
    path = _book(desk, one, tmp_path)
    filled = _fill(path, 0, {"C9": 120, "D9": "３", "C15": "900人", "D15": 12, "B23": 1500, "B24": 912, "B25": 910})
    (station, mobile) = sheets.read(desk.election, filled, "文化站.xlsx", actor=desk.clerk)
    assert (station.box, station.hours, station.ballots) == ("文化站", 2, True)
    assert not mobile.changed
    box = desk.box(one)
    assert turnout.hours_of(box) == [Hour(DAY, 8, 120, 3), Hour(DAY, 14, 900, 12)]
    assert (box.allotted, box.issued, box.returned, box.unused) == (1500, 912, 910, 588)
    entries = Entry.objects.count()
    assert not any(each.changed for each in sheets.read(desk.election, filled, "文化站.xlsx", actor=desk.clerk))
    assert Entry.objects.count() == entries


def test_a_sheet_with_a_fault_changes_nothing_at_all(desk: Desk, one: VoteRound, tmp_path: Path) -> None:
    path = _book(desk, one, tmp_path)
    _fill(path, 0, {"C9": 120})
    filled = _fill(path, 1, {"C9": 50, "C10": 40})
    with pytest.raises(VotingFault, match=r"敬老院流动票箱.*只增不减"):
        sheets.read(desk.election, filled, "表.xlsx", actor=desk.clerk)
    assert not HourlyTurnout.objects.exists()
    with pytest.raises(VotingFault, match="的“8时本人投票”"):
        sheets.read(desk.election, _fill(path, 0, {"C9": "很多"}), "表.xlsx", actor=desk.clerk)


def test_what_is_no_sheet_or_of_another_election_is_refused(desk: Desk, one: VoteRound, tmp_path: Path) -> None:
    path = _book(desk, one, tmp_path)
    filled = _fill(path, 0, {"B5": "R999-B1", "C9": 5})
    with pytest.raises(VotingFault, match="R999-B1 不属于这次选举"):
        sheets.read(desk.election, filled, "表.xlsx", actor=desk.clerk)
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    book = openpyxl.load_workbook(other)
    book.active["A1"] = "随便一张表"
    book.save(other)
    with pytest.raises(VotingFault, match="找不到表号"):
        sheets.read(desk.election, other.read_bytes(), "随便.xlsx", actor=desk.clerk)
    with pytest.raises(VotingFault):
        sheets.read(desk.election, b"not a workbook", "坏.xlsx", actor=desk.clerk)
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<!DOCTYPE x><workbook/>")
    with pytest.raises(VotingFault):
        sheets.read(desk.election, bomb.read_bytes(), "炸弹.xlsx", actor=desk.clerk)
