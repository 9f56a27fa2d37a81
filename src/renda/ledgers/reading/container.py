"""A stream of the old container format (OLE2 compound file), without trusting a single number in it."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from renda.ledgers.reading.packed import damaged

_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA  # sector numbers from here on mark ends and kinds


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The first of the named streams that the container holds; empty when it holds none. Raises `UnreadableFile` when it is broken."""
    try:
        return _Container(data).stream(names)
    except (struct.error, IndexError, ValueError):
        raise damaged() from None


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise ValueError
        self.size, self.small_size = 1 << shift, 1 << small_shift
        directory, _, self.cutoff, small, _, more, _ = struct.unpack_from("<I4sIIIII", data, 48)
        self.table = self._table(more)
        entries = self._chain(directory)
        self.entries = [entries[at : at + _ENTRY] for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)]
        self.small_start = small

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.data):
            raise ValueError
        return self.data[start : start + self.size].ljust(self.size, b"\0")

    def _table(self, more: int) -> list[int]:
        """The allocation table: its first 109 sectors are named in the header, others in a chain of their own."""
        places = list(struct.unpack_from("<109I", self.data, 76))
        each = self.size // 4
        for _ in range(len(self.data) // self.size + 1):
            if more >= _LAST:
                break
            part = struct.unpack(f"<{each}I", self._sector(more))
            places += part[:-1]
            more = part[-1]
        found: list[int] = []
        for number in places:
            if number < _LAST:
                found += struct.unpack(f"<{each}I", self._sector(number))
        return found

    def _numbers(self, start: int, table: Sequence[int], most: int) -> list[int]:
        """A chain of sectors; one that is longer than the file is a circle."""
        numbers: list[int] = []
        while start < _LAST:
            numbers.append(start)
            if len(numbers) > most:
                raise ValueError
            start = table[start]
        return numbers

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._numbers(start, self.table, len(self.data) // self.size + 1)))

    def stream(self, names: Sequence[str]) -> bytes:
        by_name = {}
        for entry in self.entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            by_name[entry[: max(length - 2, 0)].decode("utf-16-le", "replace")] = struct.unpack_from("<II", entry, 116)
        for name in names:
            if name in by_name:
                start, size = by_name[name]
                return (self._chain(start) if size >= self.cutoff else self._small(start))[:size]
        return b""

    def _small(self, start: int) -> bytes:
        """A short stream lies in pieces of 64 bytes within the root entry's stream."""
        room = self._chain(struct.unpack_from("<I", self.entries[0], 116)[0])
        raw = self._chain(self.small_start)
        table = struct.unpack(f"<{len(raw) // 4}I", raw)
        numbers = self._numbers(start, table, len(room) // self.small_size + 1)
        return b"".join(room[n * self.small_size : (n + 1) * self.small_size] for n in numbers)
