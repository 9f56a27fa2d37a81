"""Templates of a division: which one counts, changing it, going back to the shipped one. Each version is kept and journalled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.documents.faults import TemplateFault
from renda.documents.models import TemplateVersion
from renda.documents.registry import Template
from renda.files import services as files
from renda.journal.services import Line, change, record


@dataclass(frozen=True)
class Current:
    """The template that counts in a division: its content, and the office's version (None: the shipped one)."""

    content: bytes
    version: TemplateVersion | None


def division_of(actor: Actor) -> Division | None:
    """Whose templates an actor works on: those of the hat's division; the operator has those of the first county."""
    if actor.division_id:
        return Division.objects.get(pk=actor.division_id)
    return Division.objects.filter(level=Level.COUNTY, valid_to__isnull=True).order_by("path").first()


def current(template: Template, division: Division) -> Current:
    """The template that counts: the division's own, else that of the nearest division above with one, else the shipped one. One query."""
    found = _latest(template.code, division)
    for version in sorted(found.values(), key=lambda one: len(one.division.path), reverse=True):
        if version.file is not None:
            return Current(files.content_of(version.file), version)
    return Current(template.shipped.read_bytes(), None)


def _latest(code: str, division: Division) -> dict[int, TemplateVersion]:
    """The latest version of the division and of each one above it."""
    parts = division.path.split(".")
    paths = [".".join(parts[: end + 1]) for end in range(len(parts))]
    rows = TemplateVersion.objects.filter(code=code, division__path__in=paths).select_related("file", "division")
    found: dict[int, TemplateVersion] = {}
    for row in rows.order_by("version"):
        found[row.division_id] = row
    return found


def in_force(division: Division) -> dict[str, TemplateVersion]:
    """The office's own versions that count in a division, by the letter's code. One query."""
    parts = division.path.split(".")
    paths = [".".join(parts[: end + 1]) for end in range(len(parts))]
    latest: dict[tuple[str, str], TemplateVersion] = {}
    rows = TemplateVersion.objects.filter(division__path__in=paths).select_related("division").order_by("version")
    for row in rows:
        latest[(row.code, row.division.path)] = row
    found: dict[str, TemplateVersion] = {}
    for (code, _path), row in sorted(latest.items(), key=lambda one: len(one[0][1])):
        if row.file_id is not None:
            found[code] = row
    return found


def versions(template: Template, division: Division) -> list[TemplateVersion]:
    """All versions of the division itself, the newest first."""
    rows = TemplateVersion.objects.filter(code=template.code, division=division).select_related("file")
    return list(rows.order_by("-version"))


def upload(template: Template, division: Division, name: str, content: bytes, *, reason: str, actor: Actor) -> TemplateVersion:
    """Make a file the division's template from now on. Raises TemplateFault for one that cannot be used, PermissionDenied."""
    _require(division, actor)
    _reasoned(reason)
    from renda.documents import checking

    checking.check(template, name, content)
    with change():
        stored = files.keep(content, checking.MEDIA_TYPE)
        made = _add(template, division, reason, actor, file_id=stored.pk, name=Path(name).name[:200])
        detail = {"version": made.version, "file": made.name, "digest": stored.digest, "reason": made.reason}
        record(
            Line(str(actor), "template.changed", "documents.template", made.pk, template.name, {"code": template.code, **detail})
        )
    return made


def restore(template: Template, division: Division, *, reason: str, actor: Actor) -> TemplateVersion:
    """Go back to the shipped template. Raises TemplateFault where the division has none of its own, PermissionDenied."""
    _require(division, actor)
    _reasoned(reason)
    with change():
        Division.objects.select_for_update().get(pk=division.pk)
        latest = _latest(template.code, division).get(division.pk)
        if latest is None or latest.file is None:
            raise TemplateFault(_("现在用的就是平台自带的模板，不需要恢复。"))
        made = _add(template, division, reason, actor)
        detail = {"version": made.version, "reason": made.reason}
        record(
            Line(str(actor), "template.restored", "documents.template", made.pk, template.name, {"code": template.code, **detail})
        )
    return made


def _require(division: Division, actor: Actor) -> None:
    gate.require(actor, roles.EDIT, TemplateVersion)
    if not gate.divisions_within(actor, [division.pk]):
        raise PermissionDenied(_("只能更换本区划的文书模板。"))


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise TemplateFault(_("请写明更换的原因，原因将与新版本一起保存。"))


def _add(
    template: Template, division: Division, reason: str, actor: Actor, *, file_id: int | None = None, name: str = ""
) -> TemplateVersion:
    Division.objects.select_for_update().get(pk=division.pk)  # one at a time, so that versions are counted without gaps
    rows = TemplateVersion.objects.filter(code=template.code, division=division)
    last = rows.aggregate(last=Max("version"))["last"] or 0
    return TemplateVersion.objects.create(
        code=template.code,
        division=division,
        version=last + 1,
        file_id=file_id,
        name=name,
        reason=reason.strip()[:300],
        by=str(actor),
        at=clock.now(),
    )
