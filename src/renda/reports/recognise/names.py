"""Blanks that stand for a name (X日报, 构建X人民命运共同体), reported so that no one fills in a number."""

from __future__ import annotations

import re

from .figure import Figure

_BLANK_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?P<blank>[XxＸｘ]{1,6}|[×✕]{1,6})(?![A-Za-z0-9×✕XxＸ])(?P<tail>[）)]|[\u4e00-\u9fff“]?)"
)
_TAIL = re.compile(
    r"(?:人民命运共同体|日报社?|晚报|[\u4e00-\u9fff]{0,3}(?:网|报|台|电视台|客户端|公众号)|(?:县|市|区|省|镇|乡|村|街道|社区|局|办|委)(?![\u4e00-\u9fff]*[次件])|(?:人大|人民|经济社会))"
)
_DATE = re.compile(r"年|月|日(?!报)|号|时")


def names(text: str, figures: list[Figure], masked: bytearray) -> list[Figure]:
    """The blanks of `text` that are names; figures already found and blanks in dates are left out."""
    taken = {position for figure in figures for position in range(figure.start, figure.end)}
    found = []
    for match in _BLANK_NAME.finditer(text):
        start, end = match.span("blank")
        if start in taken or masked[start] or _DATE.match(text, end):
            continue
        if start and text[start - 1] in "第届":
            continue
        tail = _TAIL.match(text, end)
        stop = tail.end() if tail else end
        figure = Figure(start, end, text[start:end], None, "", number_form="blank", kind="name", form="value")
        figure.phrase = text[start:stop]
        figure.confidence = 0.8
        found.append(figure)
    return found
