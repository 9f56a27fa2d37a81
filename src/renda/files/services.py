"""Attaching files to records: content is checked, kept once by digest in the data folder, and journalled."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from renda.core.datafolder import data_folder, private_folder
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import ScopedRecord
from renda.files import disguises
from renda.files.models import Attachment, StoredFile
from renda.journal.services import Line, change, record

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


class FileRefused(ValueError):
    """The file cannot be kept; the text says why and what to do."""


@dataclass(frozen=True)
class Seen:
    """What a file's content shows it to be: media type, width and height in pixels."""

    media_type: str
    width: int
    height: int


def look(content: bytes) -> Seen:
    """Say what picture the bytes are, by content and not by name. Raises FileRefused for what is no picture, or too large."""
    if len(content) > MOST_BYTES:
        raise FileRefused(
            _("图片有 %(content)s MB，最多 %(most_bytes)s MB。请压缩后再上传。")
            % {"content": len(content) // 1024 // 1024, "most_bytes": MOST_BYTES // 1024 // 1024}
        )
    try:
        with Image.open(io.BytesIO(content), formats=list(IMAGES)) as picture:
            width, height, form = *picture.size, picture.format or ""
            if width * height > MOST_PIXELS:
                raise FileRefused(
                    _("图片有 %(width)s×%(height)s 像素，太大了。请缩小后再上传。") % {"width": width, "height": height}
                )
            picture.verify()
    except FileRefused:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise FileRefused(_("文件内容不是图片，或者已经损坏。请上传 PNG、JPEG、GIF 或 WebP 图片。")) from error
    besides = disguises.found(content)
    if besides:
        raise FileRefused(
            _("这个文件既是图片，又是%(besides)s，可能被人动过手脚，没有保存。请用看图软件打开后另存为新图片，再上传。")
            % {"besides": besides}
        )
    return Seen(IMAGES[form], width, height)


def path_of(digest: str) -> Path:
    """Where content with this digest lies in the data folder."""
    return data_folder() / "files" / digest[:2] / digest


def attach(
    register: str,
    holder: ScopedRecord,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    caption: str = "",
    taken_on: date | None = None,
) -> Attachment:
    """Attach a picture to a record of a register (its code) that the actor may edit; the same content twice is one attachment.

    Raises FileRefused for content that is no picture, and PermissionDenied where the gate says no.
    """
    gate.require(actor, roles.EDIT, holder)
    seen, digest = look(content), hashlib.sha256(content).hexdigest()
    _keep(digest, content)
    with change():
        stored, _ = StoredFile.objects.get_or_create(
            digest=digest,
            defaults={"size": len(content), "media_type": seen.media_type, "width": seen.width, "height": seen.height},
        )
        made, new = Attachment.objects.get_or_create(
            file=stored,
            register=register,
            record_id=holder.pk,
            defaults={
                "division_id": holder.division_id,
                "name": Path(name).name[:200],
                "caption": caption[:200],
                "taken_on": taken_on,
            },
        )
        if new:
            record(Line(str(actor), "files.attached", register, holder.pk, made.name, {"digest": digest, "size": len(content)}))
    return made


def keep(content: bytes, media_type: str) -> StoredFile:
    """Keep content that the caller has checked, once by its digest. Call inside `journal.change`; the caller journals."""
    digest = hashlib.sha256(content).hexdigest()
    _keep(digest, content)
    stored, _ = StoredFile.objects.get_or_create(digest=digest, defaults={"size": len(content), "media_type": media_type})
    return stored


def _keep(digest: str, content: bytes) -> None:
    """Write the content under its digest in one step; what is there already stands."""
    path = path_of(digest)
    if path.exists():
        return
    folder = private_folder(path.parent)
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
