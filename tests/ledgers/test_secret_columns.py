"""Secret columns leave the house only for a reason, which the journal keeps; every other export goes without them."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from renda.journal.models import Entry
from tests.office import Office
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
As = Callable[[str], Client]
NAME, PHONE = "周大勇", "13812345678"


def words(answer: object, book: str = "信访登记.xlsx") -> str:
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if zipfile.is_zipfile(io.BytesIO(content)) and book in zipfile.ZipFile(io.BytesIO(content)).namelist():
        content = zipfile.ZipFile(io.BytesIO(content)).read(book)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_without_a_reason_the_workbooks_have_no_secret_column(as_role: As, office: Office) -> None:
    client = as_role("petition")
    for answer in (client.get("/ledgers/export.zip"), client.post("/ledgers/export.zip", {"reason": "  "})):
        said = words(answer)
        assert "反映道路积水" in said
        assert NAME not in said
        assert PHONE not in said
    assert not Entry.objects.filter(action="secret.exported").exists()


def test_with_a_reason_they_have_and_the_journal_says_who_and_why(as_role: As, office: Office) -> None:
    said = words(as_role("petition").post("/ledgers/export.zip", {"reason": "向市信访局移交"}))
    assert NAME in said
    assert PHONE in said
    entry = Entry.objects.get(action="secret.exported", subject_kind="petitions.petitions")
    assert entry.payload["reason"] == "向市信访局移交"
    assert "信访人" in entry.payload["columns"]
    assert "人大信访工作人员" in entry.actor
    assert NAME not in str(entry.payload)


@pytest.mark.parametrize("role", ["clerk", "petition", "director", "operator"])
def test_a_lists_own_export_never_has_them(as_role: As, office: Office, role: str) -> None:
    client = as_role(role)
    client.get("/petitions/petitions/?columns=petitioner&columns=phone&columns=title")
    said = words(client.get("/petitions/petitions/export/"))
    assert "反映道路积水" in said
    assert NAME not in said
    assert PHONE not in said


def test_who_may_not_see_them_gets_none_for_any_reason(as_role: As, office: Office) -> None:
    assert NAME not in words(as_role("clerk").post("/ledgers/export.zip", {"reason": "了解情况"}))
