"""What the room of suggestions can count."""

from renda.suggestions.figures import bills, handling, outcome, received


def declare() -> None:
    """Register the indicators (called once, at start)."""
    for part in (received, handling, outcome, bills):
        part.declare()
