"""What the public is told of the office: written in one place, with its journal entry."""

from __future__ import annotations

from collections.abc import Iterable

from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.portal.models import Notice


def tell(notice: Notice, changed: Iterable[str], *, actor: Actor) -> None:
    """Save what is told. ``changed``: the fields that say something else than before."""
    with change():
        notice.save()
        record(Line(str(actor), "portal.notice", "portal.notice", notice.pk, notice.division.name, {"changed": sorted(changed)}))
