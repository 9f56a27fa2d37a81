"""What the room of stations can count."""


def declare() -> None:
    """Register the indicators."""
