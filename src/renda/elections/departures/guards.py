"""What makes a step in a recall or a resignation unlawful beyond the order of steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _

from renda.directory.models.divisions import Level
from renda.elections.decisions import VoteRecord, decide, majority
from renda.elections.decisions.records import RECALL
from renda.elections.departures import mandates, signing
from renda.elections.models import Recall, Resignation, Statement
from renda.law import LawError, nominations
from renda.law.ballots import Law
from renda.procedure.cases import Case
from renda.procedure.declaration import Guard, Refusal

SIGNATURES: Mapping[str, str] = {
    Level.COUNTY.value: "recall.county.signatures", Level.TOWNSHIP.value: "recall.township.signatures",
}  # fmt: skip
ACCEPTANCE: Mapping[str, str] = {
    Level.COUNTY.value: "resign.county.deputy", Level.TOWNSHIP.value: "resign.township.deputy",
}  # fmt: skip


def law_of(case: Case) -> Law:
    """The law of the day of the act, under the county's packs and choices."""
    return partial(case.under.parameter, as_of=case.on)


def in_office(case: Case) -> Refusal | None:
    """Only a mandate that is held can end."""
    mandate = case.record.mandate
    if mandate is None:
        words = {"name": case.record.person.name, "level": case.record.get_level_display()}
        return Refusal(_("“代表名册”中没有%(name)s的%(level)s代表职务，请先核对代表名册。") % words)
    if mandate.until is not None:
        words = {"name": case.record.person.name, "day": mandate.until, "why": mandate.get_end_reason_display() or _("未写明")}
        return Refusal(_("%(name)s的代表职务已于 %(day)s 终止（%(why)s）。请办理“终止”或者“撤回”。") % words)
    if case.on < mandate.since:
        return Refusal(_("办理日期早于代表任职起始日期 %(day)s，请核对。") % {"day": mandate.since})
    return None


def _counted(case: Case) -> int:
    """How many signatures count: those found on the roll where the district has one, else the total that was checked on paper."""
    recall: Recall = case.record
    known = signing.counted(recall)
    return known if known is not None else int(case.answers.get("counted") or 0)


def enough_signers(case: Case) -> Refusal | None:
    """Fifty voters of the district for a county deputy, thirty for a township deputy (选举法 50(1))."""
    recall: Recall = case.record
    key, told = SIGNATURES[recall.level], case.answers.get("counted")
    known = signing.counted(recall)
    if known is None and told is None:
        return Refusal(_("原选区没有选民登记册，请填写核实后的有效联名人数；有登记册的，先在“核对联名选民”页逐名核对。"), key)
    if known is not None and told is not None and told != known:
        words = {"told": told, "known": known}
        return Refusal(
            _("填写的有效联名人数是 %(told)s 人，登记册上核对的是 %(known)s 人。请核对，或者不填这一栏。") % words, key
        )
    if _counted(case) > recall.signed:
        words = {"counted": _counted(case), "signed": recall.signed}
        return Refusal(_("有效联名 %(counted)s 人，多于罢免要求上的联名 %(signed)s 人。请核对联名人数。") % words, key)
    faults = nominations.signatures(key, _counted(case), law_of(case))
    return Refusal(faults[0], key) if faults else None


def too_few_indeed(case: Case) -> Refusal | None:
    """Only what has too few signatures is declined for that reason."""
    recall: Recall = case.record
    if case.answers.get("ground") != "few":
        return None
    known = signing.counted(recall)
    number = known if known is not None else case.answers.get("counted")
    if number is None:
        return Refusal(_("以联名人数不足为由不予受理的，请填写核实后的有效联名人数。"), SIGNATURES[recall.level])
    if nominations.signatures(SIGNATURES[recall.level], int(number), law_of(case)):
        return None
    reason = _("有效联名 %(number)s 人，已达到法定人数，不能以人数不足为由不予受理。")
    return Refusal(reason % {"number": number}, SIGNATURES[recall.level])


def written_first(case: Case) -> Refusal | None:
    """A written answer is printed and sent with the request (选举法 50(3)), so it is entered before that."""
    late = case.answers.get("statement") == Statement.WRITTEN and case.state.code == "distributed"
    if not late:
        return None
    reason = _("罢免要求已经印发。书面申辩意见应当一并印发：请先更正“印发”一步，登记申辩后重新办理。")
    return Refusal(reason, "recall.distribution")


def secret(case: Case) -> Refusal | None:
    """Recalls are voted on in secret (选举法 52)."""
    if case.answers.get("secret") == "yes":
        return None
    return Refusal(_("罢免代表用无记名的表决方式；不是无记名的，表决不合法，应当重新组织表决。"), "recall.secret")


def recall_is(passed: bool) -> Guard:
    """The totals say that the recall passed, or that it failed: more than half of ALL voters of the district (选举法 53(1))."""

    def guard(case: Case) -> Refusal | None:
        said = case.answers
        record = VoteRecord(
            case.record.constituency,
            RECALL,
            said["voters"],
            said["participants"],
            said["recovered"],
            said["void"],
            yes=said["yes"],
        )
        try:
            found = decide(record, law_of(case))
        except LawError as error:
            return Refusal(str(error), "recall.majority")
        if found.passed is passed:
            return None
        working = " ".join(found.working)
        if passed:
            return Refusal(_("没有达到通过票数，不能登记为罢免通过。%(working)s") % {"working": working}, "recall.majority")
        return Refusal(_("已经达到通过票数，不能登记为未通过。%(working)s") % {"working": working}, "recall.majority")

    return guard


def resignation_is(accepted: bool) -> Guard:
    """The votes say that the resignation was accepted, or not: more than half of all members of the body (选举法 55(2))."""

    def guard(case: Case) -> Refusal | None:
        resignation: Resignation = case.record
        key = ACCEPTANCE[resignation.level]
        try:
            found = majority(key, case.answers["whole"], law_of(case), votes=case.answers["yes"])
        except LawError as error:
            return Refusal(str(error), key)
        if bool(found.met) is accepted:
            return None
        if accepted:
            return Refusal(_("没有达到通过票数，不能登记为接受辞职。%(working)s") % {"working": found.working}, key)
        return Refusal(_("已经达到通过票数，不能登记为未获通过。%(working)s") % {"working": found.working}, key)

    return guard


def posts_ended(key: str) -> Guard:
    """Before the announcement the posts that end with the mandate have an end on record (选举法 54, 56)."""

    def guard(case: Case) -> Refusal | None:
        mandate = case.record.mandate
        posts = mandates.posts_lost(mandate) if mandate else []
        if not posts:
            return None
        named = "、".join(str(one) for one in posts)
        reason = _(
            "%(name)s仍登记有职务：%(posts)s。代表职务终止的，这些职务相应终止。请先在“人员职务”中填写离任日期，再办理公告。"
        )
        return Refusal(reason % {"name": case.record.person.name, "posts": named}, key)

    return guard


def ended_indeed(case: Case) -> Refusal | None:
    """Only where the mandate is over does a demand fall away for that reason."""
    if case.answers.get("ground") != "over":
        return None
    mandate = case.record.mandate
    if mandate is not None and mandate.until is not None:
        return None
    return Refusal(_("该代表仍在任，不能以代表职务已经终止为由终止办理。"))
