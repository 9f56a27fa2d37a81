"""The registers of the room of deputies."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from renda.activities.models import ActivityKind
from renda.deputies import models, rules
from renda.directory.gate import Access
from renda.directory.models import DeputyGroup, Grid
from renda.registers.columns import Choice, Day, DivisionRef, HeadCountOf, Money, People, PersonRef, Ref, Text, Whole
from renda.registers.directory import LEVEL_WORDS, ordered_days
from renda.registers.register import Register, SavedView
from renda.registers.registry import register

DIVISION = ("区划", "乡镇（街道）", "乡镇街道", "所在乡镇", "乡镇")


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (*_units(), _activities(), _visits(), _deeds(), _links(), _contacts(), _money(), _reports()):
        register(one)


def _units() -> tuple[Register, Register]:
    grids = Register(
        code="deputies.grids",
        name="代表网格",
        words=("网格名册", "网格划分", "网格台账", "代表进网格"),
        model=Grid,
        key=("name",),
        label="name",
        date="founded_on",
        order=("division__path", "name"),
        columns=[
            Text(field="name", synonyms=("网格", "网格编号名称", "所属网格")),
            Text(field="village", synonyms=("所在村", "村（社区）", "社区", "所在社区"), filtered=True),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Whole(field="households", unit="户", synonyms=("网格户数", "总户数")),
            Whole(field="residents", unit="人", synonyms=("人口数", "网格人口", "总人口")),
            Text(field="leader", synonyms=("网格员", "网格长姓名")),
            Day(field="founded_on", synonyms=("划定日期", "设立日期", "成立日期"), listed=False),
            Day(field="closed_on", synonyms=("取消日期",), listed=False),
        ],
        rules=(ordered_days("founded_on", "closed_on", gettext_noop("撤销日期早于建立日期")),),
        access=Access("deputies", open_to_bound=True),
        about="代表进网格的网格划分，代表属于哪个网格写在代表名册里",
    )
    groups = Register(
        code="deputies.groups",
        name="代表小组",
        words=("代表小组名册", "小组台账", "专业代表小组"),
        model=DeputyGroup,
        key=("name",),
        label="name",
        date="founded_on",
        order=("division__path", "name"),
        columns=[
            Text(field="name", synonyms=("小组", "代表小组名称", "组别")),
            Choice(
                field="kind",
                synonyms=("类别", "小组类型"),
                filtered=True,
                words={"普通小组": "deputy", "综合小组": "deputy", "专业小组": "professional", "专业代表组": "professional"},
            ),
            Text(field="field", synonyms=("专业", "领域", "专业类别")),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="leader", synonyms=("小组长", "召集人", "组长姓名")),
            Day(field="founded_on", synonyms=("建立日期", "组建日期", "设立日期")),
            Day(field="closed_on", synonyms=("解散日期",), listed=False),
        ],
        rules=(ordered_days("founded_on", "closed_on", gettext_noop("撤销日期早于成立日期")),),
        access=Access("deputies", open_to_bound=True),
        about="代表小组和专业代表小组（代表法第二十七条）",
    )
    return grids, groups


def _activities() -> Register:
    return Register(
        code="deputies.activities",
        name="代表活动",
        words=("代表活动台账", "代表活动登记", "闭会期间代表活动", "代表视察调研", "代表参加活动"),
        model=models.DeputyActivity,
        fixed={"kind": ActivityKind.DEPUTY},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", synonyms=("活动", "活动主题", "活动内容", "名称")),
            Choice(field="form", synonyms=("活动类型", "活动类别", "类别", "形式"), filtered=True, words=FORM_WORDS),
            Choice(field="host", synonyms=("组织形式", "活动性质", "组织类别"), filtered=True, words=HOST_WORDS),
            Day(
                field="starts_on",
                name="活动日期",
                precision="precision",
                synonyms=("活动时间", "时间", "日期", "开始日期", "开始时间"),
            ),
            Day(field="ends_on", synonyms=("结束时间",), listed=False),
            Text(field="place", synonyms=("活动地点",), listed=False),
            Ref(
                field="organiser",
                to="directory.organs",
                name="组织（邀请）单位",
                filtered=True,
                synonyms=("组织单位", "邀请单位", "主办单位", "组织部门", "承办单位"),
            ),
            Ref(field="group", to="deputies.groups", synonyms=("小组", "所属小组"), listed=False),
            Text(field="topic", synonyms=("议题", "活动议题"), listed=False),
            People(
                field="people",
                name="参加代表",
                rest="deputy",
                synonyms=("参加人员", "参加代表姓名", "参与代表", "代表姓名", "参加人数"),
            ),
            HeadCountOf(
                field="province_deputies",
                people_class="province_deputy",
                name="省级代表人数",
                synonyms=("省代表", "省人大代表"),
                listed=False,
            ),
            HeadCountOf(
                field="prefecture_deputies",
                people_class="prefecture_deputy",
                name="市级代表人数",
                synonyms=("市代表", "市人大代表"),
                listed=False,
            ),
            HeadCountOf(
                field="county_deputies",
                people_class="county_deputy",
                name="县级代表人数",
                synonyms=("县代表", "县人大代表", "县级代表"),
                listed=False,
            ),
            HeadCountOf(
                field="township_deputies",
                people_class="township_deputy",
                name="乡镇代表人数",
                synonyms=("乡镇代表", "乡镇人大代表", "乡代表"),
                listed=False,
            ),
            Whole(field="expected", unit="人", synonyms=("应到代表数", "应到人数", "应参加人数", "通知人数"), listed=False),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="summary", long=True, synonyms=("活动情况", "成果", "活动成果", "简要情况"), listed=False),
        ],
        rules=(
            ordered_days("starts_on", "ends_on", gettext_noop("结束日期早于开始日期")),
            rules.not_above("people", "expected", "参加的代表比应参加的还多，请核对人数"),
        ),
        access=Access("deputies", organs=("organiser",), people=("participations__person",)),
        views=(
            SavedView("invited", "应邀参加", lambda rows: rows.filter(host=models.Host.INVITED)),
            SavedView("group", "小组活动", lambda rows: rows.filter(host=models.Host.GROUP)),
        ),
        about="闭会期间代表参加的视察、调研、执法检查、听证会、座谈会等活动",
    )


def _visits() -> Register:
    return Register(
        code="deputies.visits",
        name="代表走访",
        words=("走访台账", "走访选民登记", "走访群众", "入户走访"),
        model=models.HomeVisit,
        fixed={"kind": ActivityKind.HOME_VISIT},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="走访内容", synonyms=("走访主题", "走访名称", "内容", "活动名称")),
            Choice(
                field="form",
                synonyms=("走访类型", "类别", "走访对象类别"),
                filtered=True,
                words={
                    "选民": "voters",
                    "困难户": "hardship",
                    "慰问": "hardship",
                    "企业": "enterprise",
                    "宣传": "publicity",
                    "调查": "survey",
                },
            ),
            Day(field="starts_on", name="走访日期", precision="precision", synonyms=("走访时间", "时间", "日期")),
            Text(field="place", name="走访地点", synonyms=("走访村（社区）", "地点"), listed=False),
            People(field="people", name="走访代表", rest="deputy", synonyms=("参加代表", "代表姓名", "走访人", "参加人员")),
            Whole(field="households", unit="户", synonyms=("户数", "走访户", "走访户次")),
            Whole(field="persons", unit="人次", synonyms=("走访人数", "走访群众人数", "走访群众", "人次")),
            Whole(field="matters_raised", unit="条", synonyms=("意见条数", "收集意见数", "收集意见建议")),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="summary", long=True, name="走访情况", synonyms=("简要情况", "走访小结"), listed=False),
        ],
        access=Access("deputies", people=("participations__person",)),
        about="代表走访选民和群众的记录（代表法第二十八条）",
    )


def _deeds() -> Register:
    return Register(
        code="deputies.deeds",
        name="代表办实事",
        words=("办实事台账", "代表为民办实事", "实事清单"),
        model=models.GoodDeed,
        fixed={"kind": ActivityKind.GOOD_DEED},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="实事内容", synonyms=("实事名称", "办实事内容", "事项", "内容")),
            Choice(
                field="field",
                synonyms=("类别", "实事类型", "领域"),
                filtered=True,
                words={
                    "扶贫": "hardship",
                    "帮扶": "hardship",
                    "修路": "infrastructure",
                    "教育": "education",
                    "医疗": "health",
                    "就业": "employment",
                    "调解": "dispute",
                    "环境": "environment",
                },
            ),
            Day(field="starts_on", name="办理日期", precision="precision", synonyms=("完成日期", "办结时间", "时间", "日期")),
            People(field="people", name="办理代表", rest="deputy", synonyms=("代表姓名", "参与代表", "办实事代表", "代表")),
            Text(field="place", name="实施地点", synonyms=("地点", "所在村（社区）"), listed=False),
            Whole(field="beneficiaries", unit="人", synonyms=("受益群众", "受益群众数", "惠及人数")),
            Money(field="amount", synonyms=("资金", "投入金额", "出资额", "捐助金额")),
            DivisionRef(synonyms=DIVISION, filtered=True),
            Text(field="summary", long=True, name="办理情况", synonyms=("简要情况", "成效"), listed=False),
        ],
        access=Access("deputies", people=("participations__person",)),
        about="代表为群众办的实事、解决的难题",
    )


def _links() -> Register:
    return Register(
        code="deputies.links",
        name="组成人员联系代表",
        words=("双联系", "双联系名单", "联系代表安排", "常委会组成人员联系代表名单"),
        model=models.MemberLink,
        key=("member", "deputy", "since"),
        label="deputy",
        date="since",
        columns=[
            PersonRef(field="member", synonyms=("组成人员", "联系人", "组成人员姓名", "联系领导")),
            PersonRef(field="deputy", synonyms=("被联系代表", "代表姓名", "联系代表", "代表")),
            Day(field="since", synonyms=("起始日期", "联系时间", "确定日期")),
            Day(field="until", synonyms=("终止日期", "调整日期")),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(
            ordered_days("since", "until", gettext_noop("联系终止日期早于起始日期")),
            rules.two_people("member", "deputy", "组成人员不能联系自己"),
        ),
        access=Access("deputies", people=("member", "deputy")),
        about="常委会组成人员联系哪些代表（地方组织法第六十条）",
    )


def _contacts() -> Register:
    return Register(
        code="deputies.contacts",
        name="联系代表记录",
        words=("联系代表登记", "见面联系记录", "联系台账"),
        model=models.Contact,
        key=("member", "deputy", "on"),
        label="deputy",
        date="on",
        columns=[
            PersonRef(field="member", synonyms=("组成人员", "联系人", "组成人员姓名")),
            PersonRef(field="deputy", synonyms=("联系的代表", "代表姓名", "联系代表", "代表")),
            Day(field="on", synonyms=("联系时间", "见面日期", "时间", "日期")),
            Choice(
                field="form",
                synonyms=("方式", "联系形式", "见面方式"),
                filtered=True,
                words={"上门": "visit", "见面": "visit", "座谈会": "talk", "电话": "phone", "微信": "phone", "列席": "invited"},
            ),
            Text(field="content", synonyms=("内容", "谈话内容", "反映的主要问题")),
            Whole(field="opinions", unit="条", synonyms=("意见条数", "意见建议数"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(rules.two_people("member", "deputy", "组成人员不能联系自己"),),
        access=Access("deputies", people=("member", "deputy")),
        about="常委会组成人员每次联系代表的记录",
    )


def _money() -> Register:
    return Register(
        code="deputies.money",
        name="代表捐款和经费",
        words=("代表捐款", "代表捐款台账", "代表活动经费", "经费台账", "爱心捐款"),
        model=models.Contribution,
        key=("on", "kind", "person", "organ", "purpose"),
        label="purpose",
        date="on",
        columns=[
            Day(field="on", synonyms=("捐款日期", "捐款时间", "支出日期", "时间")),
            Choice(field="kind", synonyms=("类别", "款项性质", "类型"), filtered=True, words=MONEY_WORDS),
            PersonRef(field="person", synonyms=("捐款代表", "捐款人", "代表")),
            Ref(field="organ", to="directory.organs", synonyms=("单位", "代表团（单位）", "使用单位")),
            Money(field="amount", synonyms=("捐款金额", "捐款数额", "支出金额", "数额")),
            Text(field="purpose", synonyms=("捐款用途", "支出用途", "事由", "摘要")),
            Text(field="receiver", synonyms=("接收单位", "受助对象", "接收方"), listed=False),
            DivisionRef(synonyms=DIVISION, filtered=True),
        ],
        access=Access("deputies", organs=("organ",), people=("person",)),
        about="代表捐款捐物和代表活动经费的收支（代表法第四十二条）",
    )


def _reports() -> Register:
    return Register(
        code="deputies.reports",
        name="代表述职",
        words=("述职台账", "代表述职登记", "述职评议", "代表向选民述职"),
        model=models.DeputyReport,
        key=("deputy", "level", "on"),
        label="deputy",
        date="on",
        columns=[
            PersonRef(field="deputy", synonyms=("代表姓名", "述职人", "姓名", "代表")),
            Choice(field="level", synonyms=("层级", "代表级别", "级别"), words=LEVEL_WORDS, filtered=True),
            Day(field="on", synonyms=("述职时间", "时间", "日期")),
            Choice(
                field="form",
                synonyms=("方式", "述职形式"),
                filtered=True,
                words={"口头述职": "oral", "书面述职": "written", "现场": "oral", "会议述职": "oral"},
            ),
            Text(field="venue", synonyms=("会场", "述职地点", "地点")),
            Whole(field="voters", unit="人", synonyms=("参会选民", "选民人数", "参加选民数", "参会选民人数", "到会选民数")),
            Whole(field="satisfied", unit="票", synonyms=("满意", "满意票数")),
            Whole(field="basically", unit="票", synonyms=("基本满意", "基本满意票数")),
            Whole(field="unsatisfied", unit="票", synonyms=("不满意", "不满意票数")),
            Choice(
                field="grade",
                synonyms=("等次", "评议等次", "测评结果"),
                filtered=True,
                help="不填则由测评票判定：满意票过半为满意",
            ),
            DivisionRef(synonyms=DIVISION, filtered=True),
        ],
        rules=(
            rules.sum_not_above(("satisfied", "basically", "unsatisfied"), "voters", "各档测评票之和多于参会选民数"),
            rules.one_meeting_one_number,
        ),
        access=Access("deputies", people=("deputy",)),
        views=(SavedView("unmarked", "未测评", lambda rows: rows.filter(form="oral", satisfied__isnull=True)),),
        about="代表向选民述职的情况和测评票数（代表法第五十八条）",
    )


FORM_WORDS = {
    "专题视察": "tour",
    "集中视察": "tour",
    "视察活动": "tour",
    "专题调研": "survey",
    "调查研究": "survey",
    "调研活动": "survey",
    "听证": "hearing",
    "座谈": "discussion",
    "庭审旁听": "court_hearing",
    "旁听": "court_hearing",
    "旁听法庭": "court_hearing",
    "意见征求": "consultation",
    "征求意见会": "consultation",
    "征求意见座谈会": "consultation",
    "工作评议": "appraisal",
    "行风评议": "appraisal",
    "走访": "contact",
    "走访群众": "contact",
    "联系选民": "contact",
    "接待群众": "contact",
    "代表小组活动": "group_meeting",
    "其它": "other",
}
HOST_WORDS = {
    "人大": "congress",
    "常委会组织": "congress",
    "本级组织": "congress",
    "组织": "congress",
    "邀请": "invited",
    "受邀": "invited",
    "应邀": "invited",
    "受邀参加": "invited",
    "政府部门邀请": "invited",
    "小组": "group",
    "小组自行开展": "group",
}
MONEY_WORDS = {
    "捐款": "donation",
    "捐资": "donation",
    "捐赠": "donation",
    "捐物": "goods",
    "物资": "goods",
    "经费拨付": "funds",
    "活动经费": "funds",
    "经费支出": "expense",
    "支出": "expense",
    "补助": "subsidy",
    "误工补助": "subsidy",
}
