"""Indicators of supervision."""


def declare() -> None:
    """Register the room's indicators (called once, at start)."""
