"""Search finds a petition where it is kept, not where it arose."""

from __future__ import annotations

import pytest

from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.petitions.models import Petition
from renda.registers import registry, searching
from renda.registers.models import SearchEntry
from tests import small_county
from tests.small_county import SmallCounty

pytestmark = pytest.mark.django_db
CODE = "petitions.petitions"


@pytest.fixture
def county() -> SmallCounty:
    """A petition that arose in 龙潭镇 and is kept by the county's office."""
    made = small_county.make()
    made.enter(
        CODE, [{"信访编号": "1", "收到日期": "2021-03-01", "信访事项": "反映村道路灯不亮", "信访形式": "来信", "区划": "龙潭镇"}]
    )
    assert Petition.objects.get().division == made.townships["龙潭镇"]
    assert Petition.objects.get().keeper == made.division
    return made


def _found(county: SmallCounty, path: str, role: str) -> int:
    actor = Actor("测试", role, division_id=county.division.pk, division_path=path)
    return sum(group.count for group in searching.search(actor, "路灯"))


def test_the_county_finds_it_and_the_township_does_not(county: SmallCounty) -> None:
    assert _found(county, county.division.path, "petition_clerk") == 1
    assert _found(county, county.townships["龙潭镇"].path, "petition_clerk") == 0


def test_its_entry_says_where_it_is_kept(county: SmallCounty) -> None:
    assert SearchEntry.objects.get(register=CODE).division == county.division


def test_kept_by_nobody_it_is_found_by_nobody_below_the_top(county: SmallCounty) -> None:
    top = Division.objects.create(code="00", name="某省", level="province", path="00")
    Petition.objects.update(keeper=None)
    one = Petition.objects.get().pk
    assert searching.divisions_of(registry.get(CODE), [one]) == {one: top.pk}


def test_others_are_found_where_they_arose(county: SmallCounty) -> None:
    assert searching.deciding_division(registry.get("suggestions.suggestions")) == "division"
