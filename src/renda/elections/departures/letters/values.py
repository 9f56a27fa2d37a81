"""What the placeholders hold for one recall or resignation and one step."""

from __future__ import annotations

from collections.abc import Mapping

from renda.directory import congress
from renda.directory.gate import Actor
from renda.documents.days import spoken
from renda.documents.registry import Sender, Template, Values
from renda.elections.models import Recall, Resignation
from renda.procedure import wording
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken


def sender(*, case: Case, step: StepTaken) -> Sender:
    """The standing committee of the county, or the presidium of the township's congress."""
    division = case.record.division
    return Sender(congress.organ(division), division.name[:1], division)


def of_recall(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter of a recall."""
    recall: Recall = case.record
    answers, heard = wording.answers(case, step), wording.earlier(case, "hear")
    words = {
        "领衔选民": recall.lead,
        "联名人数": _number(recall.signed),
        "有效联名人数": _number(recall.counted),
        "罢免理由": recall.reasons,
        "不予受理的情形": answers.get("ground", "").partition("（")[0],
        "说明": answers.get("note", ""),
        "申辩方式": heard.get("statement", ""),
        "申辩意见": heard.get("words", ""),
        "表决日期": spoken(case.dates.get("voted") or case.dates.get("failed")),
        "全体选民数": _number(recall.voters),
        "参加表决人数": _number(recall.participants),
        "赞成票数": _number(recall.yes),
        "相应终止的职务": answers.get("posts", ""),
    }
    return template.filled({**_common(case, step), **words}, asked)


def of_resignation(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter of a resignation."""
    resignation: Resignation = case.record
    voted = {**wording.earlier(case, "accept"), **wording.answers(case, step)}
    words = {
        "会议": voted.get("meeting", ""),
        "表决日期": spoken(case.dates.get("decided") or case.dates.get("kept")),
        "全体人数": _number(resignation.whole),
        "赞成票数": _number(resignation.yes),
        "相应终止的职务": voted.get("posts", ""),
    }
    return template.filled({**_common(case, step), **words}, asked)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _common(case: Case, step: StepTaken) -> dict[str, str]:
    record = case.record
    return {
        "发文机关": congress.name(record.division),
        "成文日期": spoken(step.on),
        "办理依据": step.article,
        "代表": record.person.name,
        "代表层级": record.get_level_display(),
        "选区": record.constituency,
        "收到日期": spoken(case.dates.get("received")),
    }
