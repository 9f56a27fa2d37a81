"""Ways into pages that a room has beside its registers (the pages of an election): on the room's page and on a record's page.

A room tells at start how they are found: for the room by its name, for the records of a register by its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from renda.directory.gate import Actor


@dataclass(frozen=True)
class Entrance:
    """A page to go to; ``note`` says what it is about."""

    name: str
    url: str
    note: str = ""


OfRoom = Callable[[Actor], Iterable[Entrance]]
OfRecord = Callable[[Actor, int], Iterable[Entrance]]
_rooms: dict[str, OfRoom] = {}
_records: dict[str, OfRecord] = {}


def declare_room(room: str, found_by: OfRoom) -> None:
    """Tell how the entrances on a room's page are found."""
    _rooms[room] = found_by


def declare_records(register: str, found_by: OfRecord) -> None:
    """Tell how the entrances on the page of a register's record are found."""
    _records[register] = found_by


def of_room(room: str, actor: Actor) -> list[Entrance]:
    """The entrances on a room's page."""
    return list(_rooms[room](actor)) if room in _rooms else []


def of_record(register: str, pk: int, actor: Actor) -> list[Entrance]:
    """The entrances on a record's page."""
    return list(_records[register](actor, pk)) if register in _records else []
