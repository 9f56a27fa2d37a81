"""What holds of every draft: no text is lost, what is not filled keeps its words and says so, numbers mean what they say."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from renda.reports.draft.approximate import NEAR_WITHIN, approximate, word_of
from renda.reports.draft.layout import Layout
from renda.reports.draft.manner import read_manner, write
from renda.reports.draft.model import PENDING, Draft
from renda.reports.draft.years import year_edits
from tests.reports.drafting import draft

NUMBERS = (
    "8次",
    "XX项",
    "三十余人次",
    "1,204人次",
    "3.2万人次",
    "近XX万元",
    "75.4%",
    "百余户",
    "3至5次",
    "两件",
    "２３项",
    "超过300件",
)
PIECES = (
    "县委：\n", "2021年工作情况\n", "2021年3月5日", "《立法法（2015年修正）》", "召开常委会会议", "，其中重点", "，全部办结。", "各办理", "比上年增长",
    "，共", "代表提出建议", "、", "。\n", "二、2022年工作安排\n", "换届选举", "县第十七届人民代表大会第五次会议", "党史学习教育", "𠮷县", "X日报", " \n",
    "由", "提高到", "法院、检察院", "首个试点县", "青山县人大常委会\n", "〔2021〕5号",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES + NUMBERS), max_size=30).map("".join) | st.text(max_size=60)
VALUES = st.one_of(st.none(), st.integers(-3, 2_000_000), st.decimals(-50, 500, places=2))
OWN = st.sampled_from([None, 2020, 2021])


@st.composite
def drafts(make: Any) -> Draft:
    """A draft of a text put together anyhow, with answers that fit or do not."""
    text = make(TEXTS)
    values = make(st.lists(VALUES, min_size=4, max_size=4))
    return _drafted(text, values, make(OWN), make(st.integers(2020, 2023)))


def _drafted(text: str, values: list[Any], own: int | None, year: int) -> Draft:
    from renda.reports.recognise import recognise

    answers = {
        figure.text: _answer(figure, values[n % 4]) for n, figure in enumerate(recognise(text, own)) if figure.kind != "name"
    }
    return draft(text, answers, own=own, year=year, records={"suggestions.close_rate": 100, "suggestions.assigned": 4})


def _answer(figure: Any, value: Any) -> dict[str, Any]:
    unit = "%" if figure.unit == "%" else "元" if figure.unit.endswith("元") else ""
    return {"value": value, "unit": unit}


@given(drafts())
@settings(max_examples=250, deadline=None)
def test_the_draft_with_every_edit_undone_is_the_source(made: Draft) -> None:
    undone, position = "", 0
    for edit in made.edits:
        assert position <= edit.start <= edit.end, "edits are sorted and disjoint"
        undone += made.source[position : edit.start] + made.source[edit.start : edit.end]
        position = edit.end
    assert undone + made.source[position:] == made.source
    plain = "".join(segment.text for segment in made.segments() if segment.edit is None)
    outside = "".join(made.source[a:b] for a, b in _outside(made))
    assert plain.replace("\n", "") == outside.replace("\n", ""), "what no edit touches stands in the draft"
    assert (
        "\n".join("".join(s.text + (PENDING if s.edit and s.edit.marked else "") for s in line) for line in made.paragraphs())
        == made.text()
    )


def _outside(made: Draft) -> list[tuple[int, int]]:
    bounds = [0, *(p for edit in made.edits for p in (edit.start, edit.end)), len(made.source)]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


@given(drafts())
@settings(max_examples=250, deadline=None)
def test_what_is_not_filled_keeps_its_text_and_is_marked_at_once(made: Draft) -> None:
    by_entry = {edit.entry: edit for edit in made.edits if edit.entry is not None}
    assert set(by_entry) == {entry.number for entry in made.entries}, "every figure has its edit"
    for entry in made.entries:
        edit = by_entry[entry.number]
        assert edit.comment
        assert edit.marked is (entry.status == "marked")
        if entry.status == "marked":
            assert entry.why
            assert (edit.start, edit.end, edit.text) == (entry.start, entry.end, entry.old)
            assert entry.old == entry.new == made.source[entry.start : entry.end]
        else:
            assert entry.value not in (None, 0)
    for edit in made.edits:
        if edit.marked and edit.kind != "missing":
            assert edit.text == made.source[edit.start : edit.end]
            assert edit.text + PENDING in made.text()


@given(st.sampled_from(NUMBERS), st.integers(1, 3_000_000))
def test_a_written_number_reads_as_what_it_states(old: str, value: int) -> None:
    manner = read_manner(old.removeprefix("近").removeprefix("超过"))
    if manner is None:
        return
    written = write(manner, Decimal(value))
    again = read_manner(written.text)
    assert again is not None
    assert again.old == written.stated
    assert abs(written.stated - value) <= Decimal(value) / 100
    assert written.text.endswith(manner.tail)


@given(
    st.sampled_from(("XX余人次", "30余人次", "2900余人次", "近XX人次", "近100人次", "超过300人次", "约50人次")),
    st.integers(1, 10**7),
)
def test_words_of_approximation_are_true_or_said_to_be_untrue(text: str, value: int) -> None:
    start = next((i for i, c in enumerate(text) if c.isdigit() or c == "X"), 0)
    manner = read_manner(text[start:])
    assert manner is not None
    word = word_of(text, start, len(text), manner)
    made = approximate(manner, Decimal(value), word)
    stated = made.written.stated
    if made.untrue:
        assert stated == value
    elif word is not None and word.rule == "over":
        assert stated < value
    elif word is not None and word.rule == "near":
        assert value < stated
        assert stated - value <= NEAR_WITHIN * stated
    else:
        assert abs(stated - value) <= NEAR_WITHIN * stated


@given(st.integers(1990, 2080), st.integers(-9, 9).filter(bool))
def test_years_move_there_and_back(own: int, distance: int) -> None:
    text = f"{own}年工作，比{own - 1}年好，{own + 1}年更好，截至{own}年底。"
    moved = _moved(text, own, own + distance)
    assert str(own + distance) in moved
    assert _moved(moved, own + distance, own) == text


def _moved(text: str, own: int, target: int) -> str:
    for edit in reversed(year_edits(Layout(text), own, target, bytearray(len(text)))):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
