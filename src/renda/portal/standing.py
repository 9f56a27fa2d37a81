"""How a petition stands, in the words that its petitioner needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.core import clock
from renda.directory.models import Division
from renda.law import LawError
from renda.lawbook.reading import Context, context
from renda.petitions.models import Petition
from renda.procedure import lawful
from renda.procedure.models import Deadline, Milestone
from renda.ui.words import said

SHOWN = ("received", "accepted", "forwarded", "assigned", "passed", "taken_up", "extended", "answered", "told", "closed", "declined",
         "review_asked", "reviewed", "recheck_asked", "rechecked")  # fmt: skip
KEYS = (
    "pcpet.triage", "pet.triage", "pet.notify.direct", "pet.handle", "pet.handle.extend", "pet.review.request", "pet.recheck.request",
    "pet.visit.representatives", "pet.confidential", "pet.duplicate_higher", "pet.separate_litigation", "pet.publicity",
)  # fmt: skip
LONG_WORDS = {
    "registered": gettext_noop("您的信访事项已经收到并登记，正在研究处理。"),
    "forwarded": gettext_noop("您的信访事项已转送%(handler)s，由其书面告知您是否受理。"),
    "assigned": gettext_noop("您的信访事项已交%(handler)s办理，并要求其报告办理结果。"),
    "objected": gettext_noop("承办单位对管辖有不同意见，正在核实应由谁办理。"),
    "handling": gettext_noop("%(handler)s正在办理您的信访事项。"),
    "answered": gettext_noop("%(handler)s已作出处理意见，请注意查收书面答复。"),
    "reported": gettext_noop("%(handler)s已作出处理意见，请注意查收书面答复。"),
    "passed": gettext_noop("您的信访事项已转有关人大信访机构处理。"),
    "review": gettext_noop("复查机关正在复查。"),
    "reviewed": gettext_noop("复查意见已经作出，请注意查收书面答复。"),
    "recheck": gettext_noop("复核机关正在复核。"),
    "closed": gettext_noop("您的信访事项已经办结。"),
    "declined": gettext_noop("您的信访事项不予受理，理由和应当向谁提出见书面告知。"),
    "withdrawn": gettext_noop("您已撤回该信访事项。"),
    "ended": gettext_noop("复核意见已经作出，信访程序终结；以同一事实和理由再次提出的，不再受理。"),
}


@dataclass
class Standing:
    """What the page says: the state in a sentence, until when, the days so far, and what the petitioner may do next."""

    words: str
    until: date | None = None
    until_article: str = ""
    days: list[tuple[str, date]] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)


def of(petition: Petition) -> Standing:
    """How the petition stands. Three queries."""
    marks = {m.code: m.on for m in Milestone.objects.filter(matter_id=petition.pk)}
    under = context(petition.division)
    names = {"handler": petition.handler.name if petition.handler else _("承办单位")}
    found = Standing(_(LONG_WORDS.get(petition.phase, LONG_WORDS["registered"])) % names)
    running = Deadline.objects.filter(
        matter_id=petition.pk, ended_on__isnull=True, code__in=("take_up", "handle", "review", "recheck")
    )
    nearest = running.order_by("due_on").first()
    if nearest is not None and petition.closed_on is None:
        found.until = nearest.due_on
        found.until_article = lawful.citation(under, nearest.law, nearest.starts_on) if nearest.law else ""
    found.days = [(_name(code), marks[code]) for code in SHOWN if code in marks]
    for told, asked, key, words in (
        (
            "told",
            "review_asked",
            "pet.review.request",
            _("不服处理意见的，可以在 %(until)s 以前（含当日）请求原办理机关的上一级机关复查（%(article)s）。"),
        ),
        (
            "review_told",
            "recheck_asked",
            "pet.recheck.request",
            _("不服复查意见的，可以在 %(until)s 以前（含当日）请求复查机关的上一级机关复核（%(article)s）。"),
        ),
    ):
        if told in marks and asked not in marks and petition.phase not in ("withdrawn", "declined"):
            until = lawful.last_day(under, (key,), marks[told])
            if until is not None:
                found.rights.append(words % {"until": until.isoformat(), "article": lawful.citation(under, key, marks[told])})
    return found


def _name(code: str) -> str:
    from renda.petitions.kinds import PETITION

    return said(PETITION.milestone_name(code))


def terms(division: Division) -> list[str]:
    """How petitions are handled, with the periods and articles of today's law as this county has settled it (信访工作条例 18)."""
    under, today = context(division), clock.today()
    lines = (
        (_("收到后登记，%(n)s%(unit)s内转送、交办有权处理的机关、单位（%(article)s）。"), "pcpet.triage", "pet.triage"),
        (_("自收到之日起 %(n)s%(unit)s内书面告知您，姓名（名称）、住址不清的除外（%(article)s）。"), "pet.notify.direct"),
        (_("承办单位自受理之日起 %(n)s%(unit)s内办结（%(article)s）。"), "pet.handle"),
        (_("情况复杂的，经批准可以延长，最多 %(n)s%(unit)s，并告知您理由（%(article)s）。"), "pet.handle.extend"),
        (
            _("对处理意见不服的，自收到书面答复之日起 %(n)s%(unit)s内，可以请求上一级机关复查（%(article)s）。"),
            "pet.review.request",
        ),
        (
            _("对复查意见不服的，自收到书面答复之日起 %(n)s%(unit)s内，可以请求复查机关的上一级机关复核（%(article)s）。"),
            "pet.recheck.request",
        ),
        (_("多人走访反映共同事项的，推选代表不超过 %(n)s%(unit)s（%(article)s）。"), "pet.visit.representatives"),
        (_("检举、揭发材料不会透露或者转给被检举、揭发的人员和单位（%(article)s）。"), "pet.confidential"),
        (_("同一事项已经受理或者正在办理的，规定期限内向上级重复提出，不予受理（%(article)s）。"), "pet.duplicate_higher"),
        (_("涉及诉讼权利救济的，依法向有关政法部门提出（%(article)s）。"), "pet.separate_litigation"),
    )
    found = (_term(under, today, words, keys) for words, *keys in lines)
    return [one for one in found if one]


def _term(under: Context, day: date, words: str, keys: list[str]) -> str:
    for key in keys:
        try:
            value = under.parameter(key, as_of=day)
        except LawError:
            continue
        return words % {"n": value.value, "unit": value.unit_label, "article": value.citation}
    return ""
