"""Rules that the whole database must keep, each a small named declaration: `renda check` asks them all.

A room declares its rules in its module ``integrity``: a code, one Chinese sentence that says what must hold, and a function that yields
what breaks it. Rules with ``deploy`` concern the set-up of a production site and are asked by `renda check --deploy`.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

MODULE = "integrity"
MOST = 20


@dataclass(frozen=True)
class Fault:
    """One thing that breaks a rule: where it is, and what is wrong with it. Never a personal value."""

    where: str
    words: str


Find = Callable[[], Iterable[Fault]]


@dataclass(frozen=True)
class Rule:
    """What must hold, and how to find what breaks it."""

    code: str
    says: str
    find: Find
    deploy: bool = False


@dataclass
class Finding:
    """A rule's first faults, and whether there are more."""

    rule: Rule
    faults: list[Fault] = field(default_factory=list)
    more: bool = False
    seconds: float = 0.0


_rules: dict[str, Rule] = {}


def rule(code: str, says: str, *, deploy: bool = False) -> Callable[[Find], Find]:
    """Declare a rule. ValueError where the code is taken."""

    def declared(find: Find) -> Find:
        if code in _rules:
            raise ValueError(f"rule {code} is declared twice")
        _rules[code] = Rule(code, says, find, deploy)
        return find

    return declared


def load(packages: Iterable[str]) -> None:
    """Import the rules of these packages, as far as they declare any."""
    for package in packages:
        if importlib.util.find_spec(f"{package}.{MODULE}"):
            importlib.import_module(f"{package}.{MODULE}")


def all_rules(*, deploy: bool = False) -> list[Rule]:
    """The rules of the database, or those of the set-up, by code."""
    return [_rules[code] for code in sorted(_rules) if _rules[code].deploy == deploy]


def get(code: str) -> Rule:
    """The rule with this code; KeyError where there is none."""
    return _rules[code]


def ask(rules: Iterable[Rule], most: int = MOST) -> Iterator[Finding]:
    """Ask the rules one after the other; of each at most ``most`` faults are gathered."""
    for one in rules:
        started = time.monotonic()
        faults = list(islice(one.find(), most + 1))
        yield Finding(one, faults[:most], len(faults) > most, time.monotonic() - started)
