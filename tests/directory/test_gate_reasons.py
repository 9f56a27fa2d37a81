"""The gate's reasons: whatever is asked, the reason says the same as the answer, and names a condition that is really not met."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Mandate, Organ, Person
from renda.directory.reasons import ALLOWING, WORDS, Because
from renda.reports.models import Report
from tests.county import COUNTY, DRAGON, OTHER_COUNTY, WILLOW, enter, make_county

pytestmark = pytest.mark.django_db
PLACES = ("", COUNTY, OTHER_COUNTY, DRAGON, WILLOW)
ACTIONS = sorted(gate.ACTION_NAMES)


@pytest.fixture
def subjects() -> list[Any]:
    """Records of several kinds and places, living and voided; and models; and the platform."""
    make_county()
    enter("directory.organs", {"name": "县教育局"}, {"name": "龙潭镇政府", "division": "龙潭镇"})
    deputy = {"level": "乡镇", "term_number": 12, "since": "2021-12-20"}
    enter(
        "directory.deputies",
        {"person__name": "何云", "division": "龙潭镇", **deputy},
        {"person__name": "白山", "division": "柳河镇", **deputy},
    )
    Organ.objects.create(
        name="旧局", kind="department", system="government", division=Division.objects.get(code=COUNTY), natural_key="旧局",
        voided_at=timezone.now(), void_reason="撤并",
    )  # fmt: skip
    return [None, Organ, Mandate, Report, *Organ.objects.all(), *Mandate.objects.all(), Organ(pk=987654)]


def make(role: str, place: str, bound: bool) -> Actor:
    area = Division.objects.get(code=place) if place else None
    return Actor(
        "测试", role, division_id=area and area.pk, division_path=area.path if area else "",
        organ_id=Organ.objects.order_by("pk")[0].pk if bound else None, person_id=Person.objects.order_by("pk")[0].pk if bound else None,
    )  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_reason_never_disagrees_with_the_answer(subjects: list[Any], data: st.DataObject) -> None:
    who = make(data.draw(st.sampled_from(sorted(roles.ROLES))), data.draw(st.sampled_from(PLACES)), data.draw(st.booleans()))
    action, subject = data.draw(st.sampled_from(ACTIONS)), data.draw(st.sampled_from(subjects))
    reason = gate.explain(who, action, subject)
    assert reason.allowed == gate.may(who, action, subject)
    assert reason.words
    assert reason.because is not Because.HIDDEN, "a refused record says which condition it does not meet"
    _holds(reason.because, who, action, subject)
    if reason.allowed:
        gate.require(who, action, subject)
    else:
        with pytest.raises(PermissionDenied):
            gate.require(who, action, subject)


def _holds(because: Because, who: Actor, action: str, subject: Any) -> None:
    """What the reason says is so, looked up without the gate."""
    role = roles.ROLES[who.role]
    if subject is None:
        assert because == (Because.PLATFORM if action in role.platform else Because.NO_PLATFORM)
        return
    if because is Because.NO_ROOM:
        model = subject if isinstance(subject, type) else type(subject)
        assert not role.rooms.get(gate.access_of(model).room)
    if because is Because.VOIDED:
        assert subject.voided_at
        assert action in roles.CHANGING
    if because is Because.GONE:
        assert subject.pk == 987654
    if because is Because.ELSEWHERE:
        assert who.division_path
        assert not subject.division.path.startswith(who.division_path)
    if because is Because.RECORD:
        assert subject.division.path.startswith(who.division_path)
    if because is Because.NOT_ITS_PERSON:
        assert role.bound_to_person
        assert isinstance(subject, Organ) or subject.person_id != who.person_id


def test_every_reason_has_words_and_only_three_allow() -> None:
    assert WORDS.keys() == set(Because)
    assert {"platform", "room", "record"} == ALLOWING


def test_a_voided_record_is_seen_but_not_changed(subjects: list[Any]) -> None:
    gone = next(one for one in subjects if isinstance(one, Organ) and one.voided_at)
    clerk = make("congress_clerk", COUNTY, False)
    assert gate.may(clerk, roles.VIEW, gone)
    for action in roles.CHANGING:
        assert not gate.may(clerk, action, gone), action
    assert gate.explain(clerk, roles.EDIT, gone).because is Because.VOIDED
