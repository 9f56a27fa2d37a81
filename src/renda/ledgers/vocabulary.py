"""What each register's headings are called, with the office's remembered mappings, and which register a sheet is."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.ledgers.reading import Candidate, Fit, Recognition, Sheet, Table, find_table, normalise_heading, recognise, year_in
from renda.registers import registry
from renda.registers.models import Mapping
from renda.registers.register import Register

LEFT_OUT = ""
EMPTY = gettext_noop("空表")
HEADING_LENGTH = 100


def vocabulary_of(register: Register, remembered: dict[str, str] | None = None) -> dict[str, str]:
    """Heading → field of a register; a heading of an earlier column wins, the office's own mappings win over all."""
    known: dict[str, str] = {}
    for column in register.columns:
        known.setdefault(column.name, column.field)
    for column in register.columns:
        for synonym in column.synonyms:
            known.setdefault(synonym, column.field)
    return known | {heading: field for heading, field in (remembered or {}).items() if field != LEFT_OUT}


def remembered_mappings() -> dict[str, dict[str, str]]:
    """The office's mappings: register → heading → field (empty: left out)."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for register, heading, field in Mapping.objects.values_list("register", "heading", "field"):
        found[register][heading] = field
    return found


def left_out_headings(register: Register) -> frozenset[str]:
    """Headings (normalised) that the office has said are not to be imported."""
    found = Mapping.objects.filter(register=register.code, field=LEFT_OUT).values_list("heading", flat=True)
    return frozenset(map(normalise_heading, found))


def remember(chosen: dict[tuple[str, str], str], *, actor: Actor) -> None:
    """Keep the clerk's mappings ((register, heading) → field, empty: left out) for this and every later import. Raises
    PermissionDenied, and ValueError for a column that the register does not have."""
    for (code, _heading), field in chosen.items():
        register = registry.get(code)
        gate.require(actor, roles.IMPORT, register.model)
        if field != LEFT_OUT and field not in register.by_field:
            raise ValueError(_("“%(name)s”没有所选的栏目，请重新选择") % {"name": _(register.name)})
    with change():
        for (code, heading), field in sorted(chosen.items()):
            Mapping.objects.update_or_create(
                register=code, heading=heading[:HEADING_LENGTH], defaults={"field": field, "actor": str(actor)[:200]}
            )
            said = registry.get(code).by_field[field].name if field else "不导入"
            record(Line(str(actor), "ledgers.mapped", "ledgers.mapping", None, heading, {"register": code, "column": said}))


def required_fields(register: Register) -> frozenset[str]:
    """Columns that a sheet of the register must have."""
    return frozenset(c.field for c in register.columns if c.required)


def match(sheet: Sheet, file: str, code: str = "") -> tuple[Register, Table] | str:
    """The register that a sheet is and its table; or, as a text, why it is none. ``code`` settles the register beforehand."""
    remembered = remembered_mappings()
    if code:
        register = registry.get(code)
        table = find_table(sheet, vocabulary_of(register, remembered[code]))
        return (register, with_year(table, file)) if table else _("没有找到“%(name)s”的表头") % {"name": _(register.name)}
    if not any(any(cell not in (None, "") for cell in row) for row in sheet.rows):
        return EMPTY
    named = Sheet(f"{sheet.name} {file}", sheet.rows, sheet.merged, sheet.hidden)
    found = recognise(named, {r.code: _candidate(r, remembered[r.code]) for r in registry.all_registers()})
    if found.code and found.table:
        return registry.get(found.code), with_year(found.table, f"{sheet.name} {file}")
    return _why(found)


def _candidate(register: Register, remembered: dict[str, str]) -> Candidate:
    return Candidate((register.name, *register.words), vocabulary_of(register, remembered), required_fields(register))


def with_year(table: Table, names: str) -> Table:
    """The table, its year taken from the names of sheet and file where its title has none."""
    if table.year is None:
        table.year = year_in(names)
    return table


def _why(found: Recognition) -> str:
    if found.lacking:
        return _("像是“%(name)s”，但缺少必需的栏目：%(columns)s。请在表中补上这些栏目，或把相应表头对应到这些栏目") % _missing(
            found.lacking
        )
    if found.tied:
        names = _("”又像是“").join(_(registry.get(code).name) for code in found.tied)
        return _("像是“%(names)s”，请指明是哪一种台账") % {"names": names}
    near = next((fit for fit in found.fits if fit.missing), None)
    if near is None:
        return _("没有认出是哪一种台账：表头与各台账都不相符，请指明台账或对照空表核对表头")
    return _("最像“%(name)s”，但缺少必需的栏目：%(columns)s，请补上或将相应表头对应到这些栏目") % _missing(near)


def _missing(fit: Fit) -> dict[str, str]:
    register = registry.get(fit.code)
    columns = "、".join(_(register.by_field[field].name) for field in sorted(fit.missing))
    return {"name": _(register.name), "columns": columns}
