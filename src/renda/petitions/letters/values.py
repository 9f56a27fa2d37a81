"""What the placeholders of a letter hold for one petition and one step: from the record, its deadlines and the step's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from renda.core import cells
from renda.directory import congress
from renda.directory.gate import Actor
from renda.directory.models import Division, Organ
from renda.directory.models.divisions import Level
from renda.directory.roles import ROLES
from renda.documents.days import spoken
from renda.documents.registry import Sender, Template, Values
from renda.law import LawError
from renda.petitions.guards import closed_to_the_accused
from renda.petitions.letters.words import TO_UNITS
from renda.petitions.models import Petition
from renda.procedure import lawful, wording
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken

HIDDEN = "×××"
"""What stands in place of a protected petitioner's name wherever a text of the matter repeats it."""
CONFIDENTIAL = "该信访事项涉及检举控告或者信访人要求保密。请依法为信访人保密，不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位{article}。"
WHERE_TO_ASK = "请登录本级人大网站“信访查询”页面，或者持本告知书到我机关查询。"
WHERE_ON_THE_NET = "请打开 {address} 查询，或者持本告知书到我机关查询。"
TERMS = {"告知时限": "pet.notify.transferred", "异议时限": "pet.objection_competence"}
DEADLINES = {"办理期限": "handle", "办结报告期限": "report", "复查期限": "review", "复核期限": "recheck"}
CITED = {
    "办理期限依据": "pet.handle", "意见书依据": "pet.opinion.content", "复查依据": "pet.review.request", "复核依据": "pet.recheck.request",
    "终结依据": "pet.final",
}  # fmt: skip
ANSWERS = {
    "办理说明": "note", "办理要求": "demands", "报送理由": "reason", "不予受理情形": "ground", "告知内容": "explanation", "延长至": "until",
    "批准人": "approver", "延期理由": "reason", "处理意见": "result", "事实和理由": "facts", "具体意见": "decision",
    "法律法规依据": "legal_basis", "退回理由": "reason", "督办情形": "ground", "督办要求": "demand", "反馈期限": "reply_by",
    "办结情况": "summary", "复查结论": "outcome", "复查意见": "opinion", "复核结论": "outcome", "复核意见": "opinion",
}  # fmt: skip


def of_letter(
    template: Template, *, case: Case, step: StepTaken, maker: Actor, asked: Mapping[str, str | list[str]] | None = None
) -> Values:
    """The words of a letter: what follows from the matter, and what its maker filled in (``asked``). Nothing that goes to a unit says who
    a protected petitioner is, whoever wrote it."""
    petition: Petition = case.record
    answers = wording.answers(case, step)
    shut = closed_to_the_accused(petition) and (_letter(template) in TO_UNITS or ROLES[maker.role].bound_to_organ)
    found: dict[str, Any] = {
        **_of_petition(petition, case),
        **_of_step(template, case, step, answers),
        **_petitioner(petition, shut, lawful.citation(case.under, "pet.confidential", step.on)),
        **{word: wording.deadline(case, code) for word, code in DEADLINES.items()},
        **{word: lawful.citation(case.under, key, step.on) for word, key in CITED.items()},
        **{word: _term(case, key, step) for word, key in TERMS.items()},
    }
    wanted = template.filled(found, asked)
    return veiled(wanted, petition) if shut else wanted


def _letter(template: Template) -> str:
    return template.code.partition(".")[2]


def issuer(case: Case, step: StepTaken) -> Organ | None:
    """The organ whose letter it is: the one that the step belongs to, else the congress of the division that keeps the petition."""
    who = case.procedure.step(step.code).who
    if who.organ:
        organ: Organ | None = getattr(case.record, who.organ)
        return organ
    return congress.organ(keeper(case))


def keeper(case: Case) -> Division:
    """The division whose office keeps the petition."""
    kept: Division = case.record.keeper or case.record.division
    return kept


def sender(*, case: Case, step: StepTaken) -> Sender:
    """The organ whose letter it is, and its word in the number: the first character of the division, or the unit's short name."""
    organ, division = issuer(case, step), keeper(case)
    if not case.procedure.step(step.code).who.organ or organ is None:
        return Sender(organ, division.name[:1], division)
    return Sender(organ, organ.short_name or organ.name, division)


def issuer_name(case: Case, step: StepTaken) -> str:
    """How the letter's head and foot name the issuing organ."""
    organ = issuer(case, step)
    return organ.name if organ else congress.name(keeper(case))


def where_to_ask(division: Division) -> str:
    """Where a petitioner looks the matter up: the public page of the county, where this site has an address that people outside can open."""
    if not settings.SITE_ADDRESS or division.level != Level.COUNTY:
        return WHERE_TO_ASK
    return WHERE_ON_THE_NET.format(address=settings.SITE_ADDRESS + reverse("portal:query", args=[division.code]))


def _term(case: Case, key: str, step: StepTaken) -> str:
    """A period of the law of the step's day in words, as 15日; empty where that law sets none."""
    try:
        value = case.under.parameter(key, as_of=step.on)
    except LawError:
        return ""
    return f"{value.value}{value.unit_label}"


def _of_petition(petition: Petition, case: Case) -> dict[str, Any]:
    dates = case.dates
    given = max((dates[code] for code in ("forwarded", "assigned") if code in dates), default=None)
    running = [one.due_on for one in case.deadlines if one.ended_on is None]
    return {
        "信访编号": petition.number,
        "信访事项": petition.title,
        "收到日期": spoken(dates.get("received")),
        "信访形式": petition.get_form_display(),
        "承办单位": str(petition.handler or ""),
        "现行期限": spoken(min(running, default=None)),
        "交办日期": spoken(given),
        "交办机关": congress.name(keeper(case)),
        "人数": f"{petition.persons}人" if petition.persons > 1 else "",
        "反映内容": petition.content or "",
        "查询码": petition.query_code or "",
        "查询途径": where_to_ask(keeper(case)) if petition.query_code else "",
        "复查机关": str(petition.reviewer or ""),
        "复核机关": str(petition.rechecker or ""),
        "办理结果": petition.get_result_display() if petition.result else "",
    }


def _of_step(template: Template, case: Case, step: StepTaken, answers: Mapping[str, str]) -> dict[str, Any]:
    organ = issuer(case, step)
    own = {word: answers.get(ask, "") for word, ask in ANSWERS.items()}
    return {
        **own,
        "发文机关": issuer_name(case, step),
        "机关联系人": organ.contact if organ else "",
        "机关联系电话": organ.office_phone if organ else "",
        "成文日期": spoken(step.on),
        "办理日期": spoken(step.on),
        "办理依据": step.article,
        "主送单位": _addressee(_letter(template), case, step, answers),
        "去向": _whither(step.code, case, answers),
        "复查请求": wording.earlier(case, "ask_review").get("grounds", ""),
        "复核请求": wording.earlier(case, "ask_recheck").get("grounds", ""),
    }


def _addressee(letter: str, case: Case, step: StepTaken, answers: Mapping[str, str]) -> str:
    """To whom a letter to a unit goes; what is pressed is pressed of whoever has it."""
    if letter == "report_up":
        return answers.get("above", "")
    holder = {"review": case.record.reviewer, "recheck": case.record.rechecker}.get(step.from_state, case.record.handler)
    return str(holder or "")


def _whither(code: str, case: Case, answers: Mapping[str, str]) -> str:
    """Where the petition went: by the step itself, else by what its dates say."""
    handler = case.record.handler
    words = {
        "accept": f"该信访事项由{handler}受理。" if handler else "",
        "forward": f"该信访事项已转送{handler}处理。",
        "assign": f"该信访事项已交由{handler}办理。",
        "pass_up": f"该信访事项已报送{answers.get('above', '')}处理。",
        "pass_down": f"该信访事项已转由{answers.get('division', '')}人大办理。",
    }
    if code in words or not handler:
        return words.get(code, "")
    earlier = next((one for one in ("assigned", "forwarded") if one in case.dates), "")
    return {"assigned": words["assign"], "forwarded": words["forward"]}.get(earlier, f"该信访事项由{handler}办理。")


def _petitioner(petition: Petition, shut: bool, article: str) -> dict[str, str]:
    name = str(petition.petitioner or "")
    if shut:
        return {"称谓": "信访人", "保密要求": CONFIDENTIAL.format(article=f"（{article}）" if article else "")}
    several = f"{name}等{petition.persons}人" if name and petition.persons > 1 else name
    return {
        "称谓": several or "信访人",
        "信访人": name,
        "住址": str(petition.address or ""),
        "信访人电话": str(petition.phone or ""),
    }


def veiled(values: Values, petition: Petition) -> Values:
    """The same words without anything that says who a protected petitioner is, wherever a text of the matter repeats it."""
    secrets = [str(one) for one in (petition.phone, petition.address, petition.query_code) if one]
    for names in (petition.petitioner, petition.representatives):
        secrets += cells.split_list(str(names)) if names else []
        secrets += [str(names)] if names else []
    hidden = sorted({one.strip() for one in secrets if len(one.strip()) > 1}, key=len, reverse=True)
    return {name: _without(value, hidden) for name, value in values.items()}


def _without(value: str | list[str], hidden: Sequence[str]) -> str | list[str]:
    if isinstance(value, list):
        return [str(_without(one, hidden)) for one in value]
    for secret in hidden:
        value = value.replace(secret, HIDDEN)
    return value
