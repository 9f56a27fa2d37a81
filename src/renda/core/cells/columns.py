"""Reading a whole column: each distinct value is parsed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from renda.core.cells.base import CellError, CellValue, is_blank

T = TypeVar("T")


def read_column(
    reader: Callable[..., T], values: Iterable[CellValue], /, **options: Any
) -> tuple[list[T | None], dict[int, CellError]]:
    """Read every value of a column with `reader(value, **options)`.

    Returns the parsed values, None where the cell is blank or cannot be read, and the errors by position (a blank cell is no
    error). Equal cells are parsed once and share one result object, so results must not be changed in place.
    """
    memo: dict[Any, T | CellError | None] = {}
    parsed: list[T | None] = []
    errors: dict[int, CellError] = {}
    missing = _MISSING
    for index, value in enumerate(values):
        # 1, 1.0 and True are equal as keys but not as cells
        key = value if type(value) is str or value is None else (type(value), value)
        result = memo.get(key, missing)
        if result is missing:
            result = memo[key] = _read(reader, value, options)
        if isinstance(result, CellError):
            errors[index] = result
            parsed.append(None)
        else:
            parsed.append(result)  # type: ignore[arg-type]
    return parsed, errors


_MISSING: Any = object()


def _read(reader: Callable[..., T], value: CellValue, options: dict[str, Any]) -> T | CellError | None:
    if is_blank(value):
        return None
    try:
        return reader(value, **options)
    except CellError as error:
        return None if error.blank else error
