"""What this room can count."""

from __future__ import annotations


def declare() -> None:
    """Register the room's indicators (called once, at start)."""
