"""Indicators of meetings, agenda, attendance, votes, resolutions and study."""


def declare() -> None:
    """Register the room's indicators (called once, at start)."""
