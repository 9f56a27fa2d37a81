"""A list on its way into the roll, in the database: a temporary table that holds ciphertexts and keyed hashes, what its rows meet there,
and the one statement for each kind of change. The table is the connection's own and goes with it, however the process ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from renda.elections.models import Source

_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"

_CREATE = """
CREATE TEMPORARY TABLE roll_stage (
    ord integer, identity_hash bytea, identity_number bytea, name text COLLATE "C", sex text, birth date, phone bytea, address bytea,
    household_at text, district bigint, division bigint, "group" bigint, certificate boolean, note text, row_digest bytea)
"""

_MEET = """
CREATE TEMPORARY TABLE roll_met ON COMMIT DROP AS
SELECT ord, voter, barred, split_part(found, '/', 1) AS outcome, split_part(found, '/', 2) AS why FROM (
SELECT s.ord, v.id AS voter, barred.kind AS barred, CASE
    WHEN barred.kind IS NOT NULL THEN barred.kind
    WHEN v.id IS NULL THEN 'no_certificate'
    WHEN v.name <> s.name AND v.in_household AND NOT %(household)s THEN 'name_mismatch'
    WHEN v.name <> s.name THEN 'look/other_name'
    WHEN v.state = 'off' AND v.why_off NOT IN ('deprived', 'suspended', 'incapable') THEN 'look/off'
    WHEN v.district_id <> s.district THEN 'elsewhere'
    WHEN v.row_digest = s.row_digest AND v.state <> 'off' AND (v.in_household OR NOT %(household)s) THEN 'unchanged'
    WHEN v.edited THEN 'look/edited'
    ELSE 'updated' END AS found
FROM roll_stage s
LEFT JOIN elections_voter v ON v.election_id = %(election)s AND v.identity_hash = s.identity_hash
LEFT JOIN (SELECT DISTINCT ON (identity_hash) identity_hash, kind FROM elections_barred
    WHERE voided_at IS NULL AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
    ORDER BY identity_hash, kind) barred ON barred.identity_hash = s.identity_hash
WHERE v.id IS NOT NULL OR barred.kind IS NOT NULL OR (%(compared)s AND NOT s.certificate)) AS row
"""

_LOCK = """
SELECT count(*) FROM (SELECT id FROM elections_voter WHERE election_id = %(election)s
    AND identity_hash IN (SELECT identity_hash FROM roll_stage) ORDER BY id FOR NO KEY UPDATE) held
"""

_UPDATE = """
UPDATE elections_voter v SET
    phone = COALESCE(s.phone, v.phone), address = COALESCE(s.address, v.address), "group_id" = COALESCE(s."group", v.group_id),
    household_at = COALESCE(NULLIF(s.household_at, ''), v.household_at), note = COALESCE(NULLIF(s.note, ''), v.note),
    certificate = v.certificate OR s.certificate, in_household = v.in_household OR %(household)s,
    district_id = COALESCE(v.district_id, s.district), division_id = CASE WHEN v.district_id IS NULL THEN s.division ELSE v.division_id END,
    entry = CASE WHEN v.state = 'off' THEN 'restored' ELSE v.entry END, why_off = '',
    state = CASE WHEN v.state = 'off' OR (v.state = 'review' AND v.district_id IS NULL AND v.source <> 'web')
        THEN (CASE WHEN COALESCE(v.district_id, s.district) IS NULL THEN 'review' ELSE 'registered' END) ELSE v.state END,
    row_digest = s.row_digest, import_batch = %(batch)s, updated_at = %(now)s
FROM roll_met m JOIN roll_stage s USING (ord) WHERE m.outcome = 'updated' AND v.id = m.voter
"""

_INSERT = """
INSERT INTO elections_voter (election_id, division_id, district_id, group_id, name, sex, birth_date, identity_number, identity_hash, phone,
    address, household_at, state, source, entry, why_off, note, in_household, certificate, row_digest, edited, import_batch, created_at,
    updated_at)
SELECT %(election)s, s.division, s.district, s."group", s.name, s.sex, s.birth, s.identity_number, s.identity_hash, s.phone,
    s.address, s.household_at, CASE WHEN m.barred IS NOT NULL THEN 'off' WHEN s.district IS NULL THEN 'review' ELSE 'registered' END,
    %(source)s, {entry}, COALESCE(m.barred, ''), s.note, %(household)s, s.certificate, s.row_digest, false, %(batch)s, %(now)s, %(now)s
FROM roll_stage s LEFT JOIN roll_met m USING (ord) {joined}
WHERE m.ord IS NULL OR (m.barred IS NOT NULL AND m.voter IS NULL AND %(household)s)
ON CONFLICT (election_id, identity_hash) DO NOTHING
"""

_ENTRY = """CASE WHEN p.state = 'registered' THEN 'carried' WHEN p.why_off IN ('deprived', 'suspended') THEN 'restored'
    WHEN s.birth > %(adult_before)s THEN 'newly_adult' ELSE 'moved_in' END"""
_PREVIOUS = "LEFT JOIN elections_voter p ON p.election_id = %(previous)s AND p.identity_hash = s.identity_hash"


_NEW = """
SELECT count(*) FROM roll_stage s LEFT JOIN roll_met m USING (ord)
WHERE m.ord IS NULL OR (m.barred IS NOT NULL AND m.voter IS NULL AND %(household)s)
"""


@dataclass(frozen=True)
class Terms:
    """Under what a list meets the roll. ``compared``: whoever is not in the household extract needs a certificate. ``previous``: the
    roll before this one, and ``adult_before`` the last birth date of its voters."""

    election: int
    day: date
    source: str
    compared: bool
    previous: int | None = None
    adult_before: date | None = None
    batch: int | None = None

    def parameters(self, **more: Any) -> dict[str, Any]:
        """For the statements."""
        household = self.source == Source.HOUSEHOLD
        return {**vars(self), "household": household, **more}


class Stage:
    """The temporary table, as a context. Made outside of the transaction that writes the roll, so that nobody waits for the reading."""

    def __enter__(self) -> Stage:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS roll_stage")
            cursor.execute(_CREATE)
        return self

    def __exit__(self, *error: object) -> None:
        if connection.connection is not None and not connection.needs_rollback and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS roll_stage")

    def fill(self, lines: Iterable[bytes]) -> None:
        """Put sealed lines in."""
        waiting = iter(lines)
        first = next(waiting, b"")  # a file that cannot be read says so before a COPY is begun
        with connection.wrap_database_errors, connection.cursor() as cursor:
            with cursor.copy("COPY roll_stage FROM STDIN (FORMAT binary)") as copy:
                copy.write(_HEADER + first)
                for line in waiting:
                    copy.write(line)
                copy.write(_TRAILER)
            cursor.execute("ANALYZE roll_stage")

    def meet(self, terms: Terms) -> None:
        """Find out, in the transaction under way, what the rows meet on the roll."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS roll_met")
            cursor.execute(_MEET, terms.parameters())

    def lock(self, terms: Terms) -> None:
        """Lock the voters that the rows are about, in key order."""
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, terms.parameters())

    def counts(self) -> dict[str, int]:
        """Rows by outcome, of those that met something."""
        return dict(_rows("SELECT outcome, count(*) FROM roll_met GROUP BY 1"))

    def not_taken(self) -> list[tuple[int, str, str]]:
        """Place, outcome and reason of the rows that the roll refuses."""
        return _rows("SELECT ord, outcome, why FROM roll_met WHERE outcome NOT IN ('updated', 'unchanged') ORDER BY ord")

    def in_pool(self) -> int:
        """How many of the new rows name no district."""
        return int(
            _rows(
                "SELECT count(*) FROM roll_stage s LEFT JOIN roll_met m USING (ord) WHERE m.ord IS NULL AND s.district IS NULL"
            )[0][0]
        )

    def update(self, terms: Terms, now: Any) -> int:
        """Change the voters that are on the roll already; how many."""
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, terms.parameters(now=now))
            return cursor.rowcount

    def insert(self, terms: Terms, now: Any) -> int:
        """Put the new ones on the roll; how many. Fewer than were new: others were entered meanwhile."""
        before = terms.previous is not None
        sql = _INSERT.format(entry=_ENTRY if before else "'first'", joined=_PREVIOUS if before else "")
        with connection.cursor() as cursor:
            cursor.execute(sql, terms.parameters(now=now))
            return cursor.rowcount

    def expected(self, terms: Terms) -> int:
        """How many rows are new."""
        with connection.cursor() as cursor:
            cursor.execute(_NEW, terms.parameters())
            return int(cursor.fetchone()[0])


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
