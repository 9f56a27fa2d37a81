"""The result records: what stands on them, their digest, versions after corrections, the PDF; the shipped templates are those of the code."""

from __future__ import annotations

import io

import docx
import pytest

from renda.documents import papers
from renda.documents.language import TemplateFault
from renda.documents.pdf import can_make_pdf
from renda.elections.counting import letters, record_form, settling, tallies
from renda.elections.models import VoteRound
from renda.elections.voting.changes import VotingFault
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import SECOND, Desk, figures


def test_the_shipped_templates_are_those_of_the_code() -> None:
    for code, build in record_form.FORMS.items():
        assert (record_form.SHIPPED / f"{code}.docx").read_bytes() == build(), "python -m renda.elections.counting.record_form"


@pytest.fixture
def desk(db: None) -> Desk:
    """The office."""
    return desks.make()


@pytest.fixture
def one(desk: Desk) -> VoteRound:
    """A settled first vote of 第一选区 with one seat left."""
    one = desk.open()
    desk.vote(one, persons=1900, proxied=100)
    desk.count(one, figures(2000, 10, 甲=1200, 乙=900, 丙=700, _己=5))
    return settling.settle(one, actor=desk.clerk)


def words(content: bytes) -> str:
    """All text of a Word document."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_the_record_holds_the_figures_the_law_the_signatures_and_the_digest(desk: Desk, one: VoteRound) -> None:
    said = words(papers.content_of(letters.make_record(one, reason="", actor=desk.clerk)))
    for expected in (
        "清河县第十二届人民代表大会代表选举", "第一选区", "3000", "2000", "66.7%", "1990", "甲　得 1200 票", "己（另选）　得 5 票", "当选：甲",
        "尚缺 1 名", "另行选举：应选 1 名，候选人 乙、丙", "第四十五条", "监票人（签名）", "计票人（签名）", "选举委员会（盖章）", settling.code_of(one),
    ):  # fmt: skip
        assert expected in said, expected
    assert "{{" not in said


def test_after_a_correction_the_record_is_old_and_a_new_version_says_why(desk: Desk, one: VoteRound) -> None:
    letters.make_record(one, reason="", actor=desk.clerk)
    kept = letters.kept(letters.RECORD, one.pk, one.digest)
    assert kept is not None
    assert kept.current
    tallies.correct(one, figures(2000, 10, 甲=1201, 乙=900, 丙=700, _己=5), reason="抄错", actor=desk.clerk)
    one.refresh_from_db()
    kept = letters.kept(letters.RECORD, one.pk, one.digest)
    assert kept is not None
    assert not kept.current
    with pytest.raises(TemplateFault, match="重新生成请写明原因"):
        letters.make_record(one, reason="", actor=desk.clerk)
    again = letters.make_record(one, reason="更正得票", actor=desk.clerk)
    assert again.version == 2
    assert "1201 票" in words(papers.content_of(again))


def test_no_record_before_the_result_is_settled(desk: Desk) -> None:
    with pytest.raises(VotingFault, match="还没有核定"):
        letters.make_record(desk.open(SECOND), reason="", actor=desk.clerk)
    with pytest.raises(VotingFault, match="还没有核定任何选区"):
        letters.make_summary(desk.election, reason="", actor=desk.clerk)


def test_the_summary_adds_up_and_names_what_is_open(desk: Desk, one: VoteRound) -> None:
    said = words(papers.content_of(letters.make_summary(desk.election, reason="", actor=desk.clerk)))
    for expected in ("应选名额", "3", "当选：甲（1200 票），尚缺 1 名", "尚未核定的选区：第二选区", "66.7%"):
        assert expected in said, expected


@pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not installed")
def test_the_record_as_pdf(desk: Desk, one: VoteRound) -> None:
    made = letters.make_record(one, reason="", actor=desk.clerk)
    assert letters.as_pdf(papers.content_of(made)).startswith(b"%PDF")
