"""Pictures made small for a page, and for print: turned as the camera held them, without what the camera wrote into them (places, names)."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from renda.core.datafolder import data_folder, private_folder
from renda.files.models import StoredFile
from renda.files.services import content_of

THUMB_SIDE = 360
PRINT_SIDE = 1800
QUALITY = 85


def thumbnail(digest: str) -> Path:
    """A small JPEG of a stored picture, made once. FileNotFoundError where the picture is gone."""
    target = data_folder() / "files" / "small" / digest[:2] / f"{digest}.jpg"
    if not target.exists():
        folder = private_folder(target.parent)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(shrunk(digest, THUMB_SIDE)[0])
        Path(draft).replace(target)
    return target


def shrunk(digest: str, side: int = PRINT_SIDE) -> tuple[bytes, int, int]:
    """A stored picture as JPEG with no side above `side` pixels, with its width and height. FileNotFoundError where it is gone."""
    with Image.open(io.BytesIO(_content(digest))) as stored:
        picture = ImageOps.exif_transpose(stored) or stored
        if picture.mode not in ("RGB", "L"):
            layer = picture.convert("RGBA")
            picture = Image.new("RGB", layer.size, "white")
            picture.paste(layer, mask=layer.getchannel("A"))
        picture.thumbnail((side, side))
        content = io.BytesIO()
        picture.save(content, "JPEG", quality=QUALITY, optimize=True)
        return content.getvalue(), picture.width, picture.height


def _content(digest: str) -> bytes:
    stored = StoredFile.objects.filter(digest=digest).first()
    if stored is None:
        raise FileNotFoundError(digest)
    return content_of(stored)
