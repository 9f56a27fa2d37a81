"""The directory's own registers: organs, people and their posts, terms, deputies. Declared here, above the engine that they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_noop

from renda.core.cells import DateValue
from renda.directory import gate, people
from renda.directory.gate import Access
from renda.directory.models import Division, Mandate, Organ, Person, Post, Term
from renda.directory.names import county_path
from renda.registers.columns import Choice, Day, DivisionRef, Identity, Phone, Ref, Text, Whole, YesNo
from renda.registers.register import Fault, Register, Rule, Values
from renda.registers.registry import register


def known_people(rows: Sequence[Values]) -> Iterable[Fault]:
    """Match each row's person with the directory; a fault where the name fits two or the identity number is another's."""
    if not rows:
        return
    written = [{n.removeprefix("person__"): v for n, v in row.items() if n.startswith("person__")} for row in rows]
    named = [p if p.get("name") else {**p, "name": ""} for p in written]
    path = county_path(next((row["division"] for row in rows if row.get("division")), 0) or _any_division())
    found, faults = people.match(named, path)
    for row, pk in zip(rows, found, strict=True):
        if pk is not None:
            row["person"] = pk
    for index, reason in faults.items():
        yield index, "person__name", reason


def _any_division() -> int:
    return Division.objects.order_by("path").values_list("pk", flat=True)[0]


def ordered_days(first: str, last: str, reason: str) -> Rule:
    """A rule: the second day is not before the first, as far as both are known (a month may be written for a day)."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            before, after = row.get(first), row.get(last)
            if before and after and _latest(after) < _earliest(before):
                yield index, last, reason

    return rule


def _earliest(value: date | DateValue) -> date:
    return value.date if isinstance(value, DateValue) else value


def _latest(value: date | DateValue) -> date:
    return value.last if isinstance(value, DateValue) else value


PERSON_COLUMNS = (
    Text(field="person__name", name="姓名", required=True, synonyms=("代表姓名", "名字")),
    Choice(field="person__sex", words={"男性": "male", "女性": "female"}, filtered=True),
    Day(field="person__birth_date", name="出生日期", synonyms=("出生年月", "出生年月日", "生日"), listed=False),
    Text(field="person__nationality", synonyms=("族别",), filtered=True),
    Text(field="person__party", synonyms=("政治面貌", "党派（政治面貌）"), filtered=True),
    Choice(
        field="person__education",
        synonyms=("文化程度", "最高学历"),
        words={"本科": "bachelor", "大学": "bachelor", "大专": "college", "专科": "college", "硕士": "postgraduate", "博士": "postgraduate",
               "研究生及以上": "postgraduate", "初中": "middle_school", "小学": "middle_school", "中职": "secondary_vocational"},
        filtered=True,
    ),
    Identity(field="person__identity_number", synonyms=("身份证号码", "公民身份号码", "身份证"), listed=False),
    Phone(field="person__phone", synonyms=("电话", "手机", "手机号码", "联系方式"), listed=False),
    Text(field="person__employer", synonyms=("工作单位", "单位及职务", "现任职务")),
)  # fmt: skip


def person_columns() -> tuple:
    """Fresh columns for a register whose rows carry a person."""
    from copy import copy

    return tuple(copy(column) for column in PERSON_COLUMNS)


def declare() -> None:
    """Register the directory's registers (called once, at start)."""
    gate.declare(Person, Access("directory", people=("pk",)))
    register(
        Register(
            code="directory.organs",
            name="机关单位",
            words=("单位名册", "机构", "承办单位名册"),
            model=Organ,
            key=("name",),
            label="name",
            other_names=("short_name",),
            order=("name",),
            columns=[
                Text(field="name", synonyms=("机关名称", "机构名称", "单位")),
                Text(field="short_name", synonyms=("单位简称",)),
                Choice(field="kind", synonyms=("类别", "机构类型", "单位类型"), filtered=True),
                Choice(field="system", synonyms=("系统",), filtered=True, words={"政府": "government", "法院": "court", "检察院": "procuratorate",
                       "监委": "supervision", "党群": "party", "人大": "congress"}),
                Ref(field="parent", to="directory.organs", synonyms=("主管单位",)),
                DivisionRef(synonyms=("区划", "乡镇（街道）", "所在乡镇")),
                Text(field="contact", listed=False),
                Text(field="office_phone", synonyms=("值班电话",), listed=False),
                Text(field="address", synonyms=("单位地址",), listed=False),
                Day(field="founded_on", synonyms=("成立日期",), listed=False),
                Day(field="abolished_on", listed=False),
            ],
            access=Access("directory", organs=("pk",), open_to_bound=True),
            about="本县各机关、部门、乡镇和其他单位",
        )
    )  # fmt: skip
    register(
        Register(
            code="directory.posts",
            name="人员职务",
            words=("人员名册", "组成人员名单", "干部名册", "任职名册"),
            model=Post,
            person="person",
            key=("person__name", "person__birth_date", "organ", "title", "since"),
            label="person__name",
            date="since",
            columns=[
                *person_columns(),
                Ref(field="organ", to="directory.organs", synonyms=("任职单位", "所在单位")),
                Text(field="title", synonyms=("现任", "任何职务")),
                YesNo(field="committee_member", synonyms=("是否组成人员", "组成人员"), filtered=True),
                Day(field="since", synonyms=("任职时间", "到任日期")),
                Day(field="until", synonyms=("离任时间", "免职日期")),
                DivisionRef(synonyms=("区划",), listed=False),
            ],
            rules=(known_people, ordered_days("since", "until", gettext_noop("离任日期早于任职日期"))),
            access=Access("directory", organs=("organ",), people=("person",)),
            about="在各单位任职的人员",
        )
    )
    register(
        Register(
            code="directory.terms",
            name="届次",
            words=("届次表",),
            model=Term,
            key=("level", "number", "division"),
            label="number",
            date="starts_on",
            columns=[
                Choice(field="level", synonyms=("级别",), words=LEVEL_WORDS),
                Whole(field="number", least=1, most=99, synonyms=("届",)),
                Day(field="starts_on", synonyms=("开始日期", "任期开始")),
                Day(field="ends_on", synonyms=("结束日期", "任期届满")),
                DivisionRef(synonyms=("区划",)),
            ],
            access=Access("directory", open_to_bound=True),
            about="各级人民代表大会的届次和任期",
        )
    )
    register(
        Register(
            code="directory.deputies",
            name="代表名册",
            words=("人大代表", "代表名单", "代表信息", "代表花名册"),
            model=Mandate,
            person="person",
            key=("person__name", "person__birth_date", "level", "term_number", "since"),
            label="person__name",
            date="since",
            columns=[
                *person_columns(),
                Choice(field="level", synonyms=("层级", "代表级别"), words=LEVEL_WORDS, filtered=True),
                Whole(field="term_number", least=1, most=99, synonyms=("届", "所属届次"), filtered=True),
                Text(field="electoral_district", synonyms=("选区", "选举单位", "所在选区")),
                DivisionRef(synonyms=("区划", "所在乡镇", "乡镇（街道）", "乡镇"), filtered=True),
                Text(field="delegation", synonyms=("所在代表团",), filtered=True),
                Ref(field="group", to="deputies.groups", synonyms=("小组", "所在小组"), filtered=True),
                Ref(field="grid", to="deputies.grids", synonyms=("网格", "所属网格")),
                Text(field="sector", synonyms=("构成", "界别", "身份类别"), filtered=True),
                YesNo(field="grassroots", synonyms=("是否基层代表", "一线代表"), listed=False, filtered=True),
                Choice(field="how_elected", words={"选举": "general", "换届": "general"}, listed=False, filtered=True),
                Day(field="since", synonyms=("任职时间", "当选日期"), listed=False),
                Day(field="until", synonyms=("终止日期",), listed=False),
                Choice(field="end_reason", synonyms=("变动原因",), listed=False, filtered=True),
            ],
            rules=(known_people, ordered_days("since", "until", gettext_noop("任职终止日期早于起始日期"))),
            access=Access("deputies", people=("person",)),
            about="四级人大代表：在任的和终止的",
        )
    )


LEVEL_WORDS = {
    "全国": "nation", "省": "province", "省代表": "province", "市": "prefecture", "市代表": "prefecture", "县": "county", "县代表": "county",
    "区": "county", "乡镇": "township", "乡": "township", "镇": "township", "乡镇代表": "township", "乡镇级": "township",
}  # fmt: skip
