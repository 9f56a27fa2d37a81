"""Names in their form for comparing."""

import pyarrow as pa
import pytest

from renda.elections.matching import names


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("張偉", "张伟"),
        ("王 芳", "王芳"),
        ("王　芳", "王芳"),
        ("李峯", "李峰"),
        ("陈喆", "陈哲"),
        ("赵堃", "赵坤"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽•买买提", "阿依古丽．买买提"),
        ("Ｌｉ Ｍｉｎｇ", "li ming"),
        ("羅鍾", "罗钟"),
    ],
)
def test_spellings_of_one_name_have_one_form(written: str, other: str) -> None:
    assert names.normalise(written) == names.normalise(other)


@pytest.mark.parametrize(("one", "other"), [("王芳", "王方"), ("李明", "李铭"), ("张萍", "张苹"), ("刘秀英", "刘英秀")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert names.normalise(one) != names.normalise(other)


def test_forms_are_final_and_of_one_character() -> None:
    table = names.variants()
    assert all(len(standard) == 1 for standard in table.values())
    assert not [chr(char) for char, standard in table.items() if ord(standard) in table]


def test_no_character_stands_in_two_groups_of_our_own() -> None:
    lines = [line for line in names._OWN.read_text("utf-8").splitlines() if not line.startswith("#")]
    chars = [char for line in lines for char in line]
    assert len(chars) == len(set(chars))
    assert all(len(line) > 1 for line in lines)


def test_a_column_is_read_as_its_names_one_by_one() -> None:
    written = ["張偉", None, "", "欧阳 娜娜", "王\x00芳", "𠮷田", "·"]
    found = names.read(pa.array(written))
    assert found.text.to_pylist() == [names.normalise((one or "").replace("\x00", "")) or None for one in written]
    assert found.first.to_pylist()[0] == ord("张")
    assert found.last.to_pylist()[3] == ord("娜")
    assert found.first.to_pylist()[1] is None


def test_names_without_the_separator_are_read_together_alike() -> None:
    written = ["張偉", None, "", "阿依古丽·买买提"]
    assert names.read(pa.array(written)).text.to_pylist() == ["张伟", None, None, "阿依古丽买买提"]
    assert names.read(pa.array([], pa.string())).text.to_pylist() == []
