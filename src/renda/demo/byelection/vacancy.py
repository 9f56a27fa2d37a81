"""How the seat fell empty: a county deputy resigns, the standing committee accepts it, a by-election is set up in the same district."""

from __future__ import annotations

from datetime import date

from renda.core import clock
from renda.demo.byelection.desk import PLACE, Desk
from renda.directory.models import Account, Mandate, Post
from renda.elections.departures import vacancies
from renda.elections.models import Resignation
from renda.elections.schedule import services as schedule
from renda.journal.services import change
from renda.procedure import services as procedure

RECEIVED, ACCEPTED, ARRANGED = date(2021, 12, 17), date(2021, 12, 20), date(2021, 12, 21)
FIRST_DAY, DAY = date(2022, 1, 15), date(2022, 1, 16)
"""The day that was thought of first, and the one that was settled."""


def leaver() -> Mandate | None:
    """The deputy who resigns: of the last district of the township, without a post on the standing committee or an account."""
    rows = Mandate.objects.alive().filter(level="county", term_number=12, until__isnull=True, division__name=PLACE)
    rows = rows.exclude(person__in=Post.objects.alive().filter(until__isnull=True).values("person"))
    rows = rows.exclude(person__in=Account.objects.exclude(person=None).values("person"))
    return rows.select_related("person").order_by("-electoral_district", "-pk").first()


def happen(desk: Desk) -> bool:
    """The resignation and the by-election that follows; False where nobody is left who could resign (users have changed the roster)."""
    mandate = leaver()
    if mandate is None:
        return False
    with change():
        _resign(desk, mandate)
        _arrange(desk, mandate)
    return True


def _resign(desk: Desk, mandate: Mandate) -> None:
    """The resignation from its receipt to its announcement."""
    members = Post.objects.alive().filter(committee_member=True, until__isnull=True).count()
    with clock.travel(RECEIVED):
        row = {
            "收到辞职请求日期": RECEIVED, "代表": _called(mandate), "代表层级": "县级",
            "辞职原因": "因工作调动，户籍和工作单位已迁往外县，不便继续履行代表职务。",
        }  # fmt: skip
        (pk,) = desk.enter("elections.resignations", [row], "bangong")
    with clock.travel(ACCEPTED):
        votes = {"meeting": "县十二届人大常委会第一次会议", "whole": members, "yes": max(1, members - 1)}
        for step, answers in (("accept", votes), ("announce", {})):
            procedure.take(
                Resignation, "deputy_resignation", step, [pk], actor=desk.actor("bangong"), on=ACCEPTED, answers=answers
            )


def _called(mandate: Mandate) -> str:
    """The person as a ledger names somebody who has namesakes."""
    return f"{mandate.person.name}（{mandate.person.birth_date}）" if mandate.person.birth_date else mandate.person.name


def _arrange(desk: Desk, mandate: Mandate) -> None:
    """Set the by-election up, and move its day once, as offices do."""
    mandate.refresh_from_db()
    with clock.travel(ARRANGED):
        desk.election = vacancies.hold(mandate, FIRST_DAY, 1, actor=desk.actor("bangong"))
        schedule.move_day(
            desk.election,
            DAY,
            reason="1月15日与全县防汛演练冲突，县选举委员会决定改在1月16日（星期日）投票。",
            actor=desk.actor("xuanju"),
        )
        desk.election.refresh_from_db()


def others(desk: Desk) -> None:
    """What else comes in at the end of the year: a resignation that waits for its vote, a demand for a recall that waits for its check."""
    rows = Mandate.objects.alive().filter(until__isnull=True, term_number=12).select_related("person", "division")
    town = rows.filter(level="township", division__name=PLACE).order_by("-pk").first()
    taken = Post.objects.alive().filter(until__isnull=True).values("person")
    recalled = rows.filter(level="county").exclude(division__name=PLACE).exclude(person__in=taken).order_by("pk").first()
    if town is not None:
        with clock.travel(date(2021, 12, 24)):
            row = {
                "收到辞职请求日期": clock.today(),
                "代表": _called(town),
                "代表层级": "乡级",
                "辞职原因": "长期外出务工，不能正常履职。",
            }
            desk.enter("elections.resignations", [row], "longtan")
    if recalled is not None:
        with clock.travel(date(2021, 12, 27)):
            row = {
                "收到罢免要求日期": clock.today(), "代表": _called(recalled), "代表层级": "县级", "联名人数": 53, "领衔选民": "田守业",
                "联系电话": "19900008801", "罢免理由": "当选时承诺的农田水利问题从未向选民答复，多次联系均拒绝见面（要求书附签名五十三人）。",
            }  # fmt: skip
            desk.enter("elections.recalls", [row], "bangong")
