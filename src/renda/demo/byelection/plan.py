"""The by-election's committee and people, its voter groups, stations and polling places."""

from __future__ import annotations

from datetime import date

from renda.core import clock
from renda.demo.byelection.desk import PLACE, Desk, Row
from renda.demo.byelection.vacancy import ARRANGED

COMMITTEE, OFFICE, GROUP = "青禾县选举委员会", "青禾县选举委员会办公室", "补选选区工作组"
MEMBERS = (
    ("主任", "县人大常委会党组书记"), ("副主任", "县人大常委会副主任"), ("副主任", "县委组织部副部长"), ("委员", "县公安局副局长"),
    ("委员", "县民政局副局长"), ("委员", "县司法局副局长"),
)  # fmt: skip
TASKS = (
    ("主持人", "龙潭镇人大主席"),
    ("监票人", "龙潭镇中心小学"),
    ("监票人", "龙潭镇卫生院"),
    ("计票人", "龙潭镇财政所"),
    ("计票人", "龙潭镇农技站"),
)


def villages(desk: Desk) -> list[str]:
    """The villages that the district is made of: the last two of the township."""
    return desk.county.villages[PLACE][-2:]


def groups(desk: Desk) -> list[str]:
    """The names of the voter groups: three to a village."""
    return [f"{village}第{number}选民小组" for village in villages(desk) for number in "一二三"]


def lay(desk: Desk) -> None:
    """Enter all of it on the days on which it was settled."""
    election = desk.election.name
    at: Row = {"选举": election, "所属区划": PLACE}
    with clock.travel(ARRANGED):
        _bodies(desk, election)
        desk.enter(
            "elections.voter_groups",
            [
                {**at, "选民小组名称": name, "选区": desk.constituency, "组长": desk.name(), "召集人": desk.name()}
                for name in groups(desk)
            ],
            "xuanju",
        )
        desk.enter(
            "elections.registration_stations",
            [{**at, "登记站名称": f"{village}选民登记站", "地址": f"{PLACE}{village}党群服务中心"} for village in villages(desk)],
            "xuanju",
        )
    with clock.travel(date(2021, 12, 24)):
        places = [
            {**at, "投票场所名称": f"{village}投票站", "投票组织形式": "投票站", "选区": desk.district.name}
            for village in villages(desk)
        ] + [{**at, "投票场所名称": f"{PLACE}流动票箱", "投票组织形式": "流动票箱", "选区": desk.district.name}]
        desk.enter("elections.polling_places", places, "xuanju")
        staff = [
            {**at, "姓名": desk.name(), "投票场所": place["投票场所名称"], "分工": task, "所在单位": unit} for place in places[:2] for task, unit in TASKS
        ]  # fmt: skip
        desk.enter("elections.polling_staff", staff, "xuanju")


def _bodies(desk: Desk, election: str) -> None:
    at: Row = {"选举": election}
    bodies = (
        {**at, "机构名称": COMMITTEE, "机构类别": "选举委员会", "任命机关": "青禾县人大常委会", "任命日期": date(2021, 12, 20), "任命文号": "青人常〔2021〕31号",
         "办公电话": "0999-6688001", "办公地点": "青禾县政府路1号"},
        {**at, "机构名称": OFFICE, "机构类别": "选举委员会办公室", "上级机构": COMMITTEE, "办公电话": "0999-6688002",
         "办公地点": "县人大常委会代表联络工作委员会"},
        {**at, "机构名称": GROUP, "机构类别": "选区工作组", "上级机构": COMMITTEE, "设在单位": f"{PLACE}人大主席团", "办公电话": "0999-6685110",
         "办公地点": f"{PLACE}人民政府", "所属区划": PLACE},
    )  # fmt: skip
    for row in bodies:
        desk.enter("elections.bodies", [row], "xuanju")
    people = [(COMMITTEE, post, unit) for post, unit in MEMBERS]
    people += [
        (OFFICE, "主任", "县人大常委会代表联络工作委员会主任"),
        (GROUP, "组长", f"{PLACE}人大主席"),
        (GROUP, "工作人员", f"{PLACE}党政办"),
    ]
    rows = [
        {**at, "姓名": desk.name(), "机构": body, "职务": post, "所在单位及职务": unit, "联系电话": f"1990000{8810 + n}", "任职日期": date(2021, 12, 20)}
        for n, (body, post, unit) in enumerate(people)
    ]  # fmt: skip
    desk.enter("elections.members", rows, "xuanju")
