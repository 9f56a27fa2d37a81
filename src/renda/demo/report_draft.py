"""The demo's main job: its report on 2020 goes in, the draft on 2021 and its evidence come out, and the browser has it as a report in work."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from renda.core.datafolder import data_folder, private_folder
from renda.demo import report_text
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.reports.draft.compose import compose
from renda.reports.draft.model import Draft
from renda.reports.draft.telling import as_json
from renda.reports.evidence import write_evidence
from renda.reports.models import Report
from renda.reports.papers import write_docx
from renda.reports.recognise.source import read
from renda.reports.services.taking import take_in

YEAR = report_text.YEAR + 1
TITLE = f"青禾县人大常委会{YEAR}年工作报告"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Drafted:
    """Where the demo's papers lie and what was filled (figures), and what else the clerk has to look at (`marks`)."""

    source: str
    draft: str
    evidence: str
    found: int
    bound: int
    filled: int
    marked: int
    marks: int
    report: int | None = None

    def lines(self) -> list[str]:
        """What the command prints."""
        return [
            f"上年报告：{self.source}",
            f"{YEAR}年初稿：{self.draft}",
            f"依据：{self.evidence}",
            f"共 {self.found} 处数字和空缺，已对应指标 {self.bound} 处，已填 {self.filled} 处，待核 {self.marked} 处；另有年份、措辞等待核 {self.marks} 处。",
        ]


def folder() -> Path:
    """Where the report's papers lie."""
    return private_folder(data_folder() / "reports")


def draft_report(say: Say, county: Division) -> Drafted:
    """Draft the report on 2021 from the one on 2020. What lies there already is kept, and so is what a clerk did with the report."""
    home = folder()
    source, paper, evidence, summary = (
        home / f"青禾县人大常委会{report_text.YEAR}年工作报告.docx", home / f"{TITLE}（初稿）.docx", home / f"{TITLE}（依据）.xlsx",
        home / f"{TITLE}（初稿）.json",
    )  # fmt: skip
    if not source.exists():
        write_source(source, county)
    made = None
    if not (paper.exists() and evidence.exists() and summary.exists()):
        say(f"正在由{report_text.YEAR}年的报告起草{YEAR}年的报告……")
        made = compose(read(source), source_year=report_text.YEAR, year=YEAR, division=county, actor=OPERATOR)
        _write(made, source, paper, evidence, summary)
    pk = in_browser(source, county)
    told = json.loads(summary.read_text("utf-8"))
    counts = {name: told[name] for name in ("found", "bound", "filled", "marked")}
    return Drafted(str(source), str(paper), str(evidence), **counts, marks=len(told["marks"]), report=pk)


def write_source(path: Path, county: Division) -> None:
    """The report on 2020 as the office kept it: a Word document in the official layout."""
    write_docx(Draft(report_text.render(), report_text.YEAR, report_text.YEAR, county.code), path)


def _write(made: Draft, source: Path, paper: Path, evidence: Path, summary: Path) -> None:
    """Draft, evidence and last the summary, so that a run that broke off is made good by the next one; what is there already stands."""
    if not paper.exists():
        write_docx(made, paper, source=source)
    if not evidence.exists():
        write_evidence(made, evidence, OPERATOR)
    partial = summary.with_suffix(".tmp")
    partial.write_text(json.dumps(as_json(made), ensure_ascii=False, indent=1, default=str), "utf-8")
    partial.replace(summary)


def in_browser(source: Path, county: Division) -> int | None:
    """The report in work of the browser, opened once; one that a user voided is not opened again."""
    known = Report.objects.filter(division=county, year=YEAR).order_by("pk").first()
    if known is not None:
        return known.pk
    made = take_in(
        source.name, source.read_bytes(), year=YEAR, division=county, actor=OPERATOR, title=TITLE, source_year=report_text.YEAR
    )
    return made.pk
