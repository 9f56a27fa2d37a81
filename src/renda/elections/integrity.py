"""What must hold of elections; each area declares its own rules."""

from renda.elections.counting import checks

__all__ = ["checks"]
