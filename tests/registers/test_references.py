"""References by label: the same title in two years, the same name in two townships, the same name of two people."""

from __future__ import annotations

from typing import Any

import pytest

from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Person
from renda.directory.names import qualified_names
from renda.projects.models import LivelihoodProject, ProjectVote
from renda.registers import references, registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from tests import small_county
from tests.small_county import SmallCounty

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> SmallCounty:
    made = small_county.make()
    for year in (2020, 2021):
        made.enter("projects.livelihood", [{"年度": year, "项目名称": "农村道路硬化", "列为候选日期": f"{year}-01-10"}])
    made.enter("projects.livelihood", [{"年度": 2021, "项目名称": "敬老院改造", "列为候选日期": "2021-01-10"}])
    return made


def project(year: int) -> int:
    return LivelihoodProject.objects.get(year=year, title="农村道路硬化").pk


def read(county: SmallCounty, text: str, year: int | None = None) -> Any:
    """What a vote's project is read as: a primary key, or the reason against it."""
    register = registry.get("projects.votes")
    reading = read_rows(
        register, {"project": [text], "voted_on": ["2021-03-01"]}, ReadContext(OPERATOR, county.division.pk, year)
    )
    fault = reading.faults.get(0, {}).get("project")
    return fault or reading.values[0]["project"]


@pytest.mark.parametrize(
    "text", ["农村道路硬化（2020年）", "农村道路硬化(2020)", "农村道路硬化（2020年度）", "2020年农村道路硬化"]
)
def test_a_title_of_two_years_is_told_apart_by_its_year(county: SmallCounty, text: str) -> None:
    assert read(county, text) == project(2020)


def test_the_year_of_the_sheet_decides_between_two_years(county: SmallCounty) -> None:
    assert read(county, "农村道路硬化", 2021) == project(2021)
    assert read(county, "农村道路硬化（2020年）", 2021) == project(2020)


def test_without_any_year_it_is_not_guessed_but_shown_how_to_write_it(county: SmallCounty) -> None:
    reason = read(county, "农村道路硬化")
    assert "农村道路硬化（2020年）" in reason
    assert "农村道路硬化（2021年）" in reason
    assert "没有" in read(county, "农村道路硬化（2019年）")


def test_what_is_written_is_read_as_the_same_record(county: SmallCounty) -> None:
    shown = references.labels("projects.livelihood", LivelihoodProject.objects.values_list("pk", flat=True))
    assert sorted(shown.values()) == ["农村道路硬化（2020年）", "农村道路硬化（2021年）", "敬老院改造"]
    assert {read(county, text) for text in shown.values()} == set(shown)


def test_a_title_that_ends_like_a_year_is_not_taken_for_another_record(county: SmallCounty) -> None:
    """A record that is literally called so wins, and is never what another one is written as."""
    county.enter("projects.livelihood", [{"年度": 2019, "项目名称": "农村道路硬化（2020年）", "列为候选日期": "2019-01-10"}])
    literal = LivelihoodProject.objects.get(year=2019)
    assert read(county, "农村道路硬化（2020年）") == literal.pk
    shown = references.labels("projects.livelihood", LivelihoodProject.objects.values_list("pk", flat=True))
    assert len(set(shown.values())) == 4
    assert {pk: read(county, text) for pk, text in shown.items()} == {pk: pk for pk in shown}


def enter(county: SmallCounty, code: str, *rows: dict[str, Any]) -> list[int]:
    """Enter rows by field."""
    by_field = registry.get(code).by_field
    return county.enter(code, [{by_field[name].name: cell for name, cell in row.items()} for row in rows])


def test_votes_of_both_years_stand_beside_one_another(county: SmallCounty) -> None:
    ballots = {"deputies": 200, "issued": 200, "returned": 200, "votes": 150}
    for year in (2020, 2021):
        enter(county, "projects.votes", {"project": f"农村道路硬化（{year}年）", "voted_on": f"{year}-03-01", **ballots})
    assert set(ProjectVote.objects.values_list("project__year", flat=True)) == {2020, 2021}


def test_stations_of_one_name_are_told_apart_by_their_township(county: SmallCounty) -> None:
    ids = [
        enter(
            county, "stations.stations", {"name": "人大代表之家", "kind": "home", "founded_on": "2017-03-01", "division": place}
        )[0]
        for place in county.townships
    ]
    shown = references.labels("stations.stations", ids)
    assert set(shown.values()) == {"人大代表之家（龙潭镇）", "人大代表之家（白沙镇）"}
    context = ReadContext(OPERATOR, county.division.pk)
    found = references.find("stations.stations", set(shown.values()), context)
    assert {text: [one.pk for one in several] for text, several in found.items()} == {text: [pk] for pk, text in shown.items()}


def test_a_county_in_brackets_is_not_the_electoral_district_of_deputies_above_it(county: SmallCounty) -> None:
    """清河县 elects deputies of the city: their district bears its name, yet 王芳（清河县） is the one who belongs to the county."""
    district = {"level": "市", "term_number": 5, "electoral_district": "清河县", "division": "龙潭镇", "since": "2017-01-12"}
    enter(county, "directory.deputies", {"person__name": "王芳", "person__birth_date": "1970-01-01", **district})
    Person.objects.filter(name="王芳", birth_date="1970-01-01").update(division=county.townships["龙潭镇"])
    other = Person.objects.exclude(birth_date="1970-01-01").filter(name="王芳").first()
    if other is None:
        other = Person.objects.create(name="王芳", division=county.division, natural_key="王芳2")
    shown = qualified_names(list(Person.objects.filter(name="王芳").values_list("pk", flat=True)))
    assert shown[other.pk] == "王芳（清河县）"
    column = registry.get("deputies.activities").by_field
    people = next(one for one in column.values() if one.kind == "people")
    [value], faults = people.read(["王芳（清河县）、王芳（龙潭镇）"], ReadContext(OPERATOR, county.division.pk))
    assert not faults
    assert set(value.people) == set(shown)


def test_a_division_keeps_its_name_when_its_code_changes(county: SmallCounty) -> None:
    old = county.townships["白沙镇"]
    Division.objects.filter(pk=old.pk).update(valid_to="2021-01-01")
    new = Division.objects.create(
        code="990101005", name="白沙镇", level="township", path=f"{county.division.path}.990101005", parent=county.division
    )
    column = registry.get("stations.stations").by_field["division"]
    context = ReadContext(OPERATOR, county.division.pk)
    assert column.read(["白沙镇", "990101002"], context) == ([new.pk, old.pk], {})
    written = column.cells([new.pk, old.pk, county.townships["龙潭镇"].pk])
    assert written == ["990101005", "990101002", "龙潭镇"]
    assert column.read(written, context)[0] == [new.pk, old.pk, county.townships["龙潭镇"].pk]
