"""Which rows were ticked: numbers of rows alone, whatever else a request holds."""

from django.http import QueryDict

from renda.ui.picking import picked


def test_numbers_once_each_in_their_order_and_nothing_else() -> None:
    asked = QueryDict("pick=7&pick=3&pick=7&pick=&pick=-1&pick=x&pick=%C2%B2&pick=%D9%A3&pick=" + "9" * 30)
    assert picked(asked) == [7, 3]


def test_no_more_than_are_wanted() -> None:
    assert picked(QueryDict("pick=x&pick=1&pick=2&pick=3"), 2) == [1, 2]
