"""Several people, head counts and lists in one cell; identity and telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.core import cells
from renda.core.cells import (
    CellError,
    FaultyCell,
    PeopleCell,
    PersonName,
    read_identity_number,
    read_name,
    read_phone,
    split_head_counts,
    split_list,
    split_people,
)


def names(value):
    return [(person.name, person.qualifier) for person in split_people(value).names]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("张三、李四，王 五;阿不都热依木•买买提", ["张三", "李四", "王五", "阿不都热依木·买买提"]),
        ("李 明", ["李明"]),
        ("李\u3000明  王五", ["李明", "王五"]),
        ("欧阳 修", ["欧阳修"]),
        ("张 三丰 李四", ["张三丰", "李四"]),
        ("张 三 李 四", ["张三", "李四"]),
        ("张三\n李四", ["张三", "李四"]),
        ("张三和李四", ["张三", "李四"]),
        ("李和平和王五", ["李和平", "王五"]),
        ("1.张三 2.李四", ["张三", "李四"]),
        ("1、张三\n2、李四", ["张三", "李四"]),
        ("张三同志", ["张三"]),
        ("李登科、王镇、周新村", ["李登科", "王镇", "周新村"]),
        ("John Smith", ["John Smith"]),
        ("阿不都热依木买买提", ["阿不都热依木买买提"]),
    ],
)
def test_names(value, expected):
    assert [name for name, _ in names(value)] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("张三（龙潭镇）、李四", [("张三", "龙潭镇"), ("李四", "")]),
        ("（龙潭镇）张三", [("张三", "龙潭镇")]),
        ("张三(女，龙潭镇)、李四", [("张三", "女，龙潭镇"), ("李四", "")]),
        ("副主任张三、王五副局长", [("张三", "副主任"), ("王五", "副局长")]),
        ("领衔人：张三；附议人：李四、王五", [("张三", "领衔人"), ("李四", "附议人"), ("王五", "附议人")]),
    ],
)
def test_what_stands_beside_a_name(value, expected):
    assert names(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("王五等12人", PeopleCell((PersonName("王五"),), 12)),
        ("张三、李四等十二人", PeopleCell((PersonName("张三"), PersonName("李四")), 12)),
        ("张三、李四（共2人）", PeopleCell((PersonName("张三"), PersonName("李四")), 2)),
        ("张三等", PeopleCell((PersonName("张三"),), None, approximate=True)),
        ("32人", PeopleCell(head_count=32)),
        ("32", PeopleCell(head_count=32)),
        (32.0, PeopleCell(head_count=32)),
        ("三十二人", PeopleCell(head_count=32)),
        ("1,204人次", PeopleCell(head_count=1204, person_times=True)),
        ("约30余人", PeopleCell(head_count=30, approximate=True)),
    ],
)
def test_head_counts_in_place_of_names(value, expected):
    assert split_people(value) == expected


@pytest.mark.parametrize(
    "value",
    ["全体代表", "相关部门负责人", "教育局", "龙潭镇", "李主任", "王书记", "张三、全体委员", "详见附件", 3.5, -2.0, "同上"],
)
def test_no_person_is_made_of_a_word(value):
    with pytest.raises(CellError):
        split_people(value)


def test_one_name():
    assert read_name("李 明") == "李明"
    for wrong in ("张三、李四", "12人", "张三等"):
        with pytest.raises(CellError, match="一个人"):
            read_name(wrong)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("县级代表15人、乡镇代表30人", [("县级代表", 15), ("乡镇代表", 30)]),
        ("县级代表：15人；乡镇代表：30人次", [("县级代表", 15), ("乡镇代表", 30)]),
        ("32人", [("", 32)]),
        (32.0, [("", 32)]),
        ("十五人", [("", 15)]),
        ("共45人，其中县级代表15人、乡镇代表30人", [("县级代表", 15), ("乡镇代表", 30)]),
        ("45人（其中县级代表15人）", [("县级代表", 15), ("其他", 30)]),
        ("省代表2、市代表3", [("省代表", 2), ("市代表", 3)]),
    ],
)
def test_head_counts_by_class(value, expected):
    assert split_head_counts(value) == expected


@pytest.mark.parametrize("value", ["县代表约15人", "代表", "10人，其中县级代表15人", "县级代表15人、乡镇代表"])
def test_what_is_no_head_count(value):
    with pytest.raises(CellError):
        split_head_counts(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        ("无", []),
        ("《水法》《森林法》", ["《水法》", "《森林法》"]),
        ("《水法》、《森林法》等法律法规", ["《水法》", "《森林法》"]),
        ("《水法》和《森林法》", ["《水法》", "《森林法》"]),
        ("《某市物业管理条例》（2021修订）、《民法典》", ["《某市物业管理条例》（2021修订）", "《民法典》"]),
        ("《关于实施《水法》的办法》、《民法典》", ["《关于实施《水法》的办法》", "《民法典》"]),
        ("教育局、卫健局和水利局", ["教育局", "卫健局", "水利局"]),
        ("发展和改革局、教育局", ["发展和改革局", "教育局"]),
        ("甲局（一科、二科）、乙局", ["甲局（一科、二科）", "乙局"]),
        ("1.加强宣传，抓好落实；2.强化执法。", ["加强宣传，抓好落实", "强化执法"]),
        ("（一）加强宣传\n（二）强化执法", ["加强宣传", "强化执法"]),
        ("一是加强宣传；二是强化执法", ["加强宣传", "强化执法"]),
        ("①甲②乙", ["甲", "乙"]),
        ("1.5公里道路", ["1.5公里道路"]),
        ("贯彻《水法》情况", ["贯彻《水法》情况"]),
    ],
)
def test_lists(value, expected):
    assert split_list(value) == expected


# STATUTES of GB 11643: synthetic numbers whose check character was computed by hand.
@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "440524188001010014",
        "34052419800101001X",
        "360426199101010071",
        "120103198806018241",
        "110101202311012176",
    ],
)
def test_identity_numbers(number):
    assert read_identity_number(f" {number.lower()} ") == number


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("340524800101001", "34052419800101001X"),
        ("110105491231002", "11010519491231002X"),
        (110105491231002.0, "11010519491231002X"),
    ],
)
def test_old_identity_numbers_are_converted(old, new):
    assert read_identity_number(old) == new


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("360426199101010072", "校验码"),
        ("110105194902300021", "出生日期"),
        ("3404198001010", "18 位"),
        ("11010519491231002Y", "18 位"),
        (1.1010519491231e17, "后三位"),
        ("110105194912310000", "后三位"),
        ("1.10105E+17", "后三位"),
    ],
)
def test_wrong_identity_numbers(value, reason):
    with pytest.raises(CellError, match=reason) as caught:
        read_identity_number(value)
    assert "1101051949" not in caught.value.reason


def test_a_true_number_that_ends_in_zeros_can_be_typed():
    first = next(
        number
        for n in range(100)
        if (number := f"1101051980{n % 12 + 1:02}{n % 28 + 1:02}{n // 12 + 1}00") and cells.check_character(number) == "0"
    )
    assert read_identity_number(first + "0", typed=True) == first + "0"
    with pytest.raises(CellError, match="后三位"):
        read_identity_number(first + "0")


def test_birth_and_sex_in_a_number():
    assert cells.birth_date("11010519491231002X").isoformat() == "1949-12-31"
    assert cells.sex("11010519491231002X") == "女"
    assert cells.sex("360426199101010071") == "男"


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(position, digit):
    right = "11010519491231002X"
    wrong = right[:position] + digit + right[position + 1 :]
    if wrong != right:
        with pytest.raises(CellError):
            read_identity_number(wrong)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("13812345678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086-13812345678", "13812345678"),
        ("0451-1234567", "0451-1234567"),
        ("（0451）1234567", "0451-1234567"),
        ("010 12345678", "010-12345678"),
        ("0451-12345678转123", "0451-12345678-123"),
        ("400-800-1234", "4008001234"),
        ("7654321", "7654321"),
        ("12345", "12345"),
    ],
)
def test_phones(value, expected):
    assert read_phone(value) == expected


@pytest.mark.parametrize("value", ["138123", "13812345678、13912345678", "12812345678", "张三", "1381234567890"])
def test_wrong_phones(value):
    with pytest.raises(CellError):
        read_phone(value)


READERS = [
    cells.read_text,
    cells.read_whole,
    cells.read_number,
    cells.read_count,
    cells.read_money,
    cells.read_percent,
    cells.read_yes_no,
    cells.read_date,
    cells.read_date_range,
    cells.read_identity_number,
    cells.read_phone,
    cells.read_name,
    split_people,
    split_head_counts,
    split_list,
]
AWKWARD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.-/年月日至约余万元人等（）()《》、，;；一二三十百零 %:T和张李·\n", max_size=40),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False, allow_infinity=False),
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(value=AWKWARD)
def test_nothing_crashes_a_reader(reader, value):
    reason = "。"
    try:
        reader(value)
    except CellError as error:
        reason = error.reason
    assert reason.endswith("。")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_a_faulty_cell_is_refused_with_its_reason(reader):
    with pytest.raises(CellError, match="没有存计算结果"):
        reader(FaultyCell("=A1", "这一格是公式，没有存计算结果。"))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_a_very_long_cell_is_quick(reader):
    import time

    started = time.perf_counter()
    for text in (
        "1" * 32_000,
        "1," * 16_000,
        "（" * 32_000,
        "一" * 32_000,
        "张三、" * 10_000,
        "3月5日至" * 8_000,
        " " * 32_000 + "x",
    ):
        try:
            reader(text)
        except CellError:
            continue
    assert time.perf_counter() - started < 5
