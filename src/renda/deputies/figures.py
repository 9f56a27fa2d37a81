"""What the room of deputies can count."""


def declare() -> None:
    """Register the indicators."""
