"""Pictures that the server draws as SVG: a map from outlines, a schematic map of tiles, a pyramid of ages. Each has its table beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

WIDTH = 640.0
SHADES = 4
BAND_HEIGHT, HALF, MIDDLE = 20.0, 250.0, 88.0
Project = Callable[[Sequence[float]], tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """Something on the map: its name, its number (None: not known), the words of the number."""

    name: str
    value: float | None
    words: str


@dataclass(frozen=True)
class Shape:
    """A place drawn: its path and where its name stands (nothing for a tile), its shade 0 (not known) to 4."""

    place: Place
    shade: int
    path: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Map:
    """A drawn map. ``legend``: shade and the words of its range. ``missing``: places that the outlines do not show."""

    shapes: list[Shape]
    width: float
    height: float
    legend: list[tuple[int, str]] = field(default_factory=list)
    schematic: bool = False
    missing: list[str] = field(default_factory=list)

    @property
    def box_width(self) -> float:
        """The width with a margin for strokes."""
        return self.width + 4

    @property
    def box_height(self) -> float:
        """The height with a margin for strokes."""
        return self.height + 4


def draw(places: Sequence[Place], outlines: Mapping[str, Sequence[Sequence[Sequence[float]]]] | None, unit: str = "%") -> Map:
    """The map of these places: from outlines where any fits them, else as tiles in their order."""
    steps = _steps([one.value for one in places if one.value is not None])
    known = {one.name: one for one in places}
    fitting = {name: rings for name, rings in (outlines or {}).items() if name in known}
    if not fitting:
        return _tiles(places, steps, unit)
    project, height = _projection([point for rings in fitting.values() for ring in rings for point in ring])
    shapes = []
    for name, rings in fitting.items():
        drawn = [[project(point) for point in ring] for ring in rings]
        x, y = _middle(max(drawn, key=len))
        shapes.append(Shape(known[name], _shade(known[name].value, steps), "".join(_path(ring) for ring in drawn), x, y))
    missing = [one.name for one in places if one.name not in fitting]
    return Map(shapes, WIDTH, height, _legend(steps, unit), False, missing)


def _steps(values: Sequence[float]) -> list[float]:
    """The lower ends of equal ranges between the least and the greatest value; one where all are alike."""
    if not values:
        return []
    least, most = min(values), max(values)
    if most - least < 0.05:
        return [least]
    return [least + (most - least) * n / SHADES for n in range(SHADES)]


def _shade(value: float | None, steps: Sequence[float]) -> int:
    if value is None:
        return 0
    return max(1, sum(value >= step - 1e-9 for step in steps)) if len(steps) > 1 else 3


def _legend(steps: Sequence[float], unit: str) -> list[tuple[int, str]]:
    form = ",.0f" if steps and steps[-1] >= 1000 else ".1f"  # people, not per cent
    if len(steps) == 1:
        return [(3, f"{steps[0]:{form}}{unit}")]
    width = steps[1] - steps[0] if len(steps) > 1 else 0
    return [(n, f"{step:{form}}—{step + width:{form}}{unit}") for n, step in enumerate(steps, 1)]


def _projection(points: Sequence[Sequence[float]]) -> tuple[Project, float]:
    """Degrees to the picture: a plate carrée true at the middle latitude, which suits a county's size."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, (north - south) * 0.8, 1e-9)
    left = (WIDTH - (east - west) * squeeze * scale) / 2

    def project(point: Sequence[float]) -> tuple[float, float]:
        return round(left + (point[0] - west) * squeeze * scale, 1), round((north - point[1]) * scale, 1)

    return project, round((north - south) * scale, 1)


def _path(ring: Sequence[tuple[float, float]]) -> str:
    """A ring as an SVG path, without points that fall together at the picture's size."""
    kept: list[tuple[float, float]] = []
    for point in ring:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 0.5:
            kept.append(point)
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)


def _tiles(places: Sequence[Place], steps: Sequence[float], unit: str) -> Map:
    """Without outlines: the places in their order, as tiles that the page lays out."""
    return Map([Shape(one, _shade(one.value, steps)) for one in places], WIDTH, 0.0, _legend(steps, unit), True)


@dataclass(frozen=True)
class Bar:
    """One band of ages: its words, men and women, where its row stands and how long its bars are."""

    label: str
    men: int
    women: int
    y: float
    left: float
    men_width: float
    women_width: float


@dataclass(frozen=True)
class Pyramid:
    """A pyramid of ages, the oldest on top."""

    bars: list[Bar]
    width: float
    height: float
    middle: float
    right: float


def pyramid(bands: Sequence[tuple[str, int, int]]) -> Pyramid:
    """The pyramid of bands (words, men, women), given from the youngest on."""
    most = max((max(men, women) for _label, men, women in bands), default=0) or 1
    bars = []
    for row, (label, men, women) in enumerate(reversed(bands)):
        his, hers = round(men / most * HALF, 1), round(women / most * HALF, 1)
        bars.append(Bar(label, men, women, row * BAND_HEIGHT, round(HALF - his, 1), his, hers))
    return Pyramid(bars, 2 * HALF + MIDDLE, len(bands) * BAND_HEIGHT, HALF + MIDDLE / 2, HALF + MIDDLE)
