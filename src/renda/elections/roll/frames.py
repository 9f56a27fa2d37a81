"""What goes to the sealing process and comes back from it, as frames of eight bytes of length and a pickle. It costs nothing to import."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any


@dataclass(frozen=True)
class Direct:
    """How lines are made that go into the roll itself, with no look at it. ``head``: how each line begins (what all rows share);
    ``columns``: how many it has; ``barred``: who may not vote, by keyed hash, and why."""

    columns: int
    head: bytes
    barred: Mapping[bytes, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sealed:
    """A sealed batch. ``places``: its rows' numbers, in the order of the lines; ``barred`` (place, why) and ``in_pool`` of direct lines."""

    places: list[int]
    lines: bytes
    direct: bool = False
    barred: list[tuple[int, str]] = field(default_factory=list)
    in_pool: int = 0

    @property
    def rows(self) -> int:
        """How many lines it has."""
        return len(self.places)


def receive(stream: IO[bytes]) -> Any:
    """The next frame, None at the end. Only our own processes write to these pipes."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    data = stream.read(int.from_bytes(head, "big"))
    return pickle.loads(data)  # noqa: S301 (from the process that started this one)


def send(stream: IO[bytes], value: Any) -> None:
    """Send a frame."""
    data = pickle.dumps(value, 5)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()
