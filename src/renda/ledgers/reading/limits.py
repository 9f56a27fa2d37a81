"""How much a file may ask for, and the error of a file that cannot be read. Plain Python, no Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MIB = 1024 * 1024


class UnreadableFile(ValueError):
    """A file cannot be read as a workbook: `message` says what is wrong, `hint` what the clerk does next (both Chinese).

    `template`, `hint_template` and `params` are their parts, so that the interface can translate them. `file` names the file among
    several, once known.
    """

    file = ""

    def __init__(self, message: str, hint: str, **params: Any) -> None:
        self.template, self.hint_template, self.params = message, hint, params
        self.message = message.format(**params) if params else message
        self.hint = hint.format(**params) if params else hint
        super().__init__(f"{self.message}{self.hint}")

    def __str__(self) -> str:
        return f"{self.file}：{self.message}{self.hint}" if self.file else f"{self.message}{self.hint}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.template, self.hint_template, self.params)


def _rebuild(message: str, hint: str, params: dict[str, Any]) -> UnreadableFile:
    return UnreadableFile(message, hint, **params)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Sizes in bytes, time in seconds.

    `unpacked` bounds the sum of the sizes inside a packed workbook, `ratio` how much a large one may unpack to its packed size;
    `chars` is the most that a spreadsheet program puts into one cell; `line` bounds one line of a text file.
    `blank_rows` bounds empty rows between records, `trailing_rows` those behind the last (formatted to the sheet's very end, as many are).
    `memory` and `seconds` are enforced by the operating system on the reading process.
    """

    file: int = 200 * MIB
    unpacked: int = 1024 * MIB
    ratio: int = 250
    entries: int = 5_000
    sheets: int = 200
    rows: int = 400_000
    columns: int = 1_000
    cells: int = 6_000_000
    blank_rows: int = 200_000
    trailing_rows: int = 1_100_000
    chars: int = 32_767
    line: int = 1 * MIB
    memory: int = 2_048 * MIB
    seconds: int = 120
