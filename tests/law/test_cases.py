"""The worked examples: dates, quotas, thresholds, candidates, values."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from renda.law import due, meets, parameter, required
from renda.law.quotas import deputy_quota, posts_candidate_range
from renda.law.standing import candidate_range
from renda.law.values import plain
from tests.law.cases import cases, title

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("case", cases("dates"), ids=title)
def test_last_day(case: dict[str, Any]) -> None:
    found = due(
        case["key"],
        case["from"],
        packs=case.get("packs", ()),
        choices=case.get("choices", {}),
        extended=case.get("extended", False),
    )
    assert found.date == case["expect"], found.working
    assert found.working[0].startswith("依据《")
    cited = found.citation.replace("《", "").replace("》", "")
    for article in case["article"].split("；"):
        assert article in cited or article.startswith("民法典"), cited


@pytest.mark.parametrize("case", cases("quotas"), ids=title)
def test_quota(case: dict[str, Any]) -> None:
    found = deputy_quota(case["level"], case["population"], as_of=case["as_of"])
    assert (found.seats, found.may_be_fewer) == (case["expect"], case["fewer"]), found.working
    assert case["article"] in "；".join(found.articles).replace("《", "").replace("》", "")


@pytest.mark.parametrize("case", cases("thresholds"), ids=title)
def test_threshold(case: dict[str, Any]) -> None:
    value = parameter(case["key"], as_of=TODAY, packs=case.get("packs", ()))
    assert required(value.value, value.comparison, case["whole"]) == case["expect"]
    assert meets(value.value, value.comparison, case["expect"], case["whole"])
    worse = case["expect"] + (1 if value.comparison == "at_most" else -1)
    assert not meets(value.value, value.comparison, worse, case["whole"])


@pytest.mark.parametrize("case", cases("candidates"), ids=title)
def test_candidates(case: dict[str, Any]) -> None:
    if "key" in case:
        assert posts_candidate_range(case["key"], case["seats"], as_of=TODAY) == (case["low"], case["high"])
        return
    found = candidate_range(case["seats"], partial(parameter, as_of=TODAY), kind=case.get("kind", "first"))
    assert (found.least, found.most) == (case["low"], case["high"])
    cited = found.article.replace("《", "").replace("》", "")
    assert all(article in cited for article in case["article"].split("、")), cited


@pytest.mark.parametrize("case", cases("values"), ids=title)
def test_value(case: dict[str, Any]) -> None:
    value = parameter(case["key"], as_of=case["as_of"], packs=case.get("packs", ()))
    assert plain(value.value) == case["value"]
    assert (value.statute, value.article, value.certainty) == (case["statute"], case["article"], case["certainty"])
    assert case.get("details", {}).items() <= dict(value.details).items()


@pytest.mark.parametrize("name", ["dates", "quotas", "thresholds", "candidates"])
def test_every_example_says_its_article_and_origin(name: str) -> None:
    for case in cases(name):
        assert case["article"], case
        assert case["origin"], case
