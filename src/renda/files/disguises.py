"""Files that are two things at once: a picture to one program, and a web page, an archive or a document to another."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _

PDF_WITHIN = 1024
MARKUP = re.compile(rb"<(?:script|html|iframe|object|embed|!doctype|\?php|svg[\s>]|body[\s>]|meta\s)", re.IGNORECASE)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


def found(content: bytes) -> str:
    """What a picture's content is besides, in one word; empty where it is nothing else.

    Readers of PDF look for its mark in the first kilobyte, readers of archives from the end, browsers that guess look for markup.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _("压缩包")
    if b"%PDF-" in content[:PDF_WITHIN]:
        return "PDF"
    if MARKUP.search(content):
        return _("网页或脚本")
    if content.startswith(PROGRAMS):
        return _("程序")
    return ""
