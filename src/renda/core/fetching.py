"""Records by plain SQL that is made once: for what is read again and again, where the making of the SQL would cost more than the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

from renda.core import exchanges

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Ask(Generic[M]):
    """Records of a single-table model that meet a condition; ``rest`` is the SQL behind FROM, with ``%s`` for what is asked with."""

    model: type[M]
    rest: str

    @cached_property
    def sql(self) -> str:
        """The statement."""
        quote, meta = connection.ops.quote_name, self.model._meta
        columns = ", ".join(f"{quote(meta.db_table)}.{quote(str(one.column))}" for one in meta.concrete_fields)
        return f"SELECT {columns} FROM {quote(meta.db_table)} {self.rest}"  # noqa: S608 (names come from the models)

    @cached_property
    def _names(self) -> list[str]:
        return [one.attname for one in self.model._meta.concrete_fields]

    @cached_property
    def _conversions(self) -> list[tuple[int, Any, list[Callable[[Any, Any, Any], Any]]]]:
        """What a value of the database becomes in memory, for the columns where that is something else."""
        fields = enumerate(self.model._meta.concrete_fields)
        return [(place, one.cached_col, found) for place, one in fields if (found := one.get_db_converters(connection))]

    def records(self, rows: Sequence[Sequence[Any]]) -> list[M]:
        """The rows as records."""
        return [self.model.from_db(connection.alias, self._names, self._converted(row)) for row in rows]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, column, several in self._conversions:
            for convert in several:
                values[place] = convert(values[place], column, connection)
        return values


def fetch(asks: Sequence[Ask[Any]], values: Sequence[Any]) -> list[list[Any]]:
    """The records of several asks, each asked with the same values. One exchange."""
    answers = exchanges.ask_each([(one.sql, values) for one in asks])
    return [one.records(rows) for one, rows in zip(asks, answers, strict=True)]
