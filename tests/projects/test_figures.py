"""Figures of livelihood projects and micro-projects, counted by hand."""

from decimal import Decimal

import pytest

from renda.registers.services import Refused
from tests.county import enter, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def projects() -> None:
    make_county()
    base = {"year": 2021, "proposed": "2021-01-10"}
    enter(
        "projects.livelihood",
        {**base, "title": "老旧小区改造", "tier": "项目", "chosen": "是", "voted": "2021-01-20", "planned_total": "1,000万元",
         "planned_year": "600万元", "spent": "660万元", "completion": "完成", "finished": "2021-11-30"},
        {**base, "title": "农村饮水", "chosen": "是", "planned_total": "500万", "planned_year": "400万", "spent": "240万", "completion": "实施中"},
        {**base, "title": "停车场", "chosen": "否"},
    )  # fmt: skip
    enter(
        "projects.micro",
        {"title": "龙潭社区栏", "division": "龙潭镇", "collected": "2020-12-20", "chosen": "2021-01-05", "started": "2021-02-01",
         "finished": "2021-02-28", "budget": "5万元"},
        {"title": "柳河路灯", "division": "柳河镇", "collected": "2021-03-01", "chosen": "2021年3月", "started": "2021-04-01"},
    )  # fmt: skip


def test_candidates_chosen_and_completion() -> None:
    assert (value("projects.candidates"), value("projects.chosen"), value("projects.surplus")) == (3, 2, 1)
    assert value("projects.finish_rate") == Decimal("50.00")
    assert value("projects.finish_rate", 2019) is None


def test_a_project_counts_in_its_own_year() -> None:
    """Next year's projects become candidates in December, some are voted on in January: both belong to next year."""
    enter(
        "projects.livelihood",
        {
            "year": 2022,
            "title": "敬老院改造",
            "chosen": "是",
            "proposed": "2021-12-20",
            "voted": "2022-01-17",
            "planned_total": "100万",
        },
    )
    assert (value("projects.candidates"), value("projects.chosen")) == (3, 2)
    assert (value("projects.candidates", 2022), value("projects.chosen", 2022)) == (1, 1)
    assert value("projects.planned_total", 2022) == Decimal(1_000_000)


def test_money_in_three_measures_may_pass_a_hundred_per_cent() -> None:
    assert value("projects.planned_total") == Decimal(15_000_000)
    assert value("projects.spent") == Decimal(9_000_000)
    assert value("projects.investment_rate") == Decimal("90.00")  # 900 of 1000
    assert groups("projects.spent", "completion") == {"已完成": Decimal(6_600_000), "正在实施": Decimal(2_400_000)}


def test_the_funnel_dates_each_step_by_its_own_day() -> None:
    assert value("projects.micro_collected") == 1  # the other was collected in 2020
    assert value("projects.micro_collected", 2020) == 1
    assert (value("projects.micro_chosen"), value("projects.micro_started"), value("projects.micro_finished")) == (2, 2, 1)
    assert value("projects.micro_days") == 70  # 20 December to 28 February
    assert value("projects.micro_days", 2020) is None


def test_outputs_by_name_and_money_by_source() -> None:
    enter(
        "projects.outputs",
        {"project": "龙潭社区栏", "name": "便民广告粘贴栏", "quantity": "30块", "unit": "块", "finished_on": "2021-02-28"}
        | {"quantity": 30},
        {"project": "柳河路灯", "name": "便民广告粘贴栏", "quantity": 12, "unit": "块", "finished_on": "2021-05-01"},
        {"project": "柳河路灯", "name": "路灯", "quantity": 40, "unit": "盏", "finished_on": "2021-05-01"},
    )
    assert groups("projects.micro_outputs", "name") == {"便民广告粘贴栏": 42, "路灯": 40}
    enter(
        "projects.money",
        {"project": "龙潭社区栏", "paid_on": "2021-02-01", "amount": "3.5万元", "source": "县财政"},
        {"project": "柳河路灯", "paid_on": "2021-05-01", "amount": "12000", "source": "乡镇资金"},
    )
    assert value("projects.micro_money") == Decimal(47_000)
    assert groups("projects.micro_money", "source") == {"县级财政": Decimal(35_000), "乡镇（街道）资金": Decimal(12_000)}


def test_votes_and_evaluations_follow_rules() -> None:
    enter(
        "projects.votes",
        {"project": "老旧小区改造", "voted_on": "2021-01-20", "deputies": 170, "issued": 170, "returned": 168, "votes": 160},
        {"project": "停车场", "voted_on": "2021-01-20", "deputies": 170, "issued": 170, "returned": 168, "votes": 42},
    )
    assert groups("projects.vote_share", "project") == {"老旧小区改造": Decimal("95.24"), "停车场": Decimal("25.00")}
    enter(
        "projects.evaluations",
        {"project": "老旧小区改造", "evaluated_on": "2021-12-20", "satisfied": 20, "basically": 10, "unsatisfied": 10},
        {"project": "农村饮水", "evaluated_on": "2021-12-20", "satisfied": 21, "basically": 10, "unsatisfied": 9},
    )
    assert groups("projects.evaluated", "grade") == {"基本满意": 1, "满意": 1}  # 20 of 40 is not more than half
    assert value("projects.satisfaction") == Decimal("76.25")  # 61 of 80
    assert value("projects.satisfaction_change") is None  # nothing to compare with
    enter("projects.evaluations", {"project": "农村饮水", "evaluated_on": "2020-12-20", "satisfied": 7, "unsatisfied": 3})
    assert value("projects.satisfaction_change") == Decimal("6.25")  # points above 70 %


def test_more_votes_than_ballots_are_refused_by_the_database() -> None:
    with pytest.raises(Refused, match="得票数多于收回票数"):
        enter(
            "projects.votes",
            {"project": "停车场", "voted_on": "2021-01-20", "deputies": 9, "issued": 9, "returned": 8, "votes": 9},
        )


def test_proposals_sum_their_counts() -> None:
    enter(
        "projects.proposals",
        {"title": "道路", "channel": "代表", "field": "道路", "proposed_on": "2021-05-05", "count": 12},
        {"title": "健身器材", "channel": "群众", "field": "文化", "proposed_on": "2021-05-06"},
    )
    assert value("projects.proposals") == 13
    assert groups("projects.proposals", "channel") == {"代表提出": 12, "公开征集": 1}
