"""Any text at all is read without an exception, with figures in order inside it, in time that grows with its length."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.reports.recognise import recognise

PIECES = st.sampled_from(
    re.split(
        r" +",
        "8次 XX件 三十余人次 3.2万 1,204 95.2% 百分之五 0.7个百分点 ２３项 近百人 第3名 2021年 十四五 各9件 3至5次 、 和 , 。 ; : （ ） “ ” 《 》 \n \t "
        "召开 常委会会议 听取 专项工作报告 代表 建议 联络站 选民 分别 其中 占 同比 下降 增长 民生实事 信访 备案 述职 每月 截至 𠮷 × * _ ○○",
    )
)


def check(text: str) -> None:
    last = 0
    for figure in recognise(text):
        assert last <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end]
        assert 0 <= figure.confidence <= 1
        assert figure.reference is None or figure.confidence > 0
        last = figure.end


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_words_of_reports_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece", ["8次", "三", "1", "X", "×", "“", "（", "《", "1,111", "百", "第3名", "、调研5次", "五年", "a1", "\n", "1."]
)
def test_the_same_again_and_again(piece: str) -> None:
    check(piece * 3000)


def test_cost_grows_with_the_length_not_with_its_square() -> None:
    sentence = "召开常委会会议8次、主任会议16次,听取专项工作报告23项，办理代表建议152件"
    recognise(sentence)

    def seconds(times: int) -> float:
        started = time.process_time()
        recognise(sentence * times)
        return time.process_time() - started

    assert seconds(400) < 12 * max(0.05, seconds(50)) * 2
