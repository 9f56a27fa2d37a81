"""Making letters and keeping them: each version stands encrypted, numbered once, journalled; a new version leaves the old one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.crypto import keyed_digest
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.documents import services
from renda.documents.faults import TemplateFault
from renda.documents.models import Paper, PaperVersion
from renda.documents.registry import NUMBER, Template, Values
from renda.journal.services import Line, change, record

LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Order:
    """Which letter is wanted: its template, the matter and the step, whose number it bears and where the journal notes it.

    ``division`` keeps the matter; ``register`` and ``label`` are what the journal calls it.
    """

    template: Template
    subject_id: int
    step: int
    division: Division
    organ_id: int | None
    register: str
    label: str


def make(
    order: Order,
    values: Values,
    *,
    number: str,
    fresh_number: Callable[[], str],
    asked: Mapping[str, Any],
    reason: str,
    actor: Actor,
) -> PaperVersion:
    """Make a letter, or a new version of it. ``number`` is the office's own; else the one that it has; else ``fresh_number`` gives one.

    The caller has asked the gate and holds the matter's row. Raises TemplateFault: no reason for a new version, a number in use, a
    template that does not work.
    """
    with change():
        paper = _existing(order)
        if paper is not None and not reason.strip():
            raise TemplateFault(_("这份文书已经生成过。重新生成请写明原因，原来的版本仍然保留。"))
        if paper is None:
            paper = Paper(
                code=order.template.code,
                kind=order.template.kind,
                subject_id=order.subject_id,
                step=order.step,
                division=order.division,
                organ_id=order.organ_id,
            )
        paper.number = _number(order, paper, number.strip()) or paper.number or fresh_number()
        paper.save()
        return _version(order, paper, {**values, NUMBER: paper.number}, asked, reason.strip(), actor)


def _existing(order: Order) -> Paper | None:
    rows = Paper.objects.select_for_update().filter(kind=order.template.kind, subject_id=order.subject_id)
    return rows.filter(step=order.step, code=order.template.code).first()


def _number(order: Order, paper: Paper, number: str) -> str:
    """The number that was typed in, as far as it is free."""
    if len(number) > LONGEST_NUMBER:
        raise TemplateFault(_("文号最多 %(most)s 字。") % {"most": LONGEST_NUMBER})
    if number and Paper.objects.filter(division=order.division, number=number).exclude(pk=paper.pk).exists():
        raise TemplateFault(_("文号“%(number)s”已用于另一份文书，请核对；留空则由平台编号。") % {"number": number})
    return number


def _version(
    order: Order, paper: Paper, values: Mapping[str, Any], asked: Mapping[str, Any], reason: str, actor: Actor
) -> PaperVersion:
    template = order.template
    from renda.documents import rendering

    chosen = services.current(template, order.division)
    filled = rendering.fill(chosen.content, values, title=template.name)
    held = sorted(name for name in filled.used if template.by_name[name].secret and values.get(name))
    last = paper.versions.aggregate(last=Max("version"))["last"] or 0
    made = PaperVersion.objects.create(
        paper=paper,
        version=last + 1,
        content=base64.b64encode(filled.content).decode(),
        digest=hashlib.sha256(filled.content).hexdigest(),
        size=len(filled.content),
        secret=bool(held),
        template=chosen.version,
        asked=json.dumps(asked, ensure_ascii=False) if asked else "",
        reason=reason[:300],
        by=str(actor),
        account_id=actor.account_id,
        at=clock.now(),
    )
    detail = {
        "letter": template.name,
        "number": paper.number,
        "version": made.version,
        "template": chosen.version.version if chosen.version else 0,
        "secrets": held,
        "digest": keyed_digest(made.digest),
    }
    if reason:
        detail["reason"] = made.reason
    record(Line(str(actor), "letter.made", order.register, order.subject_id, order.label, detail))
    return made


def of_subject(kind: str, subject_id: int) -> list[Paper]:
    """The letters of a matter with their versions, the newest version first, without their content. Two queries."""
    versions = PaperVersion.objects.defer("content", "asked").order_by("-version")
    rows = Paper.objects.filter(kind=kind, subject_id=subject_id).prefetch_related(Prefetch("versions", versions))
    return list(rows.order_by("step", "pk"))


def last_asked(kind: str, subject_id: int, step: int, code: str) -> dict[str, Any]:
    """What the maker of the last version had filled in, so that a new one begins with it."""
    row = PaperVersion.objects.filter(paper__kind=kind, paper__subject_id=subject_id, paper__step=step, paper__code=code)
    last = row.order_by("-version").values_list("asked", flat=True).first()
    found: dict[str, Any] = json.loads(str(last)) if last else {}
    return found


def find(kind: str, subject_id: int, version: int) -> PaperVersion | None:
    """A version of a letter of this matter by its primary key; None where the matter has none such."""
    rows = PaperVersion.objects.select_related("paper").filter(paper__kind=kind, paper__subject_id=subject_id)
    return rows.filter(pk=version).first()


def content_of(version: PaperVersion) -> bytes:
    """The .docx of a version."""
    return base64.b64decode(str(version.content))


def note_opened(version: PaperVersion, name: str, *, register: str, label: str, actor: Actor) -> None:
    """Journal that a letter that holds masked values was downloaded."""
    with change():
        detail = {"letter": name, "number": version.paper.number, "version": version.version}
        record(Line(str(actor), "letter.opened", register, version.paper.subject_id, label, detail))


def latest(papers: Sequence[Paper]) -> dict[tuple[int, str], Paper]:
    """Letters by step and code."""
    return {(one.step, one.code): one for one in papers}
