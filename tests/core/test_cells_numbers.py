"""Reading counts, numbers, money, shares and yes or no."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core.cells import CellError, money_unit, read_count, read_money, read_number, read_percent, read_whole, read_yes_no
from renda.core.cells.numerals import parse, to_digits


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,204", 1204),
        ("1，204，000", 1204000),
        ("1 204", 1204),
        ("12人", 12),
        ("12 人次", 12),
        ("十二", 12),
        ("十二件", 12),
        ("一百零五人", 105),
        ("3.0", 3),
        (3.0, 3),
        (3, 3),
        ("2万", 20000),
        ("2.5万", 25000),
        ("1.2E+03", 1200),
        ("共12件", 12),
        ("0", 0),
        (0.0, 0),
    ],
)
def test_whole_numbers(value, expected):
    result = read_whole(value)
    assert result == expected
    assert type(result) is int


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("12,04", "不是数"),
        ("十二二", "不是数"),
        ("abc", "不是数"),
        ("12元", "不是数"),
        ("3.5", "带小数"),
        (3.5, "带小数"),
        (-1.0, "小于 0"),
        ("-2", "小于 0"),
        ("约30余人", "约数"),
        ("近百人", "不是数"),
        ("30多名", "约数"),
        ("100以上", "约数"),
        (1e16, "15 位"),
        (True, "是"),
        (dt.date(2021, 1, 1), "日期"),
        ("12、13", "不是数"),
        ("9" * 300, "太长"),
        ("9" * 20, "太大"),
    ],
)
def test_what_is_no_whole_number(value, reason):
    with pytest.raises(CellError, match=reason) as caught:
        read_whole(value)
    assert not caught.value.blank


@pytest.mark.parametrize("value", [None, "", "  ", "无", "/"])
def test_nothing_is_told_from_wrong(value):
    with pytest.raises(CellError) as caught:
        read_whole(value)
    assert caught.value.blank


def test_approximate_numbers_are_read_where_allowed():
    assert read_whole("约30余人", approximate=True) == 30
    assert read_number("3万余人", approximate=True) == 30000
    count = read_count("近300余人次")
    assert (count.value, count.approximate, count.unit) == (300, True, "人次")


def test_negative_numbers_where_allowed():
    assert read_whole("-2", minimum=None) == -2
    assert read_whole(-2.0, minimum=None) == -2
    assert read_number("−2.5") == Decimal("-2.5")


@pytest.mark.parametrize(("value", "minimum"), [("2", 3), (2.0, 3)])
def test_a_minimum_holds_for_text_and_numbers(value, minimum):
    with pytest.raises(CellError, match="小于 3"):
        read_whole(value, minimum=minimum)


def test_decimals_lose_no_digit_and_gain_no_noise():
    assert read_number(0.1 + 0.2) == Decimal("0.3")
    assert read_number("12.50公里") == Decimal("12.50")
    assert read_number(".5") == Decimal("0.5")


@given(st.integers(min_value=0, max_value=10**14))
def test_a_whole_number_survives_every_way_of_writing_it(number):
    for written in (
        str(number),
        f"{number:,}",
        f"{number}人次",
        f" {number}.0 ",
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert read_whole(written) == number
    assert read_whole(float(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿三", 23),
        ("一百一", 110),
        ("一百一十", 110),
        ("一百零一", 101),
        ("两千三", 2300),
        ("三千零五十", 3050),
        ("一万二", 12000),
        ("一万零二", 10002),
        ("三万五千", 35000),
        ("一亿两千万", 120000000),
        ("伍拾万", 500000),
        ("二〇二一", 2021),
        ("零", 0),
    ],
)
def test_chinese_numerals(text, number):
    assert parse(text) == number


@pytest.mark.parametrize("text", ["", "百", "万", "十十", "二十二百", "一二百", "甲"])
def test_malformed_numerals(text):
    assert parse(text) is None


def test_numerals_inside_a_text():
    assert to_digits("二〇二一年三月十五日") == "2021年3月15日"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5万元", "元", "50000"),
        ("12.5万", "元", "125000"),
        ("3,000元", "万元", "3000"),
        ("1亿2000万元", "元", "120000000"),
        ("3万5千元", "元", "35000"),
        ("¥300", "元", "300"),
        ("￥1，200.50", "元", "1200.50"),
        (12.5, "元", "12.5"),
        (12.5, "万元", "125000"),
        ("12.5", "万元", "125000"),
        (0.3, "亿元", "30000000"),
        ("伍万元整", "元", "50000"),
        ("人民币伍拾万元整", "元", "500000"),
        ("3元5角", "元", "3.5"),
        ("-5", "元", "-5"),
        ("(1,204)", "元", "-1204"),
        ("(1,204)", "万元", "-12040000"),
        ("0", "万元", "0"),
        ("33.333333", "万元", "333333.33"),
        ("2百万", "元", "2000000"),
    ],
)
def test_money(value, unit, expected):
    assert read_money(value, unit=unit) == Decimal(expected)


@pytest.mark.parametrize(
    "value",
    [
        "约5万元",
        "5万余元",
        "近30万",
        "5万元左右",
        "3万5",
        "1万2万",
        "元",
        "五十步",
        "5公里",
        "5-6万元",
        True,
        dt.date(2021, 1, 1),
        "1e400",
    ],
)
def test_what_is_no_exact_amount(value):
    with pytest.raises(CellError):
        read_money(value)


def test_rough_amounts_where_allowed():
    assert read_money("约5万元", approximate=True) == 50000
    assert read_money("近30万元", approximate=True) == 300000


def test_units_of_money():
    assert money_unit("万元") == 10000
    assert money_unit("公里") is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_survives_every_way_of_writing_it(amount):
    for written in (f"{amount}", f"{amount:,}元", f"￥{amount:,}", f"{amount}元整", float(amount)):
        assert read_money(written) == amount
    assert read_money(f"{amount / 10000}万元") == amount
    assert read_money(str(amount / 10000), unit="万元") == amount


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("95%", "0.95"),
        ("98.5％", "0.985"),
        (0.95, "0.95"),
        (1.0, "1"),
        (95.0, "0.95"),
        ("百分之九十五", "0.95"),
        ("0.5", "0.5"),
        ("0%", "0"),
    ],
)
def test_shares(value, expected):
    assert read_percent(value) == Decimal(expected)


@pytest.mark.parametrize("value", ["1", "120%", "-5%", "abc", "百分之百分", 150.0])
def test_what_is_no_share(value):
    with pytest.raises(CellError):
        read_percent(value)


def test_a_share_may_exceed_the_whole_where_allowed():
    assert read_percent("120%", maximum=None) == Decimal("1.2")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("是", True), ("√", True), (1.0, True), ("Y", True), ("否", False), ("×", False), ("无", False), (False, False)],
)
def test_yes_and_no(value, expected):
    assert read_yes_no(value) is expected


@pytest.mark.parametrize("value", ["也许", "是否", 2.0])
def test_neither_yes_nor_no(value):
    with pytest.raises(CellError, match="是或否"):
        read_yes_no(value)
