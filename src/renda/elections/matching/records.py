"""Voters of the database as a frame for the rules: the one module here that knows Django. Numbers are deciphered in memory, in sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
from django.db.models import BinaryField, ExpressionWrapper, F

from renda.core import crypto

if TYPE_CHECKING:
    from renda.elections.models.roll import VoterQuerySet

BATCH = 20_000
COLUMNS = ("voter_id", "name", "birth", "sex", "district")


def frame_of(voters: VoterQuerySet, *, addresses: bool = False) -> pa.Table:
    """The voters as ``find`` and ``tokens`` take them. Addresses are deciphered only where asked for: that takes as long again.

    The table holds whole identity numbers: it may go to ``find`` and nowhere else. What the caller may see is the caller's to select.
    """
    batches = list(_batches(voters, addresses))
    names = (*COLUMNS, "number", *(("address",) if addresses else ()))
    if not batches:
        return pa.table({name: pa.nulls(0, pa.int64() if name == "voter_id" else pa.string()) for name in names})
    return pa.concat_tables(batches)


def _batches(voters: VoterQuerySet, addresses: bool) -> Iterator[pa.Table]:
    sealed = {"sealed_number": "identity_number", **({"sealed_address": "address"} if addresses else {})}
    raw = {name: ExpressionWrapper(F(column), BinaryField()) for name, column in sealed.items()}
    rows = voters.order_by("pk").annotate(**raw).values_list("pk", "name", "birth_date", "sex", "district_id", *raw)
    held: list[tuple] = []
    for row in rows.iterator(chunk_size=BATCH):
        held.append(row)
        if len(held) == BATCH:
            yield _table(held, addresses)
            held = []
    if held:
        yield _table(held, addresses)


def _table(rows: list[tuple], addresses: bool) -> pa.Table:
    pks, names, births, sexes, districts, *sealed = zip(*rows, strict=True)
    columns = {
        "voter_id": pa.array(pks, pa.int64()),
        "name": pa.array(names, pa.string()),
        "birth": pa.array(births, pa.date32()),
        "sex": pa.array(sexes, pa.string()),
        "district": pa.array([None if one is None else str(one) for one in districts], pa.string()),
        "number": pa.array(_plain(sealed[0]), pa.string()),
    }
    if addresses:
        columns["address"] = pa.array(_plain(sealed[1]), pa.string())
    return pa.table(columns)


def _plain(values: tuple) -> list[str | None]:
    """The deciphered values; None where there is none."""
    known = iter(crypto.decrypt_many([bytes(value) for value in values if value is not None]))
    return [None if value is None else next(known) for value in values]
