"""The text taken apart: which year it reports on, where the coming year begins."""

import pytest

from renda.reports.draft.layout import Layout


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("关于2021年工作情况的报告\n比2020年、2020年多。", 2021),
        ("县委：\n2021年，县人大常委会听取2020年度法院工作报告。\n二、2022年工作安排\n2022年，2022年，2022年。", 2021),
        ("一、2019年工作回顾\n2019年。\n二、2020年主要工作\n2020年，2020年。", 2019),
        ("2020年很好，2019年也好。", 2020),
        ("今年很好。", None),
    ],
)
def test_the_year_that_a_text_reports_on(text: str, year: int | None) -> None:
    assert Layout(text).own_year == year


@pytest.mark.parametrize(
    "heading",
    [
        "二、2022年工作安排",
        "二、2022年工作打算",
        "三、下一步工作",
        "今后五年的主要任务",
        "二、2022年主要工作",
        "第二部分 2022年工作安排",
    ],
)
def test_the_part_on_the_coming_year(heading: str) -> None:
    text = f"2021年工作报告\n一、2021年主要工作\n（一）聚焦计划预算监督\n做了工作。\n{heading}\n要做工作。"
    assert text[Layout(text).plan_from :].startswith(heading)


@pytest.mark.parametrize("heading", ["（一）聚焦计划预算执行", "做好年度计划审查", "打算盘算民生账", "一、2021年工作情况"])
def test_a_heading_on_plans_is_no_plan(heading: str) -> None:
    text = f"2021年工作报告\n{heading}\n做了工作。"
    assert Layout(text).plan_from == len(text)


def test_sentences_clauses_and_lines_around_a_place() -> None:
    text = "甲，乙；丙。\n丁"
    layout = Layout(text)
    assert [text[s.start : s.end] for s in (layout.clause(2), layout.sentence(2), layout.line(2), layout.line(7))] == [
        "乙", "甲，乙", "甲，乙；丙。", "丁",
    ]  # fmt: skip
