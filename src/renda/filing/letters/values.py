"""What the placeholders of a letter hold for one document and one step: from the record, its deadlines and the step's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.directory import congress
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.documents.days import spoken
from renda.documents.registry import Sender, Template, Values
from renda.filing.models import NormativeDocument
from renda.procedure import wording
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken

COUNCIL = "人大常委会主任会议"
"""A motion to annul is put before the standing committee by its council of chairpersons."""
ANSWERS = {
    "说明": "note", "补正内容": "missing", "退回理由": "reason", "提请理由": "reason", "问题情形": "ground", "审查意见": "problem",
}  # fmt: skip
CONCLUSIONS = {"clear": "未发现应当予以纠正的问题。", "confirm": "审查意见所指问题已经纠正，予以确认。"}


def of_letter(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter: what follows from the document and the step, and what the letter's maker filled in (``asked``)."""
    return template.filled({**_of_document(case), **_of_step(template, case, step)}, asked)


def office(case: Case) -> Division:
    """The county whose office reviews the document."""
    return congress.county_of(case.record.division)


def sender(*, case: Case, step: StepTaken) -> Sender:
    """The document's maker for its own letters, else the county's standing committee; numbers count in the county."""
    division = office(case)
    if case.procedure.step(step.code).who.organ:
        made_by = case.record.maker
        return Sender(made_by, made_by.short_name or made_by.name, division)
    return Sender(congress.organ(division), division.name[:1], division)


def _of_document(case: Case) -> dict[str, Any]:
    document: NormativeDocument = case.record
    filed = max((case.dates[code] for code in ("filed", "supplemented") if code in case.dates), default=None)
    return {
        "文件名称": document.title.removeprefix("《").removesuffix("》"),
        "文件文号": document.document_number,
        "制定机关": str(document.maker),
        "登记编号": document.number,
        "印发日期": spoken(case.dates.get("issued")),
        "报备日期": spoken(filed),
        "补正期限": wording.deadline(case, "supplement"),
        "回复期限": wording.deadline(case, "reply"),
    }


def _of_step(template: Template, case: Case, step: StepTaken) -> dict[str, Any]:
    answers, own, letter = wording.answers(case, step), sender(case=case, step=step), template.code.partition(".")[2]
    earlier = wording.earlier(case, "oppose")
    name = own.organ.name if own.organ else congress.name(own.division)
    to_congress = letter in ("filing_report", "motion")
    return {
        **{word: answers.get(ask, "") or earlier.get(ask, "") for word, ask in ANSWERS.items()},
        "发文机关": f"{own.division.name}{COUNCIL}" if letter == "motion" else name,
        "主送单位": congress.name(own.division) if to_congress else str(case.record.maker),
        "机关联系人": own.organ.contact if own.organ else "",
        "机关联系电话": own.organ.office_phone if own.organ else "",
        "成文日期": spoken(step.on),
        "办理日期": spoken(step.on),
        "办理依据": step.article,
        "审查结论": CONCLUSIONS.get(step.code, ""),
    }
