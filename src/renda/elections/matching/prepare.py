"""The frame that the rules read, made of a frame of voters: row by row, so that any part of a roll can be prepared anywhere.

A frame is anything that hands out Arrow (a PyArrow table, a Polars or DuckDB frame): ``voter_id``, ``name``, ``number`` and, where known,
``birth`` (date), ``sex``, ``address``, ``district``. Identity numbers stand in it in plain, so it lives in memory only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from renda.elections.matching import names, numbers

NEEDED = ("voter_id", "name", "number")
KNOWN = (*NEEDED, "birth", "sex", "address", "district")


class FrameFault(ValueError):
    """The frame has no column that the rules need; the text names it."""


def table_of(frame: Any) -> pa.Table:
    """The frame as an Arrow table with the known columns alone. FrameFault where one is missing that the rules need."""
    found = frame if isinstance(frame, pa.Table) else pa.table(frame)
    missing = [name for name in NEEDED if name not in found.column_names]
    if missing:
        raise FrameFault(f"the frame of voters has no column {', '.join(missing)}")
    return found.select([name for name in KNOWN if name in found.column_names])


def prepare(frame: Any, start: int = 0) -> pa.Table:
    """The columns of the rules, in the frame's order; ``row`` counts from ``start``.

    ``name`` is the spelling for comparing, ``written`` as typed; ``first`` and ``last`` are code points; ``head``, ``tail``, ``year``, ``day``,
    ``sequence``, ``part_1`` to ``part_4`` and ``kind`` as in ``numbers.Numbers``, null where there is no number; ``born`` is yyyymmdd, of the
    frame's own column where known.
    """
    voters = table_of(frame).combine_chunks()
    count = voters.num_rows
    written = _text(voters, "name")
    spelt = names.read(written)
    found = numbers.read(_text(voters, "number"))
    absent = ~found.given
    columns: dict[str, Any] = {
        "row": np.arange(start, start + count, dtype=np.int64),
        "written": written,
        "name": spelt.text,
        "first": spelt.first,
        "last": spelt.last,
        "kind": found.kind,
        "born": _born(voters, found),
    }
    for name in ("head", "tail", "year", "day", "sequence"):
        columns[name] = pa.array(getattr(found, name), mask=absent)
    for place, part in enumerate(found.parts, 1):
        columns[f"part_{place}"] = pa.array(part, mask=absent)
    for name in ("sex", "address", "district"):
        columns[name] = _text(voters, name)
    return pa.table(columns)


def _text(voters: pa.Table, name: str) -> pa.Array:
    """A column as text; nulls where the frame has none, and for empty text."""
    if name not in voters.column_names:
        return pa.nulls(voters.num_rows, pa.string())
    column = _one(voters[name]).cast(pa.string())
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def _one(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def _born(voters: pa.Table, found: numbers.Numbers) -> pa.Array:
    """Birth dates as yyyymmdd: the frame's own, else the number's, else null."""
    of_number = pa.array(found.born, mask=found.born == 0)
    if "birth" not in voters.column_names:
        return of_number
    dates = _one(voters["birth"]).cast(pa.date32())
    own = pc.add(pc.add(pc.multiply(pc.year(dates), 10_000), pc.multiply(pc.month(dates), 100)), pc.day(dates))
    return pc.coalesce(own.cast(pa.int32()), of_number)
