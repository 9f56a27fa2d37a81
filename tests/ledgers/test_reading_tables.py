"""Finding tables on sheets as offices keep them, and saying which register a sheet is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core.cells import FaultyCell
from renda.ledgers.reading import Candidate, Sheet, find_table, normalise_heading, open_workbook, recognise, year_in

WORDS = {"检查名称": "name", "执法检查名称": "name", "检查时间": "date", "牵头委室": "organ", "投入资金": "money", "备注": "note"}
HEADS = ["序号", "检查名称", "检查时间", "牵头委室"]


def sheet(*rows, name="台账", merged=()):
    return Sheet(name, [list(row) for row in rows], list(merged))


def accounted(table, source):
    """Every row of the sheet is data or skipped, none is both."""
    numbers = sorted([*table.numbers, *table.skipped])
    assert numbers == list(range(1, len(source.rows) + 1))
    return table


def found(source, words=WORDS):
    table = find_table(source, words)
    assert table is not None
    return accounted(table, source)


def test_headings_on_the_first_row():
    table = found(sheet(HEADS, [1.0, "水法", "3月5日", "财经委"]))
    assert table.fields == {"name": 1, "date": 2, "organ": 3}
    assert table.numbers == [2]
    assert table.column("name") == ["水法"]
    assert table.unknown == []


def test_title_year_and_unit_stand_above():
    source = sheet(
        ["龙潭县人大常委会2021年度执法检查台账", "", "", ""],
        [],
        ["填报单位：法工委", "", "", "单位：万元"],
        ["序号", "检查\n名称*", "检查时间", "投入资金"],
        [1.0, "水法", "3月5日", 3.5],
    )
    table = found(source)
    assert (table.title, table.year, table.unit) == ("龙潭县人大常委会2021年度执法检查台账", 2021, "万元")
    assert table.unit_of("money") == "万元"
    assert table.skipped == {1: "表题", 2: "空行", 3: "表题", 4: "表头"}
    assert table.above[1:] == ["填报单位：法工委", "单位：万元"]


def test_a_unit_in_the_heading_wins():
    table = found(sheet(["单位：元"], ["检查名称", "投入资金（万元）"], ["水法", 3.5]))
    assert table.unit_of("money") == "万元"
    assert table.unit == "元"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年度执法检查台账", 2021),
        ("二〇二一年执法检查", 2021),
        ("2021", 2021),
        ("台账（2021年）", 2021),
        ("2019—2021年台账", None),
        ("2019年至2021年台账", None),
        ("2020年立项2021年完成", None),
        ("执法检查台账", None),
        ("电话13820211234", None),
    ],
)
def test_the_year_of_a_title(text, year):
    assert year_in(text) == year


def test_the_sheet_name_gives_the_year_where_the_title_does_not():
    assert found(sheet(HEADS, [1.0, "水法", "3月5日", "财经委"], name="2021年")).year == 2021


def test_headings_in_two_rows_with_merged_parents():
    words = {"名称": "name", "参加人数县级代表": "county", "乡镇代表参加人数": "town", "时间": "date"}
    source = sheet(
        ["序号", "名称", "参加人数", "", "时间"],
        ["", "", "县级代表", "乡镇代表", ""],
        [1.0, "水法", 5.0, 6.0, "3月5日"],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
    )
    table = found(source, words)
    assert table.fields == {"name": 1, "county": 2, "town": 3, "date": 4}
    assert [heading.text for heading in table.headings] == ["序号", "名称", "参加人数/县级代表", "参加人数/乡镇代表", "时间"]
    assert table.numbers == [3]


def test_headings_in_two_rows_of_a_text_table_without_merges():
    words = {"名称": "name", "参加人数县级代表": "county", "参加人数乡镇代表": "town", "时间": "date"}
    source = sheet(
        ["序号", "名称", "参加人数", "", "时间"], ["", "", "县级代表", "乡镇代表", ""], ["1", "水法", "5", "6", "3月5日"]
    )
    assert found(source, words).fields == {"name": 1, "county": 2, "town": 3, "date": 4}


def test_a_heading_merged_over_two_rows_takes_both():
    source = sheet(
        HEADS, ["", "", "", ""], [1.0, "水法", "3月5日", "财经委"], merged=[(0, column, 1, column) for column in range(4)]
    )
    table = found(source)
    assert table.skipped == {1: "表头", 2: "表头"}
    assert table.numbers == [3]


def test_equal_children_under_different_parents_are_left_to_the_clerk():
    words = {"名称": "name", "时间": "date", "单位": "organ"}
    source = sheet(
        ["名称", "交办", "", "答复", ""],
        ["", "时间", "单位", "时间", "结果"],
        ["水法", "a", "b", "c", "d"],
        merged=[(0, 1, 0, 2), (0, 3, 0, 4)],
    )
    table = found(source, words)
    assert table.fields == {"name": 0, "organ": 2}
    assert [heading.text for heading in table.unknown] == ["交办/时间", "答复/时间", "答复/结果"]
    assert "分不清" in table.unknown[0].problem


def test_a_field_twice_is_taken_once():
    table = found(sheet(["检查名称", "检查时间", "执法检查名称"], ["水法", "3月5日", "森林法"]))
    assert table.column("name") == ["水法"]
    assert table.unknown[0].problem == "与前面的列重复"


def test_unknown_headings_are_listed_and_the_running_number_is_not():
    table = found(sheet([*HEADS, "参加人员", ""], [1.0, "水法", "3月5日", "财经委", "张三", ""]))
    assert [(heading.column, heading.text) for heading in table.unknown] == [(4, "参加人员")]
    assert table.at(4) == ["张三"]


@pytest.mark.parametrize(
    "heading",
    [
        "检查名称",
        " 检 查 名 称 ",
        "检查名称*",
        "＊检查名称：",
        "检查\n名称",
        "检查名称（必填）",
        "【检查名称】",
        "检查名称(如：水法)",
    ],
)
def test_headings_are_known_however_they_are_typed(heading):
    assert find_table(sheet([heading, "检查时间"], ["水法", "3月5日"]), WORDS).fields["name"] == 0


def test_normalised_headings():
    assert normalise_heading("投入 资金\n（万元）*") == "投入资金"
    assert normalise_heading("资金/元") == "资金"


def test_what_is_no_data_is_skipped_with_its_reason():
    source = sheet(
        ["2021年度执法检查台账"],
        HEADS,
        ["一、监督法类", "", "", ""],
        [1.0, "水法", "3月5日", "财经委"],
        ["", "小 计", "1", ""],
        ["2021年度执法检查台账", "", "", ""],
        HEADS,
        [2.0, "森林法", "3月6日", "城环委"],
        ["", "", "", ""],
        [3.0, "", "", ""],
        ["合计", "", "2", ""],
        ["第1页 共2页", "", "", ""],
        ["备注：本表由法工委填报", "", "", ""],
        ["2.数据截至年底", "", "", ""],
        ["填表人：张三", "", "审核人：李四", ""],
        merged=[(2, 0, 2, 3)],
    )
    table = found(source)
    assert table.numbers == [4, 8]
    assert {number: reason for number, reason in table.skipped.items() if number > 2} == {
        3: "分组标题",
        5: "合计行",
        6: "重复的表题",
        7: "重复的表头",
        9: "空行",
        10: "只有序号",
        11: "合计行",
        12: "表尾说明",
        13: "表尾说明",
        14: "表尾说明",
        15: "表尾说明",
    }


@pytest.mark.parametrize(
    "row",
    [
        [1.0, "统计法", "3月5日", "财经委"],
        [1.0, "合计台账管理办法", "3月5日", "财经委"],
        [1.0, "备注管理规定", "", ""],
        ["", "会计法", "", ""],
        [1.0, "检查名称登记办法", "3月5日", "财经委"],
        ["", "水法", "3月5日", ""],
        [1.0, FaultyCell("#REF!", "这一格是错误值。"), "3月5日", "财经委"],
    ],
)
def test_a_record_is_never_taken_for_something_else(row):
    table = found(sheet(HEADS, row))
    assert table.numbers == [2]
    assert table.rows == [row]


def test_a_subtotal_named_by_its_group():
    table = found(sheet([*HEADS, "投入资金"], [1.0, "水法", "3月5日", "财经委", 3.0], ["", "龙潭镇小计", "", "", 3.0]))
    assert table.skipped[3] == "合计行"


def test_merged_cells_are_filled_down_only_where_merged():
    source = sheet(
        HEADS,
        [1.0, "水法", "3月5日", "财经委"],
        [2.0, "森林法", "3月6日", ""],
        [3.0, "环保法", "3月7日", ""],
        merged=[(1, 3, 2, 3)],
    )
    table = found(source)
    assert table.column("organ") == ["财经委", "财经委", ""]
    assert source.rows[2][3] == ""


def test_short_rows_read_as_blanks():
    table = found(sheet(HEADS, [1.0, "水法"]))
    assert table.column("organ") == [""]


def test_no_table_without_known_headings():
    assert find_table(sheet(["甲", "乙"], ["1", "2"]), WORDS) is None
    assert find_table(sheet(["检查名称", "乙", "丙"], ["1", "2", "3"]), WORDS) is None
    assert find_table(sheet(), WORDS) is None


def test_a_table_of_one_column():
    assert find_table(sheet(["检查名称"], ["水法"]), {"检查名称": "name"}).column("name") == ["水法"]


def test_rows_far_down_keep_their_numbers(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "表题\n\n检查名称,检查时间\n" + "\n".join(f"第{n}号,3月5日" if n % 3 else "" for n in range(300)), encoding="utf-8"
    )
    [source] = open_workbook(path)
    table = found(source)
    assert all(source.rows[number - 1][0] == row[0] for number, row in zip(table.numbers, table.rows, strict=True))
    assert len(table.numbers) == 200


CELLS = st.one_of(
    st.just(""), st.sampled_from([*HEADS, "合计", "备注：无", "水法", "一、甲", "第1页"]), st.floats(0, 9), st.text(max_size=5)
)
RECTANGLE = st.tuples(st.integers(0, 12), st.integers(0, 5), st.integers(0, 4), st.integers(0, 4)).map(
    lambda r: (r[0], r[1], r[0] + r[2], r[1] + r[3])
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12), st.lists(RECTANGLE, max_size=4))
def test_every_row_of_any_sheet_is_accounted_for(rows, merged):
    source = sheet(HEADS, *rows, merged=merged)
    table = find_table(source, WORDS)
    assert table is not None
    accounted(table, source)


def test_a_heading_word_merged_over_many_columns_further_down_is_not_the_heading_row():
    table = found(sheet(HEADS, [1.0, "水法", "3月5日", "财经委"], ["", "", "检查名称"], merged=[(2, 2, 2, 5)]))
    assert table.fields == {"name": 1, "date": 2, "organ": 3}


INSPECTIONS = (("执法检查",), WORDS, {"name"})
VISITS = (
    ("视察", "调研"),
    {"视察名称": "name", "名称": "name", "时间": "date", "地点": "place", "备注": "note"},
    {"name", "date"},
)


def test_the_register_whose_headings_fit():
    source = sheet(HEADS, [1.0, "水法", "3月5日", "财经委"])
    answer = recognise(source, {"inspections": INSPECTIONS, "visits": VISITS})
    assert answer.code == "inspections"
    assert answer.table.numbers == [2]
    assert answer.tied == ()


@pytest.mark.parametrize("name", ["视察", "执法检查"])
def test_the_name_in_the_title_decides_between_equal_headings(name):
    same = {"名称": "name", "时间": "date"}
    candidates = {
        "inspections": Candidate(("执法检查",), same, frozenset({"name"})),
        "visits": Candidate(("视察",), same, frozenset({"name"})),
    }
    source = sheet([f"2021年{name}台账"], ["名称", "时间"], ["水法", "3月5日"])
    assert recognise(source, candidates).code == {"视察": "visits", "执法检查": "inspections"}[name]
    assert (
        recognise(sheet(*source.rows[1:], name=f"{name}情况"), candidates).code
        == {"视察": "visits", "执法检查": "inspections"}[name]
    )


def test_equal_fits_are_not_guessed():
    same = {"名称": "name", "时间": "date"}
    answer = recognise(
        sheet(["名称", "时间"], ["水法", "3月5日"]), {"a": (("甲",), same, ("name",)), "b": (("乙",), same, ("name",))}
    )
    assert answer.code is None
    assert answer.tied == ("a", "b")


def test_a_register_with_a_required_heading_missing_is_shown_but_not_taken():
    answer = recognise(sheet(["视察名称", "地点"], ["水库", "龙潭镇"], name="视察"), {"visits": VISITS})
    assert answer.code is None
    assert answer.tied == ()
    assert answer.fits[0].missing == {"date"}


def test_a_sheet_of_something_else():
    answer = recognise(sheet(["选项"], ["满意"]), {"inspections": INSPECTIONS, "visits": VISITS})
    assert (answer.code, answer.fits) == (None, ())
