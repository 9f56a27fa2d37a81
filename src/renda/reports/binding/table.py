"""The table of routes: which of our own indicators answers a reference, under which conditions. See table/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

_ROUTE_KEYS = frozenset(
    ("u", "f", "d", "w", "x", "b", "a", "s", "xs", "g", "p", "n", "to", "where", "alike", "at", "c", "open", "free")
)
_ENTRY_KEYS = frozenset(("dims", "routes", "level", "named"))
_MACRO = re.compile(r"\$([A-Z]+)")
ABSENT, ANY, TOLD = "-", "*", "told"
DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Target:
    """One of our indicators, narrowed by breakdowns."""

    code: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dim:
    """How a breakdown of the recogniser's reads here: the breakdown `by`, and the label of each value.

    A value of None narrows nothing; one that begins with ``!`` leaves the figure open for that reason. `several` says what two
    values named side by side mean: ``join`` them, ``drop`` the breakdown (together they are the whole), or ``open``; ``told`` is a
    breakdown that the routes themselves decide by words.
    """

    by: str
    labels: Mapping[str, str | None]
    several: str = "open"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a figure goes when all conditions hold: to a target, or open for a reason."""

    units: re.Pattern[str] | None
    form: str
    dims: Mapping[str, tuple[str, ...]]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    previous: tuple[str, ...]
    following: tuple[str, ...]
    target: Target | None
    alike: tuple[Target, ...]
    at: str
    certainty: float
    free: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All routes of one reference, tried in order."""

    code: str
    dims: Mapping[str, Dim]
    routes: tuple[Route, ...]
    level: str = ""
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _files() -> dict[str, Any]:
    folder = resources.files(__package__) / "table"
    return {item.name: yaml.safe_load(item.read_text("utf-8")) for item in folder.iterdir() if item.name.endswith(".yaml")}


@cache
def _common() -> dict[str, Any]:
    loaded: dict[str, Any] = _files()["common.yaml"]
    return loaded


def _expand(pattern: str) -> str:
    return _MACRO.sub(lambda match: f"(?:{_expand(_common()['words'][match[1]])})", pattern)


def _target(raw: Any) -> Target:
    if isinstance(raw, str):
        return Target(raw)
    return Target(raw["to"], {str(by): str(label) for by, label in raw.get("where", {}).items()})


def _dim(raw: Any) -> Dim:
    if raw == TOLD:
        return Dim("", {}, TOLD)
    labels = {str(value): None if label is None else str(label) for value, label in raw.items() if value not in ("by", "several")}
    return Dim(raw.get("by", ""), labels, raw.get("several", "open"))


def _several(raw: Any) -> tuple[str, ...]:
    return tuple(raw) if isinstance(raw, list) else (str(raw),)


def _route(code: str, raw: Mapping[str, Any]) -> Route:
    unknown = set(raw) - _ROUTE_KEYS
    if unknown or ("to" in raw) == ("open" in raw):
        raise ValueError(f"{code}: a route needs either to or open, and no {sorted(unknown)}")
    target = _target({"to": raw["to"], "where": raw.get("where", {})}) if "to" in raw else None
    return Route(
        units=re.compile(_expand(str(raw["u"]))) if "u" in raw else None,
        form=raw.get("f", "value"),
        dims={dim: _several(values) for dim, values in raw.get("d", {}).items()},
        patterns=tuple(
            (where, re.compile(_expand(raw[where]))) for where in ("w", "x", "b", "a", "s", "xs", "g") if where in raw
        ),
        previous=_several(raw.get("p", [])),
        following=_several(raw.get("n", [])),
        target=target,
        alike=tuple(_target(one) for one in raw.get("alike", ())),
        at=raw.get("at", ""),
        certainty=float(raw.get("c", 1)),
        free=raw.get("free", ""),
        why=raw.get("open", ""),
    )


@cache
def entries() -> dict[str, Entry]:
    """All references, with their routes, by code."""
    found: dict[str, Entry] = {}
    for name, content in _files().items():
        if name == "common.yaml":
            continue
        for code, raw in content.items():
            if code in found or set(raw) - _ENTRY_KEYS:
                raise ValueError(f"{name}: {code} stands twice or has unknown keys")
            dims = {dim: _dim(spec) for dim, spec in (raw.get("dims") or {}).items()}
            found[code] = Entry(
                code, dims, tuple(_route(code, route) for route in raw["routes"]), raw.get("level", ""), raw.get("named") or {}
            )
    return dict(sorted(found.items()))


def direct() -> Entry:
    """The routes of figures that the reference list has no number for."""
    return entries()[DIRECT]


@cache
def once() -> dict[str, str]:
    """Indicators that add up what belongs to one occasion (应到, 票数), and the indicator that counts the occasions: it must be 1."""
    return {code: str(occasions) for occasions, codes in _common()["once"].items() for code in codes}


@cache
def apart() -> dict[str, str]:
    """Indicators that no figure of a text means by itself, and why (a denominator, a part of a sum)."""
    return {code: str(why) for why, codes in _common()["apart"].items() for code in codes}


@cache
def kinds() -> dict[str, str]:
    """The kinds of supervision that a merged count may name, by the word that names them."""
    return dict(_common()["kinds"])


@cache
def shares() -> dict[str, Target]:
    """What a share told right after a count means (43件，占75.4%)."""
    return {code: _target(raw) for code, raw in _common()["shares"].items()}


def targets() -> Iterator[Target]:
    """Every target that the table names."""
    for entry in entries().values():
        for route in entry.routes:
            yield from (one for one in (route.target, *route.alike) if one)
    yield from shares().values()
