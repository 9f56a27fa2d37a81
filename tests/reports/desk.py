"""A report in work for the tests of the desk: last year's text of the tests' county, and short ways to settle its places."""

from __future__ import annotations

import io

import docx

from renda.directory import gate
from renda.directory.gate import Actor
from renda.reports.draft.model import Entry
from renda.reports.models import Report
from renda.reports.services import composing, settling, taking
from renda.reports.services.places import Spot, spots
from renda.reports.services.settling import Settled
from tests.office import Office

TEXT = """清河县人大常委会2020年工作报告
各位代表：
2020年，共收到代表建议5件，已办结4件。人大信访工作人员受理群众来信来访6件。表彰先进集体7个。
清河县人大常委会
2021年1月5日
"""


def actor_of(office: Office, name: str) -> Actor:
    """The actor that an account is with its first hat."""
    return gate.actor_of(office.accounts[name].hats.order_by("pk")[0])


def open_report(office: Office, name: str = "clerk", text: str = TEXT, *, at: str = "") -> Report:
    """A report on 2021 in work."""
    division = office.county.townships[at] if at else office.county.division
    return taking.take_in("上年报告.txt", text.encode(), year=2021, division=division, actor=actor_of(office, name))


def entry_of(report: Report, old: str, who: Actor) -> Entry:
    """The figure that reads so in last year's text."""
    return next(one for one in composing.current(report, actor=who).entries if one.old == old)


def places(report: Report, who: Actor) -> list[Spot]:
    """All places of a report as they stand in the database."""
    report.refresh_from_db()
    return spots(composing.current(report, actor=who), settling.choices_by_place(report))


def write_all(report: Report, who: Actor) -> Report:
    """Write something by hand wherever the draft is marked."""
    marked = [spot for spot in places(report, who) if spot.marked]
    decisions = [
        Settled(s.place[0], s.place[1], "written", s.place[2], _seen(report, s), written=f"（核{n}）")
        for n, s in enumerate(marked)
    ]
    return settling.settle(report.pk, decisions, actor=who) if decisions else report


def _seen(report: Report, spot: Spot) -> int:
    known = settling.choices_by_place(report).get(spot.place)
    return known.version if known else 0


def word_file(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
