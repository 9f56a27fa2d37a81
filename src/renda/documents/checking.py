"""What an office may upload as a template: a sound .docx without macros, embedded objects or links outside, whose words exist."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from renda.documents import rendering
from renda.documents.language import TemplateFault
from renda.documents.package import Unreadable, open_docx
from renda.documents.registry import Template

MOST_BYTES = 2 * 2**20
MOST_TEXT = 1_000_000
"""Characters of the document's own text with its marks: a letter has some ten thousand."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|activeX|afchunk|customUI)", re.IGNORECASE)
_FIELDS = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def check(template: Template, name: str, content: bytes) -> set[str]:
    """The words that an uploaded template uses. Raises TemplateFault: what is wrong with it, and what to do."""
    if Path(name).suffix.lower() != ".docx":
        raise TemplateFault(
            _("只接受 .docx 文件，不接受“%(name)s”。请在 Word 或 WPS 中另存为 .docx 后再上传。") % {"name": Path(name).name[:80]}
        )
    if len(content) > MOST_BYTES:
        raise too_large(len(content))
    _sound(name, content)
    _harmless(content)
    used = rendering.words_used(content, template.samples())
    if not used:
        raise TemplateFault(_("模板里没有占位符，生成的文书会千篇一律。请把要填的地方写成 {{ 信访编号 }} 这样的占位符。"))
    return used


def too_large(size: int) -> TemplateFault:
    """The fault of a file of so many bytes."""
    words = {"size": size // 1024, "most": MOST_BYTES // 1024}
    return TemplateFault(_("模板有 %(size)s KB，最多 %(most)s KB。请删去图片等后再上传。") % words)


def _sound(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="renda-template-") as folder:
        path = Path(folder) / (Path(name).name[-80:] or "template.docx")
        path.write_bytes(content)
        try:
            open_docx(path)
        except Unreadable as error:
            raise TemplateFault(str(error)) from error


def _harmless(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for item in archive.infolist():
            if _EMBEDDED.search(item.filename):
                raise TemplateFault(
                    _("模板里嵌有别的对象（%(part)s），不能使用。请删去后再上传。") % {"part": item.filename[:80]}
                )
            if item.filename.lower().endswith(".rels"):
                _no_links(archive.read(item))
            elif item.filename.lower().endswith(".xml"):
                _no_fields(archive.read(item).decode("utf-8", "replace"))


def _no_links(relations: bytes) -> None:
    for one in ElementTree.fromstring(relations).iter(_RELATION):
        kind = one.get("Type", "").rsplit("/", 1)[-1]
        if one.get("TargetMode") == "External" and kind != "hyperlink":
            raise TemplateFault(
                _("模板引用了外部的内容（%(kind)s），打开时会去取它，不能使用。请改为直接写在模板里。") % {"kind": kind[:60]}
            )


def _no_fields(text: str) -> None:
    if len(text) > MOST_TEXT:
        raise TemplateFault(_("模板的内容太长，不像一份文书。请另存为精简的 .docx 后再上传。"))
    instructions = " ".join(a or b for a, b in _INSTRUCTION.findall(text))
    found = _FIELDS.search(instructions)
    if found:
        raise TemplateFault(_("模板里有会取用外部内容的域（%(field)s），不能使用。请删去后再上传。") % {"field": found.group(0)})
