"""From the words of a placeholder to one of the platform's indicators and its parts; what fits two is never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from renda.core.text import nearest, normalise
from renda.figures import combine
from renda.figures.indicators import Breakdown, Indicator

from .grammar import WORDS, Misread

_AMOUNTS = {
    "次数": "次",
    "件数": "件",
    "人数": "人",
    "项数": "项",
    "份数": "份",
    "个数": "个",
    "场数": "场",
    "条数": "条",
    "户数": "户",
}
_SHOWN = 6


class Names:
    """All indicators by the words that may name them."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self._by_word: dict[str, dict[str, Indicator]] = defaultdict(dict)
        self._own: dict[str, Indicator] = {}
        for indicator in indicators:
            self._own[_key(indicator.name)] = self._own[indicator.code] = indicator
            for word in (indicator.code, indicator.name, *indicator.aliases):
                self._by_word[_key(word)][indicator.code] = indicator
        self._rooms = {normalise(str(config.verbose_name)): config.label for config in apps.get_app_configs()}

    @property
    def words(self) -> frozenset[str]:
        """Every word that names an indicator."""
        return frozenset(self._by_word)

    def find(self, word: str) -> Indicator:
        """The indicator that a word (执法检查) or a subject and its measure (培训.人次) names. Raises Misread."""
        subject, _dot, measure = word.partition(".")
        found: dict[str, Indicator] = {}
        for candidates in (self._named(word), self._named(subject + measure), self._measured(subject, measure)):
            found = candidates
            if found:
                break
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            said = "、".join(f"{{{{ {indicator.name} }}}}" for indicator in list(found.values())[:_SHOWN])
            raise Misread(f"“{word}”可以指几个指标，请写明是哪一个：{said}。", tuple(i.name for i in found.values())[:_SHOWN])
        near = tuple(self._nearest(word))
        hint = f"是不是要写：{'、'.join(f'{{{{ {one} }}}}' for one in near)}？" if near else ""
        raise Misread(f"没有名为“{word}”的指标。{hint}全部指标见 renda figures list。", near)

    def _named(self, word: str) -> dict[str, Indicator]:
        """Those with this name or code, else those with this alias."""
        own = self._own.get(word)
        return {own.code: own} if own else self._by_word.get(word, {})

    def _measured(self, subject: str, measure: str) -> dict[str, Indicator]:
        """Those named by the subject that are counted in this measure, else those of the room so named that go by the measure's word."""
        if not measure:
            return {}
        unit = _AMOUNTS.get(measure, measure)
        counted = {code: one for code, one in self._named(subject).items() if unit in one.units}
        room = next((label for name, label in self._rooms.items() if subject and subject in name), None)
        return counted or {code: one for code, one in self._named(measure).items() if room and code.startswith(f"{room}.")}

    def _nearest(self, word: str) -> list[str]:
        names = [name for name in self._by_word if "." not in name or not name.isascii()]
        return nearest(word.replace(".", ""), [*names, *WORDS])


def narrowed(indicator: Indicator, parts: tuple[str, ...]) -> dict[str, str]:
    """The filters that the parts of a placeholder mean; a value that only the records know is given with ``~``. Raises Misread."""
    where: dict[str, str] = {}
    dimensions = combine.dimensions(indicator)
    if parts and not dimensions:
        raise Misread(f"“{indicator.name}”没有分项，请去掉括号里的内容。")
    for part in parts:
        by, sign, label = part.partition("=")
        one, value = _dimension(indicator, dimensions, by, label) if sign else _bare(indicator, dimensions, part)
        where[one.code] = value
    return where


def _dimension(indicator: Indicator, dimensions: tuple[Breakdown, ...], by: str, label: str) -> tuple[Breakdown, str]:
    for one in dimensions:
        if by in (one.code, one.name):
            known = _labels(one)
            if known and label not in known:
                raise Misread(f"“{one.name}”没有“{label}”这一项，可写：{'、'.join(known)}。", tuple(nearest(label, known)))
            return one, label if known else f"~{label}"
    names = [one.name for one in dimensions]
    raise Misread(f"“{indicator.name}”不能按“{by}”分，可按：{'、'.join(names)}。", tuple(nearest(by, names)))


def _bare(indicator: Indicator, dimensions: tuple[Breakdown, ...], label: str) -> tuple[Breakdown, str]:
    """A label alone: the one dimension that has it; else the only one whose labels come from the records."""
    having = [one for one in dimensions if label in _labels(one)]
    if len(having) == 1:
        return having[0], label
    open_ones = [one for one in dimensions if not _labels(one)]
    if not having and len(open_ones) == 1:
        return open_ones[0], f"~{label}"
    names = "、".join(f"{one.name}={label}" for one in having or open_ones or dimensions)
    raise Misread(f"“{label}”是“{indicator.name}”的哪种分项，不能确定，请写成：{names}。")


def _labels(dimension: Breakdown) -> list[str]:
    choices = getattr(dimension.labels, "choices", dimension.labels) or {}
    return [str(name) for _value, name in dict(choices).items()]


def _key(word: str) -> str:
    return normalise(word).replace(" ", "")
