"""`renda report recognise`: files as offices have them, JSON alone on stdout, one clear line on failure."""

import json
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from click.testing import CliRunner

from renda.reports.cli import report
from renda.reports.recognise import recognise
from renda.reports.recognise.registry import name_indicators
from renda.reports.recognise.source import Unreadable, read

SENTENCE = "全年召开常委会会议8次,听取专项工作报告XX项。"


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))


def run(*arguments: str) -> dict:
    result = CliRunner().invoke(report, ["recognise", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_has_every_field(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("2021年工作\r\n" + SENTENCE, "utf-8")
    first, second = run(str(file))["figures"]
    assert set(first) == {
        "start", "end", "text", "value", "unit", "phrase", "indicator", "reference",
        "breakdown", "period", "form", "kind", "confidence",
    }  # fmt: skip
    assert (first["start"], first["text"], first["value"], first["reference"]) == (17, "8次", 8, "I002")
    assert (second["value"], second["reference"], second["form"], second["kind"]) == (None, "I001", "value", "count")
    assert first["period"] == {"type": "year", "year": 2021}
    assert run(str(file), "--year", "2019")["figures"][0]["period"]["year"] == 2019
    assert 0 < first["confidence"] <= 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "report.md"
    file.write_bytes(SENTENCE.encode(encoding))
    assert read(file) == SENTENCE


def test_word_documents_with_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "主任会议", "16次"
    document.add_paragraph("受理来信来访30件。")
    file = tmp_path / "report.docx"
    document.save(str(file))
    assert read(file) == SENTENCE + "\n主任会议\t16次\n受理来信来访30件。"
    assert [f["reference"] for f in run(str(file))["figures"]] == ["I002", "I001", "I006", "I134"]


def test_what_was_corrected_is_remembered_unless_told_not_to(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("发放防疫宣传品300个。", "utf-8")
    memory = tmp_path / "data" / "reports" / "bindings.json"
    memory.parent.mkdir(parents=True)
    memory.write_text(json.dumps({"bindings": {"个|发放防疫宣传品": "I133"}}), "utf-8")
    assert run(str(file))["figures"][0]["reference"] == "I133"
    assert run(str(file), "--no-memory")["figures"][0]["reference"] is None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "找不到文件"),
        ("report.pdf", b"%PDF", "只接受"),
        ("broken.docx", b"not a zip", "不是完好的 Word 文档"),
        ("binary.txt", b"\x00\x01\xff\xfe\x00", "不是文本文件"),
    ],
)
def test_unreadable_files_get_one_clear_line(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Unreadable, match=words):
        read(file)
    result = CliRunner().invoke(report, ["recognise", str(file)])
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stdout == ""


def test_our_indicator_is_named_where_the_table_decides_and_the_platform_has_it() -> None:
    figures = recognise("联络站接待选民37批112人次。")
    name_indicators(figures, [SimpleNamespace(code="stations.batches"), SimpleNamespace(code="stations.received")])
    assert [f.indicator for f in figures] == ["stations.batches", "stations.received"]
    name_indicators(figures, [SimpleNamespace(code="stations.batches")])
    assert figures[1].indicator is None
