"""The same rules on a local Spark give the same pairs as on DuckDB, and nothing plain is left on its disks.

Runs where the packages of ``locks/spark.txt`` are (``./run spark``, ``.ci/run``); ``./run test`` leaves it out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="runs in the environment of locks/spark.txt: ./run spark")

import pyarrow as pa
from bench import voters
from pyspark.sql import SparkSession

from renda.elections.matching import duck, prepare, spark

SMALL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.shuffle.compress": "false",
    "spark.shuffle.spill.compress": "false",
}
"""Everything goes through the disk, unpacked, so that what lies there can be searched."""
COLUMNS = ("a", "b", "listing", "rule", "score", "evidence")


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def session(disk: Path) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable  # the workers' environment is this one
    builder = SparkSession.builder.master("local[2]").appName("renda")
    for name, value in {**spark.SETTINGS, **SMALL, "spark.local.dir": str(disk), "spark.sql.warehouse.dir": str(disk)}.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def made() -> voters.Made:
    return voters.make(5_000, 11, twice=0.08)


def rows(table: pa.Table) -> set[tuple[Any, ...]]:
    """The pairs, the smaller id first, without their order."""
    found = set()
    for row in table.select(COLUMNS).to_pylist():
        found.add((min(row["a"], row["b"]), max(row["a"], row["b"]), *(row[name] for name in COLUMNS[2:])))
    return found


def test_spark_and_duckdb_find_the_same_pairs_and_nothing_plain_lies_on_disk(
    session: SparkSession, made: voters.Made, disk: Path
) -> None:
    there = session.createDataFrame(made.frame)
    found = rows(spark.find(session, there).toArrow())
    assert found == rows(duck.find(made.frame))
    assert len(found) > 350
    assert traces(made, disk) == []


def traces(made: voters.Made, disk: Path) -> list[bytes]:
    """Packed numbers of the first voters, as Spark's rows hold them, that lie on disk as they are."""
    content = b"".join(file.read_bytes() for file in disk.rglob("*") if file.is_file())
    assert len(content) > 1_000_000, "nothing was shuffled through disk: this proves nothing"
    heads = [int(head).to_bytes(8, "little") for head in prepare(made.frame.slice(0, 200))["head"].to_pylist()]
    return [head for head in heads if head in content]


def test_a_session_that_would_write_plain_rows_is_refused(session: SparkSession, made: voters.Made) -> None:
    class Unsealed:
        """A session without encryption, as far as the check looks."""

        class sparkContext:
            @staticmethod
            def getConf() -> dict[str, str]:
                return {"spark.network.crypto.enabled": "true"}

    with pytest.raises(spark.SparkFault, match=r"spark\.io\.encryption\.enabled"):
        spark.find(Unsealed(), session.createDataFrame(made.frame.slice(0, 10)))  # type: ignore[arg-type]


def test_ids_that_are_no_integers_are_refused(session: SparkSession) -> None:
    with pytest.raises(spark.SparkFault, match="voter_id"):
        spark.find(
            session,
            session.createDataFrame([("x", "王小芳", "34052419800101001X")], "voter_id STRING, name STRING, number STRING"),
        )
