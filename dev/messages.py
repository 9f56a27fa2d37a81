"""Collecting the interface's messages: calls in code and templates, words of the declarations (registers, models, figures).

A message belongs to one app: the lowest that says it (declared words to the app that declares them). Message ids are Chinese.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "renda"
HAN = re.compile(r"[\u3400-\u9fff]")
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATE_CALL = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")


@dataclass(frozen=True, order=True)
class Message:
    """One message: where it is said (path below `src/renda`), its context if any, its text, its plural if any."""

    place: str
    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells messages apart in a catalogue."""
        return self.context, self.text


def collect() -> dict[str, list[Message]]:
    """All messages by app label, apps in the settings' order (lowest first), each under the first app that says it."""
    set_up()
    from django.apps import apps

    said: dict[str, list[Message]] = {config.label: [] for config in apps.get_app_configs() if config.name.startswith("renda.")}
    for label in said:
        folder = Path(apps.get_app_config(label).path)
        said[label] += [*_in_code(folder), *_in_templates(folder)]
    for label, message in _declared():
        said.setdefault(label, []).append(message)
    return _once_each(said)


def set_up() -> None:
    """Set Django up with the site's settings, in Chinese."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renda.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.deactivate_all()


def _once_each(said: dict[str, list[Message]]) -> dict[str, list[Message]]:
    taken: dict[tuple[str, str], str] = {}
    result: dict[str, list[Message]] = {}
    for label, messages in said.items():
        best: dict[tuple[str, str], Message] = {}
        for message in sorted(messages):
            if taken.setdefault(message.key, label) != label:
                continue
            known = best.get(message.key)
            if known is None or (message.plural and not known.plural):
                best[message.key] = message
        result[label] = sorted(best.values())
    return result


def _in_code(folder: Path) -> Iterator[Message]:
    for file in sorted(folder.rglob("*.py")):
        if "migrations" in file.parts:
            continue
        place = file.relative_to(PACKAGE).as_posix()
        with file.open("rb") as stream:
            for _line, found, _comments, context in extract("python", stream, keywords=KEYWORDS, options={"encoding": "utf-8"}):
                text, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
                if text:
                    yield Message(place, text, plural or "", context or "")


def _in_templates(folder: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if "templates" in file.parts:
            place = file.relative_to(PACKAGE).as_posix()
            yield from _calls(templatize(file.read_text("utf-8"), origin=str(file)), place)


def _calls(code: str, place: str) -> Iterator[Message]:
    """The gettext calls in what `templatize` made of a template; the rest of it is not Python."""
    for match in TEMPLATE_CALL.finditer(code):
        strings = re.match(r"""\s*((?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?\s*)+)""", code[match.end() :])
        if not strings:
            continue
        value = ast.literal_eval(f"({strings[1].rstrip().rstrip(',')},)")
        kind = match[1]
        context, rest = (value[0], value[1:]) if kind in ("pgettext", "npgettext") else ("", value)
        if rest and rest[0].strip():
            yield Message(place, rest[0], rest[1] if kind in ("ngettext", "npgettext") and len(rest) > 1 else "", context)


def _declared() -> Iterator[tuple[str, Message]]:
    """Words that declarations hold as plain Chinese and pages translate when they show them."""
    from django.apps import apps

    for config in apps.get_app_configs():
        if not config.name.startswith("renda."):
            continue
        yield from _words(config.label, f"{config.label}/apps.py", [config.verbose_name])
        for model in config.get_models():
            yield from _words(config.label, f"{config.label}/models", _model_words(model))
    yield from _register_words()
    yield from _procedure_words()
    yield from _figure_words()
    yield from _letter_words()
    yield from _table_words()


def _model_words(model: Any) -> Iterator[object]:
    yield model._meta.verbose_name
    for field in model._meta.local_fields:
        yield field.verbose_name
        yield field.help_text
        yield from (label for _value, label in field.flatchoices)
    yield from (constraint.violation_error_message for constraint in model._meta.constraints)


def _letter_words() -> Iterator[tuple[str, Message]]:
    """Letters and their placeholders, under the app that declares them."""
    from renda.documents.registry import all_templates

    for template in all_templates():
        label = template.values.__module__.split(".")[1]
        words: list[object] = [template.name, template.to, template.group]
        for word in template.words:
            words += [word.name, word.about]
        yield from _words(label, f"{label}/letters", words)


def _register_words() -> Iterator[tuple[str, Message]]:
    from django.apps import apps

    from renda.procedure.kinds import all_kinds
    from renda.registers import registry
    from renda.registers.query import views_of

    kinds = {kind.code: kind for kind in all_kinds()}
    rooms = {config.label for config in apps.get_app_configs()}
    for declared in (declared for room in sorted(rooms) for declared in registry.of_room(room)):
        words: list[object] = [declared.name, declared.about, *(view.name for view in views_of(declared))]
        words += [name for _code, name in kinds[declared.matter_kind].milestones] if declared.matter_kind else []
        for column in declared.columns:
            words += [column.name, column.help, getattr(column, "unit", "")]
            words += list(getattr(column, "choices", {}).values())
        yield from _words(declared.room, f"{declared.room}/ledger", words)


def _procedure_words() -> Iterator[tuple[str, Message]]:
    """What declared procedures say: states, steps with their consequences and fields, whose turn, periods, letters."""
    from renda.procedure.registry import all_procedures
    from renda.registers import registry

    rooms = {one.matter_kind: one.room for one in registry.all_registers() if one.matter_kind}
    for declared in all_procedures():
        whos = (
            [one.turn for one in declared.states] + [one.who for one in declared.steps] + [one.whose for one in declared.periods]
        )
        words: list[object] = [declared.name, *(who.name for who in whos if who), *(one.name for one in declared.states)]
        for step in declared.steps:
            words += [step.name, step.leads]
            for ask in step.asks:
                words += [ask.label, ask.help, *(label for _code, label in ask.options)]
        words += [one.name for one in declared.periods]
        words += [word for one in declared.letters for word in (one.name, one.to)]
        yield from _words(rooms[declared.kind], f"{rooms[declared.kind]}/procedure", words)


def _figure_words() -> Iterator[tuple[str, Message]]:
    try:
        from renda.figures import registry
    except ImportError:
        return
    for indicator in registry.all_indicators():
        words: list[object] = [indicator.name, getattr(indicator, "about", ""), *getattr(indicator, "units", ())]
        breakdowns = getattr(indicator, "breakdowns", ())
        words += [getattr(b, "name", "") for b in (breakdowns.values() if isinstance(breakdowns, dict) else breakdowns)]
        room = str(indicator.code).split(".")[0]
        yield from _words(room, f"{room}/figures", words)


def _table_words() -> Iterator[tuple[str, Message]]:
    """Words of the tables in code that pages look up and translate."""
    from renda.directory import gate, roles
    from renda.ui import editing, step_forms
    from renda.web import figure_pages

    yield from _words("directory", "directory/roles.py", [name for _code, name in roles.CHOICES])
    yield from _words("directory", "directory/gate.py", gate.ACTION_NAMES.values())
    yield from _words("ui", "ui/editing.py", editing.HELPS.values())
    yield from _words("ui", "ui/step_forms.py", step_forms.HELPS.values())
    yield from _words("web", "web/figure_pages.py", figure_pages.KIND_NAMES.values())
    yield from _words("figures", "figures/indicators.py", ["是", "否", "未注明"])


def _words(label: str, place: str, words: Iterable[object]) -> Iterator[tuple[str, Message]]:
    for word in words:
        text = str(word or "").strip()
        if HAN.search(text):
            yield label, Message(place, text)
