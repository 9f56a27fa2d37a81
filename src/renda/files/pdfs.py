"""PDF documents: looked at by a process of its own with little memory and time, since a hostile one may never end."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from renda.files import pdf_check
from renda.files.compound import locked
from renda.files.refusals import FileRefused

PDF = "application/pdf"
SECONDS = 30


def inspect(content: bytes) -> None:
    """Raises FileRefused for a PDF that is broken, locked, something else besides, or holds scripts, programs or hidden files."""
    if zipfile.is_zipfile(BytesIO(content)):
        raise FileRefused(_("这个文件既是 PDF，又是压缩包，可能被人动过手脚，没有保存。请打开后另存为新的 PDF，再上传。"))
    verdict = _asked(content)
    if verdict == pdf_check.LOCKED:
        raise FileRefused(locked())
    if verdict == pdf_check.ACTIVE:
        raise FileRefused(_("PDF 里有脚本，或者会启动程序，没有保存。请用“打印到 PDF”另存一份后再上传。"))
    if verdict == pdf_check.WRAPPED:
        raise FileRefused(_("PDF 里嵌有其他文件，没有保存。请把嵌入的文件取出来单独上传，或者用“打印到 PDF”另存一份。"))
    if verdict != pdf_check.FINE:
        raise FileRefused(_("PDF 已经损坏，或者过于庞杂，不能核对内容，没有保存。请打开后另存为新的 PDF，再上传。"))


def _asked(content: bytes) -> str:
    command = [sys.executable, "-P", "-c", "from renda.files.pdf_check import main; main()"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return pdf_check.BROKEN
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else pdf_check.BROKEN
