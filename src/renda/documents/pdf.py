"""PDF from .docx by LibreOffice without a screen: a profile of its own per call, free faces lent for those that lack, nothing fetched."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from renda.documents.spoken import gettext as _

TIMEOUT = 180.0
"""Seconds a conversion may take."""

_PROGRAMS = ("soffice", "libreoffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}
</oor:items>
"""
_ITEM = '\n<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)


class NoPdf(RuntimeError):
    """No PDF could be made; the message (Chinese) says what happened, why, and what to do next."""


def can_make_pdf() -> bool:
    """Whether LibreOffice is installed."""
    return _program() is not None


def require_program() -> str:
    """Where LibreOffice is; raises NoPdf where it is not installed."""
    program = _program()
    if program is None:
        raise NoPdf(
            _(
                "本机没有安装 LibreOffice，不能生成 PDF。请管理员安装后再试（Debian、Ubuntu：apt-get install libreoffice-writer-nogui），"
                "或者用 Word、WPS 打开 .docx 另存为 PDF。"
            )
        )
    return program


def to_pdf(docx: Path, pdf: Path, *, timeout: float = TIMEOUT) -> None:
    """Write `docx` as `pdf`. Works as any user, without a home, several at once. Raises NoPdf, and Unreadable for a broken .docx."""
    program = require_program()
    with tempfile.TemporaryDirectory(prefix="renda-pdf-") as name, as_file(files(__package__) / "fonts" / "fonts.conf") as fonts:
        folder = Path(name)
        _write_profile(folder / "profile")
        _prepare(docx, folder / "paper.docx")
        said = _run(program, folder, fonts, timeout)
        made = folder / "out" / "paper.pdf"
        if not made.is_file() or not made.stat().st_size:
            words = _("LibreOffice 没有生成 PDF（%(why)s）。请用 Word、WPS 打开 .docx 另存为 PDF。")
            raise NoPdf(words % {"why": said or _("没有给出原因")})
        shutil.move(made, pdf)


def _program() -> str | None:
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _write_profile(folder: Path) -> None:
    """A fresh profile: no macros, no links followed, so that a hostile document can fetch and run nothing."""
    (folder / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SAFE)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _prepare(docx: Path, copy: Path) -> None:
    """A copy in which punctuation stays inside the margins: hanging there in justified lines, LibreOffice would not draw it."""
    from docx.oxml.ns import qn

    from .package import open_docx
    from .page import keep_punctuation_inside

    document = open_docx(docx)
    for root in (document.element, document.styles.element):
        for element in root.iter(qn("w:overflowPunct")):
            element.attrib.pop(qn("w:val"), None)
    for style in document.styles.element.findall(qn("w:style")):
        based = style.find(qn("w:basedOn")) is not None
        if style.get(qn("w:type")) == "paragraph" and not based and not any(True for _ in style.iter(qn("w:overflowPunct"))):
            keep_punctuation_inside(style.get_or_add_pPr())
    document.save(str(copy))


def _run(program: str, folder: Path, fonts: Path, timeout: float) -> str:
    """Convert; the last line that LibreOffice said. The whole process group ends with this call."""
    home = folder / "home"
    home.mkdir()
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "TZ")}
    environment = keep | {
        "HOME": str(home), "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home), "TMPDIR": str(folder), "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(fonts), "SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1",
    }  # fmt: skip
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), str(folder / "paper.docx"),
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        said, _none = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise NoPdf(
            _("LibreOffice 用了 %(seconds)s 秒仍未完成，已停止。请稍后再试，或用 Word、WPS 打开 .docx 另存为 PDF。")
            % {"seconds": round(timeout)}
        ) from error
    finally:
        _end(process)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
