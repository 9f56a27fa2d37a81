"""What makes a step unlawful in a petition beyond the order of steps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from renda.directory.models import Division, Organ
from renda.petitions.models import Demand, Petition
from renda.petitions.representatives import MOST, too_many
from renda.procedure import lawful
from renda.procedure.cases import Case
from renda.procedure.declaration import Refusal


def closed_to_the_accused(petition: Petition) -> bool:
    """Whether the organ complained of may learn nothing of the petition (信访工作条例 30(3))."""
    return petition.secret or petition.demand == Demand.ACCUSATION


def not_to_the_accused(case: Case) -> Refusal | None:
    """Accusations and petitions that ask for secrecy never go to the organ complained of, nor to the one above or below it."""
    petition: Petition = case.record
    if not closed_to_the_accused(petition) or not case.answers.get("handler"):
        return None
    handler = _organ(case, case.answers["handler"])
    near = {handler.pk, handler.parent_id}
    accused = petition.accused
    same = accused is not None and (accused.pk in near or accused.parent_id == handler.pk)
    named = bool(petition.complained) and petition.complained in (handler.name, handler.short_name)
    if not same and not named:
        return None
    return Refusal(
        _("“%(organ)s”是被反映的单位或者其上下级，检举控告和要求保密的信访事项不得转给它，请另选承办单位。") % {"organ": handler},
        "pet.confidential",
    )


def _organ(case: Case, pk: int) -> Organ:
    found = case.shared.get(("organ", pk))
    if found is None:
        found = case.shared[("organ", pk)] = Organ.objects.get(pk=pk)
    assert isinstance(found, Organ)
    return found


def representatives(case: Case) -> Refusal | None:
    """A joint visit has representatives, and not more than the law allows (信访工作条例 20(3))."""
    petition: Petition = case.record
    if petition.form != "visit" or not petition.collective:
        return None
    excess = too_many(str(petition.representatives or ""), case.under, case.on)
    if excess is None:
        return None
    words = {"n": excess.chosen, "most": excess.most}
    return Refusal(_("集体来访推选的代表有 %(n)s 人，最多 %(most)s 人，请重新登记。") % words, MOST)


def report_day(case: Case) -> Refusal | None:
    """The day by which a report is wanted lies ahead."""
    day = case.answers.get("report_by")
    return (
        Refusal(_("办结报告期限 %(day)s 不晚于交办日期，请核对。") % {"day": day}, "pet.types")
        if day and day <= case.on
        else None
    )


def original_exists(case: Case) -> Refusal | None:
    """The petition that this one repeats is another one that came no later."""
    number, petition = str(case.answers.get("original", "")), case.record
    found = Petition.objects.alive().filter(number=number, keeper=petition.keeper_id).exclude(pk=petition.pk).first()
    if found is None:
        return Refusal(_("没有编号为“%(number)s”的信访事项，请核对原编号。") % {"number": number})
    if found.opened_on and petition.opened_on and found.opened_on > petition.opened_on:
        return Refusal(_("“%(number)s”比本件收到得晚，应将它并入本件。") % {"number": number})
    case.shared["original"] = found
    return None


def division_below(case: Case) -> Refusal | None:
    """A matter is passed down within the keeper's own divisions."""
    target = Division.objects.filter(pk=case.answers.get("division", 0)).first()
    keeper = case.record.keeper
    if target is None or keeper is None or not target.path.startswith(keeper.path + "."):
        return Refusal(_("只能下转本区划所属的乡镇（街道）。"))
    case.shared["target"] = target
    return None


def extension(case: Case) -> Refusal | None:
    """The handling is extended by no more than the law allows, counted from acceptance (信访工作条例 34)."""
    start = max((case.dates[code] for code in ("accepted", "taken_up") if code in case.dates), default=None)
    until = case.answers.get("until")
    if start is None or until is None:
        return None
    usual, longest = (
        lawful.last_day(case.under, ("pet.handle",), start),
        lawful.last_day(case.under, ("pet.handle.extend",), start),
    )
    if longest is not None and until > longest:
        return Refusal(
            _("最长只能延长至 %(longest)s，不能延长至 %(until)s。") % {"longest": longest, "until": until}, "pet.handle.extend"
        )
    if usual is not None and until <= usual:
        return Refusal(_("原办理期限为 %(usual)s，延长后的日期应晚于它。") % {"usual": usual}, "pet.handle.extend")
    return None


def was_assigned(case: Case) -> Refusal | None:
    """A closing report belongs to matters that were assigned (信访工作条例 22(1))."""
    return None if "assigned" in case.dates else Refusal(_("转送的信访事项不要求提交办结报告，可直接办结。"), "pet.types")


def report_there(case: Case) -> Refusal | None:
    """What was assigned is closed after its report; what a unit took up, after its answer."""
    dates = case.dates
    if "assigned" in dates and "reported" not in dates and "reviewed" not in dates:
        return Refusal(_("交办的信访事项，承办单位提交办结报告后才能办结。可先督办。"), "pet.types")
    if case.state.code == "handling" and "taken_up" in dates and "answered" not in dates:
        return Refusal(_("承办单位尚未答复信访人，不能办结。可先督办。"), "pet.opinion.content")
    return None


def answered_before(case: Case) -> Refusal | None:
    """Only a handling opinion can be reviewed."""
    return None if "answered" in case.dates else Refusal(_("该事项没有处理意见，不能申请复查。"), "pet.review.request")


def reviewer_differs(case: Case) -> Refusal | None:
    """A review is made by the organ above the one that handled the matter."""
    same = case.answers.get("reviewer") == case.record.handler_id
    return Refusal(_("复查由原办理机关、单位的上一级进行，不能由原承办单位复查。"), "pet.review.request") if same else None


def rechecker_differs(case: Case) -> Refusal | None:
    """A recheck is made by the organ above the one that reviewed."""
    same = case.answers.get("rechecker") in (case.record.handler_id, case.record.reviewer_id)
    return (
        Refusal(_("复核由复查机关、单位的上一级进行，不能由原承办单位或者复查机关复核。"), "pet.recheck.request")
        if same
        else None
    )


def hearing_days(case: Case) -> Refusal | None:
    """A hearing lies within the recheck, and is recorded after its end (信访工作条例 36(2))."""
    first, last, asked = case.answers.get("first"), case.answers.get("last"), case.dates.get("recheck_asked")
    if first is None or last is None:
        return None
    if last < first:
        return Refusal(_("听证结束日期 %(last)s 早于开始日期 %(first)s，请核对。") % {"last": last, "first": first})
    if last > case.on:
        return Refusal(_("听证结束日期 %(last)s 晚于登记的办理日期 %(on)s，请在听证结束后登记。") % {"last": last, "on": case.on})
    if asked is not None and first < asked:
        return Refusal(
            _("听证开始日期 %(first)s 早于申请复核的日期 %(asked)s，请核对。") % {"first": first, "asked": asked},
            "pet.recheck.decide",
        )
    return None
