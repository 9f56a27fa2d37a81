"""Reading dates and spans of dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core.cells import CellError, DateValue, read_date, read_date_range

DAY = DateValue(dt.date(2021, 3, 5))
MONTH = DateValue(dt.date(2021, 3, 1), "month")
YEAR = DateValue(dt.date(2021, 1, 1), "year")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-03-05", DAY),
        ("2021/3/5", DAY),
        ("2021.3.5", DAY),
        ("2021.03.05", DAY),
        ("20210305", DAY),
        (20210305.0, DAY),
        ("2021年3月5日", DAY),
        ("2021年3月5号", DAY),
        ("２０２１．３．５", DAY),
        ("2021 年 3 月 5 日", DAY),
        ("二〇二一年三月五日", DAY),
        ("二零二一年三月五日", DAY),
        (44260, DAY),
        (44260.75, DAY),
        ("44260", DAY),
        (dt.date(2021, 3, 5), DAY),
        (dt.datetime(2021, 3, 5, 9), DAY),  # noqa: DTZ001
        ("2021-03-05 09:30:00", DAY),
        ("2021-03-05T00:00:00", DAY),
        ("2021年3月5日（星期五）", DAY),
        ("2021年3月5日 星期五", DAY),
        ("2021年3月5日上午9时30分", DAY),
        ("21年3月5日", DAY),
        ("2021-3/5", DAY),
        ("2021年3月", MONTH),
        ("2021-03", MONTH),
        ("2021.3", MONTH),
        (2021.3, MONTH),
        ("202103", MONTH),
        (202103, MONTH),
        ("2021年3月上旬", MONTH),
        ("2021年3月底", MONTH),
        ("2021", YEAR),
        (2021.0, YEAR),
        ("2021年度", YEAR),
    ],
)
def test_dates(value, expected):
    assert read_date(value) == expected


@pytest.mark.parametrize("value", ["3月5日", "3.5", "3-5", "3/5", 3.5, "三月五日", "今年3月5日", "21.3.5", "03月05日"])
def test_a_year_completes_the_rest(value):
    assert read_date(value, year=2021) == DAY


@pytest.mark.parametrize("value", ["3月5日", "3.5", 3.5, "3月"])
def test_without_a_year_nothing_is_guessed(value):
    with pytest.raises(CellError, match="没有年份"):
        read_date(value)


def test_a_month_completed_by_the_year():
    assert read_date("3月", year=2021) == MONTH
    assert read_date("三月份", year=2021) == MONTH


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2021-02-30", "没有 30 日"),
        ("2021-02-29", "没有 29 日"),
        ("2021.13.1", "13 月"),
        ("1800-1-1", "1800"),
        ("2821-3-5", "2821"),
        ("明天", "不是日期"),
        ("5/3/2021", "不是日期"),
        ("2021-3-5-7", "不是日期"),
        ("2021年第一季度", "不是日期"),
        ("21.3.5", "两位"),
        (123456789.0, "不是日期"),
        (-5.0, "不是日期"),
        (float("nan"), "超出"),
        (True, "不是日期"),
        (dt.time(9), "不是日期"),
        (dt.date(1066, 1, 1), "1066"),
        ("99999", "不是日期"),
    ],
)
def test_what_is_no_date(value, reason):
    with pytest.raises(CellError, match=reason):
        read_date(value)


@pytest.mark.parametrize(("value", "year"), [(2021.1, None), (3.1, 2021), (3.2, 2021), (3.3, 2021)])
def test_a_number_that_may_have_lost_its_zero_is_refused(value, year):
    """2021.10 typed into a cell becomes the number 2021.1, which looks like January."""
    with pytest.raises(CellError, match="末尾的 0"):
        read_date(value, year=year)


def test_a_number_that_cannot_have_lost_a_zero_is_taken():
    assert read_date(2.3, year=2021) == DateValue(dt.date(2021, 2, 3))  # there is no 30 February
    assert read_date(3.15, year=2021) == DateValue(dt.date(2021, 3, 15))
    assert read_date("2021.10") == DateValue(dt.date(2021, 10, 1), "month")
    assert read_date("2021.1") == DateValue(dt.date(2021, 1, 1), "month")


def test_the_last_day_meant():
    assert DAY.last == dt.date(2021, 3, 5)
    assert DateValue(dt.date(2024, 2, 1), "month").last == dt.date(2024, 2, 29)
    assert YEAR.last == dt.date(2021, 12, 31)
    assert [str(value) for value in (DAY, MONTH, YEAR)] == ["2021-03-05", "2021-03", "2021"]


FORMATS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year}{d.month:02}{d.day:02}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f" {d.year} 年{d.month:02}月{d.day:02}日 ",
    lambda d: f"{d.year}-{d.month}-{d.day} 08:30",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）",
    lambda d: chinese(d),
    lambda d: dt.datetime(d.year, d.month, d.day, 23, 59),  # noqa: DTZ001
    lambda d: d,
]


def chinese(date):
    def spoken(number):
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else "一二三四五六七八九"[tens - 1] + "十") + (
            "" if ones == 0 else "一二三四五六七八九"[ones - 1]
        )

    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(date.year))
    return f"{year}年{spoken(date.month)}月{spoken(date.day)}日"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(FORMATS))
def test_a_date_survives_every_way_of_writing_it(date, write):
    assert read_date(write(date)) == DateValue(date)


@given(st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)))
def test_a_serial_is_the_date_the_spreadsheet_shows(date):
    serial = (date - dt.date(1899, 12, 30)).days
    assert read_date(float(serial)) == DateValue(date)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.sampled_from(["{0}月{1}日", "{0}.{1:02}", "{0}/{1}", "{0}-{1}"]))
def test_month_and_day_take_the_year_given(date, form):
    assert read_date(form.format(date.month, date.day), year=date.year) == DateValue(date)


def span(start, end):
    return DateValue(dt.date(*start)), DateValue(dt.date(*end))


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("3月5日至7日", (2021, 3, 5), (2021, 3, 7)),
        ("3月28日—4月2日", (2021, 3, 28), (2021, 4, 2)),
        ("2021.3.5-3.7", (2021, 3, 5), (2021, 3, 7)),
        ("2021.3.5-7", (2021, 3, 5), (2021, 3, 7)),
        ("3月5-7日", (2021, 3, 5), (2021, 3, 7)),
        ("2021-03-05至2021-03-07", (2021, 3, 5), (2021, 3, 7)),
        ("2021-03-05~07", (2021, 3, 5), (2021, 3, 7)),
        ("3.5-3.7", (2021, 3, 5), (2021, 3, 7)),
        ("三月五日至七日", (2021, 3, 5), (2021, 3, 7)),
        ("12月28日至1月3日", (2021, 12, 28), (2022, 1, 3)),
        ("2021年12月28日-2022年1月3日", (2021, 12, 28), (2022, 1, 3)),
        ("2021-03-05", (2021, 3, 5), (2021, 3, 5)),
        ("2021/3/5 - 2021/3/7", (2021, 3, 5), (2021, 3, 7)),
    ],
)
def test_spans(value, start, end):
    found = read_date_range(value, year=2021)
    assert (found.start, found.end) == span(start, end)


def test_spans_of_months():
    for value in ("2021年3-5月", "2021年3月至5月", "2021年3月—2021年5月"):
        found = read_date_range(value)
        assert (found.start, found.end) == (MONTH, DateValue(dt.date(2021, 5, 1), "month"))


def test_a_spreadsheet_date_is_a_span_of_one_day():
    found = read_date_range(dt.date(2021, 3, 5))
    assert found.start == found.end == DAY


@pytest.mark.parametrize(
    ("value", "reason"),
    [("5月3日至3月2日", "早于"), ("3月5日至32日", "不存在"), ("上旬至中旬", "不是日期"), ("2021-03-07至2021-03-05", "早于")],
)
def test_what_is_no_span(value, reason):
    with pytest.raises(CellError, match=reason):
        read_date_range(value, year=2021)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 40), st.sampled_from(["至", "-", "—", "~", "到"]))
def test_a_full_span_survives(start, days, joint):
    end = start + dt.timedelta(days=days)
    found = read_date_range(f"{start.year}年{start.month}月{start.day}日{joint}{end.year}年{end.month}月{end.day}日")
    assert (found.start.date, found.end.date) == (start, end)
