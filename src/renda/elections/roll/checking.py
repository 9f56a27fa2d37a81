"""The checks of a list's rows that need no database, over whole columns: number, name, sex, birth date, age on election day.

What does not fit the usual form at once goes, cell by cell, through the readers that forms and ledgers use (`core.cells`), so that the
answers are the same: an old number is converted, one that a spreadsheet destroyed is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from renda.core import cells
from renda.core.cells import CellError
from renda.core.cells.people import read_name
from renda.elections.roll import columns, outcomes
from renda.elections.roll.child import SMALL

if TYPE_CHECKING:
    import polars as pl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST_YEAR = 1850
YES = ("有", "是", "已取得", "已开具", "√", "有证明", "1")
_PLAIN_NAME = "^[\u4e00-\u9fff]{2,4}$"
_NEW = r"^\d{17}[\dX]$"
_UNCLEAN = r"[^\S ]|^ | $|  |[\u3000\uff01-\uff5e\uf900-\ufaff]|\p{Cf}|\p{Cc}|[()（）\[\]【】〔]|_x000D_"
NOTHING = ("/", "-", "--", "—", "无", "暂无", "不详")
MOST_TEXT = 60
_LOST = "9E+17"
FEW_DOUBTFUL = 3
"""So many doubtful numbers, all with a right check digit, are true ones: each made-up one has it by a chance of one in eleven."""


def check(frame: pl.DataFrame, latest_birth: date) -> pl.DataFrame:
    """The rows with ``number``, ``key`` (its first 17 digits as an integer), ``birth``, ``sex`` ("male", "female"), clean texts, and
    ``outcome`` with ``why`` where a check decided; both are null where none did. ``latest_birth``: the last day of birth of a voter."""
    import polars as pl

    wide = _complete(frame)
    wide = wide.with_columns(*_numbers(wide["identity_number"]), *_names(wide["name"]))
    wide = wide.with_columns(
        key=pl.col("number").str.slice(0, 17).cast(pl.Int64, strict=False),
        birth=pl.col("number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False),
        sex_said=pl.col("sex").str.strip_chars(),
    ).with_columns(
        sex=pl.when(pl.col("number").str.slice(16, 1).cast(pl.Int8) % 2 == 1).then(pl.lit("male")).otherwise(pl.lit("female"))
    )
    wide = wide.with_columns(*_texts(wide), certificate=pl.col("certificate").str.strip_chars().is_in(YES).fill_null(False))
    return _decided(wide, latest_birth).drop("identity_number", "sex_said", "birth_date", "wrong", "long")


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in columns.FIELDS if name not in frame.columns)


def _numbers(raw: pl.Series) -> list[Any]:
    """``number`` (18 characters, or null) and ``wrong`` (the reason)."""
    import polars as pl

    text = raw.str.strip_chars().str.to_uppercase()
    frame = pl.DataFrame({"text": text}).with_columns(like=pl.col("text").str.contains(_NEW).fill_null(False))
    digits = pl.when("like").then(pl.col("text").str.slice(0, 17)).otherwise(pl.lit("0" * 17)).cast(pl.Int64)
    frame = frame.with_columns(digits=digits, year=pl.col("text").str.slice(6, 4).cast(pl.Int32, strict=False))
    total = sum((pl.col("digits") // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(WEIGHTS)), pl.lit(0))
    last = (total % 11).replace_strict(list(range(11)), list(CHECKS), return_dtype=pl.String)
    day = pl.col("text").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    right = pl.col("like") & (last == pl.col("text").str.slice(17, 1)) & day.is_not_null() & (pl.col("year") >= EARLIEST_YEAR)
    told = frame.select(right=right.fill_null(False), doubtful=_doubtful(raw.len()))
    doubtful = told["doubtful"]
    genuine = int(doubtful.sum()) >= FEW_DOUBTFUL and bool(told["right"].filter(doubtful).all())
    lost = doubtful & (not genuine)
    good = told["right"] & ~lost
    raw = raw.set(lost, _LOST)
    numbers, wrong = _one_by_one(raw.filter(~good), cells.read_identity_number, "no_number")
    return [_merge(text, good, numbers, "number"), _merge(None, good, wrong, "wrong")]


def _doubtful(rows: int) -> Any:
    """Numbers such as a spreadsheet makes of an identity number that it kept as a number: 000 at the end, and where a sheet is too long to
    ask what its cells were, the whole number that comes nearest to fifteen digits (about one true number in a thousand is like that)."""
    import polars as pl

    ends = pl.col("text").str.ends_with("000").fill_null(False) & pl.col("like")
    if rows <= SMALL:
        return ends
    whole = pl.when(pl.col("text").str.contains(r"^\d{18}$").fill_null(False)).then(pl.col("text")).cast(pl.Int64)
    return ends | (((whole + 500) // 1000 * 1000).cast(pl.Float64).cast(pl.Int64) == whole).fill_null(False)


def _names(raw: pl.Series) -> list[Any]:
    """``name``, null where it is none."""
    good = raw.str.contains(_PLAIN_NAME).fill_null(False)
    names, _wrong = _one_by_one(raw.filter(~good), _name, "")
    return [_merge(raw, good, names, "name")]


def _name(cell: str) -> str:
    name = read_name(cell)
    if len(name) > MOST_TEXT:
        raise CellError("{name}", name=name)
    return name


def _one_by_one(odd: pl.Series, reader: Callable[[Any], str], blank: str) -> tuple[list[str | None], list[str | None]]:
    values: list[str | None] = []
    reasons: list[str | None] = []
    for cell in odd.to_list():
        try:
            values.append(reader(cell or ""))
            reasons.append(None)
        except CellError as error:
            values.append(None)
            reasons.append(blank if error.blank and blank else error.reason)
    return values, reasons


def _merge(usual: pl.Series | None, good: pl.Series, others: list[str | None], name: str) -> pl.Series:
    """The usual values, and the others where they are not good."""
    import polars as pl

    held = (
        usual.set(~good, None).cast(pl.String)
        if usual is not None
        else pl.Series([None], dtype=pl.String).new_from_index(0, len(good))
    )
    if others:
        held = held.scatter((~good).arg_true(), pl.Series(others, dtype=pl.String))
    return held.alias(name)


def _texts(wide: pl.DataFrame) -> list[Any]:
    """Texts clean, empty where there is nothing; ``long`` where one is longer than its column."""
    import polars as pl

    found = [_text(wide[name]) for name in columns.LIMITS]
    long = pl.Series([False]).new_from_index(0, wide.height)
    for text in found:
        long = long | (text.str.len_chars() > columns.LIMITS[text.name])
    return [*found, long.alias("long")]


def _text(raw: pl.Series) -> pl.Series:
    """A column of clean texts. Most cells are clean as they stand; the others are read as any cell is."""
    import polars as pl

    text = raw.fill_null("")
    dirty = text.str.contains(_UNCLEAN)
    if dirty.any():
        cleaned = [cells.read_text(one) for one in text.filter(dirty).to_list()]
        text = text.scatter(dirty.arg_true(), pl.Series(cleaned, dtype=pl.String))
    return text.set(text.is_in(NOTHING), "").alias(raw.name)


def _decided(wide: pl.DataFrame, latest_birth: date) -> pl.DataFrame:
    """The first check that decides, in the order in which a clerk would look: number, name, age, then what needs a look."""
    import polars as pl

    said = pl.col("birth_date").fill_null("").str.replace_all(r"[年月./]", "-").str.replace_all(r"[日\s].*$", "")
    other_birth = said.str.to_date("%Y-%m-%d", strict=False).ne(pl.col("birth")).fill_null(False)
    word = pl.when(pl.col("sex") == "male").then(pl.lit("男")).otherwise(pl.lit("女"))
    other_sex = pl.col("sex_said").is_in(["男", "女"]) & (pl.col("sex_said") != word)
    when = (
        pl.when(pl.col("number").is_null()).then(pl.lit(outcomes.WRONG_NUMBER))
        .when(pl.col("name").is_null() | pl.col("long")).then(pl.lit(outcomes.LOOK))
        .when(pl.col("birth") > latest_birth).then(pl.lit(outcomes.UNDER_AGE))
        .when(other_sex.fill_null(False) | other_birth).then(pl.lit(outcomes.LOOK))
    )  # fmt: skip
    why = (
        pl.when(pl.col("number").is_null()).then(pl.col("wrong"))
        .when(pl.col("name").is_null()).then(pl.lit("no_name"))
        .when(pl.col("long")).then(pl.lit("long"))
        .when(pl.col("birth") > latest_birth).then(pl.lit(""))
        .when(other_sex.fill_null(False)).then(pl.lit("sex"))
        .when(other_birth).then(pl.lit("birth"))
    )  # fmt: skip
    return wide.with_columns(outcome=when.otherwise(None), why=why.otherwise(None))
