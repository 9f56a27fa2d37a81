"""Where voters are, against deputies and stations: the map, what nobody covers, and the numbers of each township."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models.divisions import Level
from renda.elections import drawing
from renda.elections.models import MapOutline
from renda.stations.models import Station
from renda.web import coverage, presenting
from renda.web.figure_pages import division_asked

SHOWN, ALL = 6, 500


@dataclass(frozen=True)
class Line:
    """Somewhere that needs somebody: its name, its address (empty: none), and what to know of it."""

    title: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class Gap:
    """A kind of gap: its name, what to do about it, and where."""

    name: str
    todo: str
    lines: list[Line]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """A county by township, or a township by district and station. For those who see figures, within their own division."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    gate.require(actor, roles.VIEW, Station)
    own, division = presenting.division_of(actor), division_asked(request, actor)
    if division.level not in (Level.COUNTY, Level.TOWNSHIP):
        raise Http404
    wanted = request.GET.get("months", "")
    months = int(wanted) if wanted in map(str, coverage.QUIET_MONTHS) else coverage.USUAL_MONTHS
    found = coverage.look(division, months)
    one = found.areas[0] if division.level == Level.TOWNSHIP and found.areas else None
    crumbs = [(_("首页"), "/"), (_("选民、代表和站点"), "/coverage/" if one and own != division else "")]
    context = {
        "found": found, "one": one, "months": months, "choices": coverage.QUIET_MONTHS, "gaps": gaps(found, months),
        "shown": ALL if one else SHOWN,
        "map": None if one else picture(found), "map_words": _("每个站点的选民数"),
        "crumbs": [*crumbs, (division.name, "")] if one and own != division else crumbs,
    }  # fmt: skip
    return render(request, "web/coverage.html", context)


def gaps(found: coverage.Coverage, months: int) -> list[Gap]:
    """What nobody covers, kind by kind; kinds without any are left out."""
    several = [
        Gap(_("代表出缺的选区"), _("由原选区补选（《选举法》第五十七条第一款）"), [_vacancy(one) for one in found.vacant]),
        Gap(_("没有站点的乡镇"), _("请在“代表联络站”中登记，或考虑设站"), [_township(one) for one in found.without_place]),
        Gap(
            _("没有代表进站的站点"),
            _("请在“进站代表”中安排"),
            [_place(one, _("可安排：%s"), one.could) for one in found.unmanned],
        ),
        Gap(
            _("近 %(n)s 个月没有接待日的站点") % {"n": months},
            _("请安排接待日；已经接待的，请补登“接待日记录”"),
            [_place(one, _("建议轮值：%s"), [turn.name for turn in one.next]) for one in found.quiet],
        ),
    ]
    return [one for one in several if one.lines]


def _vacancy(one: coverage.District) -> Line:
    words = _("应选 %(seats)s 名，在任 %(held)s 名") % {"seats": one.seats, "held": len(one.deputies)}
    return Line(one.name, words)


def _township(one: coverage.Area) -> Line:
    return Line(one.name, _("选民 %s 人") % f"{one.voters:,}" if one.voters is not None else "")


def _place(one: coverage.Place, words: str, names: list[str]) -> Line:
    said = [
        _("最近一次接待 %s") % one.last.isoformat() if one.last else _("从未登记接待日"),
        words % "、".join(names) if names else "",
    ]
    return Line(
        one.name, " · ".join(filter(None, [one.area, *said])), reverse("ui:detail", args=["stations", "stations", one.pk])
    )


def picture(found: coverage.Coverage) -> drawing.Map | None:
    """Voters for each station on the map of the election, or on tiles; None where nobody's voters are known."""
    values = [(area.name, area.voters_per_place) for area in found.areas]
    if not any(value for _name, value in values):
        return None
    held = MapOutline.objects.filter(election=found.election).first() if found.election else None
    places = [
        drawing.Place(name, value, _("%(n)s 人") % {"n": f"{value:,}"} if value is not None else "—") for name, value in values
    ]
    return drawing.draw(places, held.shapes if held else None, _("人"))
