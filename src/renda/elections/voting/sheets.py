"""Sheets for places without a network: a workbook per box to print or fill in, read back later with checks.

The sheet bears the code of its round and box (``R12-B34``); the same sheet read twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from renda.core import cells
from renda.directory import gate
from renda.directory.gate import Actor
from renda.elections.models import BallotBox, Election, VoteRound
from renda.elections.voting import ballots, changes, turnout
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.turnout import Hour
from renda.journal.services import change
from renda.ledgers.reading import Sheet, UnreadableFile, open_workbook
from renda.ledgers.reading.limits import Limits

FIRST_HOUR, LAST_HOUR = 7, 20
HEADINGS = ("日期", "截至几时", "本人投票（累计）", "委托投票（累计）")
BALLOTS = {"领取选票数": "allotted", "发出选票数": "issued", "收回选票数": "returned", "剩余选票数": "unused"}
SIZES = Limits(file=2 * 2**20, sheets=60, rows=400, columns=60, cells=60_000, seconds=20)
_CODE = re.compile(r"R(\d+)-B(\d+)")
_HOUR = re.compile(r"\d{1,2}")


@dataclass
class Told:
    """What one sheet says of a box."""

    round: int
    box: int
    hours: list[Hour] = field(default_factory=list)
    numbers: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """What came of a sheet: the box, how many hours were new, whether the ballots changed."""

    box: str
    hours: int
    ballots: bool

    @property
    def changed(self) -> bool:
        """Whether anything changed."""
        return bool(self.hours) or self.ballots


def code_of(box: BallotBox) -> str:
    """The code that leads a sheet back to its box."""
    return f"R{box.round_id}-B{box.pk}"


def write(one: VoteRound, boxes: Sequence[BallotBox], path: Path) -> None:
    """A workbook with a sheet for each box of the round: ready to print, ready to fill in."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(path), options) as book:
        looks = {
            "title": book.add_format({"font_name": "宋体", "font_size": 15, "bold": True, "align": "center"}),
            "plain": book.add_format({"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter"}),
            "head": book.add_format(
                {"font_name": "宋体", "font_size": 11, "bold": True, "border": 1, "bg_color": "#F3EFEA", "text_wrap": True}
            ),
            "day": book.add_format(
                {"font_name": "宋体", "font_size": 11, "border": 1, "num_format": "yyyy-mm-dd", "align": "left"}
            ),
            "note": book.add_format({"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top"}),
        }
        for number, box in enumerate(boxes, 1):
            _write_box(book, f"{number}", one, box, looks)


def _write_box(book: xlsxwriter.Workbook, number: str, one: VoteRound, box: BallotBox, looks: dict[str, Any]) -> None:
    name = re.sub(r"[\[\]:*?/\\']", "", f"{number} {box.name}")[:31]
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 3, 20)
    sheet.merge_range(0, 0, 0, 3, f"{one.election.name}投票情况登记表", looks["title"])
    for row, (label, words) in enumerate(
        (("选区", one.district.name), ("投票场所、票箱", box.name), ("投票轮次", one.get_kind_display()), ("表号", code_of(box))),
        1,
    ):
        sheet.write_string(row, 0, label, looks["head"])
        sheet.merge_range(row, 1, row, 3, words, looks["plain"])
    top = 6
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(top, place, heading, looks["head"])
    told = {(each.on, each.hour): each for each in turnout.hours_of(box)}
    for row, hour in enumerate(range(FIRST_HOUR, LAST_HOUR + 1), top + 1):
        known = told.get((one.day, hour))
        sheet.write_datetime(row, 0, one.day, looks["day"])
        sheet.write_string(row, 1, f"{hour}时", looks["plain"])
        for place, known_number in ((2, known.persons if known else None), (3, known.proxied if known else None)):
            sheet.write(row, place, known_number, looks["plain"])
    _write_foot(sheet, top + LAST_HOUR - FIRST_HOUR + 3, box, looks)


def _write_foot(sheet: Any, row: int, box: BallotBox, looks: dict[str, Any]) -> None:
    for label, name in BALLOTS.items():
        sheet.write_string(row, 0, label, looks["head"])
        sheet.write(row, 1, getattr(box, name), looks["plain"])
        row += 1
    words = "只填人数的累计数，不写选民姓名。没有人投票的钟点可以不填。表号不要改动：回传时靠它找到票箱。"
    sheet.merge_range(row + 1, 0, row + 2, 3, words, looks["note"])
    sheet.write_string(row + 4, 0, "监票人（签名）：")
    sheet.write_string(row + 4, 2, "计票人（签名）：")


def read(election: Election, content: bytes, name: str, *, actor: Actor) -> list[Read]:
    """Take in the sheets of a workbook: all or nothing. Raises VotingFault naming sheet and cell that cannot be."""
    told = [one for sheet in _sheets(content, name) if (one := _told(sheet)) is not None]
    if not told:
        raise VotingFault(_("这个文件里没有投票情况登记表：找不到表号（如 R12-B34）。请用平台下载的表填写后上传。"))
    digest = hashlib.sha256(content).hexdigest()
    with change():
        return [_take(election, one, digest, actor) for one in told]


def _sheets(content: bytes, name: str) -> list[Sheet]:
    with tempfile.TemporaryDirectory(prefix="renda-sheet-") as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(content)
        try:
            return open_workbook(path, limits=SIZES, name=name)
        except UnreadableFile as error:
            raise VotingFault(str(error)) from error


def _told(sheet: Sheet) -> Told | None:
    text = " ".join(str(cell) for row in sheet.rows[:8] for cell in row if isinstance(cell, str))
    code = _CODE.search(text)
    if code is None:
        return None
    found = Told(int(code[1]), int(code[2]))
    top = next((n for n, row in enumerate(sheet.rows) if any("截至" in str(cell) for cell in row)), None)
    if top is None:
        raise VotingFault(_("工作表“%(sheet)s”没有“截至几时”一行，请不要改动表头。") % {"sheet": sheet.name})
    for row in sheet.rows[top + 1 :]:
        label = str(row[0]).strip() if row else ""
        if label in BALLOTS:
            found.numbers[BALLOTS[label]] = _whole(row[1] if len(row) > 1 else "", sheet.name, label)
        elif len(row) > 2 and _HOUR.search(str(row[1])):
            _hour(found, row, sheet.name)
    return found


def _hour(found: Told, row: Sequence[Any], sheet: str) -> None:
    hour = _HOUR.search(str(row[1]))
    assert hour is not None
    where = f"{hour[0]}时"
    persons = _whole(row[2], sheet, f"{where}本人投票")
    proxied = _whole(row[3] if len(row) > 3 else "", sheet, f"{where}委托投票")
    if persons is None and proxied is None:
        return
    try:
        day: date = cells.read_date(row[0]).date
    except cells.CellError as error:
        raise VotingFault(
            _("工作表“%(sheet)s”%(where)s的日期：%(why)s") % {"sheet": sheet, "where": where, "why": error.reason}
        ) from error
    found.hours.append(Hour(day, int(hour[0]), persons or 0, proxied or 0))


def _whole(cell: Any, sheet: str, where: str) -> int | None:
    if cells.is_blank(cell):
        return None
    try:
        return cells.read_whole(cell)
    except cells.CellError as error:
        raise VotingFault(
            _("工作表“%(sheet)s”的“%(where)s”：%(why)s") % {"sheet": sheet, "where": where, "why": error.reason}
        ) from error


def _take(election: Election, told: Told, digest: str, actor: Actor) -> Read:
    rounds = gate.visible_to(actor, VoteRound.objects.alive()).filter(election=election)
    box = BallotBox.objects.select_related("round__district").filter(pk=told.box, round=told.round, round__in=rounds).first()
    if box is None:
        raise VotingFault(
            _("表号 R%(r)s-B%(b)s 不属于这次选举，或者不在您的权限范围内，请核对文件。") % {"r": told.round, "b": told.box}
        )
    hours = turnout.report(box, told.hours, actor=actor) if told.hours else 0
    numbers = {
        name: told.numbers.get(name) if told.numbers.get(name) is not None else getattr(box, name) for name in ballots.NUMBERS
    }
    changed = ballots.set_box(box, numbers, destroyed_on=box.destroyed_on, destroyed_by=box.destroyed_by, actor=actor)
    if hours or changed:
        BallotBox.objects.filter(pk=box.pk).update(sheet=digest)
        changes.note(actor, "sheet.read", box.round, box=box.name, hours=hours, file=digest)
    return Read(box.name, hours, changed)
