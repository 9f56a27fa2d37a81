"""The registers of the elections room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import ROLL
from renda.elections import models
from renda.registers.columns import Choice, Column, Day, DivisionRef, Ref, Text, Whole, YesNo
from renda.registers.directory import LEVEL_WORDS
from renda.registers.register import Fault, Register, Rule, Values
from renda.registers.registry import register

ACCESS = Access("elections", open_to_bound=True)
ELECTION_ACCESS = Access("elections", open_to_bound=True, seen_below=True)
ROLL_ACCESS = Access(ROLL, organs=("district__office",))
AREA = ("区划", "乡镇（街道）", "所在乡镇", "乡镇")
ROUND_WORDS = {
    "首轮": "first",
    "第一轮": "first",
    "第一次": "first",
    "首次投票": "first",
    "第二次投票": "rerun",
    "另选": "rerun",
    "再次投票": "tie",
}


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (
        _elections(),
        _districts(),
        _rolls(),
        _registration_stations(),
        _polling_places(),
        _turnouts(),
        _candidates(),
        _elected(),
    ):
        register(one)
    gate.declare(models.Voter, ROLL_ACCESS)


def known_districts(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: the district was drawn for that election, where the election's districts are entered at all."""
    drawn: dict[int, set[str]] = {}
    elections = {row["election"] for row in rows if row.get("election")}
    found = models.ElectoralDistrict.objects.alive().filter(election__in=elections)
    for election, name in found.values_list("election_id", "name"):
        drawn.setdefault(election, set()).add(name)
    for index, row in enumerate(rows):
        names = drawn.get(row.get("election") or 0)
        if names and row.get("district") and row["district"] not in names:
            yield index, "district", _("这次选举没有划分“%(district)s”，请核对选区名称") % {"district": row["district"]}


def day_stands(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: the day of an election that is entered and not voted on yet moves in its calendar alone, where a reason is asked for."""
    wanted = {row["name"] for row in rows if row.get("name") and row.get("election_day")}
    voted = models.Turnout.objects.alive().values("election")
    known = models.Election.objects.alive().filter(name__in=wanted).exclude(pk__in=voted)
    days = dict(known.values_list("name", "election_day"))
    for index, row in enumerate(rows):
        day = days.get(row.get("name") or "")
        if day and row.get("election_day") and row["election_day"] != day:
            words = _("选举日已登记为 %(day)s。变更选举日请在这次选举的“日程”页办理，写明原因，各项期限随之变动。")
            yield index, "election_day", words % {"day": day}


def one_election(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: ways of voting do not come to more than the participants."""
    ways = ("at_meetings", "at_stations", "by_mobile_box")
    for index, row in enumerate(rows):
        total = sum(row.get(way) or 0 for way in ways)
        if row.get("participants") is not None and total > row["participants"]:
            yield (
                index,
                "participants",
                _("各种方式投票人数合计 %(total)s，多于参加投票选民数 %(participants)s")
                % {"total": total, "participants": row["participants"]},
            )


def _of_election(
    code: str,
    name: str,
    model: type,
    key: tuple[str, ...],
    label: str,
    columns: list[Column],
    about: str,
    *,
    rules: tuple[Rule, ...] = (),
    words: tuple[str, ...] = (),
    **more: Any,
) -> Register:
    election = Ref(field="election", to="elections.elections", synonyms=("选举名称", "所属选举", "哪次选举"), filtered=True)
    return Register(
        code=f"elections.{code}",
        name=name,
        model=model,
        key=("election", *key),
        label=label,
        access=ACCESS,
        parent="election",
        columns=[election, *columns, DivisionRef(synonyms=AREA, filtered=True)],
        about=about,
        rules=rules,
        words=words,
        date=more.pop("date", "election__election_day"),
        **more,
    )


def _district() -> Text:
    return Text(field="district", synonyms=("选区名称", "所在选区", "选区号"))


def _elections() -> Register:
    return Register(
        code="elections.elections",
        name="选举",
        words=("换届选举", "选举情况", "选举工作台账"),
        model=models.Election,
        key=("name",),
        label="name",
        date="election_day",
        columns=[
            Text(field="name", synonyms=("名称", "选举")),
            Choice(field="level", synonyms=("层级", "级别"), words=LEVEL_WORDS, filtered=True),
            Whole(field="term_number", least=1, most=99, synonyms=("届",)),
            YesNo(field="by_election", synonyms=("是否补选",), filtered=True),
            Day(field="election_day", synonyms=("投票日", "选举日期")),
            Whole(field="seats", synonyms=("名额", "应选代表名额", "代表总名额")),
            Ref(field="held_with", to="elections.elections", synonyms=("同步选举", "同步进行的选举"), listed=False),
            Day(field="registration_from", synonyms=("登记开始日期", "登记开始"), listed=False),
            Day(field="registration_to", synonyms=("登记截止日期", "登记截止"), listed=False),
            Whole(field="deviation_warning", least=1, most=100, synonyms=("人口偏差提示线", "偏差提示线"), listed=False),
            DivisionRef(synonyms=AREA),
        ],
        access=ELECTION_ACCESS,
        rules=(day_stands,),
        about="县、乡两级人大代表的换届选举和补选",
    )


def _districts() -> Register:
    return _of_election(
        "districts",
        "选区",
        models.ElectoralDistrict,
        ("name",),
        "name",
        [
            Text(field="name", synonyms=("选区", "选区号")),
            Whole(field="seats", least=0, synonyms=("代表名额", "名额", "应选代表数")),
            YesNo(field="urban", synonyms=("是否城镇", "城镇"), filtered=True),
            Whole(field="population", synonyms=("选区人口", "人口")),
            Whole(field="voter_groups", synonyms=("小组数",), listed=False),
            Text(field="code", synonyms=("代码", "选区编码"), listed=False),
            Ref(field="parent", to="elections.districts", synonyms=("县级选区", "所属县级选区"), listed=False),
            Choice(field="basis", synonyms=("划分依据",), words={"居住": "residence", "单位": "unit"}, listed=False),
            Text(field="area", synonyms=("范围", "选区范围"), listed=False),
            Ref(field="office", to="directory.organs", synonyms=("工作组", "选区工作组"), listed=False),
            Whole(field="to_register", synonyms=("应登记人数",), listed=False),
        ],
        "每次选举划分的选区和名额",
        words=("选区划分", "选区一览"),
    )


def _rolls() -> Register:
    return _of_election(
        "rolls",
        "选民登记汇总",
        models.RollTotal,
        ("district",),
        "district",
        [
            _district(),
            Whole(field="adults", synonyms=("18周岁以上人口", "十八周岁以上人口", "选民资格人口")),
            Whole(field="registered", synonyms=("登记选民", "选民数", "登记选民人数")),
            Whole(field="newly_adult", synonyms=("新满十八周岁人数", "新增选民"), listed=False),
            Whole(field="moved_in", synonyms=("迁入",), listed=False),
            Whole(field="removed", synonyms=("除名", "死亡迁出等"), listed=False),
        ],
        "各选区登记选民的总数",
        words=("选民登记", "登记汇总", "选民登记统计"),
        rules=(known_districts,),
    )


def _registration_stations() -> Register:
    return _of_election(
        "registration_stations",
        "选民登记站",
        models.RegistrationStation,
        ("name",),
        "name",
        [Text(field="name", synonyms=("名称", "站名")), Text(field="address", synonyms=("登记站地址", "地点"))],
        "选民登记站的名称和地址",
        words=("登记站", "登记站点"),
    )


def _polling_places() -> Register:
    words = {"大会会场": "meeting", "会场": "meeting", "选举大会": "meeting", "投票点": "station", "流动投票箱": "mobile_box"}
    return _of_election(
        "polling_places",
        "投票场所",
        models.PollingPlace,
        ("name", "kind"),
        "name",
        [
            Text(field="name", synonyms=("名称", "场所名称", "投票站名称")),
            Choice(field="kind", synonyms=("形式", "组织形式", "类别"), words=words, filtered=True),
            _district(),
        ],
        "选举大会会场、投票站和流动票箱",
        words=("投票站点", "投票站", "会场票箱"),
        rules=(known_districts,),
    )


def _turnouts() -> Register:
    return _of_election(
        "turnouts",
        "投票情况",
        models.Turnout,
        ("district", "round"),
        "district",
        [
            _district(),
            Choice(field="round", synonyms=("轮次", "选举轮次"), words=ROUND_WORDS, filtered=True),
            Day(field="voted_on", synonyms=("日期", "投票日")),
            Whole(field="participants", synonyms=("参加投票人数", "参选人数", "投票人数")),
            Whole(field="at_meetings", synonyms=("会场投票",), listed=False),
            Whole(field="at_stations", synonyms=("投票站投票",), listed=False),
            Whole(field="by_mobile_box", synonyms=("流动票箱投票",), listed=False),
            Whole(field="by_proxy", synonyms=("委托投票",), listed=False),
            Whole(field="issued", synonyms=("发出选票", "发票数", "发出票数")),
            Whole(field="returned", synonyms=("收回选票", "收票数", "收回票数")),
            Whole(field="valid", synonyms=("有效票", "有效选票")),
            Whole(field="void", synonyms=("废票", "无效票", "无效票数")),
        ],
        "各选区每轮投票的票数和人数，只记总数",
        words=("投票统计", "投票结果", "参选情况"),
        rules=(known_districts, one_election),
        date="voted_on",
    )


def _candidates() -> Register:
    words = {
        "政党推荐": "party",
        "组织推荐": "party",
        "联合推荐": "party",
        "选民推荐": "voters",
        "选民联名": "voters",
        "10人以上联名": "voters",
    }
    return _of_election(
        "candidates",
        "代表候选人",
        models.Candidate,
        ("district", "name"),
        "name",
        [
            _district(),
            Text(field="name", synonyms=("姓名", "候选人")),
            Choice(field="nominated_by", synonyms=("提名方式", "推荐单位类别"), words=words, filtered=True),
            YesNo(field="formal", synonyms=("是否正式候选人",), filtered=True),
        ],
        "各选区的代表候选人",
        words=("候选人名单", "候选人", "正式候选人名单"),
        rules=(known_districts,),
    )


def _elected() -> Register:
    return _of_election(
        "elected",
        "当选代表",
        models.Elected,
        ("district", "name"),
        "name",
        [
            _district(),
            Text(field="name", synonyms=("姓名", "当选代表姓名", "当选人")),
            Choice(field="round", synonyms=("轮次",), words=ROUND_WORDS, filtered=True),
            Whole(field="votes", synonyms=("得票", "票数")),
            Choice(field="sex", filtered=True),
            Text(field="party", synonyms=("政治面貌",), filtered=True),
            Text(field="nationality", synonyms=("族别",), filtered=True),
            Text(field="sector", synonyms=("构成", "身份类别"), filtered=True),
            YesNo(field="reelected", synonyms=("是否连任", "连选连任"), filtered=True),
        ],
        "各选区当选的代表",
        words=("当选名单", "当选代表名单", "选举结果"),
        rules=(known_districts,),
    )
