"""What each line of an official text is."""

from __future__ import annotations

import pytest

from renda.reports.papers.levels import Role, heading_level, lines


def roles(*texts: str) -> list[str]:
    return [line.role.value + (str(line.level) if line.level else "") for line in lines(texts)]


def test_a_report_of_a_party_group() -> None:
    assert roles(
        "中共清河县人大常委会党组", "关于2021年工作情况的报告", "县委：", "2021年，县人大常委会党组履职尽责。现汇报如下：", "一、2021年工作情况",
        "（一）坚持党的领导", "全年开会12次。", "（二）抓实监督。组织执法检查3次。", "1.听取报告", "（1）第一季度", "一是加强学习。",
        "附件：一览表", "中共清河县人大常委会党组", "2021年12月28日",
    ) == [
        "title", "title", "addressee", "body", "heading1", "heading2", "body", "heading2", "heading3", "heading4", "body",
        "attachments", "signature", "date",
    ]  # fmt: skip


def test_a_report_read_at_a_session() -> None:
    assert roles(
        "清河县人民代表大会常务委员会工作报告", "——2021年1月6日在清河县第十八届人民代表大会第一次会议上", "县人大常委会主任　王建国", "各位代表：",
        "现在，我代表县人大常委会报告工作。", "谢谢大家。",
    ) == ["title", "below_title", "below_title", "addressee", "body", "body"]  # fmt: skip


def test_what_is_missing_has_its_place_too() -> None:
    assert roles("（标题）〔待核〕", "（主送机关）〔待核〕", "全年开会12次。", "（署名）〔待核〕", "（成文日期）〔待核〕") == [
        "title", "addressee", "body", "signature", "date",
    ]  # fmt: skip


def test_a_text_of_sentences_has_no_title_and_no_signature() -> None:
    assert roles("2021年，县人大常委会听取专项工作报告12项。", "开展执法检查3次。") == ["body", "body"]


def test_a_heading_that_goes_on_as_body_ends_at_its_sentence() -> None:
    (line,) = lines(["（二）落实责任，提升能力。县人大常委会党组全年开会12次。"])
    assert (line.role, line.level, line.head) == (Role.HEADING, 2, 13)


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三号选区共选举产生代表十二名，其中妇女代表四名，基层代表五名，分别比上届增加一名、两名，代表结构进一步优化，素质明显提升，履职能力明显增强，取得良好效果。",
        "一、听取报告；",
        "2021年工作",
        "3.5万人参加",
    ],
)  # fmt: skip
def test_numbers_that_begin_no_heading(text: str) -> None:
    assert [line.role for line in lines(["标题", "县委：", text, "结尾一句。"])][2] is Role.BODY


@pytest.mark.parametrize(
    ("text", "level"),
    [("一、总体情况", 1), ("第一部分 工作回顾", 1), ("（十二）其他", 2), ("(三)其他", 2), ("3.听取", 3), ("3．听取", 3), ("12、听取", 3), ("（4）听取", 4),
     ("3.2万人", 0), ("十九大以来", 0)],
)  # fmt: skip
def test_heading_levels(text: str, level: int) -> None:
    assert heading_level(text) == level
