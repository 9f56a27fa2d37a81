"""All indicators, by code."""

from __future__ import annotations

from renda.figures.indicators import Indicator

_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Add an indicator; ValueError where its code is taken."""
    if indicator.code in _indicators:
        raise ValueError(f"indicator {indicator.code} is declared twice")
    _indicators[indicator.code] = indicator
    return indicator


def get(code: str) -> Indicator:
    """The indicator with this code; KeyError where there is none."""
    return _indicators[code]


def find(word: str) -> Indicator | None:
    """The indicator with this code, name or alias."""
    if word in _indicators:
        return _indicators[word]
    named = [i for i in _indicators.values() if word == i.name or word in i.aliases]
    return named[0] if len(named) == 1 else None


def all_indicators() -> list[Indicator]:
    """All indicators, by code."""
    return [_indicators[code] for code in sorted(_indicators)]


def of_room(room: str) -> list[Indicator]:
    """A room's indicators, in the order in which they were declared."""
    return [i for i in _indicators.values() if i.code.startswith(room + ".")]
