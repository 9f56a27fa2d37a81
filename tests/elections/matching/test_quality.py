"""Recall and precision over made-up voters whose names the rules never saw, and what may not be left on disk."""

import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from bench import voter_slips, voters

from renda.elections.matching import duck, find, sql
from renda.elections.matching.declaration import BLOCKS, LIKELY, NUMBERS
from renda.elections.matching.prepare import prepare
from renda.elections.matching.words import EVIDENCE, rule_words


@pytest.fixture(scope="module")
def made() -> voters.Made:
    return voters.make(30_000, 5, twice=0.03)


@pytest.fixture(scope="module")
def found(made: voters.Made) -> pa.Table:
    return find(made.frame)


def likely(found: pa.Table) -> set[tuple[int, int]]:
    rows = found.to_pylist()
    return {(min(row["a"], row["b"]), max(row["a"], row["b"])) for row in rows if row["listing"] == LIKELY}


def test_recall_and_precision_hold_in_a_small_county(made: voters.Made, found: pa.Table) -> None:
    hits = likely(found) & set(made.truth)
    assert len(hits) / len(made.truth) >= 0.98
    assert len(hits) / len(likely(found)) >= 0.99
    assert not likely(found) & made.twins


def test_every_kind_of_slip_and_every_pair_of_slips_is_found(made: voters.Made, found: pa.Table) -> None:
    for slips in voter_slips.KINDS:
        planted = {pair for pair, kind in made.truth.items() if kind == "+".join(slips)}
        assert len(planted & likely(found)) >= 0.9 * len(planted) > 20, slips


def test_rules_and_evidence_have_words(found: pa.Table) -> None:
    for row in found.to_pylist():
        assert rule_words(row["rule"])
        assert all(EVIDENCE[code] for code in row["evidence"].split(","))
    assert all(EVIDENCE[slip.code] for slip in NUMBERS)


def test_the_same_roll_in_another_order_has_the_same_pairs(made: voters.Made, found: pa.Table) -> None:
    turned = made.frame.take(pa.array(range(made.frame.num_rows - 1, -1, -1)))

    def plain(table: pa.Table) -> set[tuple]:
        return {(frozenset((row["a"], row["b"])), row["rule"], row["score"], row["evidence"]) for row in table.to_pylist()}

    assert plain(find(turned)) == plain(found)


def test_too_little_memory_is_an_error_and_never_a_file(
    made: voters.Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(duckdb.OutOfMemoryException):
        duck.run(prepare(made.frame), memory="6MB")
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_the_engine_opens_no_file_while_it_works(made: voters.Made, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict] = []
    real = duckdb.connect

    def watched(*arguments: object, **options: object) -> object:
        seen.append(options["config"])  # type: ignore[arg-type]
        assert arguments == (":memory:",)
        return real(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(duckdb, "connect", watched)
    duck.run(prepare(made.frame.slice(0, 100)))
    assert seen[0]["temp_directory"] == ""


def test_the_statements_say_nothing_that_only_one_engine_knows() -> None:
    text = sql.candidates() + sql.find()
    assert not [word for word in ("xor(", "levenshtein", "hamming", "^", "::", "list_", "regexp", "0x", "//") if word in text]
    assert len(BLOCKS) == 13
