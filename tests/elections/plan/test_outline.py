"""Outlines: what is no map is refused in words, what is one is cut down; pictures stay in their frames."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.elections import drawing, outline
from renda.elections.drawing import Place
from renda.elections.outline import BadOutline

RING = [[110, 30], [111, 30], [111, 31], [110, 30]]


def feature(coordinates: Any, name: Any = "甲", kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


def file(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "不是 GeoJSON"),
        (b"[]", "没有图形"),
        (b'{"type": "FeatureCollection", "features": []}', "没有图形"),
        (b"[" * 100_000, "不是 GeoJSON"),
        (file("x"), "第 1 个图形没有名称"),
        (file(feature([RING], name=3)), "没有名称"),
        (file(feature([RING], name="甲\u202e")), "没有名称"),
        (file(feature([110, 30], kind="Point")), "不是面"),
        (file(feature([RING[:2]])), "边界不完整"),
        (file(feature([[*RING, [500000, 3000000]]])), "不是经纬度"),
        (file(feature([[*RING, [True, 3]]])), "不是经纬度"),
        (file(feature([[*RING, "x"]])), "不是经纬度"),
        (file(feature([[*RING, [float("nan"), 3]]])), "不是经纬度"),
        (file(feature([RING * 60_000])), "简化"),
    ],
)
def test_what_is_no_map_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(BadOutline, match=words):
        outline.read(content)


def test_a_file_too_large_is_refused_unread() -> None:
    with pytest.raises(BadOutline, match="超过 8 MB"):
        outline.read(b" " * (outline.MOST_BYTES + 1))


def test_parts_of_one_name_are_joined_and_coordinates_rounded() -> None:
    found = outline.read(
        file(feature([RING]), feature([[[[110.1234567, 30], [111, 30], [111, 31], [110, 30]]]], kind="MultiPolygon"))
    )
    assert found.points == 8
    assert [ring[0] for ring in found.shapes["甲"]] == [[110.0, 30.0], [110.12346, 30.0]]


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=4, max_size=30))
def test_a_drawn_map_stays_in_its_frame(points: list[tuple[float, float]]) -> None:
    drawn = drawing.draw([Place("甲", 50.0, "50%")], {"甲": [[list(point) for point in points]]})
    (shape,) = drawn.shapes
    numbers = [float(part) for part in shape.path.strip("MZ").replace("L", " ").split()]
    xs, ys = numbers[::2], numbers[1::2]
    assert min(xs) >= -0.2
    assert max(xs) <= drawn.width + 0.2
    assert min(ys) >= -0.2
    assert max(ys) <= drawn.height + 0.2


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_shades_follow_the_numbers(values: list[float]) -> None:
    drawn = drawing.draw([Place(str(n), value, "") for n, value in enumerate(values)], None)
    assert drawn.schematic
    pairs = sorted((shape.place.value or 0.0, shape.shade) for shape in drawn.shapes)
    assert [shade for _value, shade in pairs] == sorted(shade for _value, shade in pairs)
    assert all(1 <= shade <= drawing.SHADES for _value, shade in pairs)


def test_a_place_without_a_number_has_no_shade() -> None:
    drawn = drawing.draw([Place("甲", None, "—"), Place("乙", 3.0, "3%")], None)
    assert [shape.shade for shape in drawn.shapes] == [0, 3]


def test_the_pyramid_has_the_oldest_on_top_and_no_bar_longer_than_half() -> None:
    found = drawing.pyramid([("18—19", 5, 10), ("20—24", 0, 0)])
    assert [bar.label for bar in found.bars] == ["20—24", "18—19"]
    assert found.bars[1].women_width == drawing.HALF
    assert found.bars[1].left + found.bars[1].men_width == drawing.HALF
    assert drawing.pyramid([]).bars == []
