"""Cutting a text into clauses, sentences and paragraphs without cutting a figure."""

from __future__ import annotations

from .figure import Figure


def _first(text: str, position: int) -> int:
    """The position of the first character that is no space."""
    while position < len(text) and text[position] in " \u3000\t":
        position += 1
    return position


def split(text: str, ends: str, figures: list[Figure]) -> list[tuple[int, int]]:
    """Spans between the marks in `ends`; a mark inside a figure or between brackets' digits does not split."""
    inside = bytearray(len(text))
    begins = {figure.start for figure in figures}
    for figure in figures:
        inside[figure.start : figure.end] = b"\x01" * (figure.end - figure.start)
    spans, start = [], 0
    for position, character in enumerate(text):
        if character in ends and not inside[position] and not (character in ":：" and _first(text, position + 1) in begins):
            spans.append((start, position))
            start = position + 1
    spans.append((start, len(text)))
    return spans
