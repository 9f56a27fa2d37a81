"""The rules on Apache Spark, for a province or the nation: the same statements as on DuckDB, word for word, over the same preparation.

Spark writes what it shuffles to local disks. Identity numbers may not lie there in plain, so a session without encrypted
local files is refused (``SETTINGS``). Needs the packages of ``locks/spark.txt`` and Java 17; nothing else of the platform does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from renda.elections.matching import sql
from renda.elections.matching.prepare import prepare

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.eventLog.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "Asia/Shanghai",
}
"""What a session must be built with: local files and the traffic between machines are encrypted under keys that live as long as the session."""

PREPARED = (
    "`row` BIGINT, written STRING, name STRING, `first` INT, `last` INT, kind INT, born INT, head BIGINT, tail BIGINT, `year` INT, `day` INT, "
    "sequence INT, part_1 INT, part_2 INT, part_3 INT, part_4 INT, sex STRING, address STRING, district STRING"
)


class SparkFault(RuntimeError):
    """The session would leave numbers on disk in plain, or the voters' ids are no integers; the text says which."""


def find(session: SparkSession, voters: DataFrame) -> DataFrame:
    """Likely duplicates and homonyms among the voters of a Spark frame, as ``duck.find`` gives them, in no order; ``voter_id`` is an integer
    there, and a is the smaller of a pair. Raises ``SparkFault``."""
    _require_encryption(session)
    if dict(voters.dtypes).get("voter_id") not in ("bigint", "int"):
        raise SparkFault("voter_id must be an integer column")
    prepared = voters.mapInArrow(_prepared, PREPARED).persist()
    prepared.createOrReplaceTempView(sql.TABLE)
    session.sql(sql.candidates()).persist().createOrReplaceTempView(sql.PAIRS)
    return session.sql(sql.find()).withColumnsRenamed({"row_a": "a", "row_b": "b"})


def _prepared(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        table = pa.Table.from_batches([batch])
        ready = prepare(table).set_column(0, "row", table["voter_id"].cast(pa.int64()))
        yield from ready.combine_chunks().to_batches()


def _require_encryption(session: SparkSession) -> None:
    held = session.sparkContext.getConf()
    missing = [name for name in ("spark.io.encryption.enabled", "spark.network.crypto.enabled") if held.get(name) != "true"]
    if missing:
        raise SparkFault(f"the session must be built with {', '.join(missing)} = true: Spark writes shuffled rows to disk")
