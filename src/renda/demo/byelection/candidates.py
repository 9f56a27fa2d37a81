"""Nominations by a party, an organisation and voters, the first list, a meeting with voters, the announcements, an objection to the voter list."""

from __future__ import annotations

from datetime import date

from renda.core import clock
from renda.demo.byelection.desk import PLACE, Desk
from renda.demo.byelection.roll import PUBLISHED, lists_of
from renda.demo.byelection.vacancy import ARRANGED
from renda.elections.candidates import announcing, publishing
from renda.elections.candidates.nominating import Proposal, nominate
from renda.elections.candidates.publishing import Notice

NOMINATED, LISTED = date(2021, 12, 25), date(2021, 12, 28)
SIGNERS = 12


def announce(desk: Desk) -> None:
    """The announcements that are due by the end of the year."""
    clerk = desk.actor("xuanju")
    for day, code, asked in (
        (ARRANGED, "committee", {}), (ARRANGED, "by_election", {}), (date(2021, 12, 22), "registration", {}),
        (date(2021, 12, 24), "nomination", {"推荐截止日期": "2021年12月27日"}), (PUBLISHED, "voter_list", {}),
    ):  # fmt: skip
        with clock.travel(day):
            announcing.issue(desk.election, code, on=day, asked=asked, actor=clerk)
    with clock.travel(LISTED):
        announcing.issue(desk.election, "first_list", on=LISTED, district=desk.district, actor=clerk)


def stand(desk: Desk) -> None:
    """Three are nominated; the first list is published in the order of strokes."""
    clerk = desk.actor("xuanju")
    signers = "\n".join(f"{one.name} {one.number}" for one in lists_of(desk).people[:SIGNERS])
    said = (
        ("female", date(1985, 4, 12), "龙潭镇中心小学副校长", Proposal("party", NOMINATED, ("中国共产党青禾县委员会",), reasons="教育界代表缺额补选")),
        ("male", date(1979, 9, 3), "龙潭镇卫生院主治医师", Proposal("organisation", NOMINATED, ("青禾县总工会",))),
        ("male", date(1988, 1, 27), "种植专业合作社理事长", Proposal("voters", NOMINATED, signatures=signers, reasons="热心公益，群众公认")),
    )  # fmt: skip
    with clock.travel(NOMINATED):
        for sex, born, post, proposal in said:
            person = {"name": desk.name(sex), "sex": sex, "birth_date": born, "nationality": "汉族", "post": post}
            nominate(desk.district, person, proposal, actor=clerk)
    with clock.travel(LISTED):
        publishing.publish_first(desk.election, [desk.district.pk], Notice(LISTED), actor=clerk)
        row = {
            "选举": desk.election.name,
            "选区": desk.constituency,
            "由谁提出": "选民",
            "提出日期": LISTED,
            "所属区划": PLACE,
        }
        desk.enter("elections.introductions", [row], "xuanju")


def object_to_list(desk: Desk) -> None:
    """A voter says that a son of the family was left out."""
    with clock.travel(LISTED):
        row = {
            "收到申诉日期": LISTED, "选区": desk.constituency, "申诉类别": "应列入而未列入", "申诉人": desk.name(), "联系电话": "19900008841",
            "涉及的人": desk.name(), "申诉内容": "儿子去年退伍回村，户口已迁回，名单上没有。", "选举": desk.election.name, "所属区划": PLACE,
        }  # fmt: skip
        desk.enter("elections.objections", [row], "xuanju")
