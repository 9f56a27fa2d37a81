"""Appointments: a hand-counted year, 人次 against 人, assessors, oaths, exams, resignations, awkward rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from renda.appointments.models import Appointment
from renda.appointments.reading import system_of
from renda.directory.gate import OPERATOR
from renda.directory.models import Person
from renda.figures import registry as figures
from renda.figures.evaluate import Question, evaluate, records
from renda.figures.periods import span
from renda.figures.periods import year as whole_year
from renda.registers import registry
from renda.registers.services import Change, Refused, save
from tests import small_county
from tests.small_county import SmallCounty

CODE = "appointments.appointments"
HEADINGS = ("姓名", "任免类别", "职务", "任免机关", "任免日期", "会议")
# 2021 by the committee: 张伟 appointed and removed (two), 李娜 appointed, 王芳 acting, 赵强 resigned: 5 of 4 persons.
# Elected by the congress: 陈静 and 刘洋. Assessors by name: 周一, 周二 appointed; 周三 removed. In 2020: 张伟 once.
ROWS = (
    ("张伟", "任命", "县人民法院审判员", "县人民法院", "2021-03-05", "第三次会议"),
    ("张伟", "免去", "县人民法院书记员", "县人民法院", "2021-03-05", "第三次会议"),
    ("李娜", "决定任命", "县教育局局长", None, "2021.6.8", "第四次会议"),
    ("王芳", "决定代理", "县人民检察院代理检察长", None, "2021年6月8日", "第四次会议"),
    ("赵强", "接受辞职", "副县长", None, "2021-09-01", "第五次会议"),
    ("陈静", "选举", "县长", None, "2021-12-20", "第一次会议"),
    ("刘洋", "选举产生", "县监察委员会主任", None, "2021-12-20", "第一次会议"),
    ("周一", "任命", "县人民法院人民陪审员", None, "2021-03-05", "第三次会议"),
    ("周二", "任命", "县人民法院人民陪审员", None, "2021-03-05", "第三次会议"),
    ("周三", "免职", "县人民法院人民陪审员", None, "2021-03-05", "第三次会议"),
    ("张伟", "任命", "县人民法院书记员", "县人民法院", "2020-03-05", "第一次会议"),
)  # fmt: skip


@pytest.fixture
def county(db: None) -> SmallCounty:
    return small_county.make()


@pytest.fixture
def year(county: SmallCounty) -> SmallCounty:
    county.enter(CODE, [dict(zip(HEADINGS, row, strict=True)) for row in ROWS])
    county.enter("appointments.assessors", [
        {"批次": "第一批人民陪审员", "任命日期": "2021-05-01", "任命人数": "60名"},
        {"批次": "第二批人民陪审员", "任命日期": "2021-10-01", "任命人数": 12, "免职人数": 5},
    ])  # fmt: skip
    county.enter("appointments.oaths", [
        {"名称": "三月宣誓", "日期": "2021-03-05", "组织单位": "县人大常委会", "宣誓人": "张伟、李娜等5人"},
        {"名称": "县政府宣誓", "日期": "2021-06-20", "组织单位": "县政府", "宣誓人": "12人"},
        {"名称": "龙潭镇宣誓", "日期": "2021-12-01", "组织单位": "乡镇人大", "宣誓人": "张伟"},
    ])  # fmt: skip
    county.enter("appointments.exams", [
        {"姓名": "李娜", "拟任职务": "县教育局局长", "考试日期": "2021-05-20", "成绩": "92.5"},
        {"姓名": "周四", "拟任职务": "县审计局局长", "考试日期": "2021-05-20", "成绩": 55},
        {"姓名": "周四", "拟任职务": "县审计局局长", "考试日期": "2021-06-01", "成绩": 80, "补考": "是"},
        {"姓名": "周五", "考试日期": "2021-06-01", "考试结果": "合格"},
    ])  # fmt: skip
    county.enter("appointments.resignations", [
        {"姓名": "赵强", "层级": "县", "接受辞职日期": "2021-09-01", "决定机关": "常委会"},
        {"姓名": "赵强", "层级": "市", "接受辞职日期": "2021-10-01"},
        {"姓名": "陈静", "层级": "乡镇", "接受辞职日期": "2021-10-08", "决定机关": "镇人代会"},
    ])  # fmt: skip
    return county


FIGURES = {
    "person_times": 5,
    "persons": 4,
    "appointed": 3,
    "removed": 2,
    "elected": 2,
    "with_elections": 7,
    "assessors_named": 2,
    "assessors_batched": 72,
    "assessors": 74,
    "assessors_removed": 6,
    "with_assessors": 85,  # 5 + 74 + 6
    "oath_takers": 18,  # 5 + 12 + 1
    "oaths": 3,
    "examined": 4,
    "exam_passed": 3,
    "exam_pass_rate": Decimal("75.00"),
    "exam_average": Decimal("75.83"),  # of the three with a mark
    "deputies_resigned": 2,  # 赵强 at two levels is one person
}


@pytest.mark.parametrize(("code", "expected"), FIGURES.items())
def test_figures(year: SmallCounty, code: str, expected: object) -> None:
    assert year.value(f"appointments.{code}", 2021) == expected


def test_no_base_no_rate(year: SmallCounty) -> None:
    assert year.value("appointments.exam_pass_rate", 2020) is None
    assert year.value("appointments.exam_average", 2020) is None


def test_persons_over_a_term_are_counted_once(year: SmallCounty) -> None:
    term = span(dt.date(2020, 1, 1), dt.date(2021, 6, 30))
    assert year.value("appointments.person_times", term) == 5  # 张伟 three times, 李娜, 王芳
    assert year.value("appointments.persons", term) == 3


def test_parts(year: SmallCounty) -> None:
    parts = year.parts("appointments.person_times", 2021, "system")
    assert parts == {"法院系统": 2, "政府系统": 2, "检察院系统": 1}
    assert year.parts("appointments.person_times", 2021, "action") == {
        "任命": 1,
        "免职": 1,
        "决定任命": 1,
        "决定代理": 1,
        "接受辞职": 1,
    }
    assert year.parts("appointments.persons", 2021, "system") == {"政府系统": 2, "法院系统": 1, "检察院系统": 1}
    assert year.parts("appointments.oath_takers", 2021, "organised_by") == {"一府一委两院": 12, "人大": 5, "乡镇": 1}
    assert year.parts("appointments.deputies_resigned", 2021, "level") == {"县级": 1, "市级": 1, "乡级": 1}
    assert year.parts("appointments.assessors_batched", 2021, "batch") == {"第一批人民陪审员": 60, "第二批人民陪审员": 12}


@pytest.mark.parametrize("indicator", figures.of_room("appointments"), ids=lambda i: i.code)
def test_every_indicator_breaks_down_and_shows_its_records(year: SmallCounty, indicator) -> None:  # type: ignore[no-untyped-def]
    question = Question(whole_year(2021), year.division)
    for dimension in indicator.breakdowns:
        for group in evaluate(indicator, question, actor=OPERATOR, by=dimension.code).breakdown:
            narrowed = Question(whole_year(2021), year.division, {dimension.code: group.label})
            assert evaluate(indicator, narrowed, actor=OPERATOR).value == group.amount, (dimension.code, group.label)
    shown = records(indicator, question, actor=OPERATOR)
    if not indicator.made:
        assert len(shown) == evaluate(indicator, question, actor=OPERATOR).records


@pytest.mark.parametrize(
    ("post", "system"),
    [("县人民法院审判员", "court"), ("县人民检察院检察员", "procuratorate"), ("县监察委员会副主任", "supervision"), ("县人大常委会办公室主任", "congress"),
     ("县教育局局长", "government"), ("副县长", "government"), ("秘书", "")],
)  # fmt: skip
def test_the_system_follows_from_the_post(post: str, system: str) -> None:
    assert system_of(post) == system


def test_those_new_to_the_county_become_known_and_the_known_stay_one(year: SmallCounty) -> None:
    assert Person.objects.filter(name="周一").count() == 1
    assert Person.objects.filter(name="张伟").count() == 1


def test_who_elects_is_the_congress(year: SmallCounty) -> None:
    assert {a.decided_by for a in Appointment.objects.filter(action="elect")} == {"congress"}


def change(county: SmallCounty, **values: object) -> None:
    """Save one right appointment with these values in place of its own."""
    reading = county.read(CODE, [dict(zip(HEADINGS, ROWS[0], strict=True))])
    assert reading.faults == {}
    save(registry.get(CODE), [Change({**reading.values[0], **values}, None, "k", "")], actor=OPERATOR)


def test_a_right_appointment_is_saved(county: SmallCounty) -> None:
    change(county)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"action": "elect"}, "选举和罢免由人民代表大会进行"),
        ({"action": "promote"}, "任免类别"),
        ({"present": 20, "votes_for": 18, "votes_against": 2, "abstentions": 1}, "多于出席人数"),
    ],
)
def test_the_database_refuses(county: SmallCounty, values: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        change(county, **values)


def test_what_is_refused_says_why(county: SmallCounty) -> None:
    votes = {
        "姓名": "张伟",
        "任免": "任",
        "职务": "庭长",
        "通过时间": "2021-03-05",
        "赞成": 20,
        "反对": 1,
        "弃权": 0,
        "实到人数": 20,
    }
    assert "多于出席人数 20" in county.read(CODE, [votes]).faults[0]["present"]
    empty = {"批次": "第一批", "任命日期": "2021-05-01"}
    assert "至少要填一项" in county.read("appointments.assessors", [empty]).faults[0]["appointed"]
    unknown = {"姓名": "孙悟", "接受辞职日期": "2021-09-01"}
    assert "名册中没有“孙悟”" in county.read("appointments.resignations", [unknown]).faults[0]["person"]


def test_a_mark_above_a_hundred_is_refused(county: SmallCounty) -> None:
    with pytest.raises(Refused, match="0 到 100"):
        county.enter("appointments.exams", [{"姓名": "李娜", "考试日期": "2021-05-20", "成绩": 120}])
