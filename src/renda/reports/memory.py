"""What clerks corrected, kept per division for its next report: remembered, told to the recogniser, listed, forgotten.

The rows lie in the database. Recognising needs none, so the references among them are also written to the data folder
(``reports/bindings.json``), where `renda report recognise` finds them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from renda.core import clock
from renda.core.datafolder import private_folder
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import registry
from renda.journal.services import Line, change, record
from renda.reports.draft.layout import Layout
from renda.reports.draft.model import Binding
from renda.reports.models import Remembered, Report
from renda.reports.recognise import recognise
from renda.reports.recognise.context import Contexts
from renda.reports.recognise.memory import key
from renda.reports.recognise.numerals import narrow
from renda.reports.services.storing import binding_from, plain_binding

LEAST_WORDS = 2


@lru_cache(maxsize=8)
def keys(text: str, year: int | None) -> Mapping[tuple[int, int], str]:
    """What each figure of a text is remembered by, by its place; figures whose words are too few to be known again are left out."""
    figures = [figure for figure in recognise(text, year) if figure.kind != "name"]
    contexts = Contexts(narrow(text), figures)
    found = {(figure.start, figure.end): key(figure, contexts.place(index)) for index, figure in enumerate(figures)}
    return MappingProxyType({place: words for place, words in found.items() if len(words.partition("|")[2]) >= LEAST_WORDS})


def of(division: Division) -> dict[str, Remembered]:
    """What is remembered for a division's reports, by key."""
    return {one.key: one for one in Remembered.objects.filter(division=division)}


def references(division: Division) -> dict[str, str | None]:
    """What `recognise` takes as memory: key → reference, None where the words stay open."""
    return {name: one.reference or None for name, one in of(division).items() if one.reference or one.binding is None}


def bindings_in(text: str, year: int | None, division: Division) -> dict[int, Binding | None]:
    """The remembered bindings of the figures of a text, by where they start. `year` is the text's own (None: guessed from it)."""
    known = of(division)
    if not known:
        return {}
    year = year or Layout(text).own_year
    return {start: binding_from(known[words].binding) for (start, _end), words in keys(text, year).items() if words in known}


def remember(report: Report, places: Mapping[tuple[int, int], Binding | None], *, actor: Actor) -> list[Remembered]:
    """Remember how figures of a report are bound, inside the change that settles them. Words that stand for two different things in
    this report are not remembered: they would be wrong for one of them."""
    known = keys(report.source_text, report.source_year)
    kept = []
    for place, binding in places.items():
        words = known.get(place)
        if words is None or _ambiguous(report, place, words, binding):
            continue
        kept.append(_put(report, words, report.source_text[place[0] : place[1]], binding, actor))
    if kept:
        said = {one.example: one.binding for one in kept}
        record(Line(str(actor), "report.remembered", "reports.report", report.pk, report.title, {"bindings": said}))
        transaction.on_commit(export)
    return kept


def _ambiguous(report: Report, place: tuple[int, int], words: str, binding: Binding | None) -> bool:
    same = [other for other, others in keys(report.source_text, report.source_year).items() if others == words and other != place]
    if not same:
        return False
    settled = {(c.start, c.end): binding_from(c.binding) for c in report.choices.filter(start__in=[start for start, _ in same])}
    return any(other not in settled or _meaning(settled[other]) != _meaning(binding) for other in same)


def _meaning(binding: Binding | None) -> object:
    return None if binding is None else (binding.indicator, sorted(binding.where.items()), binding.form)


def _put(report: Report, words: str, figure: str, binding: Binding | None, actor: Actor) -> Remembered:
    said = f"{words.partition('|')[2]}……{figure}"[:300]
    values = {
        "example": said, "reference": reference_of(binding), "binding": plain_binding(binding), "report": report, "by": str(actor),
        "at": clock.now(),
    }  # fmt: skip
    return Remembered.objects.update_or_create(division_id=report.division_id, key=words[:300], defaults=values)[0]


def reference_of(binding: Binding | None) -> str:
    """The code in the list of references that a binding answers; empty where there is none."""
    try:
        return (registry.get(binding.indicator).reference or "") if binding else ""
    except KeyError:
        return ""


def visible(actor: Actor) -> QuerySet[Remembered]:
    """All that the actor may see."""
    return gate.visible_to(actor, Remembered.objects.select_related("division", "report"))


def forget(chosen: Sequence[int], *, actor: Actor) -> int:
    """Forget what was remembered; PermissionDenied outside the actor's scope. Returns how many there were."""
    gate.require(actor, roles.EDIT, Remembered)
    with change():
        rows = list(visible(actor).filter(pk__in=chosen).select_for_update(of=("self",)).order_by("pk"))
        if not rows:
            return 0
        Remembered.objects.filter(pk__in=[one.pk for one in rows]).delete()
        said = [{"key": one.key, "binding": one.binding} for one in rows]
        record(Line(str(actor), "report.forgotten", "reports.remembered", None, "", {"forgotten": said}))
        transaction.on_commit(export)
    return len(rows)


def file() -> Path:
    """Where the command line finds what is remembered."""
    return Path(settings.DATA) / "reports" / "bindings.json"


def export() -> None:
    """Write the references that are remembered to the data folder; where two divisions disagree, neither."""
    said: dict[str, set[str | None]] = {}
    for one in Remembered.objects.order_by("key"):
        if one.reference or one.binding is None:
            said.setdefault(one.key, set()).add(one.reference or None)
    agreed = {name: next(iter(codes)) for name, codes in said.items() if len(codes) == 1}
    private_folder(file().parent)
    draft = file().with_suffix(f".{os.getpid()}.new")
    draft.write_text(json.dumps({"bindings": agreed}, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    draft.replace(file())
