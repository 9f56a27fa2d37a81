"""Choosing the binding of each figure by the table. Pure: neither Django nor a database is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from renda.reports.draft.model import Binding
from renda.reports.recognise.figure import Figure
from renda.reports.recognise.lexicon import series

from . import narrow, when, why
from .clash import clashing
from .context import Around, around
from .table import ABSENT, ANY, Entry, Route, Target, direct, entries, shares

NAMED_OUTRIGHT = 0.8
GROUP_SHARES = frozenset(("petitions.group_share", "suggestions.count"))
_OTHER_BASE = re.compile(r"(?:比|较|同)(?:上届|上一届|上次换届|五年前|上月|上季度|上半年|((?:19|20)\d{2})年)|环比")
_OF_THE_TERM = ("I125", "I126")
_SHARE = re.compile(r"(?:占(?:比|总数|比例)?(?:的|为|达|近|约)*|[（(])$")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure counts, or None and why it stays open (Chinese; says between what, where there was a choice)."""

    binding: Binding | None
    why: str = ""


def bind(figures: Sequence[Figure], text: str = "", *, year: int | None = None) -> list[Bound]:
    """The binding of each figure, in order; open ones with a reason.

    `text` is the text that the figures were recognised in: with it the words around a figure are heeded, without it only the
    figure's own phrase. `year` is the text's own year (without it, the year most figures speak of).
    """
    own = year or _own_year(figures)
    found: list[Bound] = []
    for index, figure in enumerate(figures):
        place = around(figures, index, text)
        found.append(_bound(figure, place, own, found[-1] if found and place.previous else None))
    for index, reason in clashing(figures, [bound.binding for bound in found], text).items():
        found[index] = Bound(None, reason)
    return found


def _own_year(figures: Sequence[Figure]) -> int | None:
    years = Counter(
        figure.period["year"] for figure in figures if figure.period.get("type") in ("year", "at") and "year" in figure.period
    )
    return years.most_common(1)[0][0] if years else None


def _bound(figure: Figure, place: Around, year: int | None, before: Bound | None) -> Bound:
    if figure.kind == "name":
        return Bound(None, "空缺处是名称，不是数字")
    if figure.form == "rank":
        return Bound(None, "名次由上级公布，不由本平台计算")
    period = when.relative(figure.period, year)
    other_base = figure.form == "change" and _against_another_base(place, year)
    if other_base and figure.reference not in _OF_THE_TERM:
        return Bound(None, "变化的基数不是上年同期（如上届、上月），平台只与上年同期相比，请核对")
    if figure.reference is None:
        return _without_reference(figure, place, period)
    if isinstance(period, str):
        return Bound(None, period)
    if other_base:
        period = {"type": "term"}
    elif figure.form == "change" and before and before.binding and place.previous and _of_the_same(figure, place.previous):
        return _change_of(figure, place.previous, before.binding)
    if figure.form == "ratio" and before and before.binding and _SHARE.search(place.before):
        share = _share_of(figure, before.binding)
        if share:
            return share
    return _routed(figure, place, period)


def _against_another_base(place: Around, year: int | None) -> bool:
    """Whether a change is told against something else than the year before (比上届, 环比, 比2015年)."""
    found = [match[1] for match in _OTHER_BASE.finditer(f"{place.before} {place.near}")]
    return any(named is None or year is None or int(named) != year - 1 for named in found)


def _without_reference(figure: Figure, place: Around, period: dict[str, object] | str) -> Bound:
    """What the reference list does not know, but our own indicators name outright; what is a tie, or was left open, stays open."""
    open_ = Bound(None, why.unbound(figure))
    if figure.why.startswith(("tie", "remembered")):
        return open_
    routed = _routed_by(direct(), _named_outright(figure), place, {} if isinstance(period, str) else period)
    if routed.binding is None:
        return open_
    return Bound(None, period) if isinstance(period, str) else routed


def _named_outright(figure: Figure) -> Figure:
    """The figure with the confidence that words of an indicator's own name give."""
    return replace(figure, confidence=NAMED_OUTRIGHT)


def _change_of(figure: Figure, previous: Figure, binding: Binding) -> Bound:
    """A change told right after the figure that changed (350件，同比下降12%): of the same thing."""
    form = "change" if figure.unit in why.PERCENT else "difference"
    if figure.bare_unit in why.POINTS and binding.form != "ratio":
        return Bound(None, f"“{figure.text}”是百分点，前面的“{previous.text}”却不是比率")
    if form == "difference" and figure.bare_unit not in (previous.bare_unit, *why.POINTS):
        return Bound(None, f"“{figure.text}”与前面的“{previous.text}”计量单位不同，不能确定是谁的变化")
    if form == "change" and binding.form == "ratio":
        return Bound(None, f"“{previous.text}”是比率，它的变化是百分点还是百分比，文中没有说明")
    form = "change" if figure.bare_unit in why.POINTS else form
    return Bound(
        replace(binding, form=form, confidence=min(binding.confidence, figure.confidence), alike=_as(binding.alike, form))
    )


def _of_the_same(figure: Figure, previous: Figure) -> bool:
    """Whether a change may be the change of the figure before it."""
    return figure.reference in (previous.reference, series().get(previous.reference or "", {}).get("change"))


def _share_of(figure: Figure, binding: Binding) -> Bound | None:
    """A share told right after the count that it is of (43件，占75.4%); None where no rate is known for that count."""
    target = shares().get(binding.indicator)
    if target is None or binding.form != "value":
        return None
    where = {**binding.where, **target.where}
    if not where and target.code in GROUP_SHARES:
        return None
    confidence = min(binding.confidence, figure.confidence)
    return Bound(Binding(target.code, where, binding.period, "ratio", confidence))


def _as(alike: Sequence[Binding], form: str) -> tuple[Binding, ...]:
    return tuple(replace(one, form=form) for one in alike)


def _routed(figure: Figure, place: Around, period: dict[str, object]) -> Bound:
    entry = entries().get(figure.reference or "")
    if entry is None:
        return Bound(None, f"参考指标 {figure.reference} 还没有对应的平台指标")
    return _routed_by(entry, figure, place, period)


def _routed_by(entry: Entry, figure: Figure, place: Around, period: dict[str, object]) -> Bound:
    routes = [route for route in entry.routes if _holds(route, figure, place)]
    if not routes:
        return Bound(None, why.no_route(figure, entry))
    route = routes[0]
    if route.target is None:
        return Bound(None, route.why)
    if _relative(figure) and _measured_otherwise(route, routes):
        return Bound(None, f"“{figure.text}”是哪一个数的增减，文中没有写明")
    narrowed = narrow.where(entry, route, figure, place)
    if isinstance(narrowed, str):
        return Bound(None, narrowed)
    return _made(figure, route, route.target, narrowed, period)


def _relative(figure: Figure) -> bool:
    """Whether it is a change in per cent, which says nothing of the measure word of what changed."""
    return figure.form == "change" and figure.bare_unit in why.PERCENT


def _measured_otherwise(route: Route, routes: Sequence[Route]) -> bool:
    """Whether routes of another measure word lead elsewhere (批次 or 人次)."""
    return any(
        other.target and other.units != route.units and other.target.code != route.target.code for other in routes if route.target
    )


def _made(figure: Figure, route: Route, target: Target, narrowed: narrow.Narrowed, period: dict[str, object]) -> Bound:
    form = _form(figure)
    asked = {**period, **({"type": route.at} if route.at else {})}
    confidence = round(figure.confidence * route.certainty, 2)
    main = Binding(target.code, {**narrowed.where, **target.where}, asked, form, confidence)
    others = [Binding(one.code, {**one.where, **narrowed.where}, asked, form) for one in route.alike]
    others += [replace(main, where=other, confidence=1.0) for other in narrowed.others]
    alike = tuple(one for one in others if (one.indicator, one.where) != (main.indicator, main.where))
    return Bound(replace(main, alike=alike))


def _form(figure: Figure) -> str:
    if figure.form != "change":
        return "ratio" if figure.kind == "ratio" else "value"
    return "change" if figure.bare_unit in why.PERCENT + why.POINTS else "difference"


def _holds(route: Route, figure: Figure, place: Around) -> bool:
    return _form_fits(route, figure) and _dims_fit(route, figure) and _neighbours_fit(route, place) and _words_fit(route, place)


def _form_fits(route: Route, figure: Figure) -> bool:
    wanted = "ratio" if figure.bare_unit in why.POINTS or figure.kind == "ratio" else "value"
    if route.form not in (wanted, "any"):
        return False
    return _relative(figure) or route.units is None or bool(route.units.fullmatch(figure.bare_unit))


def _dims_fit(route: Route, figure: Figure) -> bool:
    stated = figure.breakdown
    return all(stated.get(dim, ABSENT) in values or (ANY in values and dim in stated) for dim, values in route.dims.items())


def _neighbours_fit(route: Route, place: Around) -> bool:
    for wanted, neighbour in ((route.previous, place.previous), (route.following, place.following)):
        if wanted and (neighbour is None or neighbour.reference not in wanted):
            return False
    return True


def _words_fit(route: Route, place: Around) -> bool:
    texts = {
        "w": place.near,
        "x": place.near,
        "b": place.before,
        "a": place.after,
        "s": place.sentence,
        "xs": place.sentence,
        "g": place.paragraph,
    }
    return all(bool(pattern.search(texts[where])) is (where not in ("x", "xs")) for where, pattern in route.patterns)
