"""What the rules say of single pairs: each slip alone, pairs of slips, and people who are not one another."""

import pyarrow as pa
import pytest

from renda.core.cells.identity import check_character
from renda.elections.matching import find
from renda.elections.matching.declaration import HOMONYM, LIKELY
from renda.elections.matching.prepare import FrameFault

Voter = tuple[str, str]
NUMBER = "34052419800101001X"
ME = ("王小芳", NUMBER)


def sound(first17: str) -> str:
    return first17 + check_character(first17)


def pairs(*voters: Voter, **columns: list[str | None]) -> list[dict]:
    frame = {"voter_id": list(range(len(voters))), "name": [v[0] for v in voters], "number": [v[1] for v in voters]}
    return find(pa.table({**frame, **columns})).to_pylist()


def rule_of(*voters: Voter, **columns: list[str | None]) -> str | None:
    found = pairs(*voters, **columns)
    assert len(found) <= 1
    return found[0]["rule"] if found else None


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (ME, "number"),
        (("王小芳", "34052419800107001X"), "digit"),
        (("王小芳", "340524198001010013"), "digit"),
        (("王小芳", "34052419800110001X"), "swap"),
        (("王小芳", "340524198001010X01"), None),
        (("王小芳", "340524800101001"), "old"),
        (("王小芳", "34052491800101001X"), "swap"),
        (("王小芳", "34052149800101001X"), "swap"),
        (("王小芳", "34052419081001001X"), "two_swaps"),
        (("王曉芳", NUMBER), "number+character"),
        (("王小方", NUMBER), "number+character"),
        (("王芳小", NUMBER), "number+characters_swapped"),
        (("李大山", NUMBER), "number+other_name"),
        (("王小芳", "34052419800107007X"), "two_digits"),
        (("王小芳", "34052419800110007X"), "digit_and_swap"),
        (("王小芳", "340524800107001"), "old_digit"),
        (("王小芳", "340524800110001"), "old_swap"),
        (("王小方", "34052419800107001X"), "digit+character"),
        (("汪小芳", "34052419800110001X"), "swap+character"),
        (("王小方", "340524800101001"), "old+character"),
        (("王小方", "34052419800107007X"), None),
        (("王大方", "34052419800107001X"), None),
        (("王小芳", "34052419800757007X"), None),
    ],
)
def test_slips_have_their_rules(other: Voter, rule: str | None) -> None:
    assert rule_of(ME, other) == rule
    assert rule_of(other, ME) == rule, "the order of the rows makes no difference"


@pytest.mark.parametrize(
    ("name", "number", "rule"),
    [
        ("張偉強", NUMBER, "number+variant"),
        ("張伟强", "34052419800107001X", "digit+variant"),
        ("张偉强", "34052419800110001X", "swap+variant"),
        ("張伟强", "340524800101001", "old+variant"),
        ("張伟雄", NUMBER, "number+character"),
    ],
)
def test_a_variant_in_the_name_is_a_slip_that_is_seen_through(name: str, number: str, rule: str) -> None:
    assert rule_of(("张伟强", NUMBER), (name, number)) == rule


def test_every_place_of_one_wrong_digit_and_of_one_swap_is_found() -> None:
    number = sound("51102319760732184")
    for place in range(17):
        wrong = number[:place] + ("8" if number[place] != "8" else "6") + number[place + 1 :]
        assert rule_of(("王小芳", number), ("王小方", wrong)) == "digit+character", place
        if number[place] != number[place + 1] and "X" not in number[place : place + 2]:
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            assert rule_of(("王小芳", number), ("王小方", swapped)) == "swap+character", place


def test_a_swap_where_the_old_number_has_no_century_is_one_swap() -> None:
    assert rule_of(("王小芳", sound("51102319760732184")), ("王小芳", "511027360732184")) == "old_swap"


def test_twins_are_not_duplicates() -> None:
    first, second = sound("34052419800101001"), sound("34052419800101002")
    at_home = {"address": ["石桥村1号"] * 2, "district": ["一"] * 2}
    assert pairs(("王小芳", first), ("王小兰", second), **at_home) == []
    assert pairs(("王小芳", first), ("王小兰", sound("34052419800101003")), **at_home) == []
    assert pairs(("王芳", first), ("王兰", second), **at_home) == []


def test_namesakes_born_on_one_day_are_a_list_of_their_own_and_ranked_lower() -> None:
    found = pairs(ME, ("王小芳", sound("51102319800101777")), ("王小芳", "34052419800107001X"))
    by_pair = {(row["a"], row["b"]): row for row in found}
    assert by_pair[(0, 1)]["listing"] == HOMONYM
    assert by_pair[(0, 2)]["listing"] == LIKELY
    assert by_pair[(0, 2)]["score"] > 2 * by_pair[(0, 1)]["score"]
    assert [row["listing"] for row in found] == sorted((row["listing"] for row in found), key=[LIKELY, HOMONYM].index)


def test_two_sound_numbers_with_one_digit_and_the_check_apart_need_the_address() -> None:
    other = ("王小芳", sound("34052419800101007"))
    assert pairs(ME, other)[0]["listing"] == HOMONYM
    assert pairs(ME, other, district=["一", "一"])[0]["listing"] == HOMONYM, "namesakes live in one district too"
    at_home = pairs(ME, other, address=["石桥村1号"] * 2)[0]
    assert (at_home["listing"], at_home["rule"]) == (LIKELY, "converted_digit")
    assert "both_sound" in at_home["evidence"]


def test_an_old_number_that_was_converted_with_a_wrong_digit_is_found_by_district_or_a_rare_name() -> None:
    wrong_day = ("王小芳", sound("34052419800201001"))
    assert rule_of(ME, wrong_day) == "converted_digit"
    many = [("王小芳", sound(f"{area}19700101{n:03d}")) for area in (110101, 120101) for n in range(101, 141)]
    found = {(row["a"], row["b"]): row["listing"] for row in pairs(ME, wrong_day, *many) if (row["a"], row["b"]) == (0, 1)}
    assert found == {(0, 1): HOMONYM}, "a name that many bear is no support"


def test_evidence_says_what_speaks_for_a_pair() -> None:
    row = pairs(ME, ("王小芳", "34052419800107001X"), sex=["女", "女"], address=["甲", "乙"], district=["一", "一"])[0]
    assert set(row["evidence"].split(",")) == {"digit", "name", "check_fails", "same_sex", "same_district", "same_rare_name"}
    assert "340524" not in str(row)


def test_people_without_a_number_are_compared_by_name_and_birth_date_alone() -> None:
    frame = {"voter_id": [7, 8, 9], "name": ["王小芳"] * 3, "number": [None, "", NUMBER], "birth": ["1980-01-01"] * 3}
    table = pa.table(frame).set_column(3, "birth", pa.array(frame["birth"]).cast(pa.date32()))
    found = find(table).to_pylist()
    assert {(row["a"], row["b"], row["listing"]) for row in found} == {(7, 8, HOMONYM), (7, 9, HOMONYM), (8, 9, HOMONYM)}


def test_a_frame_without_numbers_is_refused_by_name() -> None:
    with pytest.raises(FrameFault, match="number"):
        find(pa.table({"voter_id": [1], "name": ["王小芳"]}))


def test_an_empty_roll_has_no_pairs() -> None:
    assert pairs() == []
