"""Running deadlines move, visibly, when the county's holidays or choices change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.journal.models import Entry
from renda.lawbook import services as lawbook
from renda.procedure.models import Deadline, Matter
from renda.procedure.recounting import catch_up
from tests import small_county

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2026, 6, 8)):
        yield


def test_a_choice_moves_the_running_deadlines_and_says_why() -> None:
    county = small_county.make()
    running, done = county.enter(
        "petitions.petitions",
        [
            {"收到日期": "2026-06-01", "信访事项": "反映道路积水", "信访形式": "来信"},
            {
                "收到日期": "2026-05-01",
                "信访事项": "反映噪声",
                "信访形式": "来信",
                "转办日期": "2026-05-06",
                "办结日期": "2026-05-20",
            },
        ],
    )
    lawbook.choose("pcpet.triage", 5, reason="本县信访办法", actor=OPERATOR)
    moved = Deadline.objects.get(matter_id=running, code="triage")
    assert (moved.moved_from, moved.due_on, moved.law) == (date(2026, 6, 16), date(2026, 6, 6), "pcpet.triage")
    assert "5" in moved.moved_why
    assert Deadline.objects.get(matter_id=done, code="triage").moved_from is None
    assert Matter.objects.get(pk=running).due_on == date(2026, 6, 6)
    entry = Entry.objects.get(action="deadlines.moved")
    assert (entry.subject_kind, entry.payload["deadlines"]) == ("petition", 1)


def test_matters_from_before_the_procedure_catch_up() -> None:
    county = small_county.make()
    (pk,) = county.enter("petitions.petitions", [{"收到日期": "2026-06-01", "信访事项": "反映道路积水", "信访形式": "来信"}])
    Deadline.objects.all().delete()
    Matter.objects.update(phase="")
    assert catch_up() == 1
    assert Matter.objects.get(pk=pk).phase == "registered"
    assert Deadline.objects.filter(matter_id=pk).count() == 2
    assert catch_up() == 0
