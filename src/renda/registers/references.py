"""References between registers: from written labels to records and back, in sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from renda.core.text import nearest
from renda.directory import names
from renda.directory.models import Division

if TYPE_CHECKING:
    from renda.registers.columns.base import ReadContext
    from renda.registers.register import Register


def register(code: str) -> Register:
    """The register with this code."""
    from renda.registers import registry

    return registry.get(code)


def find(to: str, texts: set[str], context: ReadContext) -> dict[str, list[int]]:
    """Records of a register in the county whose label (or other name) is one of the texts."""
    if not texts:
        return {}
    target = register(to)
    scope = Division.objects.subtree(names.county_path(context.division_id))
    found: dict[str, list[int]] = defaultdict(list)
    for path in target.reference_paths:
        open_texts = texts - found.keys()
        rows = target.records().filter(Q(**{f"{path}__in": open_texts}), division__in=scope)
        for pk, text in rows.values_list("pk", path):
            found[text].append(pk)
    return found


def labels(to: str, ids: Iterable[int]) -> dict[int, str]:
    """The labels of records."""
    target = register(to)
    return dict(target.model._default_manager.filter(pk__in=set(ids)).values_list("pk", target.label_path))


def near(to: str, text: str) -> str:
    """A hint naming the label nearest to a text that was not found."""
    target = register(to)
    known = target.records().order_by("-pk").values_list(target.label_path, flat=True)[:2000]
    found = nearest(text, list(known), 1)
    return f"（是否为“{found[0]}”）" if found else ""
