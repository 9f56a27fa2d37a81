"""Reading .csv and other delimited text: encoding and separator found from the content, memory bounded."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from renda.core.cells.base import N_
from renda.ledgers.reading.limits import Limits, UnreadableFile

_PIECE = 1 << 20
_SAMPLE_LINES = 50
_SAMPLE_CHARS = 200_000


def read_delimited(path: str, limits: Limits) -> Iterator[list[str]]:
    """The rows of a text file, every value a string. Raises `UnreadableFile`."""
    with Path(path).open("rb") as file:
        encoding = find_encoding(file)
        file.seek(0)
        text = io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
        sample = list(_lines(text, limits, most=_SAMPLE_LINES))
        separator, skip = find_separator(sample)
        text.seek(0)
        lines = _lines(text, limits)
        for _ in range(skip):
            next(lines, None)
        csv.field_size_limit(limits.line)
        try:
            yield from csv.reader(lines, delimiter=separator)
        except csv.Error:
            raise UnreadableFile(
                N_("这个文本表格里有不成对的引号，或者某一格过长。"), N_("请用 Excel 或 WPS 打开核对，另存为 .xlsx 后再导入。")
            ) from None


def find_encoding(file: BinaryIO) -> str:
    """utf-8-sig, utf-16 (by its mark) or gb18030; raises `UnreadableFile` when the bytes are valid in none of them."""
    head = file.read(4)
    file.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        file.seek(0)
        if _decodes(file, encoding):
            return encoding
    raise UnreadableFile(
        N_("这个文本表格的文字编码无法识别，也可能已经损坏。"), N_("请用 Excel 或 WPS 打开后另存为 .xlsx，再导入。")
    )


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _lines(text: io.TextIOWrapper, limits: Limits, most: int | None = None) -> Iterator[str]:
    """Lines with a bound on each; a sample of `most` lines and a bounded number of characters when asked."""
    number, chars = 0, 0
    while line := text.readline(limits.line + 1):
        number += 1
        if len(line) > limits.line:
            raise UnreadableFile(N_("第 {number} 行有一百多万字，不像是表格。"), N_("请确认选对了文件。"), number=number)
        if "\0" in line:
            raise UnreadableFile(
                N_("这个文件的内容不是电子表格，也可能已经损坏。"), N_("请确认文件能用 Excel 或 WPS 正常打开，再重新导入。")
            )
        yield line
        chars += len(line)
        if most is not None and (number >= most or chars > _SAMPLE_CHARS):
            return


def find_separator(sample: list[str]) -> tuple[str, int]:
    """The separator that most lines of the sample hold, and how many lines to skip (the `sep=;` line of some programs)."""
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
        return sample[0].strip()[4], 1
    scores = {}
    for sign in (",", "\t", ";"):
        scores[sign] = sum(sign in line for line in sample), sum(line.count(sign) for line in sample)
    return max(scores, key=lambda sign: scores[sign]), 0
