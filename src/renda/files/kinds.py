"""What a file is, told from its content alone: pictures, PDF, Word, Excel, WPS and OFD documents. Everything else is refused."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from renda.files import compound, disguises, packages, pdfs
from renda.files.refusals import FileRefused

MEGABYTE = 1024 * 1024
MOST_PICTURE = 20 * MEGABYTE
MOST_DOCUMENT = 50 * MEGABYTE
MOST_PIXELS = 50_000_000
IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
SUFFIXES: dict[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    pdfs.PDF: (".pdf",),
    packages.DOCX: (".docx", ".wps"),
    packages.XLSX: (".xlsx", ".et"),
    packages.PPTX: (".pptx", ".dps", ".ppsx"),
    packages.OFD: (".ofd",),
    compound.DOC: (".doc", ".wps"),
    compound.XLS: (".xls", ".et"),
    compound.PPT: (".ppt", ".dps"),
}
"""The suffixes that a kind may bear; the first is given where the name bears another."""

PICTURES = frozenset(IMAGES.values())
EVERYTHING = frozenset(SUFFIXES)
PICTURES_AND_PDF = PICTURES | {pdfs.PDF}
ACCEPT = ",".join(sorted({suffix for several in SUFFIXES.values() for suffix in several}))
ACCEPT_PUBLIC = ",".join(suffix for kind in sorted(PICTURES_AND_PDF) for suffix in SUFFIXES[kind])
"""What the browser's file choice offers first; the server looks for itself."""

LONGEST_NAME = 120
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff<>:\"/\\|?*]")
_DANGEROUS_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Seen:
    """What a file's content shows it to be: media type; width and height in pixels for pictures."""

    media_type: str
    width: int | None = None
    height: int | None = None


def look(content: bytes, allowed: frozenset[str] = EVERYTHING, most: int = 0) -> Seen:
    """Say what the bytes are, whatever they are called; ``most`` is the greatest size in bytes where it is less than usual.

    Raises FileRefused for what is not allowed, broken, too large or not harmless.
    """
    if not content:
        raise FileRefused(_("文件是空的。请核对后重新选择。"))
    _not_above(content, most or (MOST_DOCUMENT if allowed - PICTURES else MOST_PICTURE))
    seen = _recognised(content)
    if seen is None or seen.media_type not in allowed:
        raise FileRefused(_not_allowed(allowed))
    if seen.media_type in PICTURES:
        _not_above(content, MOST_PICTURE)
    return seen


def _not_above(content: bytes, most: int) -> None:
    if len(content) > most:
        raise FileRefused(
            _("文件有 %(size)s MB，最多 %(most)s MB。请压缩或者拆分后再上传。")
            % {"size": round(len(content) / MEGABYTE, 1), "most": most // MEGABYTE}
        )


def _recognised(content: bytes) -> Seen | None:
    if content.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")):
        return _picture(content)
    if content.startswith(b"%PDF-"):
        pdfs.inspect(content)
        return Seen(pdfs.PDF)
    if content.startswith(b"PK\x03\x04"):
        return Seen(packages.inspect(content))
    if content.startswith(compound.MARK):
        return Seen(compound.inspect(content))
    return None


def _not_allowed(allowed: frozenset[str]) -> str:
    if allowed <= PICTURES:
        return _("文件内容不是图片，或者已经损坏。请上传 PNG、JPEG、GIF 或 WebP 图片。")
    if allowed <= PICTURES_AND_PDF:
        return _("文件内容不是图片，也不是 PDF，或者已经损坏。请上传 PNG、JPEG 图片或者 PDF。")
    return _("文件内容不是图片，也不是可以接收的文档，或者已经损坏。请上传 PDF、OFD、Word、Excel、WPS 文档或者图片。")


def _picture(content: bytes) -> Seen:
    from PIL import Image, UnidentifiedImageError

    _not_above(content, MOST_PICTURE)
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
        raise FileRefused(_not_allowed(PICTURES)) from error
    besides = disguises.found(content)
    if besides:
        raise FileRefused(
            _("这个文件既是图片，又是%(besides)s，可能被人动过手脚，没有保存。请用看图软件打开后另存为新图片，再上传。")
            % {"besides": besides}
        )
    return Seen(IMAGES[form], width, height)


def fitting_name(name: str, media_type: str) -> str:
    """The file's name without folders and signs that mislead, with a suffix that fits its content."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = _DANGEROUS_SPACE.sub(" ", _UNFIT.sub("", bare)).strip(" .")
    suffixes = SUFFIXES[media_type]
    stem, suffix = PurePath(bare).stem, PurePath(bare).suffix.lower()
    if suffix in suffixes:
        return f"{stem[:LONGEST_NAME] or _('附件')}{suffix}"
    kept = stem if suffix in _KNOWN else bare
    return f"{kept[:LONGEST_NAME] or _('附件')}{suffixes[0]}"


_KNOWN = frozenset(suffix for several in SUFFIXES.values() for suffix in several)
