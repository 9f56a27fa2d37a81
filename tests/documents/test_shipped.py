"""The shipped templates: as their texts say, sound, and fit for LibreOffice."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from dev import letters as made
from renda.documents import checking, pdf, registry, rendering
from renda.documents.letterform import Text, build

CODES = [one.code for one in registry.all_templates()]
FORMS = {"vote_round.record", "vote_election.summary", "nominee.form"}
"""Records and forms that are filled in and signed: no letters with a head and a date line."""
TEXT = Text("{{ 发文机关 }}", "{{ 文号 }}", "函", "{{ 称谓 }}：", ["# 一、", "正文"], "机关", "日期", "附件", ["附注"])


def test_templates_and_the_list_of_words_are_not_stale() -> None:
    stale = [str(path) for path, content in made.wanted().items() if not path.exists() or path.read_bytes() != content]
    assert stale == [], "run python -m dev.letters"


def test_the_same_text_gives_the_same_file_and_another_text_another() -> None:
    from dataclasses import replace

    assert build(TEXT) == build(TEXT)
    assert build(TEXT) != build(replace(TEXT, title="另一函"))


@pytest.mark.parametrize("code", CODES)
def test_every_shipped_template_may_be_uploaded_again(code: str) -> None:
    template = registry.get(code)
    used = checking.check(template, "模板.docx", template.shipped.read_bytes())
    assert used
    assert code in FORMS or {"发文机关", "成文日期"} <= used


def test_a_letter_stands_on_the_page_as_the_standard_says() -> None:
    """GB/T 9704-2012, 10.1: mark 30 mm from the upper edge, lines above and below, no page number on the first page."""
    section = docx.Document(io.BytesIO(build(TEXT))).sections[0]
    lengths = (section.page_width, section.page_height, section.header_distance)
    assert [round(one.mm) for one in lengths if one is not None] == [210, 297, 30]
    assert section.different_first_page_header_footer
    head, foot = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    assert "thickThinSmallGap" in head._p.xml
    assert "thinThickSmallGap" in foot._p.xml
    assert "PAGE" not in foot._p.xml
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


@pytest.mark.skipif(not pdf.can_make_pdf(), reason="no LibreOffice")
def test_a_letter_becomes_a_pdf(tmp_path: Path) -> None:
    template = registry.get("petition.opinion")
    paper = tmp_path / "letter.docx"
    paper.write_bytes(rendering.render(template.shipped.read_bytes(), template.samples(), title=template.name))
    pdf.to_pdf(paper, tmp_path / "letter.pdf")
    content = (tmp_path / "letter.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type/Page\n") + content.count(b"/Type/Page/") >= 1
