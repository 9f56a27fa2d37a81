"""Which indicators one query answers: never two whose records are joined in different ways."""

from __future__ import annotations

from django.db.models import QuerySet

from renda.figures import registry, together
from renda.figures.indicators import Indicator
from renda.figures.milestones import is_optional


def _joins(rows: QuerySet) -> list[str]:
    told = [table for table in rows.query.alias_map.values() if not is_optional(table)]
    filtered = [getattr(table, "filtered_relation", None) for table in told]
    return [repr(one.condition) for one in filtered if one]


def test_populations_at_different_milestones_stay_apart() -> None:
    """Told again and again: what stands in memory at one moment is something else at the next."""
    dated = [i for i in registry.all_indicators() if not i.made and _joins(i.population())]  # type: ignore[misc]
    assert len({repr(_joins(i.population())) for i in dated}) > 5  # type: ignore[misc]
    for _ in range(5):
        groups: dict[object, list[Indicator]] = {}
        for indicator in dated:
            groups.setdefault(together.shape(indicator), []).append(indicator)
        for group in groups.values():
            assert len({repr(_joins(i.population())) for i in group}) == 1, [i.code for i in group]  # type: ignore[misc]


def test_a_shape_is_told_without_addresses() -> None:
    for indicator in registry.all_indicators():
        if not indicator.made:
            shape = together.shape(indicator)
            assert shape == together.shape(indicator), indicator.code
            assert shape is indicator.population or " at 0x" not in repr(shape[1:] if isinstance(shape, tuple) else shape)
