"""What a step does beside the petition itself: query codes, threads, the petition that a matter becomes at another level."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from renda.core import bulk
from renda.core.cells import DateValue
from renda.directory.gate import OPERATOR, Actor
from renda.directory.models import Division
from renda.petitions.models import Form, Petition, Source
from renda.procedure.cases import Case
from renda.procedure.models import Matter, Thread
from renda.registers import registry, services

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY3479"
CODE_LENGTH = 10
COPIED = (
    "title", "collective", "persons", "petitioner", "phone", "address", "visit_level", "field", "content", "against", "complained", "demand",
    "secret", "representatives",
)  # fmt: skip
REGISTER = "petitions.petitions"


def fresh_code() -> str:
    """A query code that cannot be guessed and is easily read out."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def give_code(several: Sequence[Case]) -> None:
    """Give a query code to petitions that have none (信访工作条例 21(2))."""
    rows = [{"id": one.record.pk, "query_code": fresh_code()} for one in several if not one.record.query_code]
    bulk.update(Petition, rows, ["query_code"])
    codes = {row["id"]: row["query_code"] for row in rows}
    for one in several:
        one.record.query_code = codes.get(one.record.pk, one.record.query_code)


def join_original(several: Sequence[Case]) -> None:
    """Put a repeated petition on the thread of the one that came first."""
    for one in several:  # merging is done one by one
        original: Petition = one.shared["original"]
        thread = thread_of(original)
        bulk.update(Matter, [{"id": one.record.pk, "thread": thread.pk}], ["thread"])


def thread_of(petition: Petition) -> Thread:
    """The petition's thread; a new one where it has none."""
    if petition.thread is None:
        petition.thread = Thread.objects.create(title=petition.title[:200])
        bulk.update(Matter, [{"id": petition.pk, "thread": petition.thread.pk}], ["thread"])
    return petition.thread


def pass_on(several: Sequence[Case]) -> None:
    """Open the petition at the office of the division that it was passed to, on the same thread (三级联系)."""
    target: Division = several[0].shared["target"]
    _open_at(target, several, Source.SUPERIOR)


def pass_up(several: Sequence[Case]) -> None:
    """Keep a thread; where the office above works on this platform, open the petition there."""
    above = {one.record.keeper.parent_id: one.record.keeper.parent for one in several if one.record.keeper}
    for one in several:
        thread_of(one.record)
    for parent in above.values():
        if parent is not None and parent.level == "county":
            _open_at(parent, [one for one in several if one.record.keeper.parent_id == parent.pk], Source.OTHER)


def _open_at(division: Division, several: Sequence[Case], source: Source) -> None:
    changes = [services.Change(_copied(one, division, source), None, f"{one.record.number}→{division.code}") for one in several]
    services.save(registry.get(REGISTER), changes, actor=_as_system(several[0].actor))


def _copied(case: Case, division: Division, source: Source) -> dict[str, Any]:
    old: Petition = case.record
    return {
        **{name: getattr(old, name) for name in COPIED},
        "number": "",
        "form": Form.FORWARDED.value,
        "source": source.value,
        "division": division.pk,
        "keeper": division.pk,
        "accused": old.accused_id,
        "received": DateValue(case.on, "day"),
        "thread_id": thread_of(old).pk,
    }


def _as_system(actor: Actor) -> Actor:
    """The office below or above cannot be written to by the actor; the platform does it, named after the actor."""
    return replace(OPERATOR, name=str(actor))
