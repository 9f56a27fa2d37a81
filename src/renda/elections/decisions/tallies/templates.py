"""Empty tables for records of votes: .xlsx with drop-downs and notes, .csv, .json with an example."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import xlsxwriter

from renda.elections.decisions.records import ROUNDS
from renda.elections.decisions.tallies.vocabulary import LABELS
from renda.law import LawError

CANDIDATES, OTHERS = 6, 3
_ROWS = 500
HEAD = ("district", "round", "seats", "voters", "participants", "proxies", "ballots_recovered", "ballots_void")
NOTES = (
    "一行是一个选区的一次投票。每个选区的第一次投票、再次投票、另行选举各占一行。",
    "选民数：选区全体选民。投票人数：参加投票的选民，包括委托他人投票的；其中委托投票可以不填。",
    "收回选票：箱内全部选票，包括废票和空白票。废票：所选人数超过应选名额等作废的选票；空白票不是废票。",
    "候选人没有得票的填 0。选票上另选的人，逐人填在“另选人”各栏；人数多的可以加“另选人4”“另选得票4”等列。",
    "得票也可以只用一列“得票”，写成：甲 751；乙 600；王五 30（另选他人）。同名的人在姓名后加注区别，如 王伟（东街）。",
    "也可以一人一行：选区、轮次等各列之外，用“姓名”“得票”“是否候选人”三列，同一选区的各行相连。",
    "再次投票、另行选举的应选名额，填这一次要选的名额。罢免填“赞成罢免票数”和“被罢免代表”，不填应选名额和得票。",
    "填好后运行 renda election count 文件 --election-day 选举日，得出是否有效、谁当选、是否另行选举，并写明条文和算法。",
)
EXAMPLE: dict[str, Any] = {
    "records": [
        {
            "district": "第一选区", "round": "first", "seats": 2, "voters": 3000, "participants": 2000, "ballots_recovered": 1998,
            "ballots_void": 6,
            "votes": [
                {"name": "甲", "votes": 1300, "listed": True},
                {"name": "乙", "votes": 1001, "listed": True},
                {"name": "丙", "votes": 900, "listed": True},
                {"name": "王五", "votes": 30, "listed": False},
            ],
        },
        {"district": "第二选区", "round": "recall", "deputy": "丁", "voters": 3000, "participants": 2400, "ballots_recovered": 2400,
         "ballots_void": 0, "yes": 1501},
    ]
}  # fmt: skip


def write_template(path: Path) -> None:
    """Write an empty table (.xlsx, .csv) or an example (.json) by the ending of ``path``. LawError for another ending."""
    writers = {".xlsx": _workbook, ".csv": _csv, ".json": _json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise LawError(f"“{path.name}”的后缀应为 .xlsx、.csv 或 .json。")
    writer(path)


def columns() -> list[str]:
    """The headings of the table."""
    pairs = [f"{word}{n}" for n in range(1, CANDIDATES + 1) for word in ("候选人", "得票")]
    others = [f"{word}{n}" for n in range(1, OTHERS + 1) for word in ("另选人", "另选得票")]
    return [*(LABELS[field] for field in HEAD), *pairs, *others, LABELS["deputy"], LABELS["yes"]]


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(columns())


def _json(path: Path) -> None:
    path.write_text(json.dumps(EXAMPLE, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        font = {"font_name": "宋体", "font_size": 11}
        head = book.add_format({**font, "bold": True, "bg_color": "#F3EFEA", "border": 1, "text_wrap": True, "valign": "vcenter"})
        plain = book.add_format({**font, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("计票记录")
        for place, heading in enumerate(columns()):
            sheet.set_column(place, place, max(10, len(heading) * 2 + 2))
            sheet.write_string(0, place, heading, head)
        sheet.freeze_panes(1, 1)
        sheet.data_validation(1, 1, _ROWS, 1, {"validate": "list", "source": list(ROUNDS.values())})
        sheet.data_validation(1, 2, _ROWS, len(HEAD) - 1, _whole())
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 100)
        for row, note in enumerate(NOTES):
            notes.write_string(row, 0, note, plain)


def _whole() -> dict[str, Any]:
    return {
        "validate": "integer", "criteria": ">=", "value": 0, "error_title": "应填整数", "error_message": "这里填不小于 0 的整数。",
    }  # fmt: skip
