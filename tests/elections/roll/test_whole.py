"""`renda check` finds voters whose election is gone or whose division is not their district's."""

from __future__ import annotations

import pytest

from renda.directory.gate import OPERATOR
from renda.elections.models import Voter
from renda.elections.roll import services, whole
from renda.elections.roll.services import Entered
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import person

pytestmark = pytest.mark.django_db


def test_stray_voters_are_found() -> None:
    desk, row = desks.make(), person(1)
    voter = services.enter(Entered(desk.election, row[0], row[2], desk.districts["第1选区"]), actor=OPERATOR)
    assert list(whole.places()) == []
    Voter.objects.filter(pk=voter.pk).update(division=desk.county.townships["白沙镇"])
    assert [fault.words for fault in whole.places()] == ["区划与所在选区不一致"]
    Voter.objects.filter(pk=voter.pk).update(election_id=0)
    assert [fault.words for fault in whole.places()] == ["选举不存在"]
