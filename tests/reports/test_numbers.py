"""Number tokens, measure words, and what is no figure."""

import pytest

from renda.reports.recognise import recognise
from renda.reports.recognise.numerals import chinese_value, narrow, numbers


def found(text: str) -> list[tuple[str, object, str]]:
    return [(f.text, f.value, f.unit) for f in recognise(text)]


@pytest.mark.parametrize(
    ("text", "figure", "value", "unit"),
    [
        ("接待选民1,204人次。", "1,204人次", 1204, "人次"),
        ("接待选民3.2万人次。", "3.2万人次", 3.2, "万人次"),
        ("接待选民2900余人次。", "2900余人次", 2900, "人次"),
        ("接待选民三十余人次。", "三十余人次", 30, "人次"),
        ("作出决议决定２３项。", "２３项", 23, "项"),
        ("投入微实事资金近XX万元。", "XX万元", None, "万元"),
        ("走访群众×××户。", "×××户", None, "户"),
        ("参选率达到百分之九十五点二。", "百分之九十五点二", 95.2, "%"),
        ("参选率比上届提高1.2个百分点。", "1.2个百分点", 1.2, "个百分点"),
        ("开展视察3至5次。", "3至5次", [3, 5], "次"),
        ("开展视察40多次。", "40多次", 40, "次"),
        ("听取专项工作报告二十三个。", "二十三个", 23, "个"),
        ("群众最关心的有3大类。", "3大类", 3, "大类"),
        ("完成投资X.X亿元。", "X.X亿元", None, "亿元"),
        ("满意率达到XX.X%。", "XX.X%", None, "%"),
        ("投入经费共计124万。", "124万", 124, "万"),
        ("建议连续跟踪督办四年。", "四年", 4, "年"),
    ],
)
def test_a_figure_is_read_as_written(text: str, figure: str, value: object, unit: str) -> None:
    assert found(text) == [(figure, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月5日,县十六届人大五次会议第二次全体会议召开。",
        "坚持“一府一委两院”向人大负责,落实“十四五”规划。",
        "围绕“四区一城一中心”发展定位,学习党的二十大精神和十九届六中全会精神。",
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "依据监督法第十二条和县委办〔2023〕5号文件。",
        "一是提高站位。二是压实责任。(三)强化保障。",
        "近五年来,为18周岁以上公民、60岁以上老人提供24小时服务。",
        "《关于加强10件民生实事监督的意见》印发施行。",
        "五年来,常委会抓住两个关键环节,推动一批问题解决,形成一个闭环。",
        "自2021—2023年,每年3月底前完成,7月1日起施行。",
        "拨打12345热线,建设“1+3+N”体系。",
    ],
)
def test_what_counts_no_work_is_left_out(text: str) -> None:
    assert found(text) == []


def test_offsets_are_code_points_of_the_text_given() -> None:
    text = "𠮷县人大\n召开常委会会议８次。"
    (figure,) = recognise(text)
    assert text[figure.start : figure.end] == figure.text == "８次"


def test_a_blank_that_is_a_name_says_so() -> None:
    figures = recognise("经验在X日报刊发,助力构建X人民命运共同体,接待群众XX人次。")
    assert [(f.text, f.kind) for f in figures] == [("X", "name"), ("X", "name"), ("XX人次", "person_times")]
    assert all(f.reference is None and f.value is None for f in figures[:2])


def test_a_blank_before_a_place_is_its_name() -> None:
    assert [(f.text, f.kind) for f in recognise("在XX镇XX村走访XX户,全县XX个乡镇。")] == [
        ("XX", "name"), ("XX", "name"), ("XX户", "count"), ("XX个", "count"),
    ]  # fmt: skip


def test_a_blank_in_a_date_is_neither_figure_nor_name() -> None:
    assert found("20XX年X月X日,县十X届人大X次会议召开。") == []


def test_numerals_that_are_none_have_no_value() -> None:
    assert chinese_value("一百零五") == 105
    assert chinese_value("点") is None


def test_narrowing_keeps_the_length() -> None:
    text = "１２．５％"
    assert narrow(text) == "12.5%"
    assert [n.value for n in numbers(narrow(text))] == [12.5]
