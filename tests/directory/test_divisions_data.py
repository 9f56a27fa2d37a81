"""The shipped list of divisions: what it holds, how codes are looked up, and that it hangs together."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from renda.directory.divisions_data import all_divisions, find, is_placeholder

CURRENT = [row for row in all_divisions() if row.valid_to is None]


def test_current_divisions_have_the_size_of_the_country() -> None:
    levels = Counter(row.level for row in CURRENT)
    assert levels["province"] == 34
    assert levels["prefecture"] == 333
    assert 2840 <= levels["county"] <= 2860
    assert len({row.code for row in CURRENT}) == len(CURRENT)


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("500000", "重庆市", "province", None),
        ("500236", "奉节县", "county", "500000"),
        ("110101", "东城区", "county", "110000"),
        ("341302", "埇桥区", "county", "341300"),
        ("469001", "五指山市", "county", "460000"),
        ("429004", "仙桃市", "county", "420000"),
        ("659001", "石河子市", "county", "650000"),
        ("441900", "东莞市", "prefecture", "440000"),
        ("410304", "瀍河回族区", "county", "410300"),
        ("710000", "台湾省", "province", None),
    ],
)
def test_find_names_level_and_parent(code: str, name: str, level: str, parent: str | None) -> None:
    row = find(code)
    assert row is not None
    assert (row.name, row.level, row.parent, row.valid_to) == (name, level, parent, None)


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("510200", date(1990, 1, 1), "重庆市"),
        ("510200", date(1997, 7, 1), "重庆市"),
        ("510200", date(1998, 1, 1), None),
        ("500000", date(1996, 12, 31), None),
        ("500000", date(1997, 1, 1), "重庆市"),
        ("130502", date(2019, 6, 1), "桥东区"),
        ("130502", date(2020, 6, 1), "襄都区"),
        ("330302", date(1982, 1, 1), "南城区"),
        ("330302", date(2021, 1, 1), "鹿城区"),
        ("371202", date(2018, 1, 1), "莱城区"),
        ("371202", date(2021, 1, 1), None),
        ("330113", date(2020, 1, 1), None),
        ("330113", date(2021, 5, 1), "临平区"),
        ("810000", date(1996, 1, 1), None),
        ("810000", date(1998, 1, 1), "香港特别行政区"),
    ],
)
def test_find_answers_by_the_list_of_the_year(code: str, on: date, name: str | None) -> None:
    row = find(code, on)
    assert (row and row.name) == name


@pytest.mark.parametrize("code", ["", "5002", "999999", "110100", "469000", "500236001", "abcdef"])
def test_find_refuses_what_is_no_division(code: str) -> None:
    assert find(code) is None


@pytest.mark.parametrize("code", ["110100", "310200", "500200", "469000", "429000", "659000", "130101"])
def test_headings_of_the_code_list_are_placeholders(code: str) -> None:
    assert is_placeholder(code)


@pytest.mark.parametrize("code", ["110000", "110101", "500101", "469001", "441900", "990100", "130199", "11010", ""])
def test_divisions_and_unknown_codes_are_no_placeholders(code: str) -> None:
    assert not is_placeholder(code)


def test_no_heading_is_listed_as_a_division() -> None:
    headings = ("市辖区", "直辖县级行政区划", "直辖行政单位")
    assert not [row for row in all_divisions() if row.name.endswith(headings) or row.name == "县"]


def test_parent_of_a_current_division_is_current_and_above_it() -> None:
    for row in CURRENT:
        if row.level == "province":
            assert row.parent is None
            continue
        parent = find(row.parent or "")
        assert parent is not None, row
        assert parent.valid_to is None, row
        assert parent.level in (("province",) if row.level == "prefecture" else ("province", "prefecture")), row


def test_years_run_forward_and_rows_of_a_code_do_not_run_side_by_side() -> None:
    rows = list(all_divisions())
    for row in rows:
        assert (row.valid_from or 0) <= (row.valid_to or 9999), row
    for earlier, later in pairwise(rows):
        if earlier.code == later.code:
            assert (earlier.valid_to or 9999) <= (later.valid_from or 0), (earlier, later)
