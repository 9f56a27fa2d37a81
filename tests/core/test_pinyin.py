"""Keys by pinyin, by initials and by strokes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.core.pinyin import full_pinyin, initials, pinyin_key, stroke_key
from renda.core.strokes import stroke_count, stroke_order
from renda.core.surnames import COMPOUND, READINGS, split_name


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单雄信", "shan"),
        ("曾国藩", "zeng"),
        ("查良镛", "zha"),
        ("朴正勇", "piao"),
        ("仇英", "qiu"),
        ("解缙", "xie"),
        ("区志强", "ou"),
        ("盖世雄", "ge"),
        ("任盈盈", "ren"),
        ("乐毅", "yue"),
        ("卜世仁", "bu"),
        ("尉迟恭", "yuchi"),
        ("尉健行", "wei"),
        ("万俟卨", "moqi"),
        ("长孙无忌", "zhangsun"),
        ("张三", "zhang"),
        ("重耳", "chong"),
        ("吕布", "lv"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert full_pinyin(name, as_name=True).startswith(reading)
    assert pinyin_key(name)[0] == reading[0]
    assert initials(name, as_name=True)[0] == reading[0]


def test_words_are_not_read_as_names() -> None:
    assert full_pinyin("单位查处") == "danweichachu"
    assert full_pinyin("重庆市") == "chongqingshi"
    assert initials("龙潭镇2021年A类") == "ltz2021nal"
    assert initials("") == ""


def test_pinyin_order_goes_by_syllable_tone_and_strokes() -> None:
    expected = ["卢俊义", "鲁班", "吕布", "栾平", "罗成", "沙僧", "单雄信", "沈括"]
    expected += ["詹妮", "张安", "张伟", "章安", "掌声", "赵六"]
    assert sorted(sorted(expected), key=pinyin_key) == expected


def test_stroke_order_is_that_of_official_lists() -> None:
    """By strokes of the surname, given names of one character first; 于 112, 万 153, 马 551; 玉 11214, 正 12121, 东 15234."""
    expected = ["丁力", "丁宁", "丁一凡", "丁大伟", "于强", "万芳", "马明", "王宁", "王军", "王勇"]
    expected += ["王小红", "王玉华", "王正平", "王东升", "王志高", "李刚", "赵静"]
    assert sorted(sorted(expected), key=stroke_key) == expected


def test_compound_surnames_follow_the_same_first_character() -> None:
    assert sorted(["欧阳坚", "欧文", "欧冶子", "赵云"], key=stroke_key) == ["欧文", "欧冶子", "欧阳坚", "赵云"]


def test_names_without_a_surname_are_sorted_by_their_first_character() -> None:
    assert sorted(["陈真", "阿不都·买买提", "李明", "Tom"], key=stroke_key) == ["Tom", "李明", "阿不都·买买提", "陈真"]


@pytest.mark.parametrize(("char", "order"), [("一", "1"), ("王", "1121"), ("东", "15234"), ("德", "332122522114544")])
def test_strokes_of_a_character(char: str, order: str) -> None:
    assert stroke_order(char) == order
    assert stroke_count(char) == len(order)


def test_strokes_of_rare_characters_and_of_none() -> None:
    assert stroke_count("䶮") == 9
    assert stroke_count("𠮷") == 6
    assert stroke_order("𠮷") == ""
    assert stroke_count("a") == 0
    assert sorted("𠮷吉", key=stroke_key) == ["吉", "𠮷"]


def test_orders_and_counts_agree() -> None:
    chars = [chr(point) for point in range(0x4E00, 0x9FA6)]
    known = [char for char in chars if stroke_order(char)]
    assert len(known) > 6000
    assert [char for char in known if len(stroke_order(char)) != stroke_count(char)] == []
    assert [char for char in chars if not stroke_count(char)] == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("张三", ("张", "三")),
        ("欧阳修", ("欧阳", "修")),
        ("欧阳", ("欧", "阳")),
        ("阿不都·买买提", ("", "阿不都·买买提")),
        ("Tom", ("", "Tom")),
        ("", ("", "")),
    ],
)
def test_split_name(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_each_reading_has_a_syllable_per_character() -> None:
    assert [name for name, reading in READINGS.items() if len(reading.split()) != len(name)] == []
    assert {name for name in READINGS if len(name) > 1} <= COMPOUND


@given(st.text(max_size=20))
@settings(deadline=None)
def test_no_text_breaks_the_keys(text: str) -> None:
    for key in (pinyin_key(text), stroke_key(text), full_pinyin(text), initials(text, as_name=True)):
        assert "\n" not in key
    assert pinyin_key(text) == pinyin_key(f" {text} ")
