"""Narrowing: the recogniser's breakdowns of a figure, as filters on our indicators' breakdowns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from renda.reports.recognise.figure import Figure
from renda.reports.recognise.lexicon import entries as vocabulary

from .context import Around
from .table import TOLD, Dim, Entry, Route, kinds

_LEVELS = {
    "全国": "全国", "省": "省级", "市": "@市", "县": "县级", "区": "县级", "旗": "县级", "乡镇": "乡级", "乡": "乡级", "镇": "乡级",
}  # fmt: skip
_ONE = r"(?:全国|省|市|县|区|旗|乡镇|乡|镇)"
_RUN = rf"(?:(?:全国|省)?(?:省)?市?[县区]?(?:乡镇|乡|镇)?(?=级|人大|代表|[两三四五])|{_ONE})"
_DEPUTIES = re.compile(
    rf"(?<![全我各本该])((?:{_ONE}级?[、和及与])*{_RUN}级?)(?:[两三四五]级)?(?:人大)?代表(?!大会|团|之家|联络|家)"
)
_NAMED_LEVEL = re.compile(_ONE)
_OPEN_LIST = re.compile(r"等")


@dataclass
class Narrowed:
    """Filters, and which of them the words leave in doubt."""

    where: dict[str, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    instead: list[dict[str, str]] = field(default_factory=list)

    @property
    def others(self) -> list[dict[str, str]]:
        """The readings without a filter that the words do not press home (视察、调研等), or with another in its place."""
        without = [{by: label for by, label in self.where.items() if by != one} for one in self.loose]
        return without + [{**self.where, **other} for other in self.instead]


def where(entry: Entry, route: Route, figure: Figure, place: Around) -> Narrowed | str:
    """The filters of a figure that goes this route, or why they cannot be told."""
    found = Narrowed()
    by, _, _ = entry.level.partition("+")
    level = (levels(place.near) or (levels(place.sentence) if entry.level.endswith("+") else "")) if by else ""
    if level:
        found.where[by] = level
    free, _, free_dim = route.free.partition("=")
    for dim, value in figure.breakdown.items():
        if dim in ("方向", free_dim) or dim in route.dims:
            continue
        spec = entry.dims.get(dim)
        if spec is not None and (spec.several == TOLD or (level and spec.by == by)):
            continue
        if spec is None:
            return f"平台指标不能按“{dim}：{value}”区分"
        reason = _apply(entry, spec, dim, value, figure, place, found)
        if reason:
            return reason
    reason = _named(route.free, figure, place, found) if free else ""
    return reason or _by_name(entry, place, found) or found


def _by_name(entry: Entry, place: Around, found: Narrowed) -> str:
    """Add the filters whose labels the words name outright (主动审查); the reason where several are named at once."""
    for by, names in entry.named.items():
        labels = [label for word, label in names.items() if word in place.near]
        if len(labels) > 1:
            return f"文中同时写了“{'”“'.join(labels)}”，不能确定只计哪一项"
        if labels:
            found.where[by] = labels[0]
    return ""


def _named(free: str, figure: Figure, place: Around, found: Narrowed) -> str:
    """Add the filter that the text's own words give; the reason where they give none."""
    if free.endswith("+"):
        return _merged(free[:-1], place, found)
    by, _, dim = free.partition("=")
    words = figure.breakdown.get(dim) or figure.phrase
    if not words:
        return "没有写明是哪一项"
    found.where[by] = f"~{words}"
    if by == "name":  # an output is summed in its own measure word only
        found.where["unit"] = figure.bare_unit
    return ""


def _merged(by: str, place: Around, found: Narrowed) -> str:
    """The kinds of supervision that a merged count names (执法检查、视察和调研); with 等, all kinds of activities must agree."""
    named = [label for word, label in kinds().items() if word in place.near]
    if len(named) < 2:
        return "合并计算的是哪几类监督活动，文中没有写明"
    found.where[by] = "、".join(named)
    if _OPEN_LIST.search(place.near):
        found.instead.append({by: "、".join(kinds().values())})
    return ""


def levels(text: str) -> str:
    """The levels of deputies that a phrase names (省、市人大代表 → 省级、市级); empty where it names none."""
    named = [_NAMED_LEVEL.findall(match[1]) for match in _DEPUTIES.finditer(text)]
    found = dict.fromkeys(_LEVELS[one] for group in named[-1:] for one in group)
    return "、".join(found)


def _apply(entry: Entry, spec: Dim, dim: str, value: str, figure: Figure, place: Around, found: Narrowed) -> str:
    """Add the filter of one breakdown; the reason where it cannot be told."""
    values = several(entry.code, dim, place.near)
    if len(values) > 1 and place.before.rstrip().endswith("各"):
        return f"“各”说的是“{'”“'.join(values)}”每一项都是这个数，须逐项核对"
    if len(values) > 1 and spec.several == "drop":
        return ""
    if len(values) > 1 and spec.several == "open":
        return f"文中同时写了“{'”“'.join(values)}”，不能确定只计哪一项"
    wanted = values if len(values) > 1 else [value]
    labels = []
    for one in wanted:
        if one not in spec.labels:
            return f"平台指标没有与“{dim}：{one}”对应的分类"
        label = spec.labels[one]
        if label and label.startswith("!"):
            return label[1:]
        labels.append(label)
    if None in labels:
        return ""
    if len(values) > 1 and _OPEN_LIST.search(place.near):
        found.loose.append(spec.by)
    found.where[spec.by] = "、".join(dict.fromkeys(label for label in labels if label))
    return ""


def several(code: str, dim: str, words: str) -> list[str]:
    """The values of a breakdown that the words name, each place in the words counted for the first value that fits it."""
    entry = vocabulary().get(code)
    taken: list[tuple[int, int]] = []
    found = []
    for value, cue in (entry.dims.get(dim, {}) if entry else {}).items():
        for match in cue.finditer(words):
            if match[0] and all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append(value)
    return list(dict.fromkeys(found))
