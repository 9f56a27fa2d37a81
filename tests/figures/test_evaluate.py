"""Evaluation: periods, scope, filters, breakdowns, made figures, and refusals. Counts are done by hand in the comments."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from renda.figures import evaluate, periods, registry, series
from renda.figures.answering import NotUnderstood, answer
from renda.figures.evaluate import Question, Unanswerable
from renda.registers import registry as registers
from renda.registers.services import void
from tests.county import COUNTY, DRAGON, OPERATOR, OTHER_COUNTY, actor, division, enter, figure, groups, make_county, value

pytestmark = pytest.mark.django_db

PLAN = "planning.plan"


@pytest.fixture(autouse=True)
def county() -> None:
    """2021: five items planned, three done, one of them a year late; 2020: four planned, four done. One belongs to 龙潭镇."""
    make_county()
    rows = [
        ("2021-03-01", "2021-03-01", "监督"), ("2021-06-30", "2021-07-02", "监督"), ("2021-12-31", "2022-05-05", "代表"),
        ("2021-09-09", None, "代表"), ("2021-01-01", None, "其他"),
        ("2020-12-31", "2020-12-31", "监督"), ("2020-01-01", "2020-02-02", "监督"), ("2020-05-05", "2020-05-05", "其他"),
    ]  # fmt: skip
    for n, (planned, done, category) in enumerate(rows):
        enter(PLAN, {"year": planned[:4], "title": f"事项{n}", "category": category, "planned_on": planned, "done_on": done})
    enter(PLAN, {"year": 2020, "title": "镇事项", "planned_on": "2020-06-06", "done_on": "2020-06-06", "division": "龙潭镇"})


def test_first_and_last_day_of_a_year_belong_to_it() -> None:
    assert value("planning.items", 2021) == 5
    assert value("planning.items", 2020) == 4
    assert value("planning.items", 2019) == 0


def test_ratio_and_its_empty_denominator() -> None:
    assert value("planning.completion", 2021) == Decimal("60.00")  # 3 of 5
    assert value("planning.completion", 2020) == Decimal("100.00")  # 4 of 4
    assert value("planning.completion", 2019) is None


def test_breakdown_adds_up_and_has_shares() -> None:
    found = figure("planning.items", 2021, by="category").breakdown
    assert {g.label: g.amount for g in found} == {"监督工作": 2, "代表工作": 2, "其他": 1}
    assert [g.share for g in found] == [Decimal("40.00"), Decimal("40.00"), Decimal("20.00")]


def test_breakdown_of_a_ratio_counts_each_group_apart() -> None:
    # supervision 2 of 2, deputies 1 of 2, other 0 of 1
    assert groups("planning.completion", "category") == {"监督工作": Decimal(100), "代表工作": Decimal(50), "其他": Decimal(0)}


def test_filters_by_label_and_by_code_agree() -> None:
    assert value("planning.items", category="监督工作") == value("planning.items", category="supervision") == 2


def test_scope_is_the_division_subtree() -> None:
    assert value("planning.items", 2020, at=DRAGON) == 1
    assert value("planning.items", 2020, at=OTHER_COUNTY) == 0


def test_out_of_scope_and_without_the_right_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        value("planning.items", actor=actor("township_clerk", DRAGON))
    with pytest.raises(PermissionDenied):
        value("planning.items", actor=actor("deputy"))
    assert value("planning.items", 2020, at=DRAGON, actor=actor("township_clerk", DRAGON)) == 1


def test_voided_records_leave_the_figures() -> None:
    register = registers.get(PLAN)
    void(register, [register.records().get(title="事项0").pk], reason="重复登记", actor=OPERATOR)
    assert value("planning.items") == 4


def test_records_are_those_counted() -> None:
    question = Question(periods.year(2021), division(COUNTY), {"category": "代表工作"})
    rows = evaluate.records(registry.get("planning.items"), question, actor=OPERATOR)
    assert {row["计划事项"] for row in rows} == {"事项2", "事项3"}


def test_unknown_dimension_names_the_known_ones() -> None:
    with pytest.raises(Unanswerable, match="计划类别"):
        figure("planning.items", by="colour")
    with pytest.raises(Unanswerable):
        figure("planning.completion", colour="red")


def test_half_a_year_and_up_to_a_day() -> None:
    half = Question(periods.span(date(2021, 1, 1), date(2021, 6, 30)), division(COUNTY))
    assert evaluate.evaluate(registry.get("planning.items"), half, actor=OPERATOR).value == 3
    day = Question(periods.up_to(date(2021, 3, 1)), division(COUNTY))
    assert evaluate.evaluate(registry.get("planning.items"), day, actor=OPERATOR).value == 2


def test_series_agree_with_single_figures() -> None:
    chosen = [
        registry.get(code) for code in ("planning.items", "planning.items_done", "planning.completion", "planning.townships")
    ]
    found = series.by_year(chosen, range(2019, 2023), division(COUNTY), actor=OPERATOR)
    for indicator in chosen:
        for year in range(2019, 2023):
            assert found[indicator.code][year] == value(indicator.code, year), (indicator.code, year)


def test_months_add_up_to_the_year() -> None:
    months = series.by_month(registry.get("planning.items"), 2021, division(COUNTY), actor=OPERATOR)
    assert months[3] == months[6] == months[12] == 1
    assert sum(months.values()) == 5


def test_answer_compares_with_another_year() -> None:
    found = answer("planning.items", year=2021, compare_with=2020)
    assert (found["comparison"]["value"], found["comparison"]["change"]) == (4, Decimal("25.00"))
    ratio = answer("planning.completion", year=2021, compare_with=2020)["comparison"]
    assert (ratio["change"], ratio["in"]) == (Decimal("-40.00"), "百分点")


@pytest.mark.parametrize("asked", [{}, {"year": 2021, "at": date(2021, 1, 1)}, {"first": date(2021, 1, 1)}, {"year": 12}])
def test_a_period_must_be_clear(asked: dict) -> None:
    with pytest.raises((NotUnderstood, periods.NoSuchPeriod)):
        answer("planning.items", **asked)


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(NotUnderstood, match=r"planning\.items"):
        answer("年度计划项目数", year=2021)


def test_a_term_uses_its_days() -> None:
    enter("directory.terms", {"level": "县级", "number": 11, "starts_on": "2020-05-01", "ends_on": "2021-05-01"})
    assert answer("planning.items", term=11)["value"] == 5  # 2020: 12-31, 05-05, 06-06; 2021: 03-01, 01-01
    with pytest.raises(periods.NoSuchPeriod):
        answer("planning.items", term=3)
