"""What a law file says, read strictly: a missing article, an unknown field or values out of order are errors, not defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from renda.law.errors import LawDataError
from renda.law.thresholds import COMPARISONS
from renda.law.units import LABELS, PERIODS

KINDS = ("number", "ratio", "period", "list", "rule", "text", "date", "window", "range", "choice")
CERTAINTIES = ("read", "unverified")
BINDINGS = ("county", "pattern")
RULES = ("forward", "backward", "age", "window", "yearly")
_FRACTION = re.compile(r"^\d+/\d+$")
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return NOTHING


@dataclass(frozen=True)
class Entry:
    """One value from one day on, with the article that says so."""

    effective: date
    value: Any
    statute: str
    article: str
    certainty: str
    gist: str
    until: date | None = None
    """The first day on which it is no longer law."""
    earlier_unverified: bool = False
    """Also the answer for earlier days, with a warning: the older text was not compared."""
    confidence: float | None = None
    doubt: str = ""
    effective_doubt: str = ""
    """What is not certain about the day of effect; it matters only near that day."""
    unit: str = ""
    also: tuple[tuple[str, str], ...] = ()
    comparison: str = ""
    binding: str = "county"
    details: Mapping[str, Any] = field(default_factory=_nothing)


@dataclass(frozen=True)
class Count:
    """How a period is counted: the named rule, the word for the day it starts from, and the choices that steer it."""

    rule: str
    anchor: str
    roll: str = ""
    strict: str = ""
    start_day: str = ""
    extends: str = ""


@dataclass(frozen=True)
class Choice:
    """What the county may decide where the law is silent or open; ``default`` is None where none may be invented."""

    why: str
    statute: str
    article: str
    options: Mapping[str, str] = field(default_factory=_nothing)
    default: str | None = None
    doubt: int | None = None
    value_kind: str = "option"


@dataclass(frozen=True)
class Parameter:
    """One parameter of the law: its key, its Chinese title, its dated values."""

    key: str
    title: str
    kind: str
    unit: str
    entries: tuple[Entry, ...] = ()
    count: Count | None = None
    choice: Choice | None = None
    note: str = ""


@dataclass(frozen=True)
class Statute:
    """A legal text: full title, short title, which version, whether its full text was compared."""

    id: str
    title: str
    short: str
    version: str
    read: str
    pattern: bool = False
    """A province's rules for its own congress: a county takes them as a pattern, they do not bind it."""
    since: date | None = None
    """From when the articles of this version have these numbers."""
    note: str = ""


@dataclass(frozen=True)
class Pack:
    """A province's (or city's) rules: they override national values or supply what national law leaves open."""

    name: str
    title: str
    parent: str = ""
    note: str = ""
    keys: tuple[str, ...] = field(default=())


def parse_parameter(key: str, raw: Any, where: str, *, in_pack: bool = False) -> Parameter:
    """A parameter from the parsed YAML of its file; ``where`` names the file in errors."""
    data = _mapping(raw, where)
    _only(data, {"key", "title", "kind", "unit", "values", "count", "choice", "note"}, where)
    if data.get("key") != key:
        raise LawDataError(f"{where}：key 应为 {key}，文件写的是 {data.get('key')}。")
    if in_pack:
        return Parameter(key, str(data.get("title", "")), "", "", _entries(data.get("values", []), where, ""))
    kind, unit = str(_need(data, "kind", where)), str(_need(data, "unit", where))
    if kind not in KINDS or unit not in LABELS:
        raise LawDataError(f"{where}：不认识的 kind 或 unit（{kind}，{unit}）。")
    count = _count(data["count"], where) if "count" in data else None
    if (kind == "period") != (count is not None and count.rule in ("forward", "backward", "age")):
        raise LawDataError(f"{where}：期限参数必须写明如何计算（count），其他参数不能写。")
    if kind == "period" and unit not in PERIODS:
        raise LawDataError(f"{where}：期限的单位应为 {'、'.join(PERIODS)}。")
    choice = _choice(data["choice"], where) if "choice" in data else None
    return Parameter(
        key,
        str(_need(data, "title", where)),
        kind,
        unit,
        _entries(data.get("values", []), where, kind),
        count,
        choice,
        str(data.get("note", "")),
    )


def parse_statute(id_: str, raw: Any) -> Statute:
    """A statute from ``statutes.yaml``."""
    data = _mapping(raw, f"statutes.yaml:{id_}")
    _only(data, {"title", "short", "version", "read", "pattern", "since", "note"}, f"statutes.yaml:{id_}")
    return Statute(
        id_, str(data["title"]), str(data["short"]), str(data["version"]), str(data["read"]),
        bool(data.get("pattern", False)), data.get("since"), str(data.get("note", "")),
    )  # fmt: skip


def _entries(raw: Any, where: str, kind: str) -> tuple[Entry, ...]:
    entries = tuple(_entry(item, where, kind) for item in raw or [])
    days = [entry.effective for entry in entries]
    if days != sorted(set(days)):
        raise LawDataError(f"{where}：各时期的数值应按施行日先后排列，且不得重复。")
    return entries


_ENTRY_FIELDS = {
    "from", "until", "earlier", "value", "statute", "article", "also", "certainty", "confidence", "doubt", "gist", "unit",
    "comparison", "binding", "details", "effective_doubt",
}  # fmt: skip


def _entry(raw: Any, where: str, kind: str) -> Entry:
    data = _mapping(raw, where)
    _only(data, _ENTRY_FIELDS, where)
    for name in ("from", "value", "statute", "article", "certainty", "gist"):
        if data.get(name) in (None, ""):
            raise LawDataError(f"{where}：每个数值都要写明 {name}，此处缺失。")
    certainty, confidence = data["certainty"], data.get("confidence")
    if certainty not in CERTAINTIES or (certainty == "unverified") != (confidence is not None):
        raise LawDataError(f"{where}：certainty 只能是 read，或 unverified 并写明 confidence。")
    comparison = str(data.get("comparison", ""))
    if kind == "ratio" and comparison not in COMPARISONS:
        raise LawDataError(f"{where}：比例要写明 comparison（{'、'.join(COMPARISONS)}）。")
    if data.get("binding", "county") not in BINDINGS:
        raise LawDataError(f"{where}：binding 只能是 county 或 pattern。")
    value = data["value"]
    return Entry(
        effective=data["from"],
        until=data.get("until"),
        earlier_unverified=data.get("earlier") == "unverified",
        value=_fractions(Fraction(value) if comparison and isinstance(value, str) else value),
        statute=str(data["statute"]),
        article=str(data["article"]),
        also=tuple((str(one["statute"]), str(one["article"])) for one in data.get("also", [])),
        certainty=certainty,
        confidence=confidence,
        doubt=str(data.get("doubt", "")),
        effective_doubt=str(data.get("effective_doubt", "")),
        gist=str(data["gist"]),
        unit=str(data.get("unit", "")),
        comparison=comparison,
        binding=str(data.get("binding", "county")),
        details=MappingProxyType(_fractions(dict(data.get("details", {})))),
    )


def _fractions(value: Any) -> Any:
    """Fractions inside a mapping, written as "1/3" in the file."""
    if isinstance(value, dict):
        return {name: Fraction(one) if isinstance(one, str) and _FRACTION.match(one) else one for name, one in value.items()}
    return value


def _count(raw: Any, where: str) -> Count:
    data = _mapping(raw, where)
    _only(data, {"rule", "anchor", "roll", "strict", "start_day", "extends"}, where)
    if data.get("rule") not in RULES or not data.get("anchor"):
        raise LawDataError(f"{where}：count 要写明 rule（{'、'.join(RULES)}）和 anchor（起算之日）。")
    return Count(**{name: str(text) for name, text in data.items()})


def _choice(raw: Any, where: str) -> Choice:
    data = _mapping(raw, where)
    _only(data, {"why", "statute", "article", "options", "default", "doubt", "value_kind"}, where)
    options = MappingProxyType({str(code): str(text) for code, text in data.get("options", {}).items()})
    default = data.get("default")
    if default is not None and options and default not in options:
        raise LawDataError(f"{where}：默认选择 {default} 不在可选项中。")
    return Choice(
        str(_need(data, "why", where)),
        str(_need(data, "statute", where)),
        str(_need(data, "article", where)),
        options,
        default,
        data.get("doubt"),
        str(data.get("value_kind", "option")),
    )


def _mapping(raw: Any, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise LawDataError(f"{where}：内容应为“名称: 值”的形式。")
    return raw


def _need(data: Mapping[str, Any], name: str, where: str) -> Any:
    if data.get(name) in (None, ""):
        raise LawDataError(f"{where}：缺少 {name}。")
    return data[name]


def _only(data: Mapping[str, Any], allowed: set[str], where: str) -> None:
    if unknown := set(data) - allowed:
        raise LawDataError(f"{where}：不认识的字段 {'、'.join(sorted(map(str, unknown)))}。")
