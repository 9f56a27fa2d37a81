"""A letter from a template and its words: the .docx filled in by docxtpl inside the language that templates may use."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from renda.core import clock
from renda.documents import page
from renda.documents.language import LetterEnvironment, TemplateFault
from renda.documents.runs import clean

AUTHOR = "人大工作平台"
PARAGRAPH = "\a"
"""What docxtpl makes a new paragraph of, in the form of the one it stands in."""
_BY_STYLE = {page.TITLE: "title", page.ADDRESSEE: "flush", page.SIGNATURE: "signed", page.DATE: "signed"}
_BY_ALIGNMENT = {WD_ALIGN_PARAGRAPH.CENTER: "centre", WD_ALIGN_PARAGRAPH.RIGHT: "right"}
_UNWRAPPED = re.compile(r"\{\{(?:p|r|tr|tc)\s")
_TAG = re.compile(r"<[^>]+>")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, PackageNotFoundError, etree.XMLSyntaxError, TemplateError, RecursionError, KeyError, ValueError,
    AttributeError, TypeError, IndexError, NotImplementedError, OSError, AssertionError,
)  # fmt: skip


class _Letter(DocxTemplate):
    """docxtpl without placeholders that would put bare text where Word wants paragraphs, rows or cells."""

    def patch_xml(self, src_xml: str) -> str:
        if _UNWRAPPED.search(_TAG.sub("", src_xml)):
            raise TemplateFault(_("模板里不能用 {{p }}、{{r }}、{{tr }}、{{tc }} 的写法，请改为 {{ }}。"))
        patched: str = super().patch_xml(src_xml)
        return patched


@dataclass(frozen=True)
class Filled:
    """A letter as .docx, and the words that its template used."""

    content: bytes
    used: frozenset[str]


def fill(content: bytes, values: Mapping[str, Any], *, title: str = "") -> Filled:
    """As ``render``, with the words that the template used."""
    environment = _environment(values)
    return Filled(_rendered(content, environment, values, title), frozenset(environment.used))


def render(content: bytes, values: Mapping[str, Any], *, title: str = "") -> bytes:
    """The template filled in with these words (each a text, or a list of texts); lines of a text become paragraphs.

    Raises TemplateFault (Chinese) naming the placeholder or the writing that does not fit.
    """
    return fill(content, values, title=title).content


def words_used(content: bytes, samples: Mapping[str, Any]) -> set[str]:
    """Which of the words a template uses, conditions and headers included. Raises TemplateFault as ``render`` does."""
    return set(fill(content, samples).used)


def _environment(values: Mapping[str, Any]) -> LetterEnvironment:
    return LetterEnvironment(values.keys(), [name for name, value in values.items() if isinstance(value, list | tuple)])


def _rendered(content: bytes, environment: LetterEnvironment, values: Mapping[str, Any], title: str) -> bytes:
    try:
        letter = _Letter(io.BytesIO(content))
        letter.render({name: _plain(value) for name, value in values.items()}, environment, autoescape=True)
        properties = letter.docx.core_properties
        properties.author = properties.last_modified_by = AUTHOR
        properties.title, properties.comments = clean(title)[:255], ""
        properties.created = properties.modified = clock.now().replace(tzinfo=None)
        out = io.BytesIO()
        letter.save(out)
    except TemplateFault:
        raise
    except _BROKEN as error:
        raise TemplateFault(
            _("模板不能生成文书：内容已损坏，或者占位符拆散在不同段落里。请在 Word 中检查后重新上传。")
        ) from error
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_line(str(one)) for one in value]
    lines = [line.strip() for line in clean(str(value)).replace("\r", "\n").split("\n")]
    return PARAGRAPH.join(_line(line) for line in lines if line)


def _line(text: str) -> str:
    """One line of text: what docxtpl would read as a break is taken out."""
    for sign in ("\a", "\f", "\n", "\t"):
        text = text.replace(sign, " ")
    return clean(text)


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """The text of a letter, paragraph by paragraph with its place (mark, title, flush, right, signed, centre, body), for its preview."""
    import docx

    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    heads = section.first_page_header if section.different_first_page_header_footer else section.header
    found = [("mark", one.text) for one in heads.paragraphs if one.text.strip()]
    return found + [(_place(one), one.text) for one in document.paragraphs]


def _place(paragraph: Any) -> str:
    style = paragraph.style.name if paragraph.style else ""
    if style in _BY_STYLE and paragraph.alignment != WD_ALIGN_PARAGRAPH.RIGHT:
        return _BY_STYLE[style]
    return _BY_ALIGNMENT.get(paragraph.alignment, "body")
