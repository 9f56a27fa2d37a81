"""Encrypting attachments that lie in the data folder in plain: those from before files were encrypted at rest."""

from __future__ import annotations

import hashlib

from django.db import transaction

from renda.directory.gate import Actor
from renda.files import sealing
from renda.files.models import StoredFile
from renda.files.services import keep_bytes, path_of
from renda.journal.services import Line, change, record


def plain_ones() -> list[int]:
    """The stored files of attachments whose content is not encrypted."""
    rows = StoredFile.objects.filter(mark="", attachments__isnull=False).distinct()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def seal(pk: int, *, actor: Actor) -> None:
    """Encrypt one stored file in place of its plain content. FileNotFoundError where that is gone."""
    with change():
        stored = StoredFile.objects.select_for_update().get(pk=pk)
        if stored.mark:
            return
        old = stored.digest
        content = path_of(old).read_bytes()
        sealed, key = sealing.seal(content)
        stored.digest, stored.size = hashlib.sha256(sealed).hexdigest(), len(sealed)
        stored.seal, stored.mark = key, sealing.mark(content, key)
        keep_bytes(stored.digest, sealed)
        stored.save()
        record(Line(str(actor), "files.sealed", "files.file", stored.pk, "", {"before": old, "digest": stored.digest}))
        transaction.on_commit(lambda: path_of(old).unlink(missing_ok=True))
