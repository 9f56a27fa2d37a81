"""Identity numbers in columns, compared with the reader of single cells and with the worked examples of GB 11643."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core.cells.identity import check_character
from renda.elections.matching import numbers
from renda.elections.matching.numbers import Kind

VALID = ["11010519491231002X", "440524188001010014", "34052419800101001X", "360426199101010071", "120103198806018241"]


def kinds(*typed: str | None) -> list[int]:
    return numbers.read(pa.array(typed, pa.string())).kind.tolist()


def test_each_kind_of_number_is_told_from_the_others() -> None:
    assert kinds(*VALID) == [Kind.SOUND] * len(VALID)
    assert kinds("360426199101010072") == [Kind.BROKEN]
    assert kinds("360426199113010071") == [Kind.BROKEN], "a thirteenth month"
    assert kinds("340524800101001") == [Kind.OLD]
    assert kinds(None, "", "12345", "36042619910101007Y") == [Kind.NONE] * 4


def test_how_a_number_is_typed_makes_no_difference() -> None:
    typed = ["34052419800101001x", "３４０５２４１９８００１０１００１Ｘ", " 340524 19800101 001X", "340524-19800101-001X"]
    found = numbers.read(pa.array([*typed, "34052419800101001X"]))
    assert set(found.kind.tolist()) == {Kind.SOUND}
    assert len(set(found.head.tolist())) == len(set(found.tail.tolist())) == 1


def test_an_old_number_has_the_digits_of_its_new_form() -> None:
    assert numbers.standard("340524800101001") == "34052419800101001X"
    assert numbers.standard("110105491231002") == "11010519491231002X"
    found = numbers.read(pa.array(["340524800101001", "34052419800101001X"]))
    assert found.head[0] == found.head[1]
    assert found.tail[0] == found.tail[1]
    assert found.born.tolist() == [19800101, 19800101]


def test_a_date_that_does_not_exist_is_no_birth_date() -> None:
    found = numbers.read(pa.array(["360426199102290019", "360426200002290019", "360426190002290019"]))
    assert found.born.tolist() == [0, 20000229, 0]


@given(st.text("0123456789", min_size=17, max_size=17))
def test_packed_words_hold_every_digit_and_the_check_is_that_of_the_cell_reader(first: str) -> None:
    right = first + check_character(first)
    found = numbers.read(pa.array([right]))
    assert f"{int(found.head[0]):015x}" == right[:15]
    assert f"{int(found.tail[0]):015x}" == right[3:].replace("X", "a")
    wrong = first + ("0" if right[17] != "0" else "1")
    assert kinds(wrong) == [Kind.BROKEN]


@given(st.integers(6, 16), st.booleans(), st.text("123456789", min_size=17, max_size=17))
def test_any_one_slip_leaves_one_part_whole(place: int, swap: bool, first: str) -> None:
    digits = list(first)
    if swap and place < 16:
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
    else:
        digits[place] = "0"
    found = numbers.read(pa.array([first + "0", "".join(digits) + "0"]))
    assert any(part[0] == part[1] for part in found.parts)


@pytest.mark.parametrize("column", [pa.array([], pa.string()), pa.nulls(3, pa.string())])
def test_columns_without_a_number_are_read(column: pa.Array) -> None:
    assert not numbers.read(column).given.any()
