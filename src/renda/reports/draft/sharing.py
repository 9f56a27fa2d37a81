"""One number told of several things at once (法院、检察院各办理9件): which things, each as a text of its own to be recognised."""

from __future__ import annotations

import re

from renda.reports.recognise import Figure

from .layout import Layout

_EACH = re.compile(r"(?:各自?|(?<![平人年月户])均|都)(?:[^，。；、\d]{0,6})$")
_FAR = 80
_JOINT = re.compile(r"、|以及|和|与|及")


def is_shared(layout: Layout, figure: Figure) -> bool:
    """Whether 各 or 均 before a figure says that it is the number of each of several things."""
    left = layout.text[max(layout.clause(figure.start).start, figure.start - _FAR) : figure.start]
    return bool(_EACH.search(left)) and "各位" not in left[-8:]


def sharers(layout: Layout, figure: Figure) -> list[tuple[str, str]]:
    """Name and own text (法院办理9件) of each thing that shares the number; fewer than two where the text does not list them."""
    start = max(layout.clause(figure.start).start, figure.start - _FAR)
    left = layout.text[start : figure.start]
    match = _EACH.search(left)
    if match is None:
        return []
    listed, between = left[: match.start()], left[match.start() : match.end()]
    verb = re.sub(r"^(?:各自?|均|都)", "", between)
    items = [item.strip() for item in _JOINT.split(listed) if item.strip()]
    before = layout.text[max(layout.sentence(figure.start).start, start - _FAR) : start]
    return [(item, f"{before}{item}{verb}{layout.text[figure.start : figure.end]}。") for item in items]
