"""Bindings that contradict each other: figures of one text that would be one question but state different numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from renda.reports.draft.model import Binding
from renda.reports.recognise.figure import Figure

PART = "“其中”的这一部分怎样划分，没有对应的分类，不能与总数用同一个指标"
SAME = "文中几处不同的数字对到了同一个指标，至少有一处对错，请逐处核对"
_PART = re.compile(r"其中[^，。；]*$")
_REACH = 60


def clashing(figures: Sequence[Figure], bindings: Sequence[Binding | None], text: str) -> dict[int, str]:
    """The figures (by position) whose binding cannot stand beside another's, with the reason."""
    groups: dict[Any, list[int]] = defaultdict(list)
    for index, binding in enumerate(bindings):
        if binding is not None:
            groups[_question(binding)].append(index)
    found: dict[int, str] = {}
    for members in groups.values():
        parts = [index for index in members[1:] if _is_part(figures[index], text)]
        found |= dict.fromkeys(parts, PART)
        rest = [index for index in members if index not in parts]
        if len({figures[index].value for index in rest if _exact(figures[index])}) > 1:
            found |= dict.fromkeys(rest, SAME)
    return found


def _question(binding: Binding) -> Any:
    period = tuple(sorted((name, str(value)) for name, value in binding.period.items()))
    return binding.indicator, tuple(sorted(binding.where.items())), period, binding.form


def _exact(figure: Figure) -> bool:
    return isinstance(figure.value, int | float) and not figure.about


def _is_part(figure: Figure, text: str) -> bool:
    """Whether 其中 stands before the figure in its clause."""
    before = text[max(0, figure.start - _REACH) : figure.start] if text else figure.phrase
    return bool(_PART.search(before))
