"""Near duplicates among a million voters with planted slips, against Splink 5 on DuckDB with the same blocking keys.

Ours begins with the encrypted numbers as the roll holds them: deciphering, preparing, rules. Splink is given the plain numbers and
prepares the same columns, which its blocking needs. Asserted: recall of at least 0.98 and precision of at least 0.99 of the likely list, hardly a
pair of twins on it (one of whom is mistyped into the other). The list of homonyms is counted apart. Processor time is compared too, for
machines that do other work: wall time then says more about the neighbours.
"""

from __future__ import annotations

import sys

import pyarrow as pa
from bench import by_splink, voters
from bench.measure import Comparison, phase

SIZES = {"quick": 20_000, "full": 1_000_000}
SEED = 20_261_123
RECALL, PRECISION = 0.98, 0.99
MEMORY = "3GB"
Pairs = set[tuple[int, int]]


def run(count: int) -> dict[str, Comparison | float]:
    """Both ways over ``count`` voters; see the module."""
    from renda.core import crypto

    made = voters.make(count, SEED)
    sealed = [crypto.encrypt(number) for number in made.frame["number"].to_pylist()]
    without = made.frame.drop_columns(["number"])
    _warm(made)
    with phase("ours") as ours:
        likely, homonyms = _ours(without, sealed)
    with phase("splink") as reference:
        theirs = _splink(made.frame)
    recall, precision = _quality(likely, made.truth)
    their_recall, their_precision = _quality(theirs, made.truth)
    sys.stderr.write(
        f"  {len(likely)} likely, {len(homonyms)} homonyms; recall {recall:.4f}, precision {precision:.4f}; "
        f"Splink: {len(theirs)} pairs, recall {their_recall:.4f}, precision {their_precision:.4f}; "
        f"{len(made.twins)} pairs of twins, {len(made.twins & likely)} of them likely\n"
    )
    assert recall >= RECALL, f"recall {recall:.4f}"
    assert precision >= PRECISION, f"precision {precision:.4f}"
    assert len(made.twins & likely) <= len(made.twins) / 1000, "twins stand on the likely list"
    assert not likely & homonyms
    return {
        f"near duplicates of {count} voters against Splink": Comparison(ours, reference),
        f"processor time against Splink's, {count} voters": reference.cpu_seconds / ours.cpu_seconds,
        f"recall in percent, {count} voters": recall * 100,
        f"precision in percent, {count} voters": precision * 100,
    }


def _ours(frame: pa.Table, sealed: list[bytes]) -> tuple[Pairs, Pairs]:
    from renda.core import crypto
    from renda.elections.matching import declaration, find

    plain = frame.append_column("number", pa.array(crypto.decrypt_many(sealed), pa.string()))
    found = find(plain, memory=MEMORY)
    lists: dict[str, Pairs] = {declaration.LIKELY: set(), declaration.HOMONYM: set()}
    for a, b, listing in zip(found["a"].to_pylist(), found["b"].to_pylist(), found["listing"].to_pylist(), strict=True):
        lists[listing].add((min(a, b), max(a, b)))
    return lists[declaration.LIKELY], lists[declaration.HOMONYM]


def _splink(frame: pa.Table) -> Pairs:
    from renda.elections.matching import prepare

    return by_splink.find(prepare(frame), frame["number"].to_pylist(), MEMORY)


def _warm(made: voters.Made) -> None:
    """Import everything and read the tables of variants before the clock runs."""
    from renda.elections.matching import find

    few = made.frame.slice(0, 200)
    find(few)
    _splink(few)


def _quality(found: Pairs, truth: dict[tuple[int, int], str]) -> tuple[float, float]:
    """Recall and precision."""
    hits = len(found & set(truth))
    return hits / len(truth), hits / max(len(found), 1)
