"""The list of claims names what exists; words of completeness are told from words that only look like them; the old text as proof."""

from decimal import Decimal
from typing import Any

import pytest

from renda.figures.registry import all_indicators
from renda.reports.draft.claims import ALL, claims, entries
from renda.reports.draft.layout import Layout
from renda.reports.draft.model import Draft
from tests.reports.drafting import draft


def test_every_indicator_of_the_list_exists() -> None:
    known = {indicator.code for indicator in all_indicators()}
    named = {code for lines in entries().values() for line in lines for code in line.indicators}
    named |= {line.of for line in entries()["all"] if line.of}
    assert named <= known, named - known
    assert len(named) > 30


@pytest.mark.parametrize(
    "text", ["全部办结", "均已答复", "已全部纳入网格", "均顺利召开", "件件有回音", "实现全覆盖", "结果均为满意", "都有领导接谈"]
)
def test_words_of_completeness(text: str) -> None:
    assert ALL.search(text)


@pytest.mark.parametrize(
    "text", ["全部门联动", "平均办理", "人均收入", "均衡发展", "服务均等化", "全部工作", "落实到全部过程", "都说好"]
)
def test_words_that_only_look_like_it(text: str) -> None:
    assert not ALL.search(text)


def test_the_coming_year_and_names_assert_nothing() -> None:
    text = "2021年工作报告\n《关于全部办结的规定》施行。\n二、2022年工作安排\n建议全部办结，开展执法检查。"
    assert claims(Layout(text), 2021, 2022) == []


SIX = "召开常委会会议8次，主任会议16次，党组会议20次，视察10次，调研12次，收到建议246件。"


def _drafted(before: dict[str, Any], year: int = 2022) -> Draft:
    figures = ("8次", "16次", "20次", "10次", "12次", "246件")
    return draft(SIX, {text: {"value": 9, "before": before.get(text, text.strip("次件"))} for text in figures}, year=year)


def test_the_one_that_its_own_year_does_not_prove_stays_open() -> None:
    made = _drafted({"10次": 31})
    assert [entry.old for entry in made.entries if entry.status == "marked"] == ["10次"]
    assert "原文所述年度为 31" in made.entries[3].why
    assert "本年值为 9" in made.entries[3].why


def test_nothing_follows_where_the_old_records_are_another_s() -> None:
    made = _drafted({"8次": 1, "16次": 2, "20次": 3, "10次": 4})
    assert all(entry.status == "filled" for entry in made.entries)
    assert "不符" in made.entries[0].comment
    assert "不符" not in made.entries[5].comment


def test_records_of_no_year_prove_nothing() -> None:
    made = _drafted(dict.fromkeys(("8次", "16次", "20次", "10次", "12次", "246件"), 0))
    assert all(entry.status == "filled" for entry in made.entries)
    two_years_on = _drafted({"10次": 31}, year=2023)
    assert all(entry.status == "filled" for entry in two_years_on.entries)


def test_the_report_of_its_own_year_is_its_own_proof() -> None:
    values = {"8次": 8, "16次": 16, "20次": 20, "10次": 10, "12次": 5, "246件": 246}
    made = draft(SIX, {text: {"value": value, "before": 1} for text, value in values.items()}, year=2021)
    assert [entry.old for entry in made.entries if entry.status == "marked"] == ["12次"]
    assert made.entries[0].value == Decimal(8)
