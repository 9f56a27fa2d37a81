"""What must hold of a roll beside what the database holds row by row (`renda check`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from renda.core.checking import Fault, rule

_STRAY = """
SELECT v.id, e.id IS NULL, s.id IS NULL, d.id IS NOT NULL AND d.division_id <> v.division_id
FROM elections_voter v LEFT JOIN elections_election e ON e.id = v.election_id LEFT JOIN directory_division s ON s.id = v.division_id
    LEFT JOIN elections_electoraldistrict d ON d.id = v.district_id
WHERE e.id IS NULL OR s.id IS NULL OR d.division_id <> v.division_id ORDER BY v.id LIMIT 100
"""


@rule("elections.roll.places", "每个选民的选举和区划都存在，区划与所在选区一致")
def places() -> Iterator[Fault]:
    """Voters of no election, of no division, or of another division than their district's."""
    with connection.cursor() as cursor:
        cursor.execute(_STRAY)
        for pk, no_election, no_division, other in cursor.fetchall():
            wrong = "选举不存在" if no_election else "区划不存在" if no_division else "区划与所在选区不一致" if other else ""
            yield Fault(f"选民登记编号 {pk}", wrong)
