"""What the placeholders hold for one objection or transfer and one step."""

from __future__ import annotations

from collections.abc import Mapping

from renda.directory.gate import Actor
from renda.directory.models.people import Sex
from renda.documents.days import spoken
from renda.documents.registry import Sender, Template, Values
from renda.elections.lists.dates import LAWSUIT
from renda.elections.lists.guards import last_day_to_object
from renda.elections.models import Objection, ObjectionGround, Transfer
from renda.procedure import lawful, wording
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken

SEXES = {code: str(label) for code, label in Sex.choices}


def sender(*, case: Case, step: StepTaken) -> Sender:
    """The election committee of the election; the directory does not list it as an organ."""
    division = case.record.election.division
    return Sender(None, division.name[:1], division)


def of_objection(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter to an objector."""
    objection: Objection = case.record
    answers = wording.answers(case, step)
    day = case.dates.get("election_day")
    words = {
        "申诉人": objection.objector,
        "选区": objection.district.name,
        "涉及的人": objection.concerned,
        "申诉日期": spoken(case.dates.get("received")),
        "名单公布日期": spoken(case.dates.get("published")),
        "申诉类别": str(ObjectionGround(objection.ground).label),
        "理由": answers.get("reason", "") or answers.get("note", ""),
        "处理决定": answers.get("outcome", ""),
        "登记册处理": answers.get("measure", ""),
        "起诉期限": spoken(lawful.last_day(case.under, (LAWSUIT,), day) if day else None),
        "不予受理的情形": answers.get("ground", "").partition("（")[0],
        "申诉期限": spoken(last_day_to_object(case)),
    }
    return template.filled({**_common(case, step), **words}, asked)


def of_transfer(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter of a transfer."""
    transfer: Transfer = case.record
    words = {
        "选民": transfer.voter.name,
        "性别": SEXES.get(transfer.voter.sex, ""),
        "转出选区": transfer.from_district.name,
        "转入选区": transfer.to_district.name,
        "转移编号": transfer.number,
        "理由": wording.answers(case, step).get("reason", ""),
    }
    return template.filled({**_common(case, step), **words}, asked)


def _common(case: Case, step: StepTaken) -> dict[str, str]:
    election = case.record.election
    return {
        "发文机关": election.committee_name,
        "成文日期": spoken(step.on),
        "选举名称": election.name,
        "选举日": spoken(election.election_day),
        "办理依据": step.article,
    }
