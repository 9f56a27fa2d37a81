"""Which levels of deputy a person was on a day: one human being may hold mandates at several levels at once (一人多级)."""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When

from renda.directory.models import Mandate


def with_level(rows: QuerySet, person: str, day: str) -> QuerySet:
    """Rows that name a person (look-up ``person``), joined with each mandate held on ``day`` (a look-up to a date), its level as ``level``.

    A person of two levels stands in two rows, so count distinct people or distinct keys. One without a mandate that day keeps one row,
    its level None.
    """
    relation = FilteredRelation(f"{person}__mandates", condition=Q(**{f"{person}__mandates__voided_at__isnull": True}))
    held = Q(held__since__lte=F(day)) & (Q(held__until__isnull=True) | Q(held__until__gte=F(day)))
    that_day = Mandate.objects.alive().filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef(day)), person=OuterRef(person), since__lte=OuterRef(day)
    )
    level = Case(When(held, then=F("held__level")), default=Value(None), output_field=CharField())
    return rows.alias(held=relation).filter(held | ~Exists(that_day)).annotate(level=level)
