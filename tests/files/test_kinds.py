"""Documents as attachments: known by content, refused where they could run, fetch, hide or swell; kept encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest

from renda.files import compound, kinds, packages, pdfs, sealing
from renda.files.refusals import FileRefused
from tests.files import documents as made
from tests.ledgers.raw_files import write_xls

BOMB = made.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="%s" TargetMode="External"/></Relationships>'  # noqa: E501
DDE = (
    b'<w:document xmlns:w="urn:w"><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText></w:document>'
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.pdf(), pdfs.PDF), (made.pdf(inside="invoice.xml"), pdfs.PDF), (made.word(), packages.DOCX), (made.sheet(), packages.XLSX),
        (made.ofd(), packages.OFD), (made.compound({"WordDocument": made.bytes_of_word()}), compound.DOC),
        (made.compound({"Workbook": made.bytes_of_book((0x85, bytes(4) + b"\0\0\1\0A"))}), compound.XLS),
        (made.compound({"PowerPoint Document": b""}), compound.PPT),
        (made.word(word___rels__settings_xml_rels=RELS % b"file:///C:/Normal.dotm"), packages.DOCX),
    ],
    ids=["pdf", "invoice", "docx", "xlsx", "ofd", "doc", "xls", "ppt", "own template"],
)  # fmt: skip
def test_documents_are_known_by_their_content(content: bytes, kind: str) -> None:
    assert kinds.look(content).media_type == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (made.pdf(script=True), "脚本"), (made.pdf(launch=True), "启动程序"), (made.pdf(inside="setup.exe"), "嵌有其他文件"),
        (made.pdf(password="x1"), "密码"), (made.pdf()[:200], "PDF 已经损坏"), (made.pdf() + made.archive({"a": b"x"}), "又是压缩包"),
        (made.word(word__vbaProject_bin=b"x"), "含有宏"), (made.word(word__activeX__activeX1_xml=b"<a/>"), "控件"),
        (made.word(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "外部实体"), (made.word(word__document_xml=b"<a>"), "损坏"),
        (made.word(word___rels__settings_xml_rels=RELS % b"http://198.51.100.7/a.dotm"), "别处取内容"), (made.word(word__document_xml=DDE), "启动程序"),
        (made.word(word__embeddings__oleObject1_bin=made.compound({"\x01Ole10Native": b"MZ"})), "嵌有其他文件"),
        (BOMB, "异常庞大"), (made.archive({"a.txt": b"x"}), "压缩包，不能作为附件"), (made.ofd(Doc__a_xml=b"<!DOCTYPE a><a/>"), "外部实体"),
        (made.compound({"WordDocument": made.bytes_of_word(), "VBA": b"x"}), "含有宏"),
        (made.compound({"WordDocument": made.bytes_of_word(encrypted=True)}), "密码"), (made.compound({"EncryptedPackage": b"x"}), "密码"),
        (made.compound({"Workbook": made.bytes_of_book((0x85, bytes(4) + b"\0\1\1\0A"))}), "含有宏"),
        (made.compound({"Workbook": made.bytes_of_book((0x2F, bytes(6)))}), "密码"),
        (made.compound({"Something": b"x"}), "不是 Word"), (made.compound({})[:600], "损坏"), (b"<html>", "请上传"), (b"MZ" + bytes(80), "请上传"), (b"", "空的"),
    ],
    ids=[
        "pdf script", "pdf launch", "pdf inside", "pdf locked", "pdf half", "pdf and zip", "docx macro", "docx activex", "docx entity", "docx half",
        "docx template from elsewhere", "docx dde",
        "docx wrapped", "bomb", "zip", "ofd entity", "doc macro", "doc locked", "docx locked", "xls macro sheet", "xls locked",
        "msi", "half", "html", "exe", "nothing",
    ],
)  # fmt: skip
def test_what_could_harm_or_cannot_be_read_is_refused_with_a_reason(content: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        kinds.look(content)


def test_a_macro_workbook_is_refused_by_its_types_even_under_another_name() -> None:
    types = b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    with pytest.raises(FileRefused, match="含有宏"):
        kinds.look(made.with_parts(made.sheet(), {"[Content_Types].xml": types}))


def test_too_large_is_refused_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST_DOCUMENT", 100)
    with pytest.raises(FileRefused, match="最多"):
        kinds.look(made.word())


def test_the_public_hands_in_pictures_and_pdf_only() -> None:
    assert kinds.look(made.pdf(), kinds.PICTURES_AND_PDF).media_type == pdfs.PDF
    with pytest.raises(FileRefused, match="也不是 PDF"):
        kinds.look(made.word(), kinds.PICTURES_AND_PDF)


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("../../etc/备案报告.PDF", pdfs.PDF, "备案报告.pdf"), ("C:\\a\\说明.docx", packages.DOCX, "说明.docx"), ("通知.wps", compound.DOC, "通知.wps"),
        ("计算器.exe", pdfs.PDF, "计算器.exe.pdf"), ("表.pdf", packages.XLSX, "表.xlsx"), ("照片\u202egpj.exe", "image/jpeg", "照片gpj.exe.jpg"),
        ("", packages.OFD, "附件.ofd"), ("a\r\nb.doc", compound.DOC, "ab.doc"), ("长" * 300 + ".pdf", pdfs.PDF, "长" * 120 + ".pdf"),
    ],
)  # fmt: skip
def test_names_bear_the_suffix_of_the_content_and_mislead_nobody(name: str, kind: str, kept: str) -> None:
    assert kinds.fitting_name(name, kind) == kept


def test_sealed_content_opens_with_its_key_and_shows_a_change() -> None:
    from cryptography.exceptions import InvalidTag

    content = b"secret" * 1000
    sealed, key = sealing.seal(content)
    assert len(sealed) == len(content) + sealing.OVERHEAD
    assert b"secret" not in sealed
    assert sealing.unseal(sealed, key) == content
    changed = bytearray(sealed)
    changed[40] ^= 1
    for broken, with_key in ((bytes(changed), key), (sealed, sealing.seal(content)[1])):
        with pytest.raises(InvalidTag):
            sealing.unseal(broken, with_key)


def test_a_pdf_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "SECONDS", 0.001)
    with pytest.raises(FileRefused, match="过于庞杂"):
        pdfs.inspect(made.pdf())


@pytest.mark.parametrize("small", [True, False])
def test_an_old_workbook_as_programs_write_it_is_taken(tmp_path: Path, small: bool) -> None:
    book = write_xls(tmp_path / "台账.xls", {(0, 0): "姓名", (1, 0): "周大勇"}, small=small)
    assert kinds.look(book.read_bytes()).media_type == compound.XLS
