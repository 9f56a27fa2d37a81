"""What makes a step in an objection or a transfer unlawful beyond the order of steps."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from renda.elections.lists.dates import DECIDE, LAWSUIT, OBJECTION
from renda.elections.models import Objection, RollMeasure, RollState, Transfer, Voter
from renda.procedure import lawful
from renda.procedure.cases import Case
from renda.procedure.declaration import Refusal

UPDATE, ONE_VOTE = "elec.voter.update.move", "elec.voter.one_vote"


def last_day_to_object(case: Case) -> date | None:
    """Until when the list could be objected to (选举法 29); None where its day of publication is not known."""
    published = case.dates.get("published")
    return lawful.last_day(case.under, (OBJECTION,), published) if published else None


def _late(case: Case) -> bool:
    last, received = last_day_to_object(case), case.dates.get("received")
    return last is not None and received is not None and received > last


def in_time(case: Case) -> Refusal | None:
    """The committee decides objections that came in time; it may correct the roll of its own accord at any time (选举法 27, 29)."""
    if not _late(case):
        return None
    words = {"received": case.dates["received"], "last": last_day_to_object(case)}
    reason = _(
        "申诉于 %(received)s 提出，申诉期到 %(last)s 止，已经逾期，不能按申诉作出处理决定。请办理“不予受理”；名单确有错误的，"
        "可以依职权在选民登记中更正，并发补正名单。"
    )
    return Refusal(reason % words, OBJECTION)


def late_indeed(case: Case) -> Refusal | None:
    """Only what came late is declined as late."""
    if case.answers.get("ground") != "late" or _late(case):
        return None
    return Refusal(_("申诉在申诉期内提出，不能以逾期为由不予受理。"), OBJECTION)


def measure_fits(case: Case) -> Refusal | None:
    """What is done to the roll fits the person's standing there."""
    objection: Objection = case.record
    measure = case.answers.get("measure", "")
    if case.answers.get("outcome") != "corrected" or measure in ("", RollMeasure.NOTHING):
        return None
    voter: Voter | None = objection.voter
    if voter is None:
        return Refusal(_("这件申诉没有对应登记册上的人。请先在“选民登记”中登记此人，再在申诉中选定，然后办理。"), DECIDE)
    registered = voter.state == RollState.REGISTERED
    if measure == RollMeasure.ADD and registered:
        if voter.district_id == objection.district_id:
            return Refusal(_("此人已经在本选区的登记册上，不需要再列入。"), DECIDE)
        return Refusal(_("此人已在“%(district)s”登记。请办理选民资格转移。") % {"district": voter.district}, UPDATE)
    if measure in (RollMeasure.REMOVE, RollMeasure.NAME) and not registered:
        return Refusal(_("此人不在登记册上，不能除名或者更正姓名。"), DECIDE)
    return None


def nothing_more_to_come(case: Case) -> Refusal | None:
    """An objection rests when nobody can sue any more, when the objector accepts, or after the judgment (选举法 29)."""
    ground, judged = case.answers.get("ground"), case.state.code == "judged"
    if judged or ground == "judged":
        return (
            None
            if judged and ground == "judged"
            else Refusal(_("法院判决后，按“判决已经执行”了结；没有判决的，不能这样了结。"), LAWSUIT)
        )
    day = case.dates.get("election_day")
    last = lawful.last_day(case.under, (LAWSUIT,), day) if day else None
    if ground == "expired" and last is not None and case.on <= last:
        return Refusal(
            _("起诉期限到 %(last)s 止，现在还可以起诉。申诉人书面表示接受的，请选“申诉人接受”。") % {"last": last}, LAWSUIT
        )
    return None


def before_election_day(case: Case) -> Refusal | None:
    """Nobody changes districts once the vote begins: each has one vote (选举法 5)."""
    transfer: Transfer = case.record
    day = transfer.election.election_day
    if case.on < day:
        return None
    return Refusal(_("选举日是 %(day)s，选举日起不再办理选民资格转移。") % {"day": day}, ONE_VOTE)


def still_there(case: Case) -> Refusal | None:
    """The voter stands in the district that the transfer leads out of."""
    transfer: Transfer = case.record
    voter = transfer.voter
    if voter.state == RollState.OFF:
        return Refusal(_("此人现在没有列入登记册（%(why)s），不能转移。") % {"why": voter.get_why_off_display()}, UPDATE)
    if voter.district_id != transfer.from_district_id:
        return Refusal(_("此人已不在“%(district)s”登记，请核对后重新申请。") % {"district": transfer.from_district}, UPDATE)
    return None
