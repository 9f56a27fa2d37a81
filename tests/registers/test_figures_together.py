"""Figures of many indicators at once are those of each asked alone: over records in every register, of two years, at all stages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from renda.directory.gate import OPERATOR
from renda.figures import distinct, periods, registry, series, together
from renda.figures.evaluate import Question, evaluate
from renda.figures.indicators import Indicator
from renda.figures.milestones import DAY, reached
from renda.petitions.models import Petition
from renda.procedure.models import Matter, Milestone
from tests.registers.filled import Filled

pytestmark = pytest.mark.django_db
YEARS = (2020, 2021)
PLAIN = [one for one in registry.all_indicators() if not one.made]


@pytest.fixture(scope="module")
def spread(filled: Filled, django_db_blocker: Any) -> Iterator[Filled]:
    """Every third matter of the year before; of each milestone every second or third is missing."""
    numbered = "(SELECT id, row_number() OVER (ORDER BY id) AS n FROM procedure_matter) one"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM procedure_milestone m USING {numbered} WHERE one.id = m.matter_id AND (n % 7 = 0 OR (n + length(code)) % 5 < 2)"
        )
        cursor.execute(
            f'UPDATE procedure_milestone m SET "on" = "on" - 365 FROM {numbered} WHERE one.id = m.matter_id AND n % 3 = 0'
        )
        cursor.execute(
            f"UPDATE procedure_matter m SET opened_on = opened_on - 365 FROM {numbered} WHERE one.id = m.id AND n % 3 = 0"
        )
        cursor.execute(f"UPDATE procedure_matter m SET closed_on = NULL FROM {numbered} WHERE one.id = m.id AND n % 4 = 0")
        cursor.execute("UPDATE activities_activity SET starts_on = starts_on - 365, ends_on = ends_on - 365 WHERE id % 3 = 0")
        yield filled


def test_together_and_alone_come_to_the_same(spread: Filled) -> None:
    county = spread.county.division
    found = series.by_year(PLAIN, YEARS, county, actor=OPERATOR)
    alone = {
        one.code: {year: evaluate(one, Question(periods.year(year), county), actor=OPERATOR).value for year in YEARS}
        for one in PLAIN
    }
    assert {code: values for code, values in found.items() if values != alone[code]} == {}
    assert sum(any(values.values()) for values in alone.values()) > len(PLAIN) * 0.7, "most of them are empty: nothing is proved"


def test_stages_are_told_apart(spread: Filled) -> None:
    """What the first test compares is not everywhere the whole register."""
    asked = [registry.get(f"petitions.{code}") for code in ("count", "accepted", "passed_on", "closed")]
    values = series.by_year(asked, YEARS, spread.county.division, actor=OPERATOR)
    counts = [sum(values[one.code].values()) for one in asked]  # type: ignore[arg-type]
    assert counts[0] > counts[1] > counts[2] > 0
    assert counts[1] > counts[3] > 0


def test_milestones_are_joined_under_names_that_say_the_code(spread: Filled) -> None:
    """In whatever order they are asked for: one name never means two milestones in two populations."""
    for codes in (("accepted", "closed"), ("closed", "accepted"), ("forwarded", "closed", "accepted")):
        rows = reached(reached(Petition.objects.alive(), *codes), *codes)
        aliases = [alias for alias, join in rows.query.alias_map.items() if getattr(join, "filtered_relation", None)]
        assert aliases == [f"reached_{code}" for code in codes]
        wanted = Milestone.objects.filter(code__in=codes, matter__kind="petition").values("matter").distinct().count()
        assert rows.count() == wanted > 0


def test_optional_milestones_share_a_query_and_repeat_no_matter(spread: Filled) -> None:
    group = [registry.get(f"petitions.{code}") for code in ("count", "accepted", "passed_on", "closed", "people")]
    assert len({together.shape(one) for one in group}) == 1
    rows, filters = together.together(group)
    assert rows.count() == Petition.objects.alive().count()
    assert len([name for name in rows.query.alias_map if name.startswith("reached_")]) == 4
    assert filters[0] is not None
    assert not getattr(together.aggregate(group[1], rows, filters[1]), "distinct", None)


def test_what_leads_to_many_is_counted_apart() -> None:
    """A link to several units would multiply the rows that others count."""
    asked, units = registry.get("supervision.inquiries"), registry.get("supervision.questioned")
    assert together.shape(asked) != together.shape(units)


@pytest.mark.parametrize(
    ("codes", "path"),
    [
        (("deputies.persons", "deputies.present_named"), "person"),
        (("deputies.present_named",), ""),
        (("deputies.persons", "deputies.present_unnamed"), ""),
    ],
)
def test_what_is_gathered_by_thing(codes: tuple[str, ...], path: str) -> None:
    group = [registry.get(code) for code in codes]
    assert distinct.thing(group, [_plain(one) for one in group]) == path


def _plain(indicator: Indicator) -> Any:
    rows: QuerySet = indicator.population()  # type: ignore[misc]
    return together.aggregate(indicator, rows, None)


def test_a_milestone_without_a_day_in_the_period_is_not_joined_twice(spread: Filled) -> None:
    """A second join of the same milestone would double the work, and of others the count."""
    from renda.figures.evaluate import in_area_and_period

    indicator = registry.get("petitions.closed_in_period")
    rows = in_area_and_period(indicator, indicator.population(), spread.county.division, periods.year(2021))  # type: ignore[misc]
    assert str(rows.query).count('JOIN "procedure_milestone"') == 1
    assert 0 < rows.count() == Milestone.objects.filter(code="closed", matter__kind="petition", on__year=2021).count()
    assert DAY + "closed" not in rows.query.annotations
    assert Matter.objects.filter(opened_on__lt=date(2021, 1, 1)).exists()
