"""Pages of a list: the same records in the same order as the whole list read at once, by whatever way they are read."""

from __future__ import annotations

import pytest
from django.db.models import Q

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.registers import paging, query, registry
from renda.registers.register import Register
from renda.registers.slimming import slim
from tests import office

pytestmark = pytest.mark.django_db
SUGGESTIONS = "suggestions.suggestions"
SORTS = ["", "number", "-number", "title", "replied", "-replied", "closed", "form", "lead_units", "proposer"]


@pytest.fixture
def nine() -> None:
    """Nine suggestions; the first is not answered."""
    office.make(suggestions=9)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("few", [0, paging.FEW], ids=["by limit", "at once"])
def test_pages_of_any_order_make_up_the_whole_list(nine: None, sort: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "FEW", few)
    register = registry.get(SUGGESTIONS)
    whole = list(query.narrow(register, OPERATOR, query.Query(sort=sort, year=2021)).values_list("pk", flat=True))
    assert len(whole) == 9
    for size in (1, 2, 4, 9):
        pages = [query.page(register, OPERATOR, query.Query(sort=sort, year=2021, size=size, page=n)) for n in range(1, 12)]
        wanted = max(1, -(-9 // size))
        assert [pk for page in pages[:wanted] for pk in page.ids] == whole, size
        assert pages[-1].ids == pages[wanted - 1].ids, "past the end stands the last page"


def test_sorted_by_a_date_those_without_it_stand_last_both_ways(nine: None) -> None:
    register = registry.get(SUGGESTIONS)
    open_one = query.page(register, OPERATOR, query.Query(view="open")).ids
    assert len(open_one) == 1
    for sort in ("replied", "-replied"):
        assert query.page(register, OPERATOR, query.Query(sort=sort)).ids[-1:] == open_one


@pytest.mark.parametrize("view", ["", "open", "late", "year"])
def test_a_list_of_matters_is_counted_without_their_own_table(nine: None, view: str) -> None:
    register = registry.get(SUGGESTIONS)
    rows = query.narrow(register, OPERATOR, query.Query(view=view))
    slimmed = slim(rows)
    assert "suggestions_suggestion" in str(rows.query)
    assert "suggestions_suggestion" not in str(slimmed.query)
    assert list(slimmed.values_list("pk", flat=True)) == list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "饮水"},
        {"filters": {"replied": "2021-04-01..2021-04-30"}},
        {"filters": {"number": "2021-00"}},
        {"sort": "closed"},
    ],
    ids=str,
)
def test_conditions_on_what_every_matter_has_are_kept(nine: None, asked: dict) -> None:
    rows = query.narrow(registry.get(SUGGESTIONS), OPERATOR, query.Query(**asked))
    assert rows.count() >= 8
    assert "suggestions_suggestion" not in str(slim(rows).query)
    assert list(slim(rows).values_list("pk", flat=True)) == list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "asked", [{"filters": {"form": "suggestion"}}, {"sort": "form"}, {"filters": {"lead_units": "1"}}], ids=str
)
def test_what_asks_the_own_table_is_left_as_it_is(nine: None, asked: dict) -> None:
    rows = query.narrow(registry.get(SUGGESTIONS), OPERATOR, query.Query(**asked))
    assert slim(rows) is rows


def test_a_condition_of_several_tables_is_left_as_it_is(nine: None) -> None:
    rows = registry.get(SUGGESTIONS).records().filter(Q(closed_on__gte=clock.today()) | Q(form="suggestion"))
    register_rows = rows.filter(~Q(title="x"))
    assert list(slim(register_rows).values_list("pk", flat=True).order_by("pk")) == list(
        register_rows.values_list("pk", flat=True).order_by("pk")
    )


@pytest.mark.parametrize("register", registry.all_registers(), ids=lambda one: one.code)
def test_every_register_is_counted_alike_either_way(register: Register, db: None) -> None:
    for asked in (query.Query(), query.Query(view="late"), query.Query(words="道路"), query.Query(sort="-number")):
        rows = query.narrow(register, OPERATOR, asked)
        assert slim(rows).count() == rows.count() == 0
        assert list(slim(rows)[:3]) == []
