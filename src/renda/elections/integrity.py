"""What must hold of elections; each area declares its own rules."""

from renda.elections.counting import checks
from renda.elections.roll import whole

__all__ = ["checks", "whole"]
