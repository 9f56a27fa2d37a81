"""The only writers of register rows: ``save`` and ``void``. They take sets.

Gate first, then locks in key order, then bulk writing, the search index and the journal, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.directory import gate, people, roles
from renda.directory.gate import Actor
from renda.journal.services import change
from renda.procedure import services as procedure
from renda.registers import journalling, loading, registry, searching
from renda.registers.columns import Day
from renda.registers.reading import natural_key
from renda.registers.register import Register, Values
from renda.registers.relabelling import referrers
from renda.registers.violations import explain


@dataclass(frozen=True)
class Change:
    """One row to write: a new record (``pk`` None) or new values of an existing one. Fields not given stay as they are."""

    values: Values
    pk: int | None = None
    natural_key: str = ""
    digest: str = ""


class Refused(ValueError):
    """A change that cannot be made; the text says why and what to do next."""


def save(register: Register, changes: Sequence[Change], *, actor: Actor, batch: int | None = None) -> list[int]:
    """Write rows and return their ids in order. ``batch`` names the import they come from; without it they are edits by hand.

    Raises PermissionDenied where the gate refuses, Refused where a rule of the database does.
    """
    created = [c for c in changes if c.pk is None]
    edited = sorted((c for c in changes if c.pk is not None), key=lambda c: c.pk or 0)
    _check_gate(register, created, edited, actor)
    try:
        with change():
            ids = _write(register, created, edited, batch, actor)
    except IntegrityError as error:
        raise Refused(explain(error, register)) from error
    new, places = iter(ids), {}
    for one in changes:
        places[id(one)] = one.pk if one.pk is not None else next(new)
    return [places[id(one)] for one in changes]


def enter(code: str, rows: Sequence[Values], *, actor: Actor) -> list[int]:
    """Write new records into the register with this code, each known by its natural key; ids and errors as ``save``."""
    register = registry.get(code)
    return save(register, [Change(row, None, natural_key(register, row)) for row in rows], actor=actor)


def _check_gate(register: Register, created: Sequence[Change], edited: Sequence[Change], actor: Actor) -> None:
    if created:
        gate.require(actor, roles.CREATE, register.model)
        _own_organ(register, created, actor)
    if edited:
        gate.require(actor, roles.EDIT, register.model)
    scoping = {"division", (gate.access_of(register.model).division or "division").split("__")[0]}
    divisions = {c.values[name] for c in (*created, *edited) for name in scoping if c.values.get(name)}
    if not gate.divisions_within(actor, divisions):
        raise PermissionDenied(_("记录所属区划不在您的权限范围内，请核对“所属区划”一栏。"))


def _own_organ(register: Register, created: Sequence[Change], actor: Actor) -> None:
    """A role that is bound to an organ enters what concerns that organ, and nothing for others."""
    access = gate.access_of(register.model)
    if not roles.ROLES[actor.role].bound_to_organ or access.open_to_bound:
        return
    if not all(any(c.values.get(path) == actor.organ_id for path in access.organs) for c in created):
        names = "、".join(register.by_field[path].name for path in access.organs if path in register.by_field)
        raise PermissionDenied(
            _("只能登记本单位的%(record)s，请在“%(column)s”一栏填本单位。") % {"record": register.name, "column": names}
        )


def _write(register: Register, created: Sequence[Change], edited: Sequence[Change], batch: int | None, actor: Actor) -> list[int]:
    before = _lock(register, edited, actor)
    if register.person:
        _put_people(register, [*created, *edited], before)
    ids = bulk.insert(register.model, [_new_row(register, c, batch) for c in _numbered(register, created)])
    _update(register, edited, batch)
    after = {pk: c.values for pk, c in zip(ids, created, strict=True)} | {c.pk: c.values for c in edited if c.pk}
    _store_related(register, after)
    _derive(register, list(after))
    _index(register, list(after))
    for other, referring in referrers(register, [c.values for c in created], {c.pk: c.values for c in edited if c.pk}, before):
        _index(other, referring)
    journalling.saved(register, ids, created, edited, before, batch, actor)
    return ids


def _lock(register: Register, edited: Sequence[Change], actor: Actor) -> dict[int, Values]:
    ids = [c.pk for c in edited if c.pk is not None]
    if not ids:
        return {}
    visible = gate.within_reach(actor, register.records()).filter(pk__in=ids).order_by("pk")
    found = list(register.model._base_manager.filter(pk__in=visible.values("pk")).order_by("pk").select_for_update(of=("self",)))
    if len(found) != len(set(ids)):
        raise Refused(_("有的记录已被作废或不在您的权限范围内，请刷新后重试。"))
    return loading.load(register, ids)


def _put_people(register: Register, changes: Sequence[Change], before: Mapping[int, Values]) -> None:
    prefix = f"{register.person}__"
    written = [{n.removeprefix(prefix): v for n, v in c.values.items() if n.startswith(prefix)} for c in changes]
    divisions = [_division(c, before) for c in changes]
    held = dict(register.model._default_manager.filter(pk__in=list(before)).values_list("pk", f"{register.person}_id"))
    pks = [c.values.get(register.person) or held.get(c.pk or 0) for c in changes]
    for one, pk in zip(changes, people.put(written, pks, divisions), strict=True):
        one.values[register.person] = pk


def _division(one: Change, before: Mapping[int, Values]) -> int:
    return one.values.get("division") or before[one.pk or 0]["division"]


def _numbered(register: Register, created: Sequence[Change]) -> Sequence[Change]:
    """Give numbers to matters that have none: one counter per office, kind and year."""
    if register.matter_kind:
        from renda.registers.numbering import give_numbers

        give_numbers(register, [c.values for c in created])
    return created


def _new_row(register: Register, one: Change, batch: int | None) -> dict[str, Any]:
    row = {**register.fixed, **_own(register, one.values)}
    row |= {"natural_key": one.natural_key, "source_digest": one.digest, "import_batch": batch, "edited": batch is None}
    if register.matter_kind:
        row["kind"] = register.matter_kind
    return row


def _own(register: Register, values: Values) -> dict[str, Any]:
    """What stands in the record's own tables, by attname."""
    row: dict[str, Any] = {}
    for column in register.columns:
        if column.related or "__" in column.field or column.field not in values:
            continue
        value = values[column.field]
        if isinstance(column, Day) and column.precision:
            row[column.precision] = value.precision if value else "day"
            value = value.date if value else None
        row[f"{column.field}_id" if column.kind in ("division", "ref", "person") else column.field] = value
    for name in (register.person, "division"):
        if name and values.get(name):
            row[f"{name}_id"] = values[name]
    extra = set(values) - set(register.by_field) - {register.person, "division"} - set(register.fixed)
    return row | {name: values[name] for name in extra if "__" not in name}


def _update(register: Register, edited: Sequence[Change], batch: int | None) -> None:
    by_fields: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in edited:
        row = _own(register, one.values) | {"edited": batch is None, "updated_at": clock.now()}
        if one.natural_key:
            row["natural_key"] = one.natural_key
        if batch is not None:
            row |= {"source_digest": one.digest, "import_batch": batch}
        by_fields.setdefault(tuple(sorted(row)), []).append({**row, "id": one.pk})
    for names, rows in by_fields.items():
        bulk.update(register.model, rows, names)


def _store_related(register: Register, rows: Mapping[int, Values]) -> None:
    for column in register.columns:
        if column.related:
            given = {pk: values[column.field] for pk, values in rows.items() if column.field in values}
            if given:
                column.store(given)


def _derive(register: Register, ids: Sequence[int]) -> None:
    if register.matter_kind:
        procedure.refresh(register.matter_kind, ids)
    if register.after_save:
        register.after_save(ids)


def _index(register: Register, ids: Sequence[int], records: Sequence[Model] = ()) -> None:
    """Put records into the index, as they stand in ``records`` or, without these, in the database."""
    columns = searching.searched(register)
    rows = loading.held(records, columns) if records else loading.load(register, ids, columns)
    searching.index(register, list(rows), rows, searching.divisions_of(register, ids, records))


@procedure.keeps_in_step
def follow_steps(kind: str, ids: Sequence[int], columns: frozenset[str], records: Sequence[Model]) -> None:
    """After steps in matters: what the register derives of them, and their search entries where a searched column changed."""
    for register in registry.of_kind(kind):
        if register.after_save:
            register.after_save(ids)
        if columns & {column.field for column in searching.searched(register)}:
            _index(register, ids, records)


def void(register: Register, ids: Sequence[int], *, reason: str, actor: Actor) -> None:
    """Void records with a reason; they leave lists, search and figures, and stay in the journal. Refused without a reason."""
    if not reason.strip():
        raise Refused(_("请写明作废的原因。"))
    _each_allowed(register, ids, roles.VOID, actor)
    with change():
        labels = journalling.labels(register, _lock(register, [Change({}, pk) for pk in sorted(ids)], actor))
        rows = [{"id": pk, "voided_at": clock.now(), "void_reason": reason.strip()[:300]} for pk in sorted(ids)]
        bulk.update(register.model, rows, ["voided_at", "void_reason"])
        searching.forget(register, ids)
        if register.after_save:  # what is derived from the records follows their leaving too
            register.after_save(sorted(ids))
        journalling.voided(register, labels, reason.strip(), actor)


def _each_allowed(register: Register, ids: Sequence[int], action: str, actor: Actor) -> None:
    gate.require(actor, action, register.model)
    if gate.within_reach(actor, register.records()).filter(pk__in=ids).count() != len(set(ids)):
        raise Refused(_("有的记录已被作废或不在您的权限范围内，请刷新后重试。"))


def reveal(register: Register, pk: int, field: str, *, reason: str, actor: Actor) -> str:
    """The whole value of a secret column, for a reason that is journalled. Refused without one."""
    if not reason.strip():
        raise Refused(_("查看保密内容须写明事由，事由将记入日志。"))
    _each_allowed(register, [pk], roles.REVEAL, actor)
    column = register.by_field[field]
    with change():
        row = loading.load(register, [pk])[pk]
        journalling.revealed(register, pk, row, column, reason.strip(), actor)
    return str(column.cells([row[field]])[0] or "")
