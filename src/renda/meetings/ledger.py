"""The registers of the meetings room."""

from renda.meetings.ledgers import papers, sessions, votes
from renda.registers.registry import register


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (*sessions.registers(), *votes.registers(), *papers.registers()):
        register(one)
