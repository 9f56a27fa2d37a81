"""A day in the words of an official document."""

from __future__ import annotations

from datetime import date


def spoken(day: date | None) -> str:
    """A day as an official document writes it (GB/T 9704-2012, 7.3.5.4): Arabic figures, no leading zeros. Empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
