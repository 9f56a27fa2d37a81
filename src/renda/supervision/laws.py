"""The legal texts that an inspection covers: what makes two writings of a name the same text, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from renda.core import bulk
from renda.registers.columns import Items
from renda.supervision.models import LawKind

_KIND_NAMED = re.compile(r"[（(](法律|行政法规|地方性法规|单行条例)[)）]$")
_VERSION = re.compile(r"[（(][^（）()]*(?:修正|修订|年)[^（）()]*[)）]")
_PLACE = re.compile("^[一-龥]{2,8}?(?:省|自治区|自治州|自治县|特区|(?<!城)市(?![场容政民]))")
_NAMED = {
    "法律": LawKind.LAW,
    "行政法规": LawKind.ADMINISTRATIVE,
    "地方性法规": LawKind.LOCAL,
    "单行条例": LawKind.LOCAL,
}


def same_name(name: str) -> str:
    """The name without 《》, version, a bracketed kind and 中华人民共和国: one text is counted once however it is written."""
    bare = _VERSION.sub("", _KIND_NAMED.sub("", name.strip()))
    bare = re.sub(r"[《》\s]", "", bare)
    return bare.removeprefix("中华人民共和国") or name.strip()


def kind_of(name: str) -> str:
    """The kind of a legal text: what stands in brackets behind it, else what its name says (Legislation Law)."""
    if named := _KIND_NAMED.search(name.strip()):
        return _NAMED[named[1]]
    bare = same_name(name)
    if bare.endswith("法") and not bare.endswith("办法"):
        return LawKind.LAW
    if bare.endswith(("条例", "规定", "办法", "细则", "决定")):
        return LawKind.LOCAL if _PLACE.match(bare) else LawKind.ADMINISTRATIVE
    return LawKind.OTHER


@dataclass(kw_only=True)
class Laws(Items):
    """The legal texts of an inspection, each once."""

    def store(self, values: Mapping[int, Any]) -> None:
        self.rows._default_manager.filter(**{f"{self.parent}_id__in": list(values)}).delete()
        rows: dict[tuple[int, str], dict[str, Any]] = {}
        for own, several in values.items():
            for name in several or ():
                same = same_name(name)
                row = {f"{self.parent}_id": own, "name": name, "same": same, "kind": kind_of(name)}
                rows.setdefault((own, same), row)
        bulk.insert_plain(self.rows, list(rows.values()))
