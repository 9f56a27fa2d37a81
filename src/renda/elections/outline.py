"""Outlines of districts or townships from a county's own GeoJSON: checked, and cut down to names and rings.

Nothing of the file is kept but the names and the coordinates; it is never sent to a browser as it came.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election, MapOutline
from renda.journal.services import Line, change, record

MOST_BYTES, MOST_SHAPES, MOST_POINTS = 8_000_000, 2_000, 200_000
LONGEST_NAME = 60
PLACES = 5
NAMES = ("name", "NAME", "Name", "名称", "选区", "选区名称", "乡镇", "xzqmc", "XZQMC")
Ring = list[list[float]]


class BadOutline(ValueError):
    """The file cannot be used; the words say why and what to do."""


@dataclass(frozen=True)
class Outline:
    """Names with their rings (degrees east and north), and the number of points."""

    shapes: dict[str, list[Ring]]
    points: int


def read(content: bytes) -> Outline:
    """Read a GeoJSON file (a FeatureCollection of polygons with names). Errors: BadOutline."""
    if len(content) > MOST_BYTES:
        raise BadOutline(_("文件超过 %(most)s MB，请用制图软件简化后再上传。") % {"most": MOST_BYTES // 1_000_000})
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadOutline(_("这不是 GeoJSON 文件（不能按 UTF-8 的 JSON 读取），请让制图单位导出 GeoJSON 格式。")) from error
    features = data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise BadOutline(_("文件里没有图形（GeoJSON 的 FeatureCollection），请核对导出的图层。"))
    if len(features) > MOST_SHAPES:
        raise BadOutline(
            _("图形有 %(n)s 个，最多 %(most)s 个，请只导出本县的选区或乡镇。") % {"n": len(features), "most": MOST_SHAPES}
        )
    shapes: dict[str, list[Ring]] = {}
    points = 0
    for place, feature in enumerate(features, 1):
        name = _name(feature, place)
        rings = list(_rings(feature, name))
        points += sum(len(ring) for ring in rings)
        if points > MOST_POINTS:
            raise BadOutline(_("图形共有超过 %(most)s 个点，请用制图软件简化后再上传。") % {"most": MOST_POINTS})
        shapes.setdefault(name, []).extend(rings)
    return Outline(shapes, points)


def _name(feature: Any, place: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    for key in NAMES:
        value = properties.get(key) if isinstance(properties, dict) else None
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()[:LONGEST_NAME]
    raise BadOutline(_("第 %(n)s 个图形没有名称（属性 name 或“名称”），请在制图软件里填上选区或乡镇的名称。") % {"n": place})


def _rings(feature: dict[str, Any], name: str) -> Iterable[Ring]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    polygons = [parts] if kind == "Polygon" else parts if kind == "MultiPolygon" else None
    if not isinstance(polygons, list):
        raise BadOutline(_("“%(name)s”不是面（Polygon、MultiPolygon），请导出面图层。") % {"name": name})
    for polygon in polygons:
        for ring in polygon if isinstance(polygon, list) else ():
            if not isinstance(ring, list) or len(ring) < 4:
                raise BadOutline(_("“%(name)s”的边界不完整（不足四个点）。") % {"name": name})
            yield [_point(point, name) for point in ring]


def _point(point: Any, name: str) -> list[float]:
    if isinstance(point, list) and len(point) >= 2 and all(type(one) in (int, float) for one in point[:2]):
        east, north = float(point[0]), float(point[1])
        if math.isfinite(east) and math.isfinite(north) and abs(east) <= 180 and abs(north) <= 85:
            return [round(east, PLACES), round(north, PLACES)]
    raise BadOutline(_("“%(name)s”的坐标不是经纬度，请按 CGCS2000 或 WGS84 的经纬度导出。") % {"name": name})


def store(election: Election, content: bytes, filename: str, *, actor: Actor) -> Outline:
    """Keep the outlines for an election, in place of what there was. Errors: BadOutline, PermissionDenied."""
    gate.require(actor, roles.EDIT, election)
    outline = read(content)
    with change():
        Election.objects.select_for_update(of=("self",)).get(pk=election.pk)
        values = {
            "source": filename[:200], "shapes": outline.shapes, "points": outline.points, "by": str(actor), "at": clock.now(),
        }  # fmt: skip
        MapOutline.objects.update_or_create(election=election, defaults=values)
        said = {"file": filename[:200], "shapes": len(outline.shapes), "points": outline.points}
        record(Line(str(actor), "election.map_drawn", "elections.elections", election.pk, str(election), said))
    return outline


def remove(election: Election, *, actor: Actor) -> bool:
    """Go back to the schematic map; whether there was another."""
    gate.require(actor, roles.EDIT, election)
    with change():
        gone, _by_model = MapOutline.objects.filter(election=election).delete()
        if gone:
            record(Line(str(actor), "election.map_removed", "elections.elections", election.pk, str(election), {}))
    return bool(gone)
