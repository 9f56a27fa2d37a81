"""Milestones in populations: matters by the day on which they reached one, and matters that reached one at all.

A matter has each milestone at most once (``milestone_once``), so that joining one never repeats a matter. The days of milestones
that matters may or may not have reached are joined under names that say the code, and indicators that ask different ones share a query.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

RELATION, DAY = "reached_", "reached_on_"


def at_milestone(matters: QuerySet, code: str, name: str = "at", *, exact: bool = False) -> QuerySet:
    """Matters that reached a milestone, its day as ``<name>__on``; ``exact``: only those whose day is known, not month or year alone."""
    relation = FilteredRelation("milestones", condition=Q(milestones__code=code))
    known = {f"{name}__precision": "day"} if exact else {}
    return matters.alias(**{name: relation}).filter(**{f"{name}__on__isnull": False}, **known)


def with_milestones(matters: QuerySet, *codes: str) -> QuerySet:
    """Matters with the day of each of these milestones as ``reached_on_<code>``, NULL where it was not reached."""
    for code in codes:
        if f"{DAY}{code}" not in matters.query.annotations:
            relation = FilteredRelation("milestones", condition=Q(milestones__code=code))
            matters = matters.alias(**{f"{RELATION}{code}": relation}).alias(**{f"{DAY}{code}": F(f"{RELATION}{code}__on")})
            _name_joins(matters)
    return matters


def _name_joins(matters: QuerySet) -> None:
    """Call each such join by its own name: Django numbers them, so that one name would mean different milestones in two populations."""
    own = {alias: _relation(join).alias for alias, join in matters.query.alias_map.items() if is_optional(join)}
    matters.query.change_aliases({alias: name for alias, name in own.items() if alias != name})


def has_reached(*codes: str) -> Q:
    """The condition that a matter reached at least one of these milestones; the matters stand ``with_milestones``."""
    return reduce(or_, (Q(**{f"{DAY}{code}__isnull": False}) for code in codes))


def reached(matters: QuerySet, *codes: str) -> QuerySet:
    """Matters that reached at least one of these milestones."""
    return with_milestones(matters, *codes).filter(has_reached(*codes))


def is_optional(join: Any) -> bool:
    """Whether a join only adds the day of a milestone, NULL where there is none: it changes no number of rows."""
    relation = _relation(join)
    return relation is not None and relation.alias.startswith(RELATION)


def is_one_milestone(join: Any) -> bool:
    """Whether a join leads to one milestone at most: that of one code."""
    relation = _relation(join)
    if relation is None or relation.relation_name != "milestones":
        return False
    condition, code = relation.condition, f"{relation.alias}__code"
    return not condition.negated and [path for path, _ in condition.children] == [code]


def _relation(join: Any) -> Any:
    """The relation by which a join was asked for, None for one that follows a field."""
    return getattr(join, "filtered_relation", None)
