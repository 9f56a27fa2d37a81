"""The plan part of a report: where it is, its sentences, whose they are and until when. Worked examples by hand."""

from datetime import date

import pytest

from renda.demo import report_text
from renda.reports.plan.part import Owner, category_of, due_day, find, items, owner_of

REPORT = """青河县人大常委会工作总结
一、2020年工作情况
全年开展执法检查4次，听取专项工作报告9项。
二、2021年工作安排
2021年工作的总体要求是：坚持党的领导，服务大局。
（一）强化监督，推动发展。6月底前对《中华人民共和国消防法》开展执法检查，由法制工作委员会牵头。增强责任感。
（二）服务代表。新建代表联络站5个；举办代表培训班2期，代表联络工作委员会负责。
各位代表，让我们携起手来，完成各项任务！
"""


def test_the_part_runs_from_its_heading_to_the_closing_words() -> None:
    part = find(REPORT)
    assert part is not None
    assert (part.year, part.heading) == (2021, "二、2021年工作安排")
    assert REPORT[part.start :].startswith("二、2021年工作安排")
    assert REPORT[part.end :].startswith("各位代表，让我们")


def test_its_sentences_are_items_slogans_are_not() -> None:
    part = find(REPORT)
    assert part is not None
    found = items(REPORT, part)
    assert [(one.title, one.section, one.likely) for one in found] == [
        ("6月底前对《中华人民共和国消防法》开展执法检查，由法制工作委员会牵头", "强化监督，推动发展", True),
        ("新建代表联络站5个", "服务代表", True),
        ("举办代表培训班2期，代表联络工作委员会负责", "服务代表", True),
    ]
    assert all(REPORT[one.start : one.start + len(one.text)] == one.text for one in found)
    assert [(one.due, one.dated) for one in found] == [
        (date(2021, 6, 30), True),
        (date(2021, 12, 31), False),
        (date(2021, 12, 31), False),
    ]


@pytest.mark.parametrize(
    ("heading", "reported", "year"),
    [
        ("三、2022年工作打算", None, 2022),
        ("二、下一步工作安排", 2021, 2022),
        ("今后工作思路", 2021, 2022),
        ("三、明年主要任务", 2020, 2021),
        ("（二）2021年工作回顾", None, None),
        ("二、2021年工作安排完成情况", None, None),
        ("2021年工作安排得很紧，我们按计划推进各项任务。", None, None),
        ("二、2021年工作安排", 2021, None),  # the report's own year is no plan
    ],
)
def test_headings(heading: str, reported: int | None, year: int | None) -> None:
    part = find(f"2021年，做了许多工作。\n{heading}\n开展执法检查2次。\n", reported)
    assert (part.year if part else None) == year


def test_a_text_without_a_plan_has_no_part() -> None:
    assert find("2021年，开展执法检查5次。") is None
    assert find("") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月底前完成", date(2021, 6, 30)), ("2月份召开", date(2021, 2, 28)), ("3月15日前报送", date(2021, 3, 15)), ("5月中旬视察", date(2021, 5, 20)),
        ("上半年听取", date(2021, 6, 30)), ("第三季度询问", date(2021, 9, 30)), ("二季度和四季度各一次", date(2021, 12, 31)), ("年内建成", date(2021, 12, 31)),
        ("7月启动、10月底前完成", date(2021, 10, 31)), ("2月30日前", None), ("尽快完成", None), ("12月", date(2021, 12, 31)),
    ],
)  # fmt: skip
def test_the_last_day_that_a_sentence_names(text: str, day: date | None) -> None:
    assert due_day(text, 2021) == day


OWNERS = [
    Owner(1, ("青禾县人大常委会法制工作委员会", "法制工作委员会", "法工委")),
    Owner(2, ("代表联络工作委员会",)),
    Owner(3, ("办公室", "县人大常委会办公室")),
]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("由法制工作委员会牵头开展执法检查", 1), ("法工委负责备案审查", 1), ("办公室会同代表联络工作委员会制定方案", 3),
        ("听取法制工作委员会、代表联络工作委员会汇报", None), ("开展执法检查", None), ("县人大常委会办公室拿出方案", 3), ("修订代表联络工作委员会工作规则", 2),
    ],
)  # fmt: skip
def test_the_owner_is_who_leads_or_the_only_one_named(text: str, owner: int | None) -> None:
    assert owner_of(text, OWNERS) == owner


@pytest.mark.parametrize(
    ("title", "section", "category"),
    [
        ("开展执法检查", "", "supervision"), ("组织任前考试和宪法宣誓", "", "appointment"), ("新建联络站", "", "deputy"), ("修订常委会会议议事规则", "", "meeting"),
        ("完成机关档案室改造", "", "self"), ("讨论决定重大事项", "", "decision"), ("认真抓好落实", "加强机关建设", "self"), ("认真抓好落实", "", "other"),
    ],
)  # fmt: skip
def test_the_kind_of_work(title: str, section: str, category: str) -> None:
    assert category_of(title, section) == category


def test_the_demo_report_gives_a_plan_that_can_be_checked_off() -> None:
    text = report_text.template()
    part = find(text)
    assert part is not None
    assert part.year == 2021
    likely = [one for one in items(text, part) if one.likely]
    assert len(likely) >= 10
    assert sum(one.dated for one in likely) >= 6
