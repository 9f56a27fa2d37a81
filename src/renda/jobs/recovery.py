"""What has to be put right when the worker starts: work that an earlier worker left half-way."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)
_steps: list[Callable[[], None]] = []


def at_start(step: Callable[[], None]) -> None:
    """Have the worker take this step before it takes up work (called from an app's ``ready``)."""
    if step not in _steps:
        _steps.append(step)


def recover() -> None:
    """Take every step. One that fails is logged and keeps neither the others nor the worker from going on."""
    for step in _steps:
        try:
            step()
        except Exception:
            logger.exception("recovery step %s failed", step.__qualname__)
