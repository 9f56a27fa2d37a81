"""The roll of the by-election: lists uploaded, checked and confirmed as in the browser; doubles settled; the voter list published."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from renda.core import clock
from renda.core.cells.identity import check_character
from renda.demo.byelection.desk import PLACE, Desk
from renda.demo.byelection.people import Lists
from renda.demo.byelection.plan import villages
from renda.elections.lists import publishing
from renda.elections.models import Likeness, RollImport, Source, WorkState
from renda.elections.roll import flow, searching, services
from renda.elections.roll.entering import Entered

BROUGHT, SETTLED, PUBLISHED, LATE = date(2021, 12, 22), date(2021, 12, 24), date(2021, 12, 27), date(2021, 12, 28)
SHARE, MOST = 0.755, 4_500
"""Registered voters among a district's people; a roll of the demo is no larger, so that it is loaded quickly."""


def lists_of(desk: Desk) -> Lists:
    """The made-up people of the district."""
    return Lists(desk, min(MOST, round((desk.district.population or MOST) * SHARE)))


def bring(desk: Desk) -> None:
    """Who may not vote, the extract and an employer's list, then doubles looked for and settled, and the list published."""
    lists = lists_of(desk)
    with clock.travel(BROUGHT):
        if not RollImport.objects.filter(election=desk.election).exists():
            _bar(desk, lists)
        _import(desk, "龙潭镇户籍资料.csv", lists.extract(), Source.HOUSEHOLD, "xuanju")
    with clock.travel(date(2021, 12, 23)):
        _import(desk, "龙潭镇中心小学和卫生院名册.csv", lists.employer(), Source.EMPLOYER, "dengji")
    with clock.travel(SETTLED):
        _settle(desk)
        _register_at_home(desk)
    with clock.travel(PUBLISHED):
        place = "、".join(f"{village}公告栏" for village in villages(desk))
        notice = publishing.Notice(on=PUBLISHED, place=place)
        publishing.publish(desk.election, [desk.district.pk], notice, actor=desk.actor("xuanju"))


def come_late(desk: Desk) -> None:
    """What came after the list: a station's list with doubles in it."""
    lists = lists_of(desk)
    with clock.travel(LATE):
        _import(desk, "登记站补登名单.csv", lists.late(), Source.STATION, "dengji")
        searching.search(desk.election)


def _register_at_home(desk: Desk) -> None:
    """Two people register on the public pages and wait for the station."""
    for number in (1, 2):
        first = f"99012119{78 + number}0{number}1{number}21{number}"
        number_ = first + check_character(first)
        said = Entered(
            desk.election, desk.name(), number_, phone=f"1990000883{number}", address=f"{PLACE}{villages(desk)[0]}{number * 7}号",
            certificate=True,
        )  # fmt: skip
        services.hand_in(said)


def _bar(desk: Desk, lists: Lists) -> None:
    rows = [
        {"姓名": one.name, "身份证号": one.number, "情形": "剥夺政治权利", "起始日期": date(2019 + n, 6, 3), "决定机关": "青禾县人民法院", "所属区划": PLACE}
        for n, one in enumerate(lists.barred)
    ]  # fmt: skip
    desk.enter("elections.barred", rows, "xuanju")


def _import(desk: Desk, name: str, content: bytes, source: str, username: str) -> None:
    """Upload, check, confirm, write: what the browser does, without its background worker."""
    hat = desk.hat(username)
    file = SimpleUploadedFile(name, content, "text/csv")
    made = flow.upload(desk.election, flow.Upload([file], source, desk.district), hat=hat)
    flow.run(made.pk, hat.pk)
    made.refresh_from_db()
    if made.state == WorkState.CHECKED:
        flow.confirm(made, hat=hat)
        flow.run(made.pk, hat.pk)


def _settle(desk: Desk) -> None:
    """Pairs under one number but for the area are one person; the others are two."""
    searching.search(desk.election)
    clerk = desk.actor("xuanju")
    pairs = Likeness.objects.filter(election=desk.election, verdict="", homonym=False).select_related("first", "second")
    for pair in list(pairs.order_by("pk")):
        one, other = str(pair.first.identity_number), str(pair.second.identity_number)
        same = one[6:17] == other[6:17]
        searching.decide(pair.pk, "same" if same else "different", stays=pair.first_id if same else None, actor=clerk)
