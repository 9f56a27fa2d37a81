"""After the vote: the review of qualifications, the published list, the mandates, the file written out and closed; the journal verified."""

from __future__ import annotations

from datetime import date, timedelta

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.directory.models import Mandate
from renda.elections.models import Elected, Election
from renda.elections.outcome import closing, reviewing, seating
from renda.elections.rehearsal.state import Facts, Rehearsal
from renda.journal.verifying import verify

REVIEWED, DECIDED, PUBLISHED, SESSION = 10, 12, 13, 30
"""Days after election day."""


def _day(one: Rehearsal, days: int) -> date:
    return one.day + timedelta(days=days)


def review(one: Rehearsal) -> Facts:
    """The committee's opinion on all, the decision on it, the published list (选举法 47)."""
    ids = list(Elected.objects.alive().filter(election=one.election).order_by("pk").values_list("pk", flat=True))
    with clock.travel(_day(one, PUBLISHED)):
        given = reviewing.give_opinion(one.election, ids, "valid", on=_day(one, REVIEWED), actor=one.clerk)
        decided = reviewing.decide(one.election, ids, "confirmed", on=_day(one, DECIDED), by="演练县人大常委会", actor=one.clerk)
        published = reviewing.publish(one.election, on=_day(one, PUBLISHED), actor=one.clerk)
    one.check("审查、确认、公布的代表一样多", [len(ids)] * 3, [given, decided, published])
    return {"elected": len(ids), "published": published}


def seat(one: Rehearsal) -> Facts:
    """Register the mandates on the day of the first session; the roster of deputies is the congress office's, so its operator does it."""
    with clock.travel(_day(one, SESSION)):
        seated = seating.seat(one.election, since=clock.today(), actor=OPERATOR)
    held = Mandate.objects.alive().filter(level="county", term_number=one.election.term_number, until__isnull=True).count()
    one.check("登记代表职务的人数等于当选人数", Elected.objects.alive().filter(election=one.election).count(), held)
    return {"mandates": seated}


def close(one: Rehearsal) -> Facts:
    """Write the election's file and close it, then verify the whole journal."""
    with clock.travel(_day(one, SESSION + 1)):
        with (one.folder / "选举档案.zip").open("wb") as file:
            parts = closing.write(one.election, file, actor=one.clerk)
        closing.close(one.election, reviewing.rows(one.clerk, one.election), actor=one.clerk)
    frozen = Election.objects.get(pk=one.election.pk).frozen_at is not None
    verdict = verify()
    one.check("选举档案已经封存", True, frozen)
    one.check("日志链完整", None, verdict.fault)
    return {"parts": parts, "entries": verdict.entries}
