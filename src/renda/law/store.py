"""The files of the law: found by their key, read when first asked for, kept for the life of the process.

``elec.list.publish`` lives in ``parameters/elec/list.publish.yaml``; what a pack says on it lives under
``packs/<pack>/elec/list.publish.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from renda.law.declarations import Pack, Parameter, Statute, parse_parameter, parse_statute
from renda.law.errors import LawDataError, UnknownKey, UnknownPack

ROOT = Path(__file__).parent
_KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)+$")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of one YAML file of this package (libyaml where it is installed)."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise LawDataError(f"{path.name} 不是有效的 YAML 文件：{error}") from error


@cache
def declaration(key: str) -> Parameter:
    """The national declaration of a key. Errors: UnknownKey, LawDataError."""
    path = _path(ROOT / "parameters", key)
    if path is None or not path.is_file():
        raise UnknownKey(key, keys())
    return parse_parameter(key, read_yaml(path), f"parameters/{key}")


@cache
def local_declaration(pack_name: str, key: str) -> Parameter | None:
    """What a pack says on a key, or None."""
    path = _path(ROOT / "packs" / pack_name, key)
    if path is None or not path.is_file():
        return None
    return parse_parameter(key, read_yaml(path), f"packs/{pack_name}/{key}", in_pack=True)


@cache
def keys() -> tuple[str, ...]:
    """All keys, in order."""
    return _keys_under(ROOT / "parameters")


@cache
def pack_names() -> tuple[str, ...]:
    """The names of all packs."""
    return tuple(sorted(path.parent.name for path in (ROOT / "packs").glob("*/pack.yaml")))


@cache
def pack(name: str) -> Pack:
    """A pack with the keys it speaks on. Errors: UnknownPack."""
    if name not in pack_names():
        raise UnknownPack(name, pack_names())
    folder = ROOT / "packs" / name
    data = read_yaml(folder / "pack.yaml")
    read = Pack(name, str(data["title"]), str(data.get("parent", "")), str(data.get("note", "")))
    return replace(read, keys=_keys_under(folder))


def with_parents(names: Iterable[str]) -> tuple[str, ...]:
    """The packs in the order of their force, each city's province before it; the last one that speaks wins."""
    ordered: list[str] = []
    for name in names:
        parent = pack(name).parent
        for one in (parent, name) if parent else (name,):
            if one not in ordered:
                ordered.append(one)
    return tuple(ordered)


def packs_with(key: str) -> tuple[str, ...]:
    """The names of the packs that speak on a key."""
    return tuple(name for name in pack_names() if local_declaration(name, key) is not None)


@cache
def choosable() -> tuple[str, ...]:
    """The keys that a county decides on where the law is silent or open."""
    return tuple(key for key in keys() if declaration(key).choice is not None)


@cache
def statutes() -> dict[str, Statute]:
    """All legal texts that parameters cite, by their short id."""
    return {id_: parse_statute(id_, raw) for id_, raw in read_yaml(ROOT / "statutes.yaml").items()}


def statute(id_: str) -> Statute:
    """One legal text. Errors: LawDataError for an id that ``statutes.yaml`` does not hold."""
    try:
        return statutes()[id_]
    except KeyError:
        raise LawDataError(f"statutes.yaml 没有登记法律文件 {id_}。") from None


def _path(folder: Path, key: str) -> Path | None:
    if not _KEY.match(key):
        return None
    family, _, rest = key.partition(".")
    return folder / family / f"{rest}.yaml"


def _keys_under(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(f"{path.parent.name}.{path.stem}" for path in folder.glob("*/*.yaml")))
