"""The grammar of placeholders and how values are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.figures.registry import all_indicators
from renda.reports.papers.template.grammar import PLACEHOLDER, Asked, Misread, parse
from renda.reports.papers.template.names import Names, narrowed
from renda.reports.papers.template.writing import written


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (" 执法检查 ", Asked("执法检查", period={"type": "year"})),
        ("培训.人次", Asked("培训.人次", period={"type": "year"})),
        ("建议.满意率：2020", Asked("建议.满意率", period={"type": "year", "offset": -1})),
        ("信访件次:上年", Asked("信访件次", period={"type": "year", "offset": -1})),
        ("信访件次:去年上半年", Asked("信访件次", period={"type": "span", "words": "上半年", "offset": -1})),
        ("执法检查:本届以来", Asked("执法检查", period={"type": "term"})),
        ("执法检查:去年以来", Asked("执法检查", period={"type": "since", "words": "去年以来"})),
        ("女代表:年底", Asked("女代表", period={"type": "at"})),
        ("代表建议（提出时间＝闭会期间，城建）", Asked("代表建议", ("提出时间=闭会期间", "城建"), {"type": "year"})),
        ("信访 件次 | 同比 | 整数", Asked("信访件次", period={"type": "year"}, ways=("同比", "整数"))),
    ],
)
def test_placeholders(inside: str, wanted: Asked) -> None:
    assert parse(inside, 2021) == wanted


def test_a_name_with_brackets_of_its_own_is_not_taken_apart() -> None:
    names = Names(all_indicators())
    assert parse("任免人次（含人民陪审员）", 2021, names.words).parts == ()
    assert names.find("任免人次(含人民陪审员)").code == "appointments.with_assessors"


@pytest.mark.parametrize(
    ("inside", "said"),
    [("", "没有写指标"), ("执法检查:大后年", "看不懂时期"), ("执法检查|大写", "不认识写法"), ("：2020", "没有写指标")],
)
def test_what_is_written_wrongly_is_told(inside: str, said: str) -> None:
    with pytest.raises(Misread, match=said):
        parse(inside, 2021)


@given(st.text(max_size=60))
def test_no_placeholder_breaks_the_reader(inside: str) -> None:
    names = Names(all_indicators())
    told = ""
    try:
        told = names.find(parse(inside, 2021, names.words).name).code + "。"
    except Misread as misread:
        told = str(misread)
    assert told.endswith(("。", "？"))


def test_placeholders_are_found_and_an_open_one_too() -> None:
    found = [(match["inside"], match["open"]) for match in PLACEHOLDER.finditer("共{{ 甲 }}项，｛｛乙｝｝件，{{ 丙 }，{{丁")]
    assert found == [(" 甲 ", None), ("乙", None), (None, "{{"), (None, "{{")]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("执法检查", "supervision.inspections"),
        ("supervision.inspections", "supervision.inspections"),
        ("培训.人次", "outreach.trained_times"),
        ("信访.办结率", "petitions.close_rate"),
        ("建议.满意率", "suggestions.satisfaction"),
        ("集体访.批次", "petitions.collective"),
        ("信访.受理件数", "petitions.accepted"),
        ("执法检查.次数", "supervision.inspections"),
    ],
)
def test_names(word: str, code: str) -> None:
    assert Names(all_indicators()).find(word).code == code


def test_every_indicator_is_found_by_its_own_name_and_code() -> None:
    names = Names(all_indicators())
    for indicator in all_indicators():
        assert names.find(indicator.code) is indicator
        assert names.find(parse(indicator.name, 2021, names.words).name).name == indicator.name


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(Misread) as told:
        Names(all_indicators()).find("执法检察")
    assert told.value.nearest[0] == "执法检查"
    assert "{{ 执法检查 }}" in str(told.value)


def test_parts_are_labels_or_words_of_the_records() -> None:
    indicator = Names(all_indicators()).find("代表建议")
    assert narrowed(indicator, ("提出时间=闭会期间",)) == {"origin": "闭会期间"}
    assert narrowed(indicator, ("闭会期间",)) == {"origin": "闭会期间"}
    assert narrowed(indicator, ("所属领域=城建",)) == {"field": "~城建"}
    with pytest.raises(Misread, match="闭会期间"):
        narrowed(indicator, ("提出时间=开会",))
    with pytest.raises(Misread, match="所属领域"):
        narrowed(indicator, ("颜色=红",))


@pytest.mark.parametrize(
    ("value", "unit", "ways", "behind", "wanted"),
    [
        (6, "项", (), "项", "6"),
        (6, "项", ("单位",), "，", "6项"),
        (Decimal("98.50"), "%", (), "，", "98.5%"),
        (Decimal("98.50"), "%", (), "％", "98.5"),
        (Decimal("2.10"), "个百分点", (), "个百分点", "2.1"),
        (Decimal("13539000.00"), "万元", (), "万元", "1353.9"),
        (Decimal("13539000.00"), "万元", (), "亿元", "0.14"),
        (Decimal("13539000.00"), "万元", (), "，", "1353.9万元"),
        (Decimal("13539000.00"), "万元", ("元",), "，", "13539000元"),
        (Decimal("13539000.00"), "万元", ("整数",), "，", "1354万元"),
        (32_000, "人次", (), "万人次", "3.2"),
        (32_000, "人次", ("万",), "人次", "3.2万"),
        (12, "次", ("汉字",), "次", "十二"),
        (1_000_000, "件", (), "件", "1000000"),
        (100, "件", (), "件", "100"),
        (Decimal("0.004"), "%", (), "%", "0"),
    ],
)
def test_values_fit_the_words_around_them(value: Any, unit: str, ways: tuple[str, ...], behind: str, wanted: str) -> None:
    assert written(value, unit, ways, "", behind) == wanted


def test_after_percent_in_words_no_sign_follows() -> None:
    assert written(Decimal(95), "%", (), "达到百分之", "，") == "95"
