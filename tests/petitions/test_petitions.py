"""Petitions: a hand-counted year, awkward rows, and what stays secret."""

from __future__ import annotations

import datetime as dt
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from renda.directory.gate import OPERATOR, Actor, visible_to
from renda.figures import registry as figures
from renda.figures.evaluate import Question, evaluate, records
from renda.figures.periods import year as whole_year
from renda.journal.models import Entry
from renda.petitions.models import Petition
from renda.registers.models import SearchEntry
from renda.registers.services import Refused
from tests import small_county
from tests.small_county import SmallCounty

CODE = "petitions.petitions"
HEADINGS = ("编号", "信访形式", "信访事项", "来源", "是否集体访", "人数", "收到日期", "受理日期", "转办日期", "办结日期", "处理结果", "原信访编号",
            "反映领域", "被反映单位", "到访层级")  # fmt: skip
# 2020: one. 2021: seven:
#   1 letter, forwarded, closed 2021          2 collective visit of 12, accepted, forwarded, not closed
#   3 visit of one, closed 2021               4 visit of two (not collective), from above, closed in 2022
#   5 from above by letter, closed 2021       6 phone, not accepted
#   7 web, repeats 1, accepted, neither forwarded nor closed
ROWS = (
    ("信1", "来信", "土地", None, None, None, "2021-01-05", "2021-01-06", "2021-01-10", "2021-03-01", "解释", None, "农业", "龙潭镇政府", None),
    ("信2", "集体来访", "欠薪", None, "是", "12人", "2021.2.3", "2021.2.3", "2021.2.4", None, None, None, "劳动", "大明公司", "县"),
    ("信3", "访", "低保", None, None, None, "2021-02-05", "2021-02-05", None, "2021-02-20", "已解决", None, "民政", "县民政局", "县"),
    ("信4", "来访", "判决", "市人大交办", None, 2, "2021-11-05", "2021-11-06", "2021-11-08", "2022-01-20", "支持", None, "司法", "县人民法院", "市级"),
    ("信5", "来信", "拆迁", "上级交办", None, None, "2021-05-05", "2021-05-06", None, "2021-06-20", "支持", None, "城建", "县住建局", None),
    ("信6", "电话", "纠纷", None, None, None, "2021-06-05", None, None, None, "不受理", None, "其他", None, None),
    ("信7", "网络", "土地（再次）", None, None, None, "2021-09-05", "2021-09-06", None, None, None, "信1", "农业", "龙潭镇政府", None),
)  # fmt: skip


@pytest.fixture
def county(db: None) -> SmallCounty:
    return small_county.make()


@pytest.fixture
def year(county: SmallCounty) -> SmallCounty:
    county.enter(CODE, [dict(zip(HEADINGS, row, strict=True)) for row in ROWS])
    county.enter(CODE, [{"编号": "旧1", "信访形式": "来信", "信访事项": "旧事", "收到日期": "2020-12-01", "受理日期": "2020-12-02",
                         "办结日期": "2021-01-15"}])  # fmt: skip
    return county


COUNTS = {
    "count": 7,
    "visitors": 15,  # 12 + 1 + 2
    "visits": 3,
    "collective": 1,
    "collective_people": 12,
    "people": 19,  # 15 and four of one each
    "repeated": 1,
    "accepted": 6,  # all but 6
    "passed_on": 3,
    "closed": 4,
    "closed_in_period": 4,  # 1, 3, 5 and that of 2020; 4 was closed in 2022
    "from_above": 2,
    "from_above_closed": 1,
    "unhandled": 1,
}


@pytest.mark.parametrize(("code", "expected"), COUNTS.items())
def test_counts(year: SmallCounty, code: str, expected: int) -> None:
    assert year.value(f"petitions.{code}", 2021) == expected


RATES = {
    "close_rate": "66.67", "pass_on_rate": "50.00", "from_above_close_rate": "50.00", "change": "600.00", "group_share": "100.00",
}  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), RATES.items())
def test_rates(year: SmallCounty, code: str, expected: str) -> None:
    assert year.value(f"petitions.{code}", 2021) == Decimal(expected)


def test_rates_without_a_base_have_no_value(year: SmallCounty) -> None:
    assert year.value("petitions.close_rate", 2019) is None
    assert year.value("petitions.from_above_close_rate", 2020) is None
    assert year.value("petitions.change", 2020) is None


def test_groups_and_their_shares(year: SmallCounty) -> None:
    assert year.parts("petitions.by_group", 2021, "form") == {"来访": 3, "来信": 2, "来电": 1, "网上信访": 1}
    assert year.parts("petitions.by_group", 2021, "against") == {
        "乡镇（街道）": 2, "行政机关": 2, "法院": 1, "企事业单位": 1, "未注明": 1,
    }  # fmt: skip
    assert year.value("petitions.group_share", 2021, form="来访") == Decimal("42.86")


@pytest.mark.parametrize("indicator", figures.of_room("petitions"), ids=lambda i: i.code)
def test_every_indicator_breaks_down_and_shows_no_petitioner(year: SmallCounty, indicator) -> None:  # type: ignore[no-untyped-def]
    Petition.objects.update(petitioner="欧阳某某", phone="13912345678")
    question = Question(whole_year(2021), year.division)
    for dimension in indicator.breakdowns:
        for group in evaluate(indicator, question, actor=OPERATOR, by=dimension.code).breakdown:
            narrowed = Question(whole_year(2021), year.division, {dimension.code: group.label})
            assert evaluate(indicator, narrowed, actor=OPERATOR).value == group.amount, (dimension.code, group.label)
    shown = str(records(indicator, question, actor=OPERATOR))
    assert "欧阳" not in shown
    assert "1391" not in shown


def test_who_the_petitioner_is_stands_nowhere_in_the_open(county: SmallCounty) -> None:
    row = {"信访形式": "来信", "信访事项": "宅基地", "收到日期": "2021-03-01", "信访人姓名": "欧阳秀兰", "电话": "13912345678",
           "家庭住址": "龙潭镇三村九号", "信访内容": "与邻居的争执"}  # fmt: skip
    (pk,) = county.enter(CODE, [row])
    saved = Petition.objects.get(pk=pk)
    assert (saved.petitioner, saved.phone, saved.address) == ("欧阳秀兰", "13912345678", "龙潭镇三村九号")
    assert saved.due_on == date(2021, 3, 16)  # fifteen days to forward it
    with connection.cursor() as cursor:
        for table in ("petitions_petition", "procedure_matter", "registers_searchentry", "journal_entry"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = cursor.fetchone()[0] or ""
            for secret in ("欧阳秀兰", "13912345678", "三村九号", "邻居"):
                assert secret not in text, (table, secret)
    assert SearchEntry.objects.filter(register=CODE).count() == 1
    assert Entry.objects.exists()


def test_other_roles_do_not_see_petitions(year: SmallCounty) -> None:
    deputy = Actor("张伟", "deputy", division_path=year.division.path)
    township = Actor("李娜", "township_clerk", division_path=year.townships["龙潭镇"].path)
    clerk = Actor("王芳", "petition_clerk", division_path=year.division.path)
    seen = [visible_to(actor, Petition.objects.all()).count() for actor in (deputy, township, clerk)]
    assert seen == [0, 0, 8]


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"收到日期": None}, "received", "请填收到日期"),
        ({"是否集体访": "是"}, "persons", "不少于 2 人"),
        ({"办结日期": "2021-01-01"}, "closed", "早于收到"),
        ({"信访形式": "托梦"}, "form", "没有“托梦”"),
        ({"人数": 0}, "persons", "超出允许范围"),
    ],
)
def test_what_is_refused_says_why(county: SmallCounty, cells: dict, field: str, reason: str) -> None:
    row = {"信访形式": "来信", "信访事项": "宅基地", "收到日期": "2021-03-01"} | cells
    assert reason in county.read(CODE, [row]).faults[0][field]


def test_the_day_of_acceptance_stands_for_the_day_of_arrival_and_starts_sixty_days(county: SmallCounty) -> None:
    (pk,) = county.enter(CODE, [{"信访形式": "来信", "信访事项": "宅基地", "受理日期": "2021-03-01"}])
    saved = Petition.objects.get(pk=pk)
    assert saved.opened_on == dt.date(2021, 3, 1)
    assert saved.due_on == dt.date(2021, 4, 30)  # 信访条例 33: sixty days
    assert saved.number == "信2021-0001"


def test_no_two_petitions_of_an_office_share_a_number_wherever_they_arose(county: SmallCounty) -> None:
    new = {"信访形式": "来信", "信访事项": "宅基地", "收到日期": "2021-03-01"}
    county.enter(CODE, [new | {"编号": "信2021-0001", "所属区划": "龙潭镇"}, new | {"编号": "信2021-0003", "所属区划": "白沙镇"}])
    more = county.enter(
        CODE, [new, new | {"所属区划": "龙潭镇", "信访事项": "道路"}, new | {"所属区划": "白沙镇", "信访事项": "水渠"}]
    )
    assert sorted(Petition.objects.filter(pk__in=more).values_list("number", flat=True)) == [
        "信2021-0002",
        "信2021-0004",
        "信2021-0005",
    ]


def test_an_office_below_has_its_own_numbers_and_none_that_stands_in_its_division(county: SmallCounty) -> None:
    new = {"信访形式": "来信", "信访事项": "宅基地", "收到日期": "2021-03-01"}
    county.enter(CODE, [new | {"编号": "信2021-0001", "所属区划": "龙潭镇"}])
    own = [new | {"所属区划": name, "登记机关区划": name, "信访事项": "道路"} for name in ("龙潭镇", "白沙镇")]
    kept = [Petition.objects.get(pk=pk) for pk in county.enter(CODE, own)]
    assert [(one.keeper.name, one.number) for one in kept if one.keeper] == [("龙潭镇", "信2021-0002"), ("白沙镇", "信2021-0001")]


def test_the_database_refuses_a_collective_visit_of_one(county: SmallCounty) -> None:
    from renda.registers import registry
    from renda.registers.services import Change, save

    reading = county.read(CODE, [{"信访形式": "来访", "信访事项": "欠薪", "收到日期": "2021-03-01"}])
    with pytest.raises(Refused, match="不应少于 2 人"):
        save(registry.get(CODE), [Change({**reading.values[0], "collective": True}, None, "k", "")], actor=OPERATOR)
