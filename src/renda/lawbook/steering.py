"""Uses that follow from the law files themselves: choices and periods that steer how another period is counted."""

from __future__ import annotations

from collections.abc import Iterator

from renda.law import store
from renda.law.uses import Use

_STEERS = ("roll", "strict", "start_day", "extends")


def uses() -> Iterator[Use]:
    """For each period of the law: what steers its count."""
    for key in store.keys():  # noqa: SIM118 - a function of the store
        declared = store.declaration(key)
        if declared.count is None:
            continue
        for name in {getattr(declared.count, part) for part in _STEERS} - {"", "always"}:
            yield Use(name, "choice", declared.title, f"/law/keys/{key}/")
