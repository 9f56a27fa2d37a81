"""Typed reading of one spreadsheet cell, and of columns of them. Plain Python.

Every reader takes what a workbook may hold (`CellValue`) and returns one type, or raises `CellError` with a Chinese reason
that says what was found and what to write instead. A blank cell raises `CellError` with `blank` true (`read_text` gives "").
`read_column` reads a column fast and treats blanks as None.
"""

from renda.core.cells.base import CellError, CellValue, FaultyCell, clean, is_blank, read_text
from renda.core.cells.columns import read_column
from renda.core.cells.dates import DateRange, DateValue, Precision, read_date, read_date_range
from renda.core.cells.identity import birth_date, check_character, read_identity_number, read_phone, sex
from renda.core.cells.lists import split_list
from renda.core.cells.numbers import Count, money_unit, read_count, read_money, read_number, read_percent, read_whole, read_yes_no
from renda.core.cells.people import PeopleCell, PersonName, read_name, split_head_counts, split_people

__all__ = [
    "CellError",
    "CellValue",
    "Count",
    "DateRange",
    "DateValue",
    "FaultyCell",
    "PeopleCell",
    "PersonName",
    "Precision",
    "birth_date",
    "check_character",
    "clean",
    "is_blank",
    "money_unit",
    "read_column",
    "read_count",
    "read_date",
    "read_date_range",
    "read_identity_number",
    "read_money",
    "read_name",
    "read_number",
    "read_percent",
    "read_phone",
    "read_text",
    "read_whole",
    "read_yes_no",
    "sex",
    "split_head_counts",
    "split_list",
    "split_people",
]
