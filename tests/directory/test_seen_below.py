"""A county's election is read in its townships, and changed by the county alone."""

from __future__ import annotations

from datetime import date

import pytest

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election
from tests import small_county

pytestmark = pytest.mark.django_db


def _actor(role: str, division: object) -> Actor:
    return Actor("某人", role, 1, None, None, division.pk, division.path)  # type: ignore[attr-defined]


def test_a_township_reads_the_countys_election_and_does_not_change_it() -> None:
    county = small_county.make()
    township, other = county.townships["龙潭镇"], county.townships["白沙镇"]
    made = {
        name: Election.objects.create(division=where, natural_key=name, name=name, level="county", term_number=12, election_day=date(2021, 11, 10))
        for name, where in (("县", county.division), ("镇", township), ("邻镇", other))
    }  # fmt: skip
    clerk = _actor("township_clerk", township)
    seen = set(gate.visible_to(clerk, Election.objects.all()).values_list("name", flat=True))
    assert seen == {"县", "镇"}
    assert gate.may(clerk, roles.VIEW, made["县"])
    assert not gate.may(clerk, roles.EDIT, made["县"])
    assert not gate.may(clerk, roles.EXPORT, made["县"])
    assert gate.may(clerk, roles.EDIT, made["镇"])
    assert not gate.may(clerk, roles.VIEW, made["邻镇"])
    assert gate.may(_actor("election_clerk", county.division), roles.EDIT, made["县"])
