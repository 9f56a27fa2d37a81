"""The registers of the room of liaison stations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from renda.activities.models import ActivityKind
from renda.core import clock
from renda.directory.gate import Access
from renda.registers.columns import (
    Choice,
    Day,
    DivisionRef,
    HeadCountOf,
    Milestone,
    Number,
    People,
    PersonRef,
    Phone,
    Ref,
    Text,
    Whole,
    YesNo,
)
from renda.registers.directory import ordered_days
from renda.registers.register import Register, SavedView
from renda.registers.registry import register
from renda.stations import models, rules
from renda.stations.kinds import OPINION

DIVISION = ("区划", "乡镇（街道）", "乡镇街道", "所在乡镇", "乡镇")
STATION = ("联络站", "代表联络站", "站点名称", "接待站点", "所在站点", "代表之家")


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (_stations(), _deputies(), _plans(), _receptions(), _opinions()):
        register(one)


def _stations() -> Register:
    return Register(
        code="stations.stations",
        name="代表联络站",
        words=("联络站台账", "联络站名册", "代表之家", "家站点", "代表联络站点"),
        model=models.Station,
        key=("name",),
        label="name",
        date="founded_on",
        order=("division__path", "name"),
        columns=[
            Text(field="name", synonyms=("名称", "站名", "联络站名称", "家站点名称")),
            Choice(field="kind", synonyms=("类型", "类别", "站点类别"), filtered=True, words=KIND_WORDS),
            YesNo(field="exemplary", synonyms=("示范", "是否示范", "是否示范站", "示范站"), filtered=True),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="address", synonyms=("站点地址", "地点", "详细地址"), listed=False),
            Text(field="leader", synonyms=("站长姓名", "负责人", "站点负责人")),
            Text(field="liaison", synonyms=("联系人", "联络员姓名"), listed=False),
            Day(field="founded_on", synonyms=("成立日期", "建站时间", "建成时间", "设立日期")),
            Day(field="closed_on", synonyms=("撤并日期", "关闭日期"), listed=False),
        ],
        rules=(ordered_days("founded_on", "closed_on", gettext_noop("撤销日期早于建立日期")),),
        access=Access("stations", open_to_bound=True),
        views=(
            SavedView("open", "正常运行", lambda rows: rows.filter(closed_on__isnull=True)),
            SavedView("exemplary", "示范站点", lambda rows: rows.filter(exemplary=True)),
        ),
        about="代表之家、联络站、联系点和网上站点",
    )


def _deputies() -> Register:
    return Register(
        code="stations.deputies",
        name="进站代表",
        words=("代表进站", "进站代表名单", "代表编组进站"),
        model=models.StationDeputy,
        key=("station", "deputy", "since"),
        label="deputy",
        date="since",
        parent="station",
        columns=[
            Ref(field="station", to="stations.stations", synonyms=STATION, filtered=True),
            PersonRef(field="deputy", synonyms=("代表", "代表姓名", "姓名")),
            Day(field="since", synonyms=("进站时间", "编入日期")),
            Day(field="until", synonyms=("离站时间", "调出日期")),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(ordered_days("since", "until", gettext_noop("离站日期早于进站日期")),),
        access=Access("stations", people=("deputy",)),
        about="编入联络站的各级代表",
    )


def _plans() -> Register:
    return Register(
        code="stations.plans",
        name="接待日安排",
        words=("接待日排班", "接待安排", "接待日计划"),
        model=models.ReceptionPlan,
        key=("station", "since"),
        label="station",
        date="since",
        parent="station",
        columns=[
            Ref(field="station", to="stations.stations", synonyms=STATION, filtered=True),
            Number(field="days_per_month", unit="次", synonyms=("每月次数", "每月接待次数", "月接待次数")),
            Text(field="fixed_day", synonyms=("接待日", "接待时间", "固定日期")),
            Day(field="since", synonyms=("起始日期", "开始执行日期")),
            Day(field="until", synonyms=("结束日期",)),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(ordered_days("since", "until", gettext_noop("停止日期早于执行日期")),),
        access=Access("stations", open_to_bound=True),
        about="各站点每月安排几次接待日",
    )


def _receptions() -> Register:
    return Register(
        code="stations.receptions",
        name="接待日记录",
        words=("接待台账", "接待选民登记", "接待日", "代表接待选民", "接待记录"),
        model=models.ReceptionDay,
        fixed={"kind": ActivityKind.RECEPTION},
        key=("station", "starts_on", "title"),
        label="title",
        date="starts_on",
        parent="station",
        prepare=rules.name_receptions,
        columns=[
            Text(field="title", name="接待主题", required=False, help="不填则写为“代表接待日”", synonyms=("主题", "接待内容")),
            Ref(field="station", to="stations.stations", synonyms=STATION, filtered=True),
            Day(field="starts_on", name="接待日期", synonyms=("接待时间", "时间", "日期")),
            People(
                field="people",
                name="接待代表",
                rest="deputy",
                synonyms=("值班代表", "代表姓名", "参加代表", "轮值代表", "接待人"),
            ),
            HeadCountOf(
                field="county_deputies", people_class="county_deputy", name="县级代表人数", synonyms=("县代表",), listed=False
            ),
            HeadCountOf(
                field="township_deputies",
                people_class="township_deputy",
                name="乡镇代表人数",
                synonyms=("乡镇代表",),
                listed=False,
            ),
            Whole(field="batches", unit="批", synonyms=("批次", "批数", "接待批数")),
            Whole(field="persons", unit="人次", synonyms=("人次", "接待人数", "接待选民人数", "接待群众", "接待选民")),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="summary", long=True, name="接待情况", synonyms=("简要情况", "反映的主要问题"), listed=False),
        ],
        rules=(rules.persons_cover_batches,),
        access=Access("stations", people=("participations__person",)),
        about="代表在站点接待选民的记录：批次和人次分别登记",
    )


def _opinions() -> Register:
    return Register(
        code="stations.opinions",
        name="群众意见",
        words=("意见台账", "群众意见建议", "社情民意", "收集意见登记", "选民意见"),
        model=models.Opinion,
        matter_kind=OPINION.code,
        key=("number",),
        second_key=("title", "received"),
        label="title",
        date="opened_on",
        columns=[
            Text(field="number", name="意见编号", synonyms=("编号", "序列号", "登记号"), required=False),
            Text(
                field="title", name="意见内容", synonyms=("意见建议", "意见建议内容", "反映内容", "反映问题", "内容", "群众诉求")
            ),
            Milestone(field="received", name="收集日期", synonyms=("反映日期", "收集时间", "登记日期", "日期"), required=True),
            Ref(field="station", to="stations.stations", synonyms=STATION, filtered=True),
            PersonRef(field="deputy", synonyms=("接待代表", "代表姓名", "代表")),
            Choice(field="channel", synonyms=("渠道", "来源", "意见来源", "反映方式"), filtered=True, words=CHANNEL_WORDS),
            Choice(field="authority", synonyms=("事权", "层级", "事权归属"), filtered=True, words=AUTHORITY_WORDS),
            Choice(field="field", synonyms=("领域", "类别", "意见类别"), filtered=True, words=FIELD_WORDS),
            Choice(field="handling", synonyms=("处理", "办理方式", "处理结果"), filtered=True, words=HANDLING_WORDS),
            Ref(field="unit", to="directory.organs", synonyms=("办理单位", "转办单位", "责任单位"), filtered=True),
            Milestone(field="answered", name="现场答复日期", synonyms=("答复日期",), listed=False),
            Milestone(field="transferred", name="转交日期", synonyms=("转办日期", "交办日期"), listed=False),
            Milestone(field="resolved", name="办结日期", synonyms=("办结时间", "解决日期", "完成日期")),
            Milestone(field="told", name="反馈群众日期", synonyms=("反馈日期", "反馈时间"), listed=False),
            Text(field="outcome", synonyms=("结果", "办理情况", "答复意见"), listed=False),
            Text(field="citizen", synonyms=("反映人姓名", "选民姓名", "群众姓名"), secret=True, listed=False),
            Phone(field="phone", synonyms=("联系电话", "反映人联系电话"), listed=False),
            DivisionRef(synonyms=DIVISION, filtered=True),
        ],
        rules=(rules.answered_in_order,),
        access=Access("stations", organs=("unit",), people=("deputy",)),
        views=(
            SavedView("open", "未办结", lambda rows: rows.filter(closed_on__isnull=True)),
            SavedView("waiting", "超过三个月未办结", _waiting),
        ),
        about="在联络站和走访中收集的群众意见建议，反映人信息加密保存",
    )


def _waiting(rows: QuerySet) -> QuerySet:
    """Open opinions older than a quarter: a county's own yardstick, no law sets a period."""
    from datetime import timedelta

    return rows.filter(closed_on__isnull=True, opened_on__lt=clock.today() - timedelta(days=90))


KIND_WORDS = {
    "家": "home",
    "站": "station",
    "点": "point",
    "联络站": "station",
    "人大代表之家": "home",
    "人大代表联络站": "station",
    "联系点": "point",
    "联络点": "point",
    "代表联络点": "point",
    "网上": "online",
    "网上代表之家": "online",
}
CHANNEL_WORDS = {
    "接待": "reception",
    "接待选民": "reception",
    "进站接待": "reception",
    "入户走访": "visit",
    "网络": "online",
    "微信": "online",
    "二维码": "code",
    "来电": "phone",
    "信箱": "box",
    "座谈": "meeting",
}
AUTHORITY_WORDS = {
    "市": "prefecture",
    "市级": "prefecture",
    "市区": "shared",
    "市县": "shared",
    "共管": "shared",
    "县": "county",
    "县级": "county",
    "区": "county",
    "区级": "county",
    "乡镇": "township",
    "乡镇级": "township",
    "镇": "township",
}
FIELD_WORDS = {
    "城建": "construction",
    "城市建设": "construction",
    "交通": "transport",
    "道路": "transport",
    "环境": "environment",
    "环保": "environment",
    "三农": "agriculture",
    "农业": "agriculture",
    "教育": "education",
    "文化": "education",
    "医疗": "health",
    "卫生": "health",
    "社保": "security",
    "养老": "security",
    "治安": "order",
    "综合治理": "order",
}
HANDLING_WORDS = {
    "现场解答": "answered",
    "当场答复": "answered",
    "转交": "transferred",
    "转办": "transferred",
    "交办": "transferred",
    "转为建议": "suggestion",
    "形成建议": "suggestion",
}
