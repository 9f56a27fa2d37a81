"""Columns that point to other records: by division, by another register's label, by a person's name; single or several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _

from renda.core import bulk, cells
from renda.core.cells import CellError
from renda.core.text import nearest
from renda.directory import names
from renda.registers import references
from renda.registers.columns.base import Column, Errors, ReadContext, read_each

BLANK_IN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


@dataclass(kw_only=True)
class DivisionRef(Column):
    """The division that a record belongs to, by name or code; the importing office's own where the cell is empty.

    ``own`` marks another division that is the acting office's where nothing is said (which office keeps a petition).
    """

    field: str = "division"
    own: bool = False
    kind: ClassVar[str] = "division"

    def bind(self, model: type[Model]) -> None:
        super().bind(model)
        if self.field == "division" or self.own:
            self.required = False

    def missing(self, context: ReadContext) -> Any:
        if self.own:
            return context.actor.division_id or context.division_id
        return context.division_id if self.field == "division" else None

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        known = names.divisions_by_word(names.county_path(context.division_id))

        def find(raw: Any) -> int:
            text = cells.read_text(raw)
            if text not in known:
                raise CellError(_("本县没有“%(text)s”这一区划%(hint)s") % {"text": text, "hint": hint(text, known)})
            return known[text]

        return read_each(find, values, self.missing(context))

    @property
    def sort_path(self) -> str:
        return f"{self.field}__path"

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = names.division_words({value for value in values if value})
        return [shown.get(value) for value in values]


@dataclass(kw_only=True)
class Ref(Column):
    """A record of another register (``to``), written by its label."""

    to: str = ""
    kind: ClassVar[str] = "ref"

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        texts = [None if cells.is_blank(raw) else BLANK_IN_HAN.sub("", cells.read_text(raw)) for raw in values]
        found = references.find(self.to, {text for text in texts if text}, context)
        return read_each(lambda text: pick(text, found, self.to), texts, None)

    @property
    def sort_path(self) -> str:
        return f"{self.field}__{references.register(self.to).label_path}"

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = references.labels(self.to, {value for value in values if value})
        return [shown.get(value) for value in values]


@dataclass(kw_only=True)
class Refs(Column):
    """Several records of another register, through a many-to-many field: 交通局、教育局."""

    to: str = ""
    kind: ClassVar[str] = "refs"
    related: ClassVar[bool] = True

    def bind(self, model: type[Model]) -> None:
        link = model._meta.get_field(self.field)
        self.name = self.name or str(link.verbose_name)  # type: ignore[union-attr]
        super().bind(model)
        self.through = link.remote_field.through  # type: ignore[union-attr]
        self.own = link.m2m_field_name()  # type: ignore[union-attr]
        self.other = link.m2m_reverse_field_name()  # type: ignore[union-attr]

    @property
    def empty(self) -> tuple[int, ...]:
        return ()

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        lists = [() if cells.is_blank(raw) else tuple(cells.split_list(raw)) for raw in values]
        found = references.find(self.to, {text for several in lists for text in several}, context)
        return read_each(
            lambda several: tuple(dict.fromkeys(pick(text, found, self.to) for text in several)), [x or None for x in lists], ()
        )

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = references.labels(self.to, {pk for value in values for pk in value or ()})
        return ["、".join(shown[pk] for pk in value) if value else None for value in values]

    def key_text(self, value: Any) -> str:
        return ",".join(str(pk) for pk in sorted(value or ()))

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        found: dict[int, list[int]] = defaultdict(list)
        rows = self.through._default_manager.filter(**{f"{self.own}_id__in": ids}).order_by("pk")
        for own, other in rows.values_list(f"{self.own}_id", f"{self.other}_id"):
            found[own].append(other)
        return {pk: tuple(found[pk]) for pk in ids}

    def store(self, values: Mapping[int, Any]) -> None:
        self.through._default_manager.filter(**{f"{self.own}_id__in": list(values)}).delete()
        rows = [{f"{self.own}_id": own, f"{self.other}_id": other} for own, several in values.items() for other in several or ()]
        bulk.insert_plain(self.through, rows)


@dataclass(kw_only=True)
class Organs(Refs):
    """Several organs."""

    to: str = "directory.organs"


@dataclass(kw_only=True)
class PersonRef(Column):
    """One person of the directory, by name; a bracket tells people of one name apart: 王芳（龙潭镇）."""

    kind: ClassVar[str] = "person"

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        parsed = [None if cells.is_blank(raw) else one_name(raw) for raw in values]
        found = names.people_by_name({p.name for p in parsed if p}, names.county_path(context.division_id))
        return read_each(lambda name: pick_person(name, found), parsed, None)

    @property
    def sort_path(self) -> str:
        return f"{self.field}__pinyin"

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = names.qualified_names([value for value in values if value])
        return [shown.get(value) for value in values]


@dataclass(kw_only=True)
class PeopleRefs(Column):
    """Several people of the directory, by name, through a many-to-many field: co-signers of a suggestion."""

    kind: ClassVar[str] = "people"
    related: ClassVar[bool] = True

    def bind(self, model: type[Model]) -> None:
        self._links = Refs(field=self.field)
        self._links.bind(model)
        self.name = self.name or self._links.name
        super().bind(model)

    @property
    def people_path(self) -> str:
        """The look-up to the people."""
        return self.field

    @property
    def empty(self) -> tuple[int, ...]:
        return ()

    def read(self, values: Sequence[Any], context: ReadContext) -> tuple[list[Any], Errors]:
        parsed, errors = read_each(self._split, values, None)
        wanted = {name.name for several in parsed for name in several or ()}
        found = names.people_by_name(wanted, names.county_path(context.division_id))
        result, more = read_each(lambda several: tuple(dict.fromkeys(pick_person(name, found) for name in several)), parsed, ())
        return result, more | errors

    def _split(self, raw: Any) -> tuple[cells.PersonName, ...]:
        people = cells.split_people(raw)
        if people.head_count is not None:
            raise CellError(_("“%(raw)s”含有人数，此栏只填姓名") % {"raw": raw})
        return tuple(people.names)

    def cells(self, values: Sequence[Any]) -> list[Any]:
        shown = names.qualified_names([pk for value in values for pk in value or ()])
        return ["、".join(shown[pk] for pk in value) if value else None for value in values]

    def key_text(self, value: Any) -> str:
        return ",".join(str(pk) for pk in sorted(value or ()))

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        return self._links.load(ids)

    def store(self, values: Mapping[int, Any]) -> None:
        self._links.store(values)


@dataclass(kw_only=True)
class Items(Column):
    """A list of short texts kept as rows of a child model, so that they can be counted: 《环境保护法》《水法》."""

    rows: type[Model]
    parent: str
    text: str = "name"
    kind: ClassVar[str] = "items"
    related: ClassVar[bool] = True

    @property
    def empty(self) -> tuple[str, ...]:
        return ()

    def read_one(self, raw: Any) -> tuple[str, ...]:
        items = tuple(dict.fromkeys(cells.split_list(raw)))
        limit = self.rows._meta.get_field(self.text).max_length  # type: ignore[union-attr]
        for item in items:
            if limit and len(item) > limit:
                raise CellError(
                    _("“%(item)s…”有 %(item_count)s 个字，最多 %(limit)s 个字")
                    % {"item": item[:20], "item_count": len(item), "limit": limit}
                )
        return items

    def cells(self, values: Sequence[Any]) -> list[Any]:
        return ["；".join(value) if value else None for value in values]

    def key_text(self, value: Any) -> str:
        return "|".join(value or ())

    def load(self, ids: Sequence[int]) -> dict[int, Any]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = self.rows._default_manager.filter(**{f"{self.parent}_id__in": ids}).order_by("pk")
        for own, text in rows.values_list(f"{self.parent}_id", self.text):
            found[own].append(text)
        return {pk: tuple(found[pk]) for pk in ids}

    def store(self, values: Mapping[int, Any]) -> None:
        self.rows._default_manager.filter(**{f"{self.parent}_id__in": list(values)}).delete()
        rows = [{f"{self.parent}_id": own, self.text: text} for own, several in values.items() for text in several or ()]
        bulk.insert_plain(self.rows, rows)


def one_name(raw: Any) -> cells.PersonName:
    """The one person's name in a cell; CellError where there are several or none."""
    people = cells.split_people(raw)
    if len(people.names) != 1 or people.head_count:
        raise CellError(_("此栏只填一人的姓名"))
    return people.names[0]


def pick(text: str, found: references.Found, to: str) -> int:
    """The one record that a text means. CellError where there is none (with the nearest) or more than one (with how to write them)."""
    candidates = found.get(text, [])
    if len(candidates) == 1:
        return candidates[0].pk
    name = _(references.register(to).name)
    if candidates:
        shown = "、".join(references.written_apart(to, candidates[:3]))
        raise CellError(
            _("%(name)s中有 %(candidates_count)s 条都叫“%(text)s”，请写明是哪一条，如 %(shown)s")
            % {"name": name, "candidates_count": len(candidates), "text": text, "shown": shown}
        )
    raise CellError(
        _("%(name)s中没有“%(text)s”%(near)s，请先登记或改正") % {"name": name, "text": text, "near": references.near(to, text)}
    )


def pick_person(name: cells.PersonName, found: Mapping[str, list[names.Candidate]]) -> int:
    """The one person that a name means. CellError with the candidates where it fits several, or none."""
    candidates = found.get(name.name, [])
    fitting = [c for c in candidates if c.fits(name.qualifier or "")]
    if len(fitting) == 1:
        return fitting[0].pk
    if fitting or candidates:
        shown = "、".join(str(c) for c in (fitting or candidates)[:5])
        raise CellError(
            _("“%(name)s”对应 %(candidates_count)s 人：%(shown)s，请在姓名后用括号注明乡镇、出生年月或单位")
            % {"name": name.name, "candidates_count": len(candidates), "shown": shown}
        )
    raise CellError(_("名册中没有“%(name)s”，请先在人员或代表名册中登记，或核对姓名") % {"name": name.name})


def hint(text: str, known: Mapping[str, Any]) -> str:
    """What was perhaps meant."""
    near = nearest(text, list(known))
    return _("，是否为“%(near)s”") % {"near": near[0]} if near else ""
