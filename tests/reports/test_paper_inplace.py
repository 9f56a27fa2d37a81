"""Drafts written into the .docx they came from: the text is the draft's, all else stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from renda.documents.package import open_docx
from renda.reports.draft.model import PENDING, Draft, Edit
from renda.reports.papers import Heading, SourceChanged, write_docx
from renda.reports.papers.flow import Flow, read_flow
from renda.reports.papers.inplace import Editor
from renda.reports.papers.remarks import Remarks
from renda.reports.recognise.source import read

from .wordfiles import WRAPPERS, add_run, draft, edit, part, report

WORDS = st.text(alphabet="共组织12３次三十余XX，。 　件\t\n", max_size=8)
RUNS = st.lists(st.tuples(WORDS, st.booleans(), st.sampled_from(WRAPPERS)), max_size=4)
NEW = st.text(alphabet="123三十余次件、", min_size=1, max_size=5)


@st.composite
def blocks(pick: Any) -> list[Any]:
    """Paragraphs (lists of runs) and tables (rows of cells of paragraphs)."""
    table = st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(st.lists(RUNS, min_size=1, max_size=2), min_size=width, max_size=width), min_size=1, max_size=2
        )
    )
    return pick(st.lists(st.one_of(st.tuples(st.just("p"), RUNS), st.tuples(st.just("t"), table)), min_size=1, max_size=5))


def build(content: list[Any]) -> Any:
    """A document of the blocks."""
    document = docx.Document()
    for kind, block in content:
        if kind == "p":
            fill(document.add_paragraph(), block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for cell, paragraphs in zip((c for row in table.rows for c in row.cells), (c for row in block for c in row), strict=True):
            fill(cell.paragraphs[0], paragraphs[0])
            for runs in paragraphs[1:]:
                fill(cell.add_paragraph(), runs)
        if len(block[0]) > 1 and len(block) > 1:
            table.cell(0, 0).merge(table.cell(0, 1))
    return document


def fill(paragraph: Any, runs: Any) -> None:
    for text, bold, wrapper in runs:
        add_run(paragraph, text, bold=bold, wrapper=wrapper)


def edits_in(pick: Any, flow: Flow) -> list[Edit]:
    """Disjoint edits, none across paragraphs or cells."""
    found: list[Edit] = []
    for place in flow.places:
        position = max(place.start, found[-1].end + 1 if found else 0)
        for _ in range(pick(st.integers(0, 2))):
            if position > place.end:
                break
            start = pick(st.integers(position, place.end))
            end = pick(st.integers(start, place.end))
            found.append(Edit(start, end, pick(NEW), "figure", pick(st.booleans()), f"第{len(found)}处", len(found)))
            position = end + 1
    return found


def bold_of(flow: Flow) -> list[bool | None]:
    """For each code point whether it is bold; None for what parts paragraphs and cells."""
    found: list[bool | None] = []
    for piece in flow.pieces:
        bold = None
        if piece.node is not None:
            properties = piece.node.getparent().find(qn("w:rPr"))
            mark = properties.find(qn("w:b")) if properties is not None else None
            bold = mark is not None and mark.get(qn("w:val")) not in ("0", "false")
        found += [bold] * len(piece.text)
    return found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_the_output_reads_as_the_draft_and_keeps_each_format(data: st.DataObject) -> None:
    document = build(data.draw(blocks()))
    flow = read_flow(document)
    old = bold_of(flow)
    made = Draft(flow.text, 2020, 2021, "", [], edits_in(data.draw, flow))
    remarks = Remarks(document)
    for change, runs in zip(made.edits, Editor(flow).apply(made.edits), strict=True):
        remarks.add(change.comment, runs)
    after = read_flow(document)
    assert after.text == made.text()
    new, position, before = bold_of(after), 0, 0
    for change in made.edits:
        assert new[position : position + change.start - before] == old[before : change.start]
        position += change.start - before + len(change.text) + len(PENDING) * change.marked
        before = change.end
    assert new[position:] == old[before:]
    assert commented(document) == [(f"第{n}处", e.text + PENDING * e.marked) for n, e in enumerate(made.edits)]


def commented(document: Any) -> list[tuple[str, str]]:
    """Each comment with the text it stands on, in the order of the comments."""
    body = document.element.body
    found = []
    for comment in document.comments:
        number, inside, words = str(comment.comment_id), False, ""
        assert len(body.xpath(f".//w:commentReference[@w:id='{number}']")) == 1
        for element in body.iter():
            if element.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")) and element.get(qn("w:id")) == number:
                inside = element.tag == qn("w:commentRangeStart")
            elif inside and element.tag == qn("w:t"):
                words += element.text or ""
        found.append((comment.text, words))
    return found


def test_pictures_tables_headers_and_styles_stay(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    report(source)
    text = read(source)
    assert text.split("\n")[2:4] == ["代表建议\t件数", "办结\t60\t60"]
    made = draft(
        text, edit(text, "2020", "2021"), edit(text, "12项", "15项"), edit(text, "3次", "3次", marked=True),
        edit(text, "60", "71"), edit(text, "60", "68", nth=1),
    )  # fmt: skip
    write_docx(made, out, source=source)
    assert read(out) == made.text()
    after, document = read_flow(open_docx(out)), docx.Document(str(out))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert len(document.inline_shapes) == 1
    assert document.sections[0].header.paragraphs[0].text == "清河县人大常委会"
    assert [piece.text for piece, bold in zip(after.pieces, map(_bold, after.pieces), strict=True) if bold] == ["15"]
    assert document.tables[0].cell(1, 2).text == "68"


def _bold(piece: Any) -> bool:
    return piece.node is not None and bool(piece.node.getparent().xpath("./w:rPr/w:b[not(@w:val='0')]"))


def test_what_is_open_keeps_its_words_is_yellow_and_followed_by_the_mark(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    report(source)
    text = read(source)
    write_docx(draft(text, edit(text, "3次", "3次", marked=True, comment="没有登记")), out, source=source)
    runs = docx.Document(str(out)).paragraphs[1].runs
    yellow = [run.text for run in runs if run.font.highlight_color is not None]
    assert "".join(yellow) == "3次〔待核〕"
    comment = next(iter(docx.Document(str(out)).comments))
    assert (comment.author, comment.text) == ("人大工作平台", "没有登记")


def test_edits_that_touch_each_other(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    report(source)
    text = read(source)
    at = text.index("12项")
    edits = [
        Edit(at - 2, at, "总结", "wording", False, "一"),
        Edit(at, at, "约", "wording", True, "二"),
        Edit(at, at + 2, "15", "figure", True, "三", 1),
        Edit(at + 2, at + 3, "件", "wording", False, "四"),
    ]
    made = draft(text, *edits)
    write_docx(made, out, source=source)
    assert read(out) == made.text()
    assert [words for _comment, words in commented(docx.Document(str(out)))] == ["总结", "约〔待核〕", "15〔待核〕", "件"]


def test_missing_parts_become_paragraphs_of_their_own_in_their_order(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    document = docx.Document()
    document.add_paragraph("全年开会12次。")
    document.save(str(source))
    text = read(source)
    end = len(text)
    made = draft(
        text,
        Edit(0, 0, "（标题）", "missing", True, "一", own_line="before"),
        Edit(0, 0, "（主送机关）", "missing", True, "二", own_line="before"),
        edit(text, "12次", "13次"),
        Edit(end, end, "（署名）", "missing", True, "三", own_line="after"),
        Edit(end, end, "（成文日期）", "missing", True, "四", own_line="after"),
    )
    write_docx(made, out, source=source, heading=Heading(note="摘要"))
    wanted = ["（标题）〔待核〕", "（主送机关）〔待核〕", "全年开会13次。", "（署名）〔待核〕", "（成文日期）〔待核〕"]
    assert made.text().split("\n") == wanted
    assert read(out).split("\n") == [*wanted, "（摘要）"]


def test_a_missing_title_before_a_table_stands_above_the_table(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    document = docx.Document()
    document.add_table(rows=1, cols=2).cell(0, 0).text = "甲"
    document.save(str(source))
    made = draft(read(source), Edit(0, 0, "（标题）", "missing", True, "一", own_line="before"))
    write_docx(made, out, source=source)
    assert read(out).split("\n")[0] == "（标题）〔待核〕"
    assert [child.tag for child in docx.Document(str(out)).element.body][:2] == [qn("w:p"), qn("w:tbl")]


def test_comments_that_stand_in_the_source_are_kept(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("全年开会12次。")
    document.add_comment(paragraph.runs, text="旧批注", author="王某", initials="王")
    document.save(str(source))
    text = read(source)
    write_docx(draft(text, edit(text, "12次", "13次", comment="新批注")), out, source=source)
    comments = list(docx.Document(str(out)).comments)
    assert [(c.author, c.text) for c in comments] == [("王某", "旧批注"), ("人大工作平台", "新批注")]
    assert len({c.comment_id for c in comments}) == 2


def test_a_word_document_in_chinese_lends_its_own_comment_styles(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    document = docx.Document()
    style = document.styles.add_style("annotation text", 1, builtin=True)
    style.element.set(qn("w:styleId"), "a7")
    document.add_paragraph("开会12次。")
    document.save(str(source))
    text = read(source)
    write_docx(draft(text, edit(text, "12次", "13次")), out, source=source)
    assert b'w:pStyle w:val="a7"' in part(out, "word/comments.xml")
    assert part(out, "word/styles.xml").count(b"annotation text") == 1


def test_a_source_that_changed_since_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    source, out = tmp_path / "in.docx", tmp_path / "out.docx"
    report(source)
    with pytest.raises(SourceChanged, match="重新识别"):
        write_docx(draft("别的文字"), out, source=source)
    assert not out.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["in.docx"]
