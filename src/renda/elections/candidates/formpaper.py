"""The candidate form of a nominee as .docx: filled in from the record, whole identity number included, so with a reason and a journal entry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.documents import services
from renda.documents.days import spoken
from renda.documents.registry import Template, Values, Word, get
from renda.documents.registry import declare as declare_letter
from renda.elections import legal
from renda.elections.candidates import changes, details
from renda.elections.candidates.formfields import LONG, SHIPPED, SHORT
from renda.elections.candidates.letters import GROUP, values
from renda.elections.models import Nomination, NominationState, Nominee
from renda.journal.services import change

FORM = "nominee.form"
SECRET = {"身份证号", "联系电话", "住址", "电子邮箱", "家庭主要成员", "处罚处分", "境外资助", "国籍和境外居留"}
SAMPLES = {"姓名": "丁香", "性别": "女", "民族": "汉族", "选区": "第一选区", "身份证号": "990101198005010001"}
PLACE = {
    "曾用名": "former_name", "籍贯": "native_place", "出生地": "birth_place", "入党时间": "joined_on", "参加工作时间": "work_since",
    "健康状况": "health", "户籍所在地": "household_at", "学位": "degree", "毕业院校及专业": "school", "专业技术职务": "title", "职业": "occupation",
    "电子邮箱": "mail", "现任各级人大代表": "deputy_now", "历任各级人大代表": "deputy_before", "现任政协委员": "cppcc",
    "其他行政区域代表": "elsewhere", "社会兼职": "social_posts", "选举机构职务": "committee_post", "国籍和境外居留": "citizenship",
    "境外资助": "foreign_funds", "处罚处分": "offences", "荣誉奖励": "awards", "家庭主要成员": "family", "推荐单位意见": "nominator_opinion",
    "所在单位意见": "unit_opinion", "选举委员会意见": "committee_opinion",
}  # fmt: skip
"""Placeholder → key of the further fields."""


def words() -> tuple[Word, ...]:
    """The placeholders of the form."""
    names = [*(name for pair in SHORT for name in pair), *LONG]
    head = (
        ("选举名称", "选举的名称"),
        ("选区", "选区名称"),
        ("填表日期", "生成登记表的日期"),
        ("依据", "如实提供情况所依据的条款"),
    )
    found = [Word(name, about, SAMPLES.get(name, "")) for name, about in head]
    return (*found, *(Word(name, name, SAMPLES.get(name, ""), secret=name in SECRET) for name in names))


def declare() -> None:
    """Register the form with the templates that an office may change (called once, at start)."""
    declare_letter(
        Template(
            code=FORM, name="代表候选人登记表", to="选举委员会", words=words(), shipped=SHIPPED, values=values_of, sender=values.sender, group=GROUP
        )
    )  # fmt: skip


def values_of(template: Template, *, nominee: Nominee) -> Values:
    """The words of a nominee's form."""
    answers = details.read(nominee)
    stands = Nomination.objects.alive().filter(nominee=nominee, state=NominationState.STANDS).order_by("pk")
    found: dict[str, Any] = {word: answers.get(key, "") for word, key in PLACE.items()}
    found |= {
        "选举名称": nominee.election.name, "选区": nominee.district.name, "填表日期": spoken(clock.today()),
        "依据": legal.law_on(nominee.election)("elec.cand.info_duty").citation, "姓名": nominee.name, "性别": values.SEXES.get(nominee.sex, ""),
        "民族": nominee.nationality, "出生日期": spoken(nominee.birth_date), "党派": nominee.party, "学历": nominee.education,
        "工作单位及职务": nominee.post, "代表构成": nominee.sector, "是否本届代表": "是" if nominee.reelected else "否", "简历": nominee.resume,
        "身份证号": str(nominee.identity_number or ""), "联系电话": str(nominee.phone or ""), "住址": str(nominee.address or ""),
        "推荐者": "；".join(nominator(one) for one in stands),
        "推荐理由": answers.get("reasons", "") or "；".join(one.reasons for one in stands if one.reasons),
    }  # fmt: skip
    return {word.name: found.get(word.name, "") for word in template.words}


def nominator(one: Nomination) -> str:
    """Who nominated, in words."""
    return "、".join(one.nominators) if one.nominators else f"选民 {one.counted} 人联名"


def make(nominee: Nominee, *, reason: str, actor: Actor) -> bytes:
    """The filled form. It shows whole numbers: asks for the right to see them and a reason, and is journalled.

    Raises CandidateFault without a reason, TemplateFault where the office's template does not work, PermissionDenied.
    """
    from renda.documents import rendering

    gate.require(actor, roles.REVEAL, nominee)
    template = get(FORM)
    chosen = services.current(template, nominee.election.division)
    with change():
        why = changes.reason_of(reason, _("登记表上有身份证号、电话和住址，请写明用途。"))
        filled = rendering.fill(chosen.content, values_of(template, nominee=nominee), title=template.name)
        label = f"{nominee.district.name} {nominee.name}"
        changes.note(actor, "nominee.form_made", changes.NOMINEE, nominee.pk, label, reason=why)
    return filled.content
