"""The rules on DuckDB, embedded and in memory: it may not spill to disk, nor reach any file."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from renda.elections.matching import sql
from renda.elections.matching.prepare import prepare, table_of

MEMORY = "1500MB"


def find(frame: Any, *, memory: str = MEMORY, threads: int | None = None) -> pa.Table:
    """Likely duplicates and homonyms among the voters of a frame (see ``prepare``), the surest first.

    Columns: ``a`` and ``b`` (voter_id, a before b in the frame), ``listing`` (likely or homonym), ``rule``, ``score`` (0 to 100), ``evidence`` (codes with
    commas between; words in ``words``). No identity number is among them. Raises ``FrameFault``, and ``duckdb.OutOfMemoryException`` where
    ``memory`` is too little: then the roll is to be split by birth year, or given to Spark.
    """
    voters = table_of(frame)
    return with_ids(voters, run(prepare(voters), memory=memory, threads=threads))


def run(prepared: pa.Table, *, memory: str = MEMORY, threads: int | None = None) -> pa.Table:
    """The statements of ``sql`` over a prepared frame: row_a, row_b, listing, rule, score, evidence."""
    import duckdb

    settings: dict[str, Any] = {"temp_directory": "", "memory_limit": memory, "allow_persistent_secrets": False}
    if threads:
        settings["threads"] = threads
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.register("given", prepared)
        connection.execute(f"CREATE TABLE {sql.TABLE} AS SELECT * FROM given")  # noqa: S608
        connection.unregister("given")
        connection.execute("SET enable_external_access = false")
        connection.execute(f"CREATE TABLE {sql.PAIRS} AS {sql.candidates()}")
        found = connection.sql(sql.find()).to_arrow_table()
    return found.sort_by([("score", "descending"), ("row_a", "ascending"), ("row_b", "ascending")])


def with_ids(voters: pa.Table, pairs: pa.Table) -> pa.Table:
    """Put the voters' own ids in the place of row numbers."""
    ids = voters["voter_id"]
    named = {"a": ids.take(pairs["row_a"]), "b": ids.take(pairs["row_b"])}
    return pa.table({**named, **{name: pairs[name] for name in ("listing", "rule", "score", "evidence")}})
