"""The roll carried forward from the election before (registration stays valid), and what has changed since, by the reasons of the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election, Voter
from renda.elections.roll import turns
from renda.elections.roll.places import smallest
from renda.elections.roll.services import Refused
from renda.elections.roll.terms import latest_birth, previous
from renda.journal.services import Line, change, record

ADDED = ("newly_adult", "moved_in", "restored", "first")
REMOVED = (
    "died",
    "deprived",
    "suspended",
    "incapable",
    "moved_out",
    "elsewhere",
    "duplicate",
    "absent",
    "withdrawn",
    "under_age",
    "no_certificate",
)

_CARRY = """
INSERT INTO elections_voter (election_id, division_id, district_id, group_id, name, sex, birth_date, identity_number, identity_hash, phone,
    address, household_at, state, source, entry, why_off, note, in_household, certificate, row_digest, edited, import_batch, created_at,
    updated_at)
SELECT %(election)s, COALESCE(d.division_id, v.division_id), d.id, NULL, v.name, v.sex, v.birth_date, v.identity_number, v.identity_hash,
    v.phone, v.address, v.household_at,
    CASE WHEN b.kind IS NOT NULL THEN 'off' WHEN d.id IS NULL THEN 'review' ELSE 'registered' END,
    'carried', 'carried', COALESCE(b.kind, ''), v.note, false, v.certificate, v.row_digest, false, NULL, %(now)s, %(now)s
FROM elections_voter v
LEFT JOIN unnest(%(olds)s::bigint[], %(news)s::bigint[]) AS mapped(old, new) ON mapped.old = v.district_id
LEFT JOIN elections_electoraldistrict d ON d.id = mapped.new
LEFT JOIN (SELECT DISTINCT ON (identity_hash) identity_hash, kind FROM elections_barred
    WHERE voided_at IS NULL AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
    ORDER BY identity_hash, kind) b ON b.identity_hash = v.identity_hash
WHERE v.election_id = %(previous)s AND v.state = 'registered'
ON CONFLICT (election_id, identity_hash) DO NOTHING
"""

_CHANGES = """
SELECT n.district_id, CASE WHEN n.state = 'registered' THEN n.entry ELSE n.why_off END AS reason, n.state = 'registered' AS added, count(*)
FROM elections_voter n LEFT JOIN elections_voter p ON p.election_id = %(previous)s AND p.identity_hash = n.identity_hash
    AND p.state = 'registered'
WHERE n.election_id = %(election)s AND ((n.state = 'registered' AND p.id IS NULL) OR (n.state = 'off' AND p.id IS NOT NULL))
GROUP BY 1, 2, 3
"""

_MISSING = """
SELECT p.district_id, count(*) FROM elections_voter p WHERE p.election_id = %(previous)s AND p.state = 'registered'
    AND NOT EXISTS (SELECT FROM elections_voter n WHERE n.election_id = %(election)s AND n.identity_hash = p.identity_hash)
GROUP BY 1
"""


def mapping(election: Election, before: Election) -> dict[int, int]:
    """District of the last election → district of this one: by code where both have one, otherwise by division and name."""
    now = {}
    for one in smallest(election):
        now[one.division_id, one.name] = one.pk
        if one.code:
            now[one.code] = one.pk  # type: ignore[index]
    found = {}
    for one in smallest(before):
        new = now.get(one.code) if one.code else None  # type: ignore[call-overload]
        new = new or now.get((one.division_id, one.name))
        if new:
            found[one.pk] = new
    return found


def carry_forward(election: Election, *, actor: Actor) -> int:
    """Take the voters of the last roll over: registration stays valid (选举法 27(1)). Whoever is barred by now is taken over as off; whose
    district is gone waits in the pool; who is on the roll already stays as he or she is. Returns how many were taken over."""
    gate.require(actor, roles.IMPORT, Voter)
    if roles.ROLES[actor.role].bound_to_organ:
        raise Refused(_("上届选民由选举委员会沿用，请联系选举委员会办公室。"))
    before = previous(election)
    if before is None:
        raise Refused(_("没有找到上一次同级选举的选民登记册。请先导入名单。"))
    if election.frozen_at:
        raise Refused(_("“%(election)s”的档案已经封存，内容不能再改。") % {"election": election})
    mapped = mapping(election, before)
    values: dict[str, Any] = {
        "election": election.pk, "previous": before.pk, "day": election.election_day, "now": clock.now(), "olds": list(mapped),
        "news": list(mapped.values()),
    }  # fmt: skip
    with change():
        turns.take(election)
        with connection.cursor() as cursor:
            cursor.execute(_CARRY, values)
            taken = cursor.rowcount
        connection.check_constraints()
        payload = {"from": before.pk, "name": before.name, "taken": taken}
        record(Line(str(actor), "roll.carried", "elections.elections", election.pk, election.name, payload))
    return taken


def changes(election: Election) -> dict[str, Any]:
    """The change against the last roll: counts by reason, in all and by district; ``missing``: who stood on it and is not on this one.

    Without a roll before, everybody is new.
    """
    before = previous(election)
    values = {"election": election.pk, "previous": before.pk if before else None}
    added, removed, districts = dict.fromkeys(ADDED, 0), dict.fromkeys(REMOVED, 0), dict[int | None, dict[str, int]]()
    for district, reason, is_added, count in _rows(_CHANGES, values):
        side = added if is_added else removed
        side[reason] = side.get(reason, 0) + count
        of = districts.setdefault(district, {"added": 0, "removed": 0})
        of["added" if is_added else "removed"] += count
    missing = sum(count for _district, count in _rows(_MISSING, values)) if before else 0
    return {
        "previous": {"id": before.pk, "name": before.name, "day": before.election_day} if before else None,
        "latest_birth": latest_birth(election), "added": added, "removed": removed, "missing": missing,
        "added_total": sum(added.values()), "removed_total": sum(removed.values()), "districts": districts,
    }  # fmt: skip


def _rows(sql: str, values: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
