"""A list on its way into the roll, in the database, batch by batch: a temporary table that holds ciphertexts and keyed hashes, what its
rows meet on the roll, and the one statement for each kind of change. The tables are the connection's own and go with the transaction.

Where nobody stands on the roll yet and no other roll is to be compared with, lines go into it as they are (`Stage.copy`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection

from renda.elections.models import Entry, Source, Voter
from renda.elections.roll.frames import Direct, Sealed

_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"

_CREATE = """
DROP TABLE IF EXISTS pg_temp.roll_stage, pg_temp.roll_met;
CREATE TEMPORARY TABLE roll_stage (
    ord integer, identity_hash bytea, identity_number bytea, name text COLLATE "C", sex text, birth date, phone bytea, address bytea,
    household_at text, district bigint, division bigint, "group" bigint, certificate boolean, note text, row_digest bytea) ON COMMIT DROP;
CREATE TEMPORARY TABLE roll_met (ord integer, voter bigint, barred text, outcome text, why text) ON COMMIT DROP
"""

_BARRED = """(SELECT DISTINCT ON (identity_hash) identity_hash, kind FROM elections_barred
    WHERE voided_at IS NULL AND since <= %(day)s AND (until IS NULL OR until >= %(day)s)
    ORDER BY identity_hash, kind)"""

_BARRED_NOW = f"SELECT identity_hash, kind FROM {_BARRED} AS barred"  # noqa: S608 (a text of this module)

_MEET_NOBODY = """
INSERT INTO roll_met SELECT s.ord, NULL, barred.kind, COALESCE(barred.kind, 'no_certificate'), ''
FROM roll_stage s LEFT JOIN {barred} barred USING (identity_hash)
WHERE barred.kind IS NOT NULL OR (%(compared)s AND NOT s.certificate)
"""

_MEET = """
INSERT INTO roll_met
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
LEFT JOIN {barred} barred ON barred.identity_hash = s.identity_hash
WHERE v.id IS NOT NULL OR barred.kind IS NOT NULL OR (%(compared)s AND NOT s.certificate)) AS row
"""

_LOCK = """
SELECT count(*) FROM (SELECT id FROM elections_voter WHERE id IN (SELECT voter FROM roll_met) ORDER BY id FOR NO KEY UPDATE) held
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
"""

_ENTRY = """CASE WHEN p.state = 'registered' THEN 'carried' WHEN p.why_off IN ('deprived', 'suspended') THEN 'restored'
    WHEN s.birth > %(adult_before)s THEN 'newly_adult' ELSE 'moved_in' END"""
_PREVIOUS = "LEFT JOIN elections_voter p ON p.election_id = %(previous)s AND p.identity_hash = s.identity_hash"


_COUNTS = """
SELECT outcome, count(*), count(*) FILTER (WHERE barred IS NOT NULL AND voter IS NULL AND %(household)s) FROM roll_met GROUP BY 1
"""
_NOT_TAKEN = "SELECT ord, outcome, why FROM roll_met WHERE outcome NOT IN ('updated', 'unchanged') ORDER BY ord"
_POOL = "SELECT count(*) FROM roll_stage s LEFT JOIN roll_met m USING (ord) WHERE m.ord IS NULL AND s.district IS NULL"


_SHARED = ("election_id", "source", "entry", "in_household", "edited", "import_batch", "created_at", "updated_at")
_SEALED = (
    "identity_hash", "identity_number", "name", "sex", "birth_date", "phone", "address", "household_at", "district_id", "division_id",
    "group_id", "certificate", "note", "row_digest",
)  # fmt: skip
_STANDING = ("state", "why_off")
DIRECT = (*_SHARED, *_SEALED, *_STANDING)
"""The columns of a line that goes into the roll itself, in their order."""
_AS_STAGED = """
DROP TABLE IF EXISTS pg_temp.roll_lines;
CREATE TEMPORARY TABLE roll_lines (line integer GENERATED ALWAYS AS IDENTITY, {columns}) ON COMMIT DROP
"""
_STAGE_LINES = """
INSERT INTO roll_stage SELECT (%(places)s::integer[])[line], {columns} FROM roll_lines
"""
_TYPES = {
    **dict.fromkeys(("election_id", "import_batch", "district_id", "division_id", "group_id"), "bigint"),
    **dict.fromkeys(("source", "entry", "name", "sex", "household_at", "note", "state", "why_off"), "text"),
    **dict.fromkeys(("in_household", "edited", "certificate"), "boolean"),
    **dict.fromkeys(("created_at", "updated_at"), "timestamptz"),
    **dict.fromkeys(("identity_hash", "identity_number", "phone", "address", "row_digest"), "bytea"),
    "birth_date": "date",
}
_POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Overtaken(Exception):
    """People of the list were entered by others while it was being written."""


@dataclass(frozen=True)
class Terms:
    """Under what a list meets the roll. ``compared``: whoever is not in the household extract needs a certificate. ``previous``: the
    roll before this one, and ``adult_before`` the last birth date of its voters. ``fresh``: nobody stood on the roll before."""

    election: int
    day: date
    source: str
    compared: bool
    previous: int | None = None
    adult_before: date | None = None
    batch: int | None = None
    fresh: bool = False

    def parameters(self, **more: Any) -> dict[str, Any]:
        """For the statements."""
        return {**vars(self), "household": self.source == Source.HOUSEHOLD, **more}


def direct(terms: Terms, now: datetime) -> Direct | None:
    """How the lines of a household extract begin that makes a roll; None where a row may meet something, and the stage must be asked."""
    if not terms.fresh or terms.previous is not None or terms.compared or terms.source != Source.HOUSEHOLD:
        return None
    instant = (now - _POSTGRES_EPOCH) // timedelta(microseconds=1)
    values = (
        struct.pack(">q", terms.election), terms.source.encode(), Entry.FIRST.value.encode(), b"\x01", b"\x00",
        None if terms.batch is None else struct.pack(">q", terms.batch), struct.pack(">q", instant), struct.pack(">q", instant),
    )  # fmt: skip
    head = b"".join(b"\xff" * 4 if value is None else struct.pack(">i", len(value)) + value for value in values)
    barred = {bytes(found): kind for found, kind in _rows(_BARRED_NOW, terms.parameters())}
    return Direct(len(DIRECT), head, barred)


@dataclass(frozen=True)
class Met:
    """What the rows of a batch met: rows by outcome (of those that met something), which are refused, and how many are new."""

    counts: dict[str, int]
    not_taken: list[tuple[int, str, str]]
    new: int
    in_pool: int


class Stage:
    """The temporary tables, within the transaction that writes the roll. Its statements lock the voters that the list is about, the people
    that it brings (against a second entry), and nothing else."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        _run(_CREATE)

    def copy(self, batch: Sealed) -> Met:
        """Put a batch of direct lines on the roll. Raises Overtaken where one of the people stands there."""
        try:
            _copy(Voter._meta.db_table, DIRECT, batch.lines)
        except IntegrityError as error:
            raise overtaken(error) from error
        counts: dict[str, int] = {}
        for _place, why in batch.barred:
            counts[why] = counts.get(why, 0) + 1
        return Met(counts, [(place, why, "") for place, why in batch.barred], batch.rows, batch.in_pool)

    def hold(self, batch: Sealed) -> None:
        """Put a batch of sealed lines in the place of the one before."""
        _run("TRUNCATE roll_stage")
        if batch.direct:  # somebody was entered meanwhile: the same lines, to be asked about
            _run(_AS_STAGED.format(columns=", ".join(f"{name} {_TYPES[name]}" for name in DIRECT)))
            _copy("roll_lines", DIRECT, batch.lines)
            _run(_STAGE_LINES.format(columns=", ".join(_SEALED)), {"places": batch.places})
        else:
            _copy("roll_stage", (), batch.lines)
        if not self.terms.fresh:
            _run("ANALYZE roll_stage")

    def meet(self, rows: int, *, anybody: bool, lock: bool) -> Met:
        """Find out what the ``rows`` of the batch meet on the roll. ``anybody``: others may stand there already. ``lock``: for writing."""
        sql = (_MEET if anybody else _MEET_NOBODY).format(barred=_BARRED)
        _run("TRUNCATE roll_met")
        _run(sql, self.terms.parameters())
        if lock and anybody:
            _run(_LOCK)
            _run("TRUNCATE roll_met")
            _run(sql, self.terms.parameters())
        counts = _rows(_COUNTS, self.terms.parameters())
        met, kept = sum(count for _outcome, count, _kept in counts), sum(kept for _outcome, _count, kept in counts)
        return Met(
            {outcome: count for outcome, count, _kept in counts},
            _rows(_NOT_TAKEN) if met else [],
            rows - met + kept,
            int(_rows(_POOL)[0][0]),
        )

    def update(self, now: datetime) -> int:
        """Change the voters that are on the roll already; how many."""
        return _run(_UPDATE, self.terms.parameters(now=now))

    def insert(self, now: datetime) -> int:
        """Put the new ones on the roll; how many. Raises Overtaken where others were entered meanwhile."""
        before = self.terms.previous is not None
        sql = _INSERT.format(entry=_ENTRY if before else "'first'", joined=_PREVIOUS if before else "")
        try:
            return _run(sql, self.terms.parameters(now=now))
        except IntegrityError as error:
            raise overtaken(error) from error


def overtaken(error: IntegrityError) -> Exception:
    """What to raise for a refusal of the database: `Overtaken` where somebody stands on the roll already, else the error itself."""
    return Overtaken() if "voter_once" in str(error) else error


def _copy(table: str, columns: Sequence[str], lines: bytes) -> None:
    named = f" ({', '.join(columns)})" if columns else ""
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table}{named} FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(_HEADER)
        copy.write(lines)
        copy.write(_TRAILER)


def _run(sql: str, parameters: Any = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def _rows(sql: str, parameters: Any = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
