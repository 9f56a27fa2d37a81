"""The room's registers."""

from __future__ import annotations

from collections.abc import Sequence

from renda.directory.gate import Access
from renda.registers.columns import (
    Choice,
    Day,
    DivisionRef,
    Milestone,
    Number,
    Organs,
    PeopleRefs,
    PersonRef,
    Ref,
    Text,
    Whole,
    Year,
    YesNo,
)  # fmt: skip
from renda.registers.register import Register, SavedView, Values
from renda.registers.registry import register
from renda.suggestions import kinds, reading, services
from renda.suggestions.models import BillResult, CppccProposals, Rating, SatisfactionTest, State, Suggestion

FORMS = {
    "代表议案": "bill", "代表建议": "suggestion", "建议批评和意见": "suggestion", "建议、批评和意见": "suggestion", "意见建议": "suggestion",
    "批评意见": "criticism", "议案转建议": "bill",
}  # fmt: skip
ORIGINS = {
    "大会": "session", "会议期间": "session", "会中": "session", "大会建议": "session", "会期": "session", "人代会期间": "session",
    "闭会": "recess", "平时": "recess", "会后": "recess", "闭会建议": "recess",
}  # fmt: skip
LEVELS = {
    "全国": "nation",
    "省": "province",
    "市": "prefecture",
    "县": "county",
    "区": "county",
    "乡镇": "township",
    "乡": "township",
    "镇": "township",
}
CONTACTS = {
    "面商": "face", "见面": "face", "是": "face", "上门": "face", "走访": "face", "当面沟通": "face", "座谈": "meeting", "会议": "meeting",
    "现场": "field", "调研": "field", "电话沟通": "phone", "微信": "online", "网络": "online", "书面": "online", "函件": "online",
}  # fmt: skip
ANSWERS = {
    "A": "a", "B": "b", "C": "c", "D": "d", "A类": "a", "B类": "b", "C类": "c", "D类": "d", "已解决": "a", "已经解决": "a", "采纳": "a",
    "已采纳": "a", "正在解决": "b", "正在办理": "b", "列入计划": "b", "列入规划": "c", "计划解决": "c", "逐步解决": "c", "留作参考": "d",
    "暂不能解决": "d", "因条件限制不能解决": "d", "甲": "a", "乙": "b", "丙": "c", "丁": "d",
}  # fmt: skip
RATINGS = {
    "很满意": "satisfied",
    "非常满意": "satisfied",
    "较满意": "basically",
    "比较满意": "basically",
    "基本": "basically",
    "不满": "dissatisfied",
}
OUTCOMES = {
    "列入议程": "tabled", "提请审议": "tabled", "大会审议": "tabled", "交专委会": "committee", "交专门委员会审议": "committee", "合并": "merged",
    "并案办理": "merged", "转为建议": "to_suggestion", "转建议": "to_suggestion", "作为建议处理": "to_suggestion", "不列入": "not_tabled",
}  # fmt: skip
AWARDS = {
    "是": "county",
    "优秀": "county",
    "优秀建议": "county",
    "县优秀": "county",
    "市优秀": "prefecture",
    "省优秀": "province",
}
STATES = {
    "办结": "closed", "完成": "closed", "已完成": "closed", "办理中": "handling", "正在办理": "handling", "未办结": "handling", "延期": "handling",
    "答复": "replied", "已办复": "replied", "办复": "replied", "待交办": "received", "撤回": "withdrawn", "终止": "withdrawn",
}  # fmt: skip

VIEWS = (
    SavedView("unassigned", "待交办", lambda rows: rows.filter(state=State.RECEIVED)),
    SavedView("unanswered", "待答复", lambda rows: rows.filter(state=State.HANDLING)),
    SavedView("key", "重点督办", lambda rows: rows.filter(key=True)),
    SavedView("again", "不满意再办", lambda rows: rows.filter(result=Rating.DISSATISFIED, result_second="")),
)


def suggestions() -> Register:
    """Bills and suggestions: one row each, as the deputies' affairs office keeps them."""
    return Register(
        code="suggestions.suggestions",
        name="议案建议",
        words=("代表建议", "建议台账", "意见建议", "建议办理", "议案建议办理情况", "建议批评和意见"),
        model=Suggestion,
        matter_kind=kinds.SUGGESTION.code,
        key=("year", "number"),
        second_key=("year", "title", "proposer", "delegation"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="number", synonyms=("建议编号", "编 号", "建议号", "案号", "议案号", "建议序号", "件号"), help="不写年份的，自动加上年度"),
            Year(field="year", synonyms=("年份", "所属年度", "提出年度"), required=False),
            Choice(field="form", synonyms=("类型", "性质", "议案建议类别", "建议类型"), words=FORMS, filtered=True),
            Text(field="title", name="标题", synonyms=("建议标题", "案由", "建议名称", "题目", "议案标题", "建议案由", "建议题目"), required=True),
            Choice(field="origin", synonyms=("提出时段", "提出时期", "会议期间或闭会期间", "大会/闭会"), words=ORIGINS, filtered=True),
            Text(field="session", synonyms=("会议次数", "届次会次", "提出会议", "会议届次"), filtered=True),
            Choice(field="deputy_level", synonyms=("代表级别", "层级", "建议层级"), words=LEVELS, filtered=True, listed=False),
            PersonRef(field="proposer", synonyms=("提出代表", "领衔人", "建议人", "提建议人", "代表姓名", "提出人", "领衔代表姓名", "第一提案人")),
            Text(field="delegation", synonyms=("所在代表团", "代表团"), filtered=True),
            PeopleRefs(field="co_signers", synonyms=("附议人", "联名代表", "附名代表", "联名人", "附议代表姓名"), listed=False),
            Whole(field="co_signer_count", unit="人", synonyms=("联名人数", "附议代表人数"), listed=False),
            Text(field="field", synonyms=("领域", "分类", "建议分类", "类别（领域）", "所属类别", "内容分类"), filtered=True),
            Text(field="subfield", synonyms=("子类", "二级分类", "小类"), listed=False, filtered=True),
            Text(field="content", synonyms=("内容", "建议正文", "具体建议", "主要内容"), long=True, listed=False),
            YesNo(field="confidential", synonyms=("是否不公开", "是否涉密"), listed=False),
            Organs(field="lead_units", synonyms=("承办单位", "主办部门", "主办（承办）单位", "牵头单位", "分办单位"), filtered=True),
            Organs(field="joint_units", synonyms=("会办单位", "协办部门", "配合单位", "会同办理单位"), listed=False, filtered=True),
            Milestone(field="submitted", name="提出日期", synonyms=("建议提出日期", "提出时间（年月日）", "提交日期", "提交时间"), listed=False),
            Milestone(field="received", name="收到日期", synonyms=("收件日期", "登记日期", "收到时间"), listed=False),
            Milestone(field="assigned", name="交办日期", synonyms=("交办时间", "转办日期", "交办年月日")),
            Milestone(field="signed", name="签收日期", synonyms=("签收时间", "单位签收日期"), listed=False),
            Milestone(field="met", name="面商日期", synonyms=("见面日期", "沟通日期", "走访日期", "见面沟通时间"), listed=False),
            Choice(field="contact", synonyms=("沟通方式", "见面方式", "是否面商", "是否见面", "面商情况", "与代表沟通方式"), words=CONTACTS, filtered=True),
            YesNo(field="extended", synonyms=("是否延期", "延期"), listed=False, filtered=True),
            Milestone(field="replied", name="答复日期", synonyms=("答复时间", "书面答复日期", "复函日期", "办复日期")),
            Choice(field="answer", synonyms=("答复类别", "办理结果类别", "结果分类", "解决程度", "答复分类", "办理类别"), words=ANSWERS, filtered=True),
            Milestone(field="closed", name="办结日期", synonyms=("办结时间", "完成日期", "办理完成时间")),
            Choice(field="state", synonyms=("办理情况", "办理进度", "办结情况", "状态"), words=STATES, filtered=True),
            Milestone(field="feedback", name="反馈日期", synonyms=("代表反馈日期", "评价日期", "反馈时间"), listed=False),
            Choice(field="attitude", synonyms=("态度评价", "办理态度", "态度满意度"), words=RATINGS, listed=False, filtered=True),
            Choice(field="result", synonyms=("代表满意度", "满意度", "代表意见", "代表评价", "满意程度", "结果评价", "反馈意见", "结果满意度"),
                   words=RATINGS, filtered=True),
            Milestone(field="rehandled", name="再次答复日期", synonyms=("二次答复日期", "重新办理答复日期"), listed=False),
            Choice(field="attitude_second", synonyms=("二次态度评价", "二次测评态度"), words=RATINGS, listed=False),
            Choice(field="result_second", synonyms=("二次满意度", "二次测评结果", "再次评价", "二次结果评价"), words=RATINGS, listed=False, filtered=True),
            YesNo(field="key", synonyms=("是否重点督办", "重点建议", "是否重点", "重点督办件"), filtered=True),
            Text(field="key_leader", synonyms=("领衔督办领导", "督办人", "督办责任人"), listed=False, filtered=True),
            Text(field="key_theme", synonyms=("重点督办主题", "督办方面", "归并主题"), listed=False),
            Choice(field="bill_outcome", synonyms=("议案处理结果", "处理方式", "议案处理意见"), words=OUTCOMES, listed=False, filtered=True),
            Text(field="merged_into", synonyms=("并案编号", "合并至", "并入"), listed=False, help="并入同年另一件的，写那一件的编号"),
            Text(field="follows", synonyms=("往年编号", "此前编号", "上次提出编号"), listed=False),
            Whole(field="first_year", least=1949, most=2100, synonyms=("首次提出年度", "最早提出年份"), listed=False),
            Choice(field="award", synonyms=("是否优秀", "评优情况", "优秀级别", "是否优秀建议"), words=AWARDS, listed=False, filtered=True),
            Milestone(field="withdrawn", name="撤回日期", synonyms=("撤回时间",), listed=False),
            DivisionRef(synonyms=("区划", "所在乡镇", "乡镇（街道）"), listed=False, filtered=True),
        ],
        prepare=reading.prepare,
        rules=(reading.whole_rows, reading.dates_in_order),
        after_save=services.settle,
        views=VIEWS,
        access=Access("suggestions", organs=("lead_units", "joint_units"), people=("proposer", "co_signers")),
        about="代表提出的议案和建议、批评、意见，从提出到办结、反馈的每一件",
    )  # fmt: skip


def tests() -> Register:
    """Votes on the handling, by case or by unit."""
    return Register(
        code="suggestions.tests",
        name="建议办理测评",
        words=("建议满意度测评", "办理工作测评", "逐件测评"),
        model=SatisfactionTest,
        key=("held_on", "subject"),
        label="subject",
        date="held_on",
        columns=[
            Day(field="held_on", synonyms=("测评时间", "会议日期", "表决日期")),
            Choice(field="tested_by", synonyms=("测评会议", "组织测评", "测评主体会议"), filtered=True,
                   words={"常委会": "committee", "人大常委会": "committee", "人代会": "congress", "大会": "congress", "主任会": "chairpersons"}),
            Text(field="subject", synonyms=("测评项目", "测评内容", "被测评对象", "测评事项")),
            Ref(field="suggestion", to="suggestions.suggestions", synonyms=("测评建议编号", "建议件")),
            Ref(field="unit", to="directory.organs", synonyms=("被测评单位", "测评部门", "承办单位"), filtered=True),
            Whole(field="issued", unit="张", synonyms=("发票数", "发出测评票", "发出选票")),
            Whole(field="returned", unit="张", synonyms=("收票数", "收回测评票", "回收票数")),
            Whole(field="satisfied", unit="票", synonyms=("满意", "满意票数")),
            Whole(field="basically", unit="票", synonyms=("基本满意", "基本满意票数")),
            Whole(field="dissatisfied", unit="票", synonyms=("不满意", "不满意票数")),
            Whole(field="abstained", unit="票", synonyms=("弃权", "弃权票数"), listed=False),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        access=Access("suggestions", organs=("unit", "suggestion__lead_units"), people=("suggestion__proposer",)),
        about="常委会会议、人代会对建议办理的满意度测评，逐件或按承办单位，只记票数",
    )  # fmt: skip


def cppcc() -> Register:
    """The CPPCC's proposals, as others count them."""
    return Register(
        code="suggestions.cppcc",
        name="政协提案数据",
        words=("政协提案", "提案数据"),
        model=CppccProposals,
        key=("year", "as_of", "field"),
        label="source",
        date="as_of",
        columns=[
            Year(field="year", synonyms=("年份",), required=False),
            Day(field="as_of", synonyms=("统计日期", "数据日期", "截止时间")),
            Text(field="field", synonyms=("领域", "提案类别"), filtered=True),
            Whole(field="proposals", unit="件", synonyms=("提案数", "件数", "立案件数")),
            Whole(field="replied", unit="件", synonyms=("答复件数", "办复件数")),
            Whole(field="closed", unit="件", synonyms=("办结件数",)),
            Text(field="source", synonyms=("来源", "提供单位", "数据提供单位")),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        prepare=_year_of_day,
        access=Access("suggestions"),
        about="政府办或政协提供的政协提案件数，与代表建议并列使用，不由本平台计算",
    )


def _year_of_day(rows: Sequence[Values]) -> None:
    for row in rows:
        if row.get("as_of") and not row.get("year"):
            row["year"] = row["as_of"].year


def effects() -> Register:
    """What handling a bill brought, as the unit reports it."""
    return Register(
        code="suggestions.effects",
        name="议案办理成效",
        words=("办理成效", "议案成效", "成效数据"),
        model=BillResult,
        key=("suggestion", "name", "reported_on"),
        label="name",
        date="reported_on",
        parent="suggestion",
        columns=[
            Ref(
                field="suggestion",
                to="suggestions.suggestions",
                synonyms=("议案名称", "议案标题", "议案", "建议标题", "议案编号"),
            ),
            Text(field="name", synonyms=("指标名称", "指标", "成效内容")),
            Number(field="quantity", synonyms=("数量", "成效数值")),
            Text(field="unit", synonyms=("单位", "量词")),
            Day(field="reported_on", synonyms=("反馈时间", "报告日期")),
            Text(field="reporter", synonyms=("填报单位", "提供单位")),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        access=Access("suggestions", organs=("suggestion__lead_units",), people=("suggestion__proposer",)),
        about="承办单位反馈的议案、建议办理成效数值，不由本平台计算",
    )


def declare() -> None:
    """Register the room's kind of matter and its registers (called once, at start)."""
    kinds.declare()
    for make in (suggestions, tests, cppcc, effects):
        register(make())
