"""Declaring the letters of a procedure: what the letters of one room have in common is said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from renda.documents import registry
from renda.documents.registry import Sender, Template, Values, Word
from renda.procedure.declaration import Procedure


def _to_no_unit(_letter: str) -> bool:
    return False


@dataclass(frozen=True)
class LettersOf:
    """What a room says of its letters: the folder of shipped templates, the field of work that lists them, and by letter its number's words.

    ``words`` gives the placeholders of a letter, ``values`` and ``sender`` what they hold in a case (as in ``Template``), ``to_units`` whether it goes
    to units. ``sample_marks`` are the organs' words in the numbers of samples, where it is not the county's own.
    """

    shipped: Path
    group: str
    numbers: Mapping[str, str]
    words: Callable[[str], tuple[Word, ...]]
    values: Callable[..., Values]
    sender: Callable[..., Sender]
    to_units: Callable[[str], bool] = _to_no_unit
    sample_marks: Mapping[str, str] = field(default_factory=dict)


def declare(procedure: Procedure, room: LettersOf) -> None:
    """Register the letters of a procedure (called once, at start). ValueError as in ``documents.registry.declare``."""
    for letter in procedure.letters:
        registry.declare(
            Template(
                code=f"{procedure.kind}.{letter.code}",
                name=letter.name,
                to=letter.to,
                words=room.words(letter.code),
                shipped=room.shipped / f"{letter.code}.docx",
                values=room.values,
                sender=room.sender,
                number=room.numbers[letter.code] + "〔{year}〕{n}号",
                group=room.group,
                sample_mark=room.sample_marks.get(letter.code, "清"),
                to_units=room.to_units(letter.code),
            )
        )
