"""The last day for filing a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from renda import law

FILING = "file.deadline.local"
"""监督法 40 leaves the period to the province; those read all say thirty days from publication."""


@lru_cache(maxsize=5000)
def last_day(issued_on: date) -> date | None:
    """The last day to file what was issued on a day; None where neither a provincial pack nor the county's choice fixes the period."""
    packs: tuple[str, ...] = tuple(getattr(settings, "LAW_PACKS", ()))
    choices: Mapping[str, Any] = getattr(settings, "LAW_CHOICES", {})
    try:
        return law.due(FILING, issued_on, packs=packs, choices=choices).date
    except law.LawError:
        return None
