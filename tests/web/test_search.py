"""Beside records, a global search finds figures by any of their names, and yearly reports; each as far as the hat may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from renda.figures import registry
from renda.reports.models import Report
from renda.web.finding import matches
from tests.office import Office
from tests.reports.desk import open_report

pytestmark = pytest.mark.django_db


def found(client: Client, words: str) -> str:
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_figure_is_found_by_its_name_and_by_its_other_names(as_role: Callable[[str], Client]) -> None:
    indicator = registry.get("suggestions.count")
    for name in (indicator.name, indicator.code, *indicator.aliases):
        assert f'href="/figures/{indicator.code}/"' in found(as_role("director"), name), name
    assert f'href="/figures/{indicator.code}/"' not in found(as_role("unit"), indicator.name), "a unit is shown no figures"


def test_each_of_several_words_must_be_there() -> None:
    indicator = registry.get("suggestions.count")
    assert matches(indicator, f"{indicator.name[:2]} {indicator.name[-2:]}")
    assert not matches(indicator, f"{indicator.name[:2]} 没有的词")


def test_a_report_is_found_by_its_title_by_who_may_see_it(office: Office, as_role: Callable[[str], Client]) -> None:
    county, town = open_report(office), open_report(office, "town", at="龙潭镇")
    words = county.title[:6]
    assert f'href="/reports/{county.pk}/"' in found(as_role("clerk"), words)
    seen = found(as_role("town"), town.title)
    assert f'href="/reports/{county.pk}/"' not in seen
    assert f'href="/reports/{town.pk}/"' in seen
    Report.objects.filter(pk=county.pk).update(voided_at=county.created_at, void_reason="重复上传")
    assert f'href="/reports/{county.pk}/"' not in found(as_role("clerk"), words)
