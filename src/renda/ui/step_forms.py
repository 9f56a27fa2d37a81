"""The form of a step, from what the declaration asks: its fields, what they hold at first, and what was typed as answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from renda.core import cells, clock
from renda.directory import names
from renda.directory.gate import Actor
from renda.files.kinds import ACCEPT
from renda.procedure.declaration import Ask, Step
from renda.procedure.refusals import Fault
from renda.registers import references
from renda.registers.columns import DivisionRef, ReadContext, Ref
from renda.ui import lookup
from renda.ui.editing import FormField, default_division
from renda.ui.words import said

ORGANS = "directory.organs"
DAY_FIELD = "on"
NAMED = ("organ", "division")
WIDGETS = {"long": "long", "choice": "choice", "yes_no": "choice", "organ": "combo", "division": "combo", "file": "file"}
MORE_FILES = "attachments"
"""The field of every step's form for files that belong to it."""
HELPS = {
    "organ": "可输入名称或拼音首字母",
    "division": "可输入名称或拼音首字母",
    "day": "写到日，如 2021-03-05 或 2021年3月5日",
    "file": "可选几个文件；PDF、OFD、Word、Excel、WPS 文档或者图片",
}


@dataclass
class AskField(FormField):
    """A field of a step. ``when_name`` and ``when_value``: asked only where that other field is answered so. ``secret``: kept masked."""

    when_name: str = ""
    when_value: str = ""
    when_words: str = ""
    secret: bool = False
    most: int = 0
    accept: str = ""


@dataclass
class StepForm:
    """The fields of a step's form (the day of the act first), and what speaks against the step as a whole."""

    fields: list[AskField]
    faults: list[Fault] = field(default_factory=list)

    @property
    def faulty(self) -> list[AskField]:
        """Fields with an error."""
        return [one for one in self.fields if one.error]

    @property
    def wrong(self) -> bool:
        """Whether anything has to be mended."""
        return bool(self.faults or self.faulty)


@dataclass
class Typed:
    """What was typed: texts by field, the answers read from them, the day of the act, and what could not be read."""

    texts: dict[str, str]
    answers: dict[str, Any]
    on: date | None
    errors: dict[str, str]


def blank(step: Step, record: Any = None) -> StepForm:
    """The form as it first opens: today's date, and what the record already holds (nothing for several records)."""
    texts = {DAY_FIELD: clock.today().isoformat()}
    if record is not None:
        texts |= {ask.name: _held(ask, record) for ask in step.asks if ask.column and not ask.secret}
    return filled(step, Typed(texts, {}, None, {}), one_matter=record is not None)


def filled(step: Step, typed: Typed, faults: Sequence[Fault] = (), *, one_matter: bool = False) -> StepForm:
    """The form with what was typed; ``faults`` stand at the fields that they concern, the others over the form.

    The form of ``one_matter`` takes files that belong to the step."""
    errors = dict(typed.errors)
    names_ = {DAY_FIELD, MORE_FILES, *(ask.name for ask in step.asks)}
    for fault in faults:
        if fault.field in names_:
            errors.setdefault(fault.field, str(_bare(fault)))
    return StepForm(
        [
            _day_field(typed, errors),
            *(_ask_field(step, ask, typed, errors) for ask in step.asks),
            *_more_files(errors, one_matter),
        ],
        [one for one in faults if one.field not in names_],
    )


def read(step: Step, posted: Mapping[str, str], actor: Actor, division_id: int | None = None) -> Typed:
    """Read what was typed; organs and divisions are found by name in the county. Nothing is checked beyond that."""
    typed = Typed({}, {}, None, {})
    typed.texts[DAY_FIELD] = posted.get(DAY_FIELD, "").strip()
    typed.on, typed.errors = _read_on(typed.texts[DAY_FIELD])
    context = ReadContext(actor, division_id or actor.division_id or default_division())
    for ask in step.asks:
        if ask.kind == "file":  # what was handed in says this, not what was typed
            continue
        text = posted.get(ask.name, "").replace("\r\n", "\n").strip()
        typed.texts[ask.name] = text
        value, error = READERS.get(ask.kind, _as_it_stands)(text, context) if text else (None, "")
        if error:
            typed.errors[ask.name] = error
        elif value is not None:
            typed.answers[ask.name] = value
    return typed


def _read_on(text: str) -> tuple[date | None, dict[str, str]]:
    if not text:
        return None, {DAY_FIELD: _("请填写办理日期")}
    day, error = _read_day(text, None)
    return day, {DAY_FIELD: error} if error else {}


def _read_day(text: str, _context: Any) -> tuple[Any, str]:
    try:
        found = cells.read_date(text)
    except cells.CellError as error:
        return None, str(error)
    return (found.date, "") if found.precision == "day" else (None, _("请写到日，如 2021-03-05"))


def _read_whole(text: str, _context: Any) -> tuple[Any, str]:
    try:
        return cells.read_whole(text), ""
    except cells.CellError as error:
        return None, str(error)


def _read_organ(text: str, context: ReadContext) -> tuple[Any, str]:
    values, errors = Ref(field="organ", to=ORGANS).read([text], context)
    return values[0], errors.get(0, "")


def _read_division(text: str, context: ReadContext) -> tuple[Any, str]:
    values, errors = DivisionRef(field="target").read([text], context)
    return values[0], errors.get(0, "")


def _as_it_stands(text: str, _context: Any) -> tuple[Any, str]:
    return text, ""


READERS: dict[str, Callable[[str, Any], tuple[Any, str]]] = {
    "day": _read_day, "whole": _read_whole, "organ": _read_organ, "division": _read_division,
}  # fmt: skip


def _bare(fault: Fault) -> Fault:
    """A fault at its field, without the matter's number."""
    return Fault(fault.matter, "", fault.reason, fault.article, fault.field)


def _held(ask: Ask, record: Any) -> str:
    """What the record's column holds, as the field writes it."""
    value = getattr(record, f"{ask.column}_id" if ask.kind in NAMED else ask.column, None)
    if value in (None, ""):
        return ""
    if ask.kind == "organ":
        return references.labels(ORGANS, {value}).get(value, "")
    if ask.kind == "division":
        return names.division_words({value}).get(value, "")
    if ask.kind == "yes_no":
        return "yes" if value else "no"
    return str(value)


def _day_field(typed: Typed, errors: Mapping[str, str]) -> AskField:
    return AskField(
        DAY_FIELD,
        _("办理日期"),
        "text",
        typed.texts.get(DAY_FIELD, ""),
        help=_("实际办理的日期；补录以前的办理时填当天的日期"),
        required=True,
        error=errors.get(DAY_FIELD, ""),
        width="r-w-s",
    )


def _ask_field(step: Step, ask: Ask, typed: Typed, errors: Mapping[str, str]) -> AskField:
    condition, value = ask.when
    return AskField(
        name=ask.name,
        label=said(ask.label),
        widget=WIDGETS.get(ask.kind, "text"),
        value=typed.texts.get(ask.name, ""),
        help="。".join(filter(None, (said(ask.help).rstrip("。"), said(HELPS.get(ask.kind, ""))))),
        required=ask.required,
        options=_options(ask),
        lookup=_lookup(ask),
        error=errors.get(ask.name, ""),
        length=(ask.most or 300) if ask.kind == "text" else None,
        width="r-w-s" if ask.kind in ("day", "whole") else "r-w-m" if ask.kind in NAMED else "",
        when_name=condition,
        when_value=value,
        when_words=_when_words(step, condition, value),
        secret=ask.secret,
        accept=ACCEPT if ask.kind == "file" else "",
    )


def _more_files(errors: Mapping[str, str], one_matter: bool) -> list[AskField]:
    """The field for files that the step does not ask for by name."""
    if not one_matter:
        return []
    help_ = _("与这一步有关的材料，可选几个文件；PDF、OFD、Word、Excel、WPS 文档或者图片")
    return [AskField(MORE_FILES, _("附件"), "file", "", help=help_, error=errors.get(MORE_FILES, ""), accept=ACCEPT)]


def _options(ask: Ask) -> list[tuple[str, str]]:
    if ask.kind == "yes_no":
        return [("yes", _("是")), ("no", _("否"))]
    return [(code, said(words)) for code, words in ask.options]


def _lookup(ask: Ask) -> str:
    target = {"organ": ORGANS, "division": lookup.DIVISIONS}.get(ask.kind, "")
    return reverse("ui:lookup", args=[target]) if target else ""


def _when_words(step: Step, name: str, value: str) -> str:
    """When a field is asked, in words: for readers whose browser does not hide it."""
    other = next((one for one in step.asks if one.name == name), None) if name else None
    if other is None:
        return ""
    answer = dict(_options(other)).get(value, value)
    return _("“%(label)s”为“%(answer)s”时填写") % {"label": said(other.label), "answer": answer}
