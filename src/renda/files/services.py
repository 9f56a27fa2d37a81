"""Attaching files to records: content is checked, kept encrypted in the data folder, and journalled; taken away with a reason."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.datafolder import data_folder, private_folder
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import ScopedRecord
from renda.files import kinds, sealing
from renda.files.kinds import IMAGES, Seen, look
from renda.files.models import Attachment, StoredFile
from renda.files.refusals import FileRefused
from renda.journal.services import Line, change, record

__all__ = [
    "IMAGES", "FileRefused", "Given", "Seen", "Way", "attach", "attach_with", "content_of", "keep", "keep_bytes", "keep_sealed", "look", "may_void",
    "note_opened", "path_of", "void",
]  # fmt: skip
MOST_REASON = 300


@dataclass(frozen=True)
class Given:
    """A file as it was handed in; ``seen`` is what it is, where it was looked into already."""

    name: str
    content: bytes
    seen: Seen | None = None


@dataclass(frozen=True)
class Way:
    """How a file comes to a record: caption, whether only those may open it who may unmask the record, and the step that it came with."""

    caption: str = ""
    secret: bool = False
    taken_on: date | None = None
    step: int | None = None
    ask: str = ""


def path_of(digest: str) -> Path:
    """Where the file with this digest lies in the data folder."""
    return data_folder() / "files" / digest[:2] / digest


def content_of(stored: StoredFile) -> bytes:
    """The content of a stored file, decrypted. FileNotFoundError where it is gone, InvalidTag where it was changed."""
    held = path_of(stored.digest).read_bytes()
    return sealing.unseal(held, str(stored.seal)) if stored.seal else held


def attach(
    register: str,
    holder: ScopedRecord,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    caption: str = "",
    secret: bool = False,
    taken_on: date | None = None,
    allowed: frozenset[str] = kinds.EVERYTHING,
) -> Attachment:
    """Attach a file to a record of a register (its code) that the actor may edit; the same content twice is one attachment.

    Raises FileRefused for content that is not allowed or not harmless, and PermissionDenied where the gate says no.
    """
    gate.require(actor, roles.EDIT, holder)
    way = Way(caption, secret, taken_on)
    with change():
        return attach_with(register, holder, [Given(name, content)], way, actor=actor, allowed=allowed)[0]


def attach_with(
    register: str,
    holder: ScopedRecord,
    several: Sequence[Given],
    way: Way,
    *,
    actor: Actor,
    allowed: frozenset[str] = kinds.EVERYTHING,
) -> list[Attachment]:
    """Attach files to a record within a change of the caller, who has asked the gate (an edit, or a step that the actor took).

    Raises FileRefused. What was written is removed again where the change fails.
    """
    seen = [one.seen or look(one.content, allowed) for one in several]
    with _removed_on_failure() as written:
        return [_attach(register, holder, one, kind, way, actor, written) for one, kind in zip(several, seen, strict=True)]


def _attach(
    register: str, holder: ScopedRecord, given: Given, seen: Seen, way: Way, actor: Actor, written: list[Path]
) -> Attachment:
    held = _again(register, holder.pk, given.content, way)
    if held is not None:
        return held
    stored = keep_sealed(given.content, seen)
    written.append(path_of(stored.digest))
    made = Attachment.objects.create(
        file=stored, register=register, record_id=holder.pk, division_id=holder.division_id,
        name=kinds.fitting_name(given.name, seen.media_type), caption=way.caption.strip()[:200], taken_on=way.taken_on,
        secret=way.secret, step=way.step, ask=way.ask, by=_by(actor), account_id=actor.account_id,
    )  # fmt: skip
    detail = {"digest": stored.digest, "size": stored.content_size, "kind": seen.media_type, "attachment": made.pk}
    detail |= {"secret": True} if way.secret else {}
    detail |= {"step": way.step, "ask": way.ask} if way.step else {}
    record(Line(str(actor), "files.attached", register, holder.pk, _journal_name(made), detail))
    return made


def _by(actor: Actor) -> str:
    return actor.name if actor.role == gate.OPERATOR.role else str(actor)


def _journal_name(row: Attachment) -> str:
    """What the journal calls an attachment: the names of secret files may name people."""
    return Path(row.name).suffix.lstrip(".").upper() if row.secret else row.name


def _again(register: str, pk: int, content: bytes, way: Way) -> Attachment | None:
    """The standing attachment of the record with this very content at the same place, which needs no second copy."""
    rows = Attachment.objects.filter(register=register, record_id=pk, voided_at__isnull=True, step=way.step, ask=way.ask)
    for row in rows.filter(file__size=len(content) + sealing.OVERHEAD).exclude(file__mark="").select_related("file"):
        if sealing.mark(content, str(row.file.seal)) == row.file.mark:
            return row
    return None


@contextlib.contextmanager
def _removed_on_failure() -> Iterator[list[Path]]:
    """Files written within are removed where what is done there fails; their names are theirs alone, so nothing else loses them."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def may_void(row: Attachment, holder: ScopedRecord, actor: Actor) -> bool:
    """Whether the actor, who sees the record, may take the attachment away: who may edit the record, and who brought it."""
    if row.voided_at or holder.voided_at:
        return False
    own = row.account_id is not None and row.account_id == actor.account_id
    return own or gate.may(actor, roles.EDIT, holder)


def void(row: Attachment, holder: ScopedRecord, *, reason: str, actor: Actor) -> None:
    """Take an attachment away; its content and the reason are kept. Raises PermissionDenied, and FileRefused without a reason."""
    if not may_void(row, holder, actor):
        raise PermissionDenied(_("只有可以修改这条记录的人和上传附件的人可以作废附件。"))
    if not reason.strip():
        raise FileRefused(_("请写明作废的原因，原因将记入日志。"))
    with change():
        locked = Attachment.objects.select_for_update().get(pk=row.pk)
        if locked.voided_at:
            raise FileRefused(_("这个附件已经作废。"))
        locked.voided_at, locked.voided_by, locked.void_reason = clock.now(), _by(actor), reason.strip()[:MOST_REASON]
        locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
        detail = {"attachment": locked.pk, "reason": locked.void_reason}
        record(Line(str(actor), "files.voided", locked.register, locked.record_id, _journal_name(locked), detail))


def note_opened(row: Attachment, *, actor: Actor) -> None:
    """Journal that a secret attachment was opened."""
    with change():
        detail = {"attachment": row.pk}
        record(Line(str(actor), "files.opened", row.register, row.record_id, _journal_name(row), detail))


def keep_sealed(content: bytes, seen: Seen) -> StoredFile:
    """Keep content encrypted with a key of its own. Call inside `journal.change`; the caller journals."""
    sealed, key = sealing.seal(content)
    digest = hashlib.sha256(sealed).hexdigest()
    with _removed_on_failure() as written:
        keep_bytes(digest, sealed)
        written.append(path_of(digest))
        return StoredFile.objects.create(
            digest=digest, size=len(sealed), media_type=seen.media_type, width=seen.width, height=seen.height, seal=key,
            mark=sealing.mark(content, key),
        )  # fmt: skip


def keep(content: bytes, media_type: str) -> StoredFile:
    """Keep content that the caller has checked, once by its digest, in plain. Call inside `journal.change`; the caller journals."""
    digest = hashlib.sha256(content).hexdigest()
    keep_bytes(digest, content)
    stored, _ = StoredFile.objects.get_or_create(digest=digest, defaults={"size": len(content), "media_type": media_type})
    return stored


def keep_bytes(digest: str, content: bytes) -> None:
    """Write the content under its digest in one step; what is there already stands."""
    path = path_of(digest)
    if path.exists():
        return
    folder = private_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
