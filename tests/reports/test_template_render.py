"""Word templates filled from a small county counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.parser import parse_xml

from renda.directory.gate import OPERATOR
from renda.reports.cli import report
from renda.reports.papers.flow import flow_of
from renda.reports.papers.template import render_template
from renda.reports.recognise.source import Unreadable, read
from tests import office

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOX = (
    f'<w:p {W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:r><w:pict><w:txbxContent>'
    "<w:p><w:r><w:t>框内{{ 信访件次 }}件</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)


def template(path: Path, *paragraphs: str) -> Path:
    """A template of some paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(path))
    return path


@pytest.fixture
def county(db: None) -> Any:
    return office.make(suggestions=3).county


def render(path: Path, county: Any, year: int = 2021) -> tuple[str, list[Any]]:
    out = path.with_name("out.docx")
    results = render_template(path, out, year=year, division=county.division, actor=OPERATOR)
    return read(out), results


def test_values_stand_in_the_text(tmp_path: Path, county: Any) -> None:
    path = template(
        tmp_path / "in.docx",
        "{{ 年度 }}年收到建议{{ 代表建议 }}件、信访{{ 信访件次 }}件，办结率{{ 信访.办结率 }}。",
        "{{ 区划 }}",
    )
    text, results = render(path, county)
    assert text == f"2021年收到建议3件、信访2件，办结率100%。\n{county.division.name}"
    assert [result.status for result in results] == ["filled"] * 5
    assert (results[1].indicator, results[1].value, results[1].records) == ("suggestions.count", 3, 3)


def test_runs_that_word_split_are_one_placeholder_and_keep_the_first_ones_face(tmp_path: Path, county: Any) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("建议")
    for part in ("{", "{ 代表", "建", "议 }", "}"):
        paragraph.add_run(part).bold = True
    paragraph.add_run("件。")
    path = tmp_path / "in.docx"
    document.save(str(path))
    text, _results = render(path, county)
    assert text == "建议3件。"
    runs = docx.Document(str(tmp_path / "out.docx")).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs if run.text] == [("建议", None), ("3", True), ("件。", None)]


def test_each_value_has_its_comment(tmp_path: Path, county: Any) -> None:
    path = template(tmp_path / "in.docx", "建议{{ 代表建议 }}件，{{ 执法检察 }}项。")
    render(path, county)
    first, second = docx.Document(str(tmp_path / "out.docx")).comments
    assert "值：3件，依据记录 3 条；上年同期值：0件。" in first.text
    assert "口径：2021年代表建议件数" in first.text
    assert "是不是要写：{{ 执法检查 }}" in second.text


def test_what_is_open_keeps_its_words_marked(tmp_path: Path, county: Any) -> None:
    path = template(tmp_path / "in.docx", "{{ 执法检察 }}项、{{ 执法检查 }}项、{{ 代表建议:2030年的夏天 }}件、{{ 没写完")
    text, results = render(path, county)
    assert text == "{{ 执法检察 }}〔待核〕项、0〔待核〕项、{{ 代表建议:2030年的夏天 }}〔待核〕件、{{〔待核〕 没写完"
    assert [result.status for result in results] == ["unknown", "marked", "unknown", "unknown"]
    assert results[0].nearest[0] == "执法检查"
    assert "0" in results[1].why
    yellow = [run.text for run in docx.Document(str(tmp_path / "out.docx")).paragraphs[0].runs if run.font.highlight_color]
    assert "".join(yellow) == "{{ 执法检察 }}〔待核〕0〔待核〕{{ 代表建议:2030年的夏天 }}〔待核〕{{〔待核〕"


def test_tables_headers_and_text_boxes_are_filled_too(tmp_path: Path, county: Any) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ 年度 }}年"
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{{ 代表建议 }}件"
    document.element.body.insert(0, parse_xml(BOX))
    path = tmp_path / "in.docx"
    document.save(str(path))
    text, results = render(path, county)
    after = docx.Document(str(tmp_path / "out.docx"))
    assert after.sections[0].header.paragraphs[0].text == "2021年"
    assert text == "\n3件"
    box = next(
        p
        for p in after.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
        if len(p) and "框" in flow_of([p]).text
    )
    assert flow_of([box]).text == "框内2件"
    assert sorted(result.place for result in results) == sorted(["正文", "文本框", "页眉页脚"])
    assert len(list(after.comments)) == 1  # Word has comments in the body only


def test_another_year_and_a_change(tmp_path: Path, county: Any) -> None:
    path = template(tmp_path / "in.docx", "{{ 代表建议:2021 }}件，{{ 代表建议|增减 }}件")
    text, results = render(path, county, year=2022)
    assert text == "3件，-3〔待核〕件"
    assert "是负数" in results[1].why


def test_templates_run_nothing(tmp_path: Path, county: Any) -> None:
    hostile = "{{ ''.__class__.__mro__ }}{% for x in range(10**9) %}{{ 7*7 }}{% endfor %}"
    text, results = render(template(tmp_path / "in.docx", hostile), county)
    assert text.replace("〔待核〕", "") == hostile
    assert {result.status for result in results} == {"unknown"}


@pytest.mark.django_db
def test_an_empty_database_marks_everything(tmp_path: Path) -> None:
    path = template(tmp_path / "in.docx", "建议{{ 代表建议 }}件，{{ 年度 }}")
    out = tmp_path / "out.docx"
    results = render_template(path, out, year=2021, division=None, actor=OPERATOR)
    assert [result.status for result in results] == ["marked", "filled"]
    assert read(out) == "建议{{ 代表建议 }}〔待核〕件，2021"


def test_a_broken_template_is_refused(tmp_path: Path, county: Any) -> None:
    path = tmp_path / "in.docx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable, match="另存为"):
        render(path, county)
    assert not (tmp_path / "out.docx").exists()


def test_the_command(tmp_path: Path, county: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    path, out = template(tmp_path / "in.docx", "建议{{ 代表建议 }}件，{{ 执法检察 }}"), tmp_path / "out.docx"
    result = CliRunner().invoke(
        report, ["template", str(path), "--year", "2021", "--out", str(out), "--json"], catch_exceptions=False
    )
    told = json.loads(result.stdout)
    assert (told["found"], told["filled"], told["marked"], told["unknown"]) == (2, 1, 0, 1)
    assert told["placeholders"][1]["nearest"][0] == "执法检查"
    assert read(out).startswith("建议3件")
    again = CliRunner().invoke(report, ["template", str(path), "--year", "2021", "--out", str(path)])
    assert again.exit_code == 1
    assert "不能覆盖" in again.stderr
