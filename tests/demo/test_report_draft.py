"""The demo drafts its report on 2021 once; what a clerk made of it stays."""

from datetime import date
from pathlib import Path

import docx
import pytest

from renda.core import clock
from renda.demo import report_draft
from renda.demo.report_draft import Drafted, draft_report
from renda.reports.models import Report
from tests.county import COUNTY, division, enter, make_county

SAID: list[str] = []


@pytest.fixture
def home(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """青禾县 with four inspections in 2020 and six in 2021, and a data folder of the test's own."""
    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))
    SAID.clear()
    make_county()
    for year, number in ((2020, 4), (2021, 6)):
        for place in range(1, number + 1):
            enter(
                "supervision.inspections",
                {
                    "title": f"执法检查{year}之{place}",
                    "laws": f"法律{place}",
                    "form": "本级组织",
                    "started": f"{year}-0{place}-06",
                },
            )
    return tmp_path / "data" / "reports"


def _draft() -> Drafted:
    with clock.travel(date(2021, 12, 28)):
        return draft_report(SAID.append, division(COUNTY))


def test_draft_evidence_and_a_report_in_work(home: Path) -> None:
    made = _draft()
    assert made.found > 150
    assert made.filled + made.marked == made.found
    assert Path(made.evidence).stat().st_size > 5000
    old = "\n".join(paragraph.text for paragraph in docx.Document(made.source).paragraphs)
    new = "\n".join(paragraph.text for paragraph in docx.Document(made.draft).paragraphs)
    assert "开展执法检查4次" in old
    assert "开展执法检查6次" in new
    assert "〔待核〕" in new
    assert "〔待核〕" not in old
    report = Report.objects.get()
    assert (report.pk, report.title, report.year, report.source_year) == (made.report, report_draft.TITLE, 2021, 2020)
    assert any(f"已填 {made.filled} 处" in line for line in made.lines())


def test_running_again_keeps_what_is_there(home: Path) -> None:
    first = _draft()
    draft, evidence = Path(first.draft), Path(first.evidence)
    draft.write_bytes(b"edited by the clerk")
    SAID.clear()
    assert _draft() == first
    assert SAID == []  # nothing was made again
    evidence.unlink()
    assert _draft() == first
    assert evidence.exists()
    assert draft.read_bytes() == b"edited by the clerk"
    assert Report.objects.count() == 1
    Report.objects.update(voided_at=clock.now(), void_reason="重新起草")
    _draft()
    assert Report.objects.count() == 1
