"""Where a parameter of the law is used: declared by what uses it, so that a page can say what a change of the law touches.

Rooms declare at start (``declare``), engines whose declarations name keys offer them together (``collect``). A test fails when the source
names a key that nothing declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

KINDS = ("deadline", "rule", "outcome", "figure", "page", "report", "choice")
"""A period of a procedure, a check of what is entered, what is decided by itself, an indicator, a page, a report, a convention of counting."""


@dataclass(frozen=True, order=True)
class Use:
    """One place that reads a parameter: its kind (of ``KINDS``), what it is in Chinese, its address where it has a page."""

    key: str
    kind: str
    where: str
    url: str = ""


_declared: set[Use] = set()
_collectors: list[Callable[[], Iterable[Use]]] = []


def declare(kind: str, where: str, *keys: str, url: str = "") -> None:
    """Say that these keys are read there. ValueError for a kind that ``KINDS`` does not have."""
    if kind not in KINDS:
        raise ValueError(kind)
    _declared.update(Use(key, kind, where, url) for key in keys)


def collect(source: Callable[[], Iterable[Use]]) -> None:
    """Have this function name the uses of an engine whenever they are asked for."""
    if source not in _collectors:
        _collectors.append(source)


def all_uses() -> list[Use]:
    """All uses, by key."""
    return sorted(_declared.union(*(source() for source in _collectors)))


def of(key: str) -> list[Use]:
    """The uses of one key."""
    return [use for use in all_uses() if use.key == key]
