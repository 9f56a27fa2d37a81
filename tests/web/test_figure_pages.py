"""Every indicator has a page that opens, and its parts say what the data says."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from renda.figures.registry import all_indicators
from renda.web import presenting


def test_every_indicator_has_a_page(as_role: Callable[[str], Client]) -> None:
    client = as_role("operator")
    assert all_indicators()
    for indicator in all_indicators():
        assert client.get(f"/figures/{indicator.code}/?year=2021").status_code == 200, indicator.code


def test_a_title_says_the_finding_only_where_there_is_one() -> None:
    indicator = next(i for i in all_indicators() if i.code == "suggestions.count")
    assert presenting.finding(indicator, [9, 8, 7, 6]) == "代表建议件数连续3年下降"
    assert presenting.finding(indicator, [1, 2, 3]) == "代表建议件数连续2年上升"
    assert presenting.finding(indicator, [1, 3, 2]) == "历年代表建议件数"
    assert presenting.finding(indicator, [0, 0, 5]) == "历年代表建议件数"


def test_money_is_shown_in_ten_thousands_from_there_on() -> None:
    class Money:
        kind, units = "money", ("元",)

    assert presenting.in_unit(Money, Decimal(125000)) == (Decimal("12.50"), "万元")  # type: ignore[arg-type]
    assert presenting.in_unit(Money, Decimal(800)) == (Decimal(800), "元")  # type: ignore[arg-type]


def test_a_trend_line_starts_at_zero() -> None:
    assert presenting.spark([0, 0, 0]) == []
    points = presenting.spark([0, 5, 10])
    assert points[0] == (0.0, presenting.SPARK_HEIGHT - 2)
    assert points[-1] == (float(presenting.SPARK_WIDTH), 2.0)
