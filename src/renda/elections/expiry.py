"""What is not kept for good: uploads that nobody confirmed, and prints that can be made again at any time."""

from __future__ import annotations

from renda.elections.lists import expiring
from renda.elections.roll import flow


def forget_old() -> None:
    """Remove what has outlived its time, whether anybody uploads or prints anything or not."""
    flow.forget_old()
    expiring.forget_old()
