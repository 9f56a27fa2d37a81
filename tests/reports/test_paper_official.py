"""Drafts laid out by GB/T 9704-2012: page, faces, levels, page numbers, signature, and no word lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from renda.reports.draft.model import Draft, Edit
from renda.reports.papers import Heading, write_docx
from renda.reports.papers.official import official_document
from renda.reports.recognise.source import read

from .wordfiles import draft, edit, part

TEXT = """
关于2020年工作情况的报告

县委：
　　2020年，县人大常委会党组履职尽责。现将情况汇报如下：
一、2020年工作情况
（一）坚持党的领导。全年召开党组会议12次，开展视察3次。
1.依法监督
听取专项工作报告XX项。

中共清河县人大常委会党组
2020年12月28日
"""


@pytest.fixture
def paper(tmp_path: Path) -> Any:
    path = tmp_path / "paper.docx"
    made = draft(TEXT, edit(TEXT, "2020年，", "2021年，"), edit(TEXT, "12次", "15次"), edit(TEXT, "XX项", "XX项", marked=True))
    write_docx(made, path)
    return docx.Document(str(path))


def paragraph(paper: Any, words: str) -> Any:
    return next(p for p in paper.paragraphs if words in p.text)


def faces(run: Any, paragraph: Any) -> str:
    """The East Asian face of a run: its own, else its style's, else that of the style below."""
    properties = [run._r.find(qn("w:rPr"))]
    style = paragraph.style
    while style is not None:
        properties.append(style.element.find(qn("w:rPr")))
        style = style.base_style
    for one in properties:
        fonts = one.find(qn("w:rFonts")) if one is not None else None
        if fonts is not None and fonts.get(qn("w:eastAsia")):
            return str(fonts.get(qn("w:eastAsia")))
    raise AssertionError("no face")


def test_page_and_grid(paper: Any) -> None:
    (section,) = paper.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(one.mm) for one in (section.top_margin, section.left_margin)] == [37, 28]
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Mm(0.1)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < Mm(0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    normal = paper.styles["Normal"]
    assert normal.font.size == Pt(16)
    assert 22 * normal.paragraph_format.line_spacing <= Mm(225) < 23 * normal.paragraph_format.line_spacing


def test_the_faces_and_levels(paper: Any) -> None:
    title = paragraph(paper, "关于2020年")
    assert (title.style.name, title.style.font.size, faces(title.runs[0], title)) == ("Title", Pt(22), "方正小标宋简体")
    first = paragraph(paper, "一、")
    assert (first.style.name, faces(first.runs[0], first)) == ("Heading 1", "黑体")
    assert first.style.paragraph_format.keep_with_next
    third = paragraph(paper, "1.依法")
    assert (third.style.name, faces(third.runs[0], third)) == ("Heading 3", "仿宋_GB2312")
    second = paragraph(paper, "（一）")
    assert [(run.text, faces(run, second)) for run in second.runs if run.text][:2] == [
        ("（一）坚持党的领导。", "楷体_GB2312"),
        ("全年召开党组会议", "仿宋_GB2312"),
    ]


def test_addressee_body_and_blanks(paper: Any) -> None:
    assert paragraph(paper, "县委：").style.name == "主送机关"
    assert paragraph(paper, "县委：").style.element.find(f".//{qn('w:ind')}") is None
    body = paragraph(paper, "履职尽责")
    assert body.text.startswith("2021年")
    assert body.style.element.find(f".//{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"
    assert all(p.text for p in paper.paragraphs)


def test_signature_and_date_with_and_without_a_seal(tmp_path: Path) -> None:
    def right(name: str, day: str, sealed: bool) -> list[float]:
        document = official_document(draft(f"报告\n全年开会。\n{name}\n{day}"), Heading(sealed=sealed))
        return [int(p._p.pPr.ind.get(qn("w:rightChars"))) / 100 for p in document.paragraphs[-2:]]

    long, short, day = "中共清河县人大常委会党组", "县人大", "2020年12月28日"  # 12, 3 and 7 characters wide
    assert right(long, day, True) == [1.5, 4]  # the name is centred above the date, four blanks at the right
    assert right(short, day, True) == [6, 4]
    assert right(long, day, False) == [2, 5]  # the date begins two characters to the right of the name
    assert right(short, day, False) == [8, 2]  # the longer date ends two before the margin, the name moves


def test_page_numbers(paper: Any) -> None:
    assert paper.settings.odd_and_even_pages_header_footer
    (section,) = paper.sections
    for footer, side, blank in ((section.footer, "right", "rightChars"), (section.even_page_footer, "left", "leftChars")):
        (line,) = footer.paragraphs
        assert line._p.xpath("string(.)") == "— 1 —"
        assert line._p.xpath("./w:fldSimple/@w:instr") == [" PAGE "]
        assert line._p.pPr.jc.get(qn("w:val")) == side
        assert line._p.pPr.ind.get(qn(f"w:{blank}")) == "100"


def test_the_red_head(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    heading = Heading(
        mark="清河县人大常委会党组文件", number="清人常党组〔2021〕12号", signatory="王建国", secrecy="机密★1年", note="摘要"
    )
    write_docx(draft(TEXT), path, heading=heading)
    words = [p.text for p in docx.Document(str(path)).paragraphs]
    assert words[:3] == ["机密★1年", "清河县人大常委会党组文件", "清人常党组〔2021〕12号\t签发人：王建国"]
    assert words[-1] == "（摘要）"
    assert b'w:color w:val="E60000"' in part(path, "word/document.xml")
    assert b"<w:pBdr><w:bottom" in part(path, "word/document.xml")


def test_markdown_signs_do_not_print(tmp_path: Path) -> None:
    source, path = tmp_path / "old.md", tmp_path / "paper.docx"
    source.write_text("# 工作报告\n\n## 监督工作\n\n开展执法检查3次。\n", "utf-8")
    write_docx(draft(read(source)), path, source=source)
    made = docx.Document(str(path))
    assert [(p.text, p.style.name if p.style else "") for p in made.paragraphs] == [
        ("工作报告", "Title"), ("监督工作", "Heading 1"), ("开展执法检查3次。", "公文正文"),
    ]  # fmt: skip


def test_each_edit_has_its_comment_and_open_ones_are_yellow(paper: Any) -> None:
    assert [comment.text for comment in paper.comments] == ["说明"] * 3
    yellow = [run.text for p in paper.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert "".join(yellow) == "XX项〔待核〕"


LINE = st.text(alphabet="一二（）、。：123.年月日会议报告县委 　\x0b\x00#", max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), texts=st.lists(LINE, min_size=1, max_size=8))
def test_no_word_is_lost(data: st.DataObject, texts: list[str]) -> None:
    text = "\n".join(texts)
    edits: list[Edit] = []
    position = 0
    while position < len(text) and len(edits) < 4:
        start = data.draw(st.integers(position, len(text)))
        line_end = text.find("\n", start) if "\n" in text[start:] else len(text)
        end = data.draw(st.integers(start, line_end))
        edits.append(
            Edit(
                start,
                end,
                data.draw(st.text(alphabet="12三件", min_size=1, max_size=3)),
                "figure",
                data.draw(st.booleans()),
                "注",
            )
        )
        position = end + 1
    made = Draft(text, 2020, 2021, "", [], edits)
    document = official_document(made, Heading())
    assert squeezed("".join(p.text for p in document.paragraphs)) == squeezed(made.text())
    assert len(list(document.comments)) == len(edits)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f]", "", text)
