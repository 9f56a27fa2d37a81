"""Why a figure stays open, said in Chinese."""

from __future__ import annotations

import re

from renda.reports.recognise.figure import Figure
from renda.reports.recognise.lexicon import entries as vocabulary

from .table import Entry

PERCENT = ("%", "％", "‰")
POINTS = ("个百分点", "百分点")
_CODE = re.compile(r"I\d{3}")


def unbound(figure: Figure) -> str:
    """Why the recogniser bound nothing."""
    if figure.why == "remembered":
        return "经办人以往选定此处不对应指标"
    codes = list(dict.fromkeys(_CODE.findall(figure.why)))
    if figure.why.startswith("tie of"):
        return "一个比率同时说了几件事，不能确定是哪一项"
    if len(codes) > 1:
        names = "”还是“".join(vocabulary()[code].name for code in codes if code in vocabulary())
        return f"不能确定说的是“{names}”"
    return "不能确定数的是什么，没有对应的指标"


def no_route(figure: Figure, entry: Entry) -> str:
    """Why no route holds: mostly the measure word is another one's."""
    name = vocabulary()[entry.code].name if entry.code in vocabulary() else entry.code
    return f"“{name}”没有以“{figure.unit or '（没有量词）'}”计量的平台指标，不能确定数的是什么"
