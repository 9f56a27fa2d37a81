"""The State Council's notices of three years, read as text: each gives the same working days as the shipped table."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from renda.law import LawDataError, WorkCalendar, shipped_calendar
from renda.law.notices import read_notice

FOLDER = Path(__file__).parent / "notices"
YEARS = (2021, 2023, 2026)


@pytest.mark.parametrize("year", YEARS)
def test_a_notice_gives_the_days_of_the_table(year: int) -> None:
    read = WorkCalendar({year: read_notice((FOLDER / f"{year}.txt").read_text(encoding="utf-8"), year)})
    days = [date(year, 1, 1) + timedelta(n) for n in range(365)]
    assert [day for day in days if read.is_working(day) != shipped_calendar().is_working(day)] == []
    assert read.year(year).workdays == shipped_calendar().year(year).workdays
    assert read.why_off(date(year, 10, 1)).endswith("国庆节")


def test_the_year_before_is_not_taken_over() -> None:
    found = read_notice((FOLDER / "2023.txt").read_text(encoding="utf-8"), 2023)
    assert min(found.holidays) == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("关于放假的通知", "没有从通知中读到"),
        ("一、元旦：1月1日至3日放假，共4天。", "共 4 天"),
        ("一、元旦：2月30日放假。", "不是日期"),
        ("一、元旦：1月1日放假。1月5日上班。", "不是周末"),
        ("一、元旦：1月3日放假。1月3日上班。", "既写了放假又写了上班"),
    ],
)
def test_what_cannot_be_is_refused(text: str, words: str) -> None:
    with pytest.raises(LawDataError, match=words):
        read_notice(text, 2026)
