"""The gate: roles, division subtrees, organs and people; lists and single records never disagree."""

import pytest
from django.core.exceptions import PermissionDenied

from renda.directory import gate, roles
from renda.directory.gate import OPERATOR
from renda.directory.models import Mandate, Organ, Person
from renda.registers import registry
from tests.county import DRAGON, OTHER_COUNTY, WILLOW, actor, division, enter, make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> None:
    make_county()
    enter(
        "directory.organs",
        {"name": "县教育局"},
        {"name": "龙潭镇政府", "division": "龙潭镇"},
        {"name": "柳河镇政府", "division": "柳河镇"},
    )
    deputy = {"level": "乡镇", "term_number": 12, "since": "2021-12-20"}
    enter(
        "directory.deputies",
        {"person__name": "何云", "division": "龙潭镇", **deputy},
        {"person__name": "白山", "division": "柳河镇", **deputy},
    )


def names(who: gate.Actor) -> set[str]:
    return set(gate.visible_to(who, Organ.objects.alive()).values_list("name", flat=True))


def test_scope_is_the_subtree(county: None) -> None:
    assert names(OPERATOR) == names(actor("congress_clerk")) == {"县教育局", "龙潭镇政府", "柳河镇政府"}
    assert names(actor("township_clerk", DRAGON)) == {"龙潭镇政府"}
    assert names(actor("congress_clerk", OTHER_COUNTY)) == set()


def test_a_record_may_be_acted_on_exactly_when_it_is_listed(county: None) -> None:
    for role in roles.ROLES:
        for at in (DRAGON, WILLOW, OTHER_COUNTY):
            who = actor(role, at)
            listed = set(gate.visible_to(who, Mandate.objects.alive()))
            for mandate in Mandate.objects.alive():
                assert gate.may(who, roles.VIEW, mandate) == (mandate in listed), (role, at)


def test_a_deputy_sees_only_what_concerns_himself(county: None) -> None:
    person = Person.objects.get(name="何云")
    mine = gate.visible_to(actor("deputy", person_id=person.pk), Mandate.objects.alive())
    assert [m.person.name for m in mine] == ["何云"]
    assert not gate.visible_to(actor("deputy"), Mandate.objects.alive()).exists()


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_read_no_records(county: None, role: str) -> None:
    for register in registry.all_registers():
        assert not gate.may(actor(role), roles.VIEW, register.model), register.code
        assert not gate.visible_to(actor(role), register.records()).exists()


def test_writing_outside_the_scope_is_refused_and_changes_nothing(county: None) -> None:
    before = Organ.objects.count()
    with pytest.raises(PermissionDenied):
        enter("directory.organs", {"name": "邻镇单位", "division": "柳河镇"}, actor=actor("township_clerk", DRAGON))
    with pytest.raises(PermissionDenied):
        enter("directory.organs", {"name": "新单位"}, actor=actor("director"))
    assert Organ.objects.count() == before


def test_every_register_is_declared_to_the_gate_and_belongs_to_a_known_room() -> None:
    for register in registry.all_registers():
        assert gate.access_of(register.model).room in (*roles.ROOMS, roles.ROLL, roles.COUNT), register.code


def test_divisions_within(county: None) -> None:
    assert gate.divisions_within(actor("township_clerk", DRAGON), [division(DRAGON).pk])
    assert not gate.divisions_within(actor("township_clerk", DRAGON), [division(DRAGON).pk, division(WILLOW).pk])
