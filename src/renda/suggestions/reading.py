"""Bringing written rows of the ledger into one form before they are checked: numbers with their year, dates that follow from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core.cells import DateValue
from renda.registers.register import Fault, Values
from renda.suggestions.models import State

_WRAPPING = re.compile(r"^第|[号件]$|[（）()\s]")
_YEAR_AND_NUMBER = re.compile(r"((?:19|20)\d{2})(?:年度?|[-—_/.])第?0*(\d{1,4})")
_HAS_YEAR = re.compile(r"(?:19|20)\d{2}")
_SPLIT_FIELD = re.compile(r"\s*(?:/|→|—+|-|>|＞|·)\s*")


def full_number(text: str, year: int | None) -> str:
    """A number that names its year: 12 or 第12号 of 2021 is 2021-012; what names a year already keeps its own form."""
    bare = _WRAPPING.sub("", text)
    bare = _WRAPPING.sub("", bare)
    match = _YEAR_AND_NUMBER.fullmatch(bare)
    if match:
        return f"{match[1]}-{int(match[2]):03d}"
    if _HAS_YEAR.search(bare) or not bare or year is None:
        return bare
    return f"{year}-{int(bare):03d}" if bare.isascii() and bare.isdigit() else f"{year}-{bare}"


def prepare(rows: Sequence[Values]) -> None:
    """Complete year, numbers, field and the dates that the ledger leaves to be understood."""
    for row in rows:
        _year(row)
        _numbers(row)
        _field(row)
        _dates(row)


def _year(row: Values) -> None:
    submitted = row.get("submitted")
    if "year" in row and row["year"] is None and submitted:
        row["year"] = submitted.date.year
    if "submitted" in row and submitted is None and row.get("year"):
        row["submitted"] = DateValue(date(row["year"], 1, 1), "year")


def _numbers(row: Values) -> None:
    for name in ("number", "merged_into"):
        if row.get(name):
            row[name] = full_number(row[name], row.get("year"))
    if row.get("follows"):
        row["follows"] = full_number(row["follows"], None)


def _field(row: Values) -> None:
    if row.get("field") and "subfield" in row and not row["subfield"]:
        first, *rest = _SPLIT_FIELD.split(row["field"], maxsplit=1)
        if first and rest:
            row["field"], row["subfield"] = first, rest[0]


def _dates(row: Values) -> None:
    """已办结 without a date of its own is closed on the day of the reply, or within the ledger's year (precision: year)."""
    if row.get("state") == State.CLOSED and "closed" in row and row["closed"] is None:
        year = row.get("year")
        row["closed"] = row.get("replied") or (DateValue(date(year, 1, 1), "year") if year else None)


ORDER = (
    ("submitted", "assigned", "交办日期早于提出日期"),
    ("assigned", "replied", "答复日期早于交办日期"),
    ("assigned", "closed", "办结日期早于交办日期"),
    ("replied", "feedback", "代表反馈日期早于答复日期"),
)


def dates_in_order(rows: Sequence[Values]) -> Iterable[Fault]:
    """No step stands before the one that must come first, as far as the dates are exact."""
    for index, row in enumerate(rows):
        for first, later, reason in ORDER:
            a, b = row.get(first), row.get(later)
            if a and b and b.last < a.date:
                yield index, later, reason


def whole_rows(rows: Sequence[Values]) -> Iterable[Fault]:
    """What must stand together: a year, a proposer, co-signers and their number, a number with its year."""
    for index, row in enumerate(rows):
        for name, reason in _faults(row):
            yield index, name, reason


def _faults(row: Values) -> Iterable[tuple[str, str]]:
    if "year" in row and row["year"] is None:
        yield "year", "不知是哪一年的，请填年度或提出日期，也可在表头标题中写明年份"
    if "proposer" in row and "delegation" in row and not row["proposer"] and not row["delegation"]:
        yield "proposer", "领衔代表和提出代表团至少要写一项"
    signers, count = row.get("co_signers") or (), row.get("co_signer_count")
    if count is not None and count < len(signers):
        yield (
            "co_signer_count",
            _("附议人数写的是 %(count)s，却列了 %(signers_count)s 个姓名") % {"count": count, "signers_count": len(signers)},
        )
    if row.get("proposer") and row["proposer"] in signers:
        yield "co_signers", "领衔代表不必再列入附议代表"
    follows: Any = row.get("follows")
    if follows and not _HAS_YEAR.search(follows):
        yield "follows", _("接续编号“%(follows)s”没有年份，请连年份写，如 2019-012") % {"follows": follows}
    if row.get("bill_outcome") and row.get("form") not in (None, "bill"):
        yield "bill_outcome", "“议案处理”只适用于议案，请核对类别"
    if row.get("result_second") and "result" in row and not row["result"]:
        yield "result_second", "有再次评价的，应先有首次评价"
    if row.get("first_year") and row.get("year") and row["first_year"] > row["year"]:
        yield (
            "first_year",
            _("首次提出年份 %(first_year)s 晚于本件的年度 %(year)s") % {"first_year": row["first_year"], "year": row["year"]},
        )
