"""Prints whose time is over: their files go, for what they hold of voters is on paper by then and can be made again at any time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.elections.lists.printing import RUNNING, SUBJECT
from renda.elections.models import Print
from renda.files.models import StoredFile
from renda.files.services import path_of
from renda.journal.services import Line, change, record

KEPT_DAYS = 60
"""How long a print is kept."""
AT_ONCE = 200


def forget_old() -> int:
    """Remove the prints made more than ``KEPT_DAYS`` ago, with their files; how many. Those of a closed election stay with its file."""
    removed = 0
    while several := _forget_some():
        removed += several
    return removed


def _forget_some() -> int:
    before = clock.now() - timedelta(days=KEPT_DAYS)
    old = Print.objects.filter(made_at__lt=before, election__frozen_at__isnull=True).exclude(state__in=RUNNING)
    with change():
        rows = list(old.select_for_update(of=("self",)).select_related("file").order_by("pk")[:AT_ONCE])
        for one in rows:
            told = {"kind": one.kind, "made_on": one.made_at.date().isoformat()}
            record(Line(str(OPERATOR), "voter_print.expired", SUBJECT, one.pk, one.name, told))
        Print.objects.filter(pk__in=[one.pk for one in rows]).delete()
        files = [one.file for one in rows if one.file is not None]
        StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
        transaction.on_commit(lambda: _remove([file.digest for file in files]))
    return len(rows)


def _remove(digests: Sequence[str]) -> None:
    """Each file is sealed under a key of its own, so that no two records share one."""
    for digest in digests:
        path_of(digest).unlink(missing_ok=True)
