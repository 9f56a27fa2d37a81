"""The same work by Splink 5 on DuckDB, in memory: the same blocking keys, its own comparisons, weights set by hand (its unsupervised training does
badly on numbers that are nearly unique), pairs of a probability of at least 0.9."""

from __future__ import annotations

import logging

import pyarrow as pa

THRESHOLD = 0.9
PRIOR = 1e-8


def find(prepared: pa.Table, numbers: list[str], memory: str) -> set[tuple[int, int]]:
    """Pairs of rows of the prepared frame that Splink holds for one person. ``numbers`` are the whole numbers in the frame's order."""
    import duckdb
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(":memory:", config={"temp_directory": "", "memory_limit": memory})
    connection.register("given", prepared.append_column("number", pa.array(numbers)))
    connection.execute('CREATE TABLE given_rows AS SELECT *, "row" AS unique_id FROM given')
    connection.unregister("given")
    api = DuckDBAPI(connection)
    linker = Linker(api.register("given_rows"), _settings(), validate_settings=False, log_level=logging.ERROR)
    found = linker.inference.predict(threshold_match_probability=THRESHOLD)
    table = connection.sql(f"SELECT unique_id_l, unique_id_r FROM {found.physical_name}").fetchall()
    connection.close()
    return {(min(pair), max(pair)) for pair in table}


def _settings():  # type: ignore[no-untyped-def]
    from splink import SettingsCreator, block_on

    from renda.elections.matching.declaration import BLOCKS

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_number(), _name(), _same("born", 0.93, 4e-5), _same("district", 0.5, 1e-3), _same("sex", 0.99, 0.5)],
        blocking_rules_to_generate_predictions=[block_on(*block.columns) for block in BLOCKS],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
    )


def _number():  # type: ignore[no-untyped-def]
    levels = [
        _null("number"),
        _level("number_l = number_r", 0.15, 1e-8),
        _level("substr(number_l, 1, 17) = substr(number_r, 1, 17)", 0.05, 1e-8),
        _level("damerau_levenshtein(number_l, number_r) <= 1", 0.4, 1e-8),
        _level("damerau_levenshtein(number_l, number_r) <= 2", 0.35, 4e-6),
        _else(0.002, 1.0),
    ]
    return _comparison("number", levels)


def _name():  # type: ignore[no-untyped-def]
    return _comparison(
        "name",
        [
            _null("name"),
            _level("name_l = name_r", 0.75, 1e-5),
            _level("levenshtein(name_l, name_r) <= 3", 0.24, 4e-3),
            _else(0.01, 1.0),
        ],
    )


def _same(column: str, m: float, u: float):  # type: ignore[no-untyped-def]
    return _comparison(column, [_null(column), _level(f"{column}_l = {column}_r", m, u), _else(1 - m, 1 - u)])


def _comparison(name: str, levels: list):  # type: ignore[no-untyped-def, type-arg]
    from splink.comparison_library import CustomComparison

    return CustomComparison(levels, output_column_name=name)


def _level(condition: str, m: float, u: float):  # type: ignore[no-untyped-def]
    from splink.comparison_level_library import CustomLevel

    return CustomLevel(condition, condition).configure(m_probability=m, u_probability=u)


def _else(m: float, u: float):  # type: ignore[no-untyped-def]
    from splink.comparison_level_library import ElseLevel

    return ElseLevel().configure(m_probability=m, u_probability=u)


def _null(column: str):  # type: ignore[no-untyped-def]
    from splink.comparison_level_library import NullLevel

    return NullLevel(column)
