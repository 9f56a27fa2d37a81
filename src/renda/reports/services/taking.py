"""Taking in last year's report: the file is read by its content, kept by its digest, and a report in work is opened."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from renda.core.datafolder import data_folder, private_folder
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.files.services import keep
from renda.journal.services import Line, change, record
from renda.reports.draft.layout import Layout
from renda.reports.models import Report
from renda.reports.recognise.source import MAX_BYTES, SUFFIXES, Unreadable, read
from renda.reports.services.finding import Refused

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
    ".md": "text/markdown",
}
MOST_CHARACTERS = 200_000
FIRST_YEAR, LAST_YEAR = 1954, 2200
LONGEST_TITLE = 60
_SOURCE_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?=\s*年)")


def take_in(
    name: str, content: bytes, *, year: int, division: Division, actor: Actor, title: str = "", source_year: int | None = None
) -> Report:
    """Open a report on `year` from last year's file. `source_year` is guessed from the text where it is not given.

    Raises Refused for a file that cannot be taken, PermissionDenied where the actor may not draft for the division.
    """
    gate.require(actor, roles.CREATE, Report)
    if not gate.divisions_within(actor, [division.pk]):
        raise PermissionDenied(_("只能为本区划起草报告，%(division)s不在您的范围内。") % {"division": division.name})
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("报告年度 %(year)d 不合适，请填写四位数的年份。") % {"year": year})
    text = text_of(name, content)
    own = source_year or Layout(text).own_year
    with change():
        stored = keep(content, MEDIA_TYPES[Path(name).suffix.lower()])
        made = Report.objects.create(
            division=division, year=year, title=title.strip()[:120] or title_of(text, own, year, division), source=stored,
            source_name=name[:200], source_text=text, source_year=own, created_by=str(actor), changed_by=str(actor),
        )  # fmt: skip
        said = {"file": made.source_name, "digest": stored.digest, "year": year, "source_year": own, "division": division.code}
        record(Line(str(actor), "report.taken_in", "reports.report", made.pk, made.title, said))
    return made


def text_of(name: str, content: bytes) -> str:
    """The plain text of an uploaded file. Raises Refused for what is no report."""
    plain = Path(name.replace("\\", "/")).name
    suffix = Path(plain).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(_("“%(name)s”不是 .docx、.txt 或 .md 文件。请在 Word 或 WPS 中另存为 .docx 后再上传。") % {"name": plain})
    if len(content) > MAX_BYTES:
        raise Refused(_("“%(name)s”超过 %(most)d MB。请删去图片等附件后再上传。") % {"name": plain, "most": MAX_BYTES // 2**20})
    with tempfile.TemporaryDirectory(dir=private_folder(data_folder() / "reports")) as folder:
        path = Path(folder) / f"source{suffix}"
        path.write_bytes(content)
        try:
            text = read(path)
        except Unreadable as error:
            raise Refused(str(error).replace(path.name, plain)) from error
    return _checked(text, plain)


def _checked(text: str, name: str) -> str:
    if not text.strip():
        raise Refused(_("“%(name)s”里没有文字。如果是扫描件，请先转成文字再上传。") % {"name": name})
    if len(text) > MOST_CHARACTERS:
        found = {"name": name, "n": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
        raise Refused(_("“%(name)s”有 %(n)s 字，最多 %(most)s 字。请分成几份上传。") % found)
    return text.replace("\x00", "")


def title_of(text: str, own: int | None, year: int, division: Division) -> str:
    """The text's own title with its year moved, or a plain one."""
    first = next((line.strip(" \u3000#") for line in text.split("\n") if line.strip()), "")
    if 4 <= len(first) <= LONGEST_TITLE and re.search(r"报告|总结|情况|要点", first):
        return _SOURCE_YEAR.sub(lambda found: str(year) if int(found[0]) == own else found[0], first)
    return _("%(division)s人大%(year)d年工作报告") % {"division": division.name, "year": year}
