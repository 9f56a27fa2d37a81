"""The whole election on made-up voters, through the real services, in the tests' own database."""

from __future__ import annotations

from pathlib import Path

import pytest

from renda.elections.models import Election
from renda.elections.rehearsal.running import PARTS, run
from renda.elections.rehearsal.state import Size


@pytest.mark.django_db
def test_a_small_county_goes_from_the_plan_to_the_closed_file(tmp_path: Path) -> None:
    report = run(Size(600, 3), tmp_path)
    assert [part.name for part in report.parts] == [name for name, _title, _step in PARTS]
    assert [one.as_dict() for one in report.checks if not one.ok] == []
    assert (report.seats, report.elected) == (6, 5)
    election = Election.objects.get()
    assert election.rehearsal
    assert election.frozen_at is not None
