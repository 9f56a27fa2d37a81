"""The placeholders of a template answered for one division and year, all in one set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renda.core import clock
from renda.documents.days import spoken
from renda.figures import registry
from renda.reports.binding import sentence
from renda.reports.draft.model import Binding

from .grammar import FORMS, WORDS, Asked, Misread, parse
from .names import Names, narrowed
from .result import Filled
from .writing import written

if TYPE_CHECKING:
    from renda.directory.gate import Actor
    from renda.directory.models import Division
    from renda.reports.binding.answers import Answer

NO_DIVISION = "台账里还没有登记任何区划，没有可以计算的记录"
NO_END = "占位符没有写完，缺少右边的 }}。"


@dataclass(frozen=True)
class Spot:
    """A placeholder where it stands: its text, the inside (None: not closed), the words around it, the place."""

    placeholder: str
    inside: str | None
    ahead: str
    behind: str
    place: str


@dataclass(frozen=True)
class _Read:
    """A placeholder understood, or why not."""

    spot: Spot
    asked: Asked | None = None
    binding: Binding | None = None
    misread: Misread | None = None


def answer_spots(spots: Sequence[Spot], *, year: int, division: Division | None, actor: Actor) -> list[Filled]:
    """What becomes of each placeholder. Without a division every figure is marked. PermissionDenied outside the actor's scope."""
    from renda.reports.binding.answers import answer_all

    names = Names(registry.all_indicators())
    read = [_understood(spot, year, names) for spot in spots]
    bindings = list({_key(one.binding): one.binding for one in read if one.binding}.values())
    answers = answer_all(bindings, year, division, actor) if division is not None else []
    known = {_key(binding): answer for binding, answer in zip(bindings, answers, strict=False)}
    return [_filled(one, year, division, known.get(_key(one.binding)) if one.binding else None) for one in read]


def _understood(spot: Spot, year: int, names: Names) -> _Read:
    if spot.inside is None:
        return _Read(spot, misread=Misread(NO_END))
    try:
        asked = parse(spot.inside, year, names.words)
        if asked.name in WORDS:
            return _Read(spot, asked)
        indicator = names.find(asked.name)
        form = next((FORMS[way] for way in asked.ways if way in FORMS), "value")
        return _Read(spot, asked, Binding(indicator.code, narrowed(indicator, asked.parts), dict(asked.period), form))
    except Misread as misread:
        return _Read(spot, misread=misread)


def _filled(one: _Read, year: int, division: Division | None, answer: Answer | None) -> Filled:
    spot = one.spot
    if one.misread is not None or one.asked is None:
        near = one.misread.nearest if one.misread else ()
        return Filled(spot.placeholder, "unknown", spot.placeholder, spot.place, why=str(one.misread or ""), nearest=near)
    if one.binding is None:
        return _word(spot, one.asked.name, year, division)
    counts = sentence(one.binding, year)
    if answer is None or answer.value is None:
        why = (answer.why if answer else "") or NO_DIVISION
        return Filled(spot.placeholder, "marked", spot.placeholder, spot.place, one.binding.indicator, counts, why=why)
    why = _doubt(one.binding, answer)
    return Filled(
        spot.placeholder, "marked" if why else "filled", written(answer.value, answer.unit, one.asked.ways, spot.ahead, spot.behind),
        spot.place, one.binding.indicator, counts, answer.value, answer.before, answer.unit, answer.records, why,
        form=one.binding.form,
    )  # fmt: skip


def _doubt(binding: Binding, answer: Answer) -> str:
    """Why a value that can be computed must still be looked at."""
    if not answer.value:
        return "算得为 0，可能是台账没有登记，请核对。"
    if answer.value < 0 and binding.form in ("change", "difference"):
        return "是负数，请看前后文字（增长、下降）是否相符。"
    return ""


def _word(spot: Spot, name: str, year: int, division: Division | None) -> Filled:
    today = clock.today()
    values = {
        "年度": str(year), "上年度": str(year - 1), "下年度": str(year + 1), "区划": division.name if division else "",
        "日期": spoken(today),
    }  # fmt: skip
    if not values[name]:
        return Filled(spot.placeholder, "marked", spot.placeholder, spot.place, why=NO_DIVISION)
    return Filled(spot.placeholder, "filled", values[name], spot.place)


def _key(binding: Binding) -> tuple[object, ...]:
    return binding.indicator, tuple(sorted(binding.where.items())), tuple(sorted(binding.period.items())), binding.form
