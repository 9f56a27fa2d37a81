"""The vocabulary: which words announce which indicator of the reference list.

Loaded once from the YAML files beside this module; see vocabulary/README.md for the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

_MACRO = re.compile(r"\$([A-Z]+)")
_CODE = re.compile(r"I\d{3}")
ZONES = "ltcsfpd"
# The parser in C is ten times quicker; it is missing where PyYAML was built without libyaml.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Condition:
    """A pattern and the farthest zone in which it may be found."""

    zone: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text states an indicator."""

    code: str
    units: re.Pattern[str] | None
    form: str
    head: re.Pattern[str] | None
    both_sides: bool
    needs: tuple[Condition, ...]
    vetoes: tuple[Condition, ...]
    weight: float
    breakdown: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the reference list with its breakdown dimensions (dimension → value → cue)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    dims: dict[str, dict[str, re.Pattern[str]]]
    rules: tuple[Rule, ...]


def _files() -> dict[str, Any]:
    folder = resources.files(__package__) / "vocabulary"
    found = {}
    for item in folder.iterdir():
        if item.name.endswith(".yaml"):
            found[item.name] = yaml.load(item.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    return found


def _condition(text: str, expand: Any) -> Condition:
    zone, _, pattern = text.partition(":")
    if zone not in ZONES or not pattern:
        raise ValueError(f"condition {text!r} needs a zone of {ZONES} and a pattern")
    return Condition(zone, re.compile(expand(pattern)))


def _rule(code: str, raw: dict[str, Any], expand: Any) -> Rule:
    unknown = set(raw) - set("ufhznxwb")
    if unknown:
        raise ValueError(f"{code}: unknown keys {sorted(unknown)} in a rule")
    return Rule(
        code=code,
        units=re.compile(expand(str(raw["u"]))) if "u" in raw else None,
        form=raw.get("f", "value"),
        head=re.compile(expand(raw["h"])) if "h" in raw else None,
        both_sides=raw.get("z", "l") == "t",
        needs=tuple(_condition(text, expand) for text in raw.get("n", ())),
        vetoes=tuple(_condition(text, expand) for text in raw.get("x", ())),
        weight=float(raw.get("w", 0)),
        breakdown=dict(raw.get("b", {})),
    )


@cache
def entries() -> dict[str, Entry]:
    """All indicators by reference code, in order of the code."""
    files = _files()
    macros = files["macros.yaml"]

    def expand(pattern: str) -> str:
        return _MACRO.sub(lambda match: f"(?:{expand(macros[match[1]])})", pattern)

    found: dict[str, Entry] = {}
    for name, content in files.items():
        if name in ("macros.yaml", "series.yaml"):
            continue
        for code, raw in content.items():
            if not _CODE.fullmatch(code) or code in found:
                raise ValueError(f"{name}: {code} is no reference code or stands twice")
            dims = {
                dim: {value: re.compile(cue) for value, cue in values.items()} for dim, values in (raw.get("dims") or {}).items()
            }
            rules = tuple(_rule(code, rule, expand) for rule in raw["rules"])
            found[code] = Entry(code, raw["name"], tuple(raw.get("aliases", ())), dims, rules)
    return dict(sorted(found.items()))


@cache
def series() -> dict[str, dict[str, str]]:
    """For each indicator, which one its list items, ratios and changes belong to."""
    loaded: dict[str, dict[str, str]] = _files()["series.yaml"]
    return loaded


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of all indicators."""
    return tuple(rule for entry in entries().values() for rule in entry.rules)
