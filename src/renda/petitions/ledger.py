"""The room's register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.directory.gate import Access
from renda.petitions import kinds, procedure
from renda.petitions.models import Demand, Petition, Result, Source
from renda.registers.columns import Choice, Day, DivisionRef, Milestone, Phone, Ref, Text, Whole, YesNo
from renda.registers.register import Fault, Register, SavedView, Values
from renda.registers.registry import register

FORMS = {
    "信": "letter", "书信": "letter", "群众来信": "letter", "访": "visit", "走访": "visit", "群众来访": "visit", "接访": "visit", "集体来访": "visit",
    "个访": "visit", "集体访": "visit", "电话": "phone", "来电话": "phone", "热线": "phone", "网信": "online", "网络": "online", "网上": "online",
    "微信": "online", "邮箱": "online", "电子邮件": "online", "转办": "forwarded", "转送": "forwarded", "上级转来": "forwarded", "联络站": "station",
}  # fmt: skip
SOURCES = {
    "本级": "direct", "直接": "direct", "群众反映": "direct", "自收": "direct", "市人大交办": "superior", "省人大交办": "superior", "上级人大交办": "superior",
    "上级转办": "superior", "县委批示": "leader", "领导交办": "leader", "人大代表": "deputy", "代表反映": "deputy", "其他": "other", "信访局转来": "other",
}  # fmt: skip
LEVELS = {
    "乡镇": "township", "乡": "township", "镇": "township", "县": "county", "县级": "county", "本级": "county", "市": "prefecture", "市级": "prefecture",
    "省": "province", "省级": "province", "京": "capital", "北京": "capital", "赴京": "capital", "国家": "capital", "到京": "capital",
}  # fmt: skip
AGAINST = {
    "政府部门": "government", "政府": "government", "一府": "government", "公安": "government", "法院系统": "court", "审判机关": "court",
    "检察机关": "procuratorate", "监察机关": "supervision", "乡镇": "township", "街道": "township", "村委会": "village", "村": "village", "社区": "village",
    "企业": "enterprise", "事业单位": "enterprise", "个人": "other",
}  # fmt: skip
RESULTS = {
    "支持": "supported", "已解决": "supported", "解决": "supported", "办结": "supported", "部分支持": "supported", "解释": "explained",
    "解释说明": "explained", "答复": "explained", "不支持": "refused", "不受理": "not_accepted", "息诉罢访": "withdrawn", "撤诉": "withdrawn",
}  # fmt: skip
DEMANDS = {
    "建议": "opinion", "意见": "opinion", "建议意见": "opinion", "反映情况": "opinion", "举报": "accusation", "检举": "accusation", "控告": "accusation",
    "检举揭发": "accusation", "申诉": "claim", "求决": "claim", "投诉": "claim", "投诉请求": "claim", "求助": "claim",
}  # fmt: skip
RATINGS = {"较满意": "fair", "比较满意": "fair", "不满": "dissatisfied", "非常满意": "satisfied"}
AGAINST_BY_WORD = (
    ("人民法院", "court"), ("法院", "court"), ("检察院", "procuratorate"), ("监委", "supervision"), ("监察委", "supervision"), ("村委", "village"),
    ("村民委员会", "village"), ("社区居", "village"), ("镇政府", "township"), ("乡政府", "township"), ("镇人民政府", "township"),
    ("乡人民政府", "township"), ("街道办", "township"), ("公司", "enterprise"), ("厂", "enterprise"), ("学校", "enterprise"), ("医院", "enterprise"),
)  # fmt: skip
_GOVERNMENT = re.compile("(?:局|委员会|政府|中心|大队|办公室)$")


def prepare(rows: Sequence[Values]) -> None:
    """Fill what follows from other cells: a collective visit from its heads, a repetition from its first number, the kind complained of."""
    for row in rows:
        if row.get("repeats"):
            row["repeated"] = True
        if row.get("complained") and "against" in row and not row["against"]:
            row["against"] = _kind_of(row["complained"])
        if "received" in row and row["received"] is None:
            row["received"] = row.get("accepted")


def _kind_of(words: str) -> str:
    for part, kind in AGAINST_BY_WORD:
        if part in words:
            return kind
    return "government" if _GOVERNMENT.search(words) else ""


ORDER = (
    ("received", "accepted", "受理日期早于收到日期"),
    ("received", "forwarded", "转办日期早于收到日期"),
    ("received", "assigned", "交办日期早于收到日期"),
    ("received", "closed", "办结日期早于收到日期"),
)


def whole_rows(rows: Sequence[Values]) -> Iterable[Fault]:
    """A petition has a day on which it came; its dates stand in order; a collective visit has several people."""
    for index, row in enumerate(rows):
        if "received" in row and row["received"] is None:
            yield index, "received", _("请填收到日期（来信来访日期）")
        if row.get("collective") and row.get("persons") is not None and row["persons"] < 2:
            yield index, "persons", _("集体访请填人数，不少于 2 人")
        for first, later, reason in ORDER:
            a, b = row.get(first), row.get(later)
            if a and b and b.last < a.date:
                yield index, later, reason


def petitions() -> Register:
    """Letters and visits: one row each."""
    return Register(
        code="petitions.petitions",
        name="信访登记",
        words=("信访台账", "来信来访", "信访件", "信访事项", "来访登记", "来信登记", "信访"),
        model=Petition,
        matter_kind=kinds.PETITION.code,
        key=("number",),
        second_key=("received", "form", "title"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="number", synonyms=("信访编号", "登记编号", "信访件编号", "受理编号", "登记号")),
            Milestone(field="received", name="收到日期", synonyms=("来信来访日期", "登记日期", "信访日期", "来访日期", "来信日期", "接访日期", "收到时间")),
            Text(field="title", name="信访事项", synonyms=("事项", "反映事项", "信访主题", "反映问题", "事由", "信访摘要", "主要诉求"), required=True),
            Choice(field="form", synonyms=("形式", "信访方式", "信访类别", "信访类型", "来信来访形式"), words=FORMS, filtered=True),
            Choice(field="source", synonyms=("来源", "信访件来源", "事项来源"), words=SOURCES, filtered=True),
            YesNo(field="collective", synonyms=("是否集体访", "集体信访", "是否集体"), filtered=True),
            Whole(field="persons", unit="人", least=1, synonyms=("来访人数", "人次", "信访人数", "来访人次"), default=1),
            Text(field="petitioner", synonyms=("信访人姓名", "来信人", "来访人", "来访人姓名", "姓名", "反映人"), secret=True, listed=False),
            Phone(field="phone", synonyms=("电话", "联系方式", "手机号码", "信访人电话"), listed=False),
            Text(field="address", synonyms=("地址", "信访人住址", "家庭住址", "联系地址"), secret=True, listed=False),
            Choice(field="visit_level", synonyms=("信访层级", "到访地", "上访层级"), words=LEVELS, filtered=True),
            Text(field="field", synonyms=("领域", "问题类别", "内容分类", "问题分类", "反映问题类别"), filtered=True),
            Text(field="content", synonyms=("内容", "信访内容", "详细内容", "问题描述"), secret=True, long=True, listed=False),
            Text(field="complained", synonyms=("被反映单位", "反映单位", "涉及单位", "被投诉单位")),
            Choice(field="against", synonyms=("对象类别", "涉及单位类别"), words=AGAINST, listed=False, filtered=True),
            Milestone(field="accepted", name="受理日期", synonyms=("受理时间",)),
            Milestone(field="forwarded", name="转办日期", synonyms=("转送日期", "转办时间", "批转日期"), listed=False),
            Milestone(field="assigned", name="交办日期", synonyms=("交办时间",), listed=False),
            Ref(field="handler", to="directory.organs", synonyms=("转办单位", "交办单位", "办理单位", "责任单位", "承办部门"), filtered=True),
            Milestone(field="answered", name="答复日期", synonyms=("回复日期", "单位答复日期", "回复时间"), listed=False),
            Milestone(field="closed", name="办结日期", synonyms=("办结时间", "结案日期")),
            Choice(field="result", synonyms=("办理结果", "办结结果", "处理情况"), words=RESULTS, filtered=True),
            Milestone(field="told", name="告知日期", synonyms=("反馈日期", "告知信访人日期"), listed=False),
            YesNo(field="repeated", synonyms=("是否重复", "重复件", "是否重复信访", "重信重访"), listed=False, filtered=True),
            Text(field="repeats", synonyms=("原信访编号", "首次信访编号"), listed=False),
            DivisionRef(synonyms=("区划", "所在乡镇", "乡镇（街道）", "问题属地"), listed=False, filtered=True),
            DivisionRef(field="keeper", own=True, synonyms=("登记机关区划", "受理机关区划"), listed=False, filtered=True),
            Choice(field="demand", synonyms=("诉求类别", "信访事项类别", "事项性质"), words=DEMANDS, listed=False, filtered=True),
            YesNo(field="secret", synonyms=("是否保密", "保密", "要求为其保密"), listed=False, filtered=True),
            Ref(field="accused", to="directory.organs", synonyms=("被举报单位", "被控告单位"), listed=False),
            Text(field="representatives", synonyms=("推选代表", "来访代表"), secret=True, listed=False, help="集体来访推选的代表，不超过 5 人，用顿号隔开"),
            Milestone(field="declined", name="不予受理日期", listed=False),
            Milestone(field="report_due", name="办结报告期限", synonyms=("要求报结日期",), listed=False),
            Milestone(field="passed", name="上报下转日期", listed=False),
            Milestone(field="notified", name="书面告知日期", synonyms=("受理告知日期",), listed=False),
            Milestone(field="objected", name="提出异议日期", listed=False),
            Milestone(field="returned", name="收回材料日期", listed=False),
            Milestone(field="taken_up", name="承办单位受理日期", synonyms=("单位受理日期",), listed=False),
            Milestone(field="extended", name="延长期限日期", synonyms=("批准延期日期", "延期日期"), listed=False),
            Milestone(field="extended_to", name="延长后的期限", synonyms=("延期至",), listed=False),
            Milestone(field="pressed", name="督办日期", synonyms=("督办时间",), listed=False),
            Milestone(field="reported", name="办结报告日期", synonyms=("报结日期",), listed=False),
            Milestone(field="review_asked", name="申请复查日期", listed=False),
            Ref(field="reviewer", to="directory.organs", synonyms=("复查单位",), listed=False),
            Milestone(field="reviewed", name="复查意见日期", synonyms=("复查日期",), listed=False),
            Milestone(field="review_told", name="复查意见送达日期", listed=False),
            Milestone(field="recheck_asked", name="申请复核日期", listed=False),
            Ref(field="rechecker", to="directory.organs", synonyms=("复核单位",), listed=False),
            Milestone(field="rechecked", name="复核终结日期", synonyms=("复核日期", "复核意见日期"), listed=False),
            Choice(field="rating", synonyms=("满意度", "满意度评价"), words=RATINGS, listed=False, filtered=True),
            Day(field="rated_on", synonyms=("评价时间",), listed=False),
        ],
        prepare=prepare,
        rules=(whole_rows,),
        views=(
            SavedView("new", "待受理", lambda rows: rows.exclude(milestones__code="accepted").exclude(result=Result.NOT_ACCEPTED)),
            SavedView("superior", "上级交办", lambda rows: rows.filter(source=Source.SUPERIOR)),
            SavedView("collective", "集体访", lambda rows: rows.filter(collective=True)),
        ),
        access=Access(
            "petitions",
            division="keeper",
            organs=("handler", "reviewer", "rechecker"),
            closed_to=("accused",),
            closed_when=Q(secret=True) | Q(demand=Demand.ACCUSATION),
        ),
        about="县人大常委会收到的来信、来访、来电和网上信访，信访人身份加密保存",
    )  # fmt: skip


def declare() -> None:
    """Register the room's kind of matter, its procedure and its register (called once, at start)."""
    kinds.declare()
    procedure.declare()
    register(petitions())
