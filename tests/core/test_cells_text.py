"""Cleaning and reading text cells."""

import datetime as dt
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core.cells import CellError, FaultyCell, clean, is_blank, read_column, read_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("  关于改善 道路的建议\u3000", "关于改善 道路的建议"),
        ("ＡＢ１２．５％", "AB12.5%"),
        ("张\u200b三\ufeff", "张三"),
        ("阿不都热依木·买买提", "阿不都热依木·买买提"),
        ("关于(试行)办法", "关于（试行）办法"),
        ("（abc）", "(abc)"),
        ("府发[2021] 12 号", "府发〔2021〕12号"),
        ("府发（2021）12号", "府发〔2021〕12号"),
        ("（2021）渝0101民初12号", "(2021)渝0101民初12号"),
        ("龙潭镇\n人民政府", "龙潭镇人民政府"),
        ("one\r\ntwo", "one two"),
        ("x_x000D_\ny", "x y"),
        ("，。；：《水法》", "，。；：《水法》"),
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        (Decimal("5.10"), "5.1"),
        (True, "是"),
        (dt.date(2021, 3, 5), "2021-03-05"),
        (dt.datetime(2021, 3, 5), "2021-03-05"),  # noqa: DTZ001 - workbooks know no zone
        (dt.datetime(2021, 3, 5, 9, 30), "2021-03-05 09:30"),  # noqa: DTZ001
        (dt.time(9, 30), "09:30"),
        (dt.timedelta(hours=26, minutes=5), "26:05"),
    ],
)
def test_text_is_cleaned(value, expected):
    assert read_text(value) == expected


def test_lines_are_kept_when_asked():
    assert read_text(" 一、道路 \n\n 二、饮水 ", lines=True) == "一、道路\n二、饮水"


def test_brackets_typed_either_way_compare_equal():
    assert read_text("办法(试行)") == read_text("办法（试行）")


def test_an_error_value_is_not_text():
    with pytest.raises(CellError, match="错误值"):
        read_text(FaultyCell("#REF!", "这一格是错误值“#REF!”。"))


def test_a_number_without_end_is_refused():
    with pytest.raises(CellError, match="超出"):
        read_text(float("inf"))


@pytest.mark.parametrize("value", [None, "", "  ", "/", "——", "-", "\u3000", "\\"])
def test_strokes_are_blank(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "无", "待定"])
def test_values_are_not_blank(value):
    assert not is_blank(value)


def test_words_for_nothing_are_blank_where_asked():
    assert is_blank("无", words=True)
    assert is_blank("待定", words=True)


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_an_error_keeps_its_parts_and_travels():
    error = CellError("“{found}”不是数。", found="x" * 100)
    copy = pickle.loads(pickle.dumps(error))
    assert copy.reason == error.reason
    assert copy.template == "“{found}”不是数。"
    assert len(error.params["found"]) == 30
    assert error.params["found"].endswith("…")


def test_a_column_parses_equal_cells_once_and_tells_kinds_apart():
    calls = []

    def reader(value):
        calls.append(value)
        if value == "坏":
            raise CellError("坏了。")
        return (type(value).__name__, value)

    parsed, errors = read_column(reader, ["甲", "坏", None, "甲", "", 1, 1.0, True, "坏", "/"])
    assert parsed == [("str", "甲"), None, None, ("str", "甲"), None, ("int", 1), ("float", 1.0), ("bool", True), None, None]
    assert [type(value) for value in calls] == [str, str, int, float, bool]
    assert {index: error.reason for index, error in errors.items()} == {1: "坏了。", 8: "坏了。"}


def test_a_column_takes_a_blank_error_for_a_blank():
    from renda.core.cells import read_whole

    assert read_column(read_whole, ["3", "无", "暂无"]) == ([3, None, None], {})
