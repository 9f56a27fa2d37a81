"""The room's registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.core import clock
from renda.directory.gate import Access
from renda.filing import deadline, kinds, procedure
from renda.filing.models import ContactPoint, Finding, LegislationConsultation, NormativeDocument, RegulationBill, ReviewRequest
from renda.registers.columns import Choice, Day, DivisionRef, Milestone, Ref, Text, Whole
from renda.registers.directory import ordered_days
from renda.registers.register import Fault, Register, SavedView, Values
from renda.registers.registry import register

KINDS = {
    "政府文件": "government", "县政府规范性文件": "government", "行政规范性文件": "government", "政府办文件": "office",
    "县政府办公室规范性文件": "office", "部门文件": "department", "监察委员会规范性文件": "supervision", "法院文件": "court",
    "检察院文件": "procuratorate", "乡镇人大决议": "township_congress", "乡镇文件": "township",
}  # fmt: skip
WAYS = {
    "主动": "own_motion",
    "依申请": "request",
    "依职权": "own_motion",
    "被动审查": "request",
    "专项": "thematic",
    "移送": "transferred",
}
FINDINGS = {
    "合法": "clean", "无问题": "clean", "没有问题": "clean", "通过": "clean", "审查通过": "clean", "未发现": "clean", "符合规定": "clean",
    "有问题": "problem", "存在问题": "problem", "不合法": "problem", "需修改": "problem",
}  # fmt: skip
CORRECTIONS = {
    "已修改": "amended", "修订": "amended", "督促修改": "amended", "已废止": "repealed", "督促废止": "repealed", "停止执行": "repealed",
    "作出说明": "explained", "书面说明": "explained", "正在处理": "pending", "整改中": "pending", "已撤销": "annulled",
}  # fmt: skip
AIMS = {"新制定": "make", "制订": "make", "修正": "amend", "修订": "amend", "废除": "repeal"}
POINT_LEVELS = {
    "全国": "nation",
    "省": "province",
    "市": "prefecture",
    "县": "county",
    "全国人大": "nation",
    "省人大": "province",
    "市人大": "prefecture",
}


def in_order(*pairs: tuple[str, str, str]) -> Callable[[Sequence[Values]], Iterable[Fault]]:
    """A rule: of each pair of milestones the second does not stand before the first, as far as both are exact."""

    def rule(rows: Sequence[Values]) -> Iterable[Fault]:
        for index, row in enumerate(rows):
            for first, later, reason in pairs:
                a, b = row.get(first), row.get(later)
                if a and b and b.last < a.date:
                    yield index, later, reason

    return rule


def prepare_documents(rows: Sequence[Values]) -> None:
    """The last day to file follows from the day of issue; a correction or opinions mean that a problem was found."""
    deadline.fill(rows)
    for row in rows:
        if "finding" in row and not row["finding"] and (row.get("correction") or row.get("opinions")):
            row["finding"] = Finding.PROBLEM


def document_dates(rows: Sequence[Values]) -> Iterable[Fault]:
    """A document has a day of issue or of filing, and no way of correction without a problem."""
    for index, row in enumerate(rows):
        if "issued" in row and "filed" in row and row["issued"] is None and row["filed"] is None:
            yield index, "filed", _("公布日期和报备日期至少要填一项")
        if row.get("correction") and row.get("finding") == Finding.CLEAN:
            yield index, "correction", _("审查结果是“未发现问题”，不应再填处理方式，请核对")


def documents() -> Register:
    """Documents, filed and not yet filed, with what the review of filing found."""
    return Register(
        code="filing.documents",
        name="规范性文件备案",
        words=("备案审查", "规范性文件", "备案登记", "备案台账", "备案审查台账", "文件目录"),
        model=NormativeDocument,
        matter_kind=kinds.DOCUMENT.code,
        key=("maker", "document_number"),
        second_key=("maker", "title"),
        label="title",
        other_names=("document_number", "number"),
        date="opened_on",
        columns=[
            Text(field="number", synonyms=("备案编号", "登记编号", "备案号"), listed=False),
            Text(field="title", name="文件名称", synonyms=("规范性文件名称", "文件标题", "名称", "文件题目"), required=True),
            Ref(
                field="maker",
                to="directory.organs",
                synonyms=("制定单位", "发文单位", "报备单位", "发文机关", "报送机关"),
                filtered=True,
            ),
            Choice(field="document_kind", synonyms=("类别", "文件种类", "文件类型"), words=KINDS, filtered=True),
            Text(field="document_number", synonyms=("发文字号", "文件编号", "文件号", "发文号")),
            Text(field="field", synonyms=("领域", "涉及领域", "分类"), filtered=True),
            Milestone(field="issued", name="公布日期", synonyms=("印发日期", "发布日期", "发文日期", "成文日期", "印发时间")),
            Day(
                field="file_by",
                synonyms=("报备截止日期", "报送截止日期", "报备期限"),
                help="空着时按本省规定的期限推算",
                listed=False,
            ),
            Milestone(
                field="filed",
                name="报备日期",
                synonyms=("报送日期", "报送备案日期", "备案日期", "收文日期", "接收日期", "报备时间"),
            ),
            Milestone(field="registered", name="登记日期", synonyms=("备案登记日期",), listed=False),
            Milestone(field="distributed", name="分送日期", synonyms=("分办日期", "转送审查日期"), listed=False),
            Choice(field="way", synonyms=("审查形式",), words=WAYS, filtered=True),
            Milestone(field="reviewed", name="审查完成日期", synonyms=("审查日期", "审结日期", "完成审查日期", "审查时间")),
            Choice(
                field="finding",
                synonyms=("审查结论", "审查情况", "是否发现问题"),
                words={**FINDINGS, "是": "problem", "否": "clean"},
                filtered=True,
            ),
            Whole(field="opinions", unit="条", synonyms=("提出意见条数", "意见数", "意见条数"), listed=False),
            Text(field="problem", synonyms=("存在问题", "审查意见", "问题描述"), long=True, listed=False),
            Choice(
                field="correction", synonyms=("处理结果", "纠正方式", "处理情况", "纠正情况"), words=CORRECTIONS, filtered=True
            ),
            Milestone(field="told", name="反馈日期", synonyms=("审查意见反馈日期",), listed=False),
            Milestone(field="supplement_asked", name="要求补正日期", listed=False),
            Milestone(field="supplemented", name="补正日期", listed=False),
            Milestone(field="sent_back", name="退回日期", listed=False),
            Milestone(field="prolonged", name="延长审查日期", listed=False),
            Milestone(field="replied", name="制定机关回复日期", synonyms=("回复日期",), listed=False),
            Milestone(field="confirmed", name="确认纠正日期", listed=False),
            Milestone(field="annul_moved", name="提请撤销日期", listed=False),
            Milestone(field="decided", name="常委会决定日期", listed=False),
            Milestone(field="corrected", name="纠正日期", synonyms=("修改废止日期", "整改日期", "处理日期"), listed=False),
            DivisionRef(synonyms=("区划", "乡镇（街道）"), listed=False, filtered=True),
        ],
        prepare=prepare_documents,
        rules=(
            document_dates,
            in_order(
                ("issued", "filed", gettext_noop("报备日期早于公布日期")),
                ("filed", "reviewed", gettext_noop("审查完成日期早于报备日期")),
                ("reviewed", "corrected", gettext_noop("纠正日期早于审查完成日期")),
            ),
        ),
        views=(
            SavedView("unfiled", "未报备", lambda rows: rows.exclude(milestones__code="filed")),
            SavedView(
                "overdue", "逾期未报备", lambda rows: rows.filter(file_by__lt=clock.today()).exclude(milestones__code="filed")
            ),
            SavedView(
                "problem", "有问题待纠正", lambda rows: rows.filter(finding=Finding.PROBLEM).exclude(milestones__code="corrected")
            ),
        ),
        access=Access("filing", organs=("maker",)),
        about="应当报送备案的规范性文件：报备、审查和纠正",
    )


def reviews() -> Register:
    """Reviews asked for, thematic, transferred or joint."""
    return Register(
        code="filing.reviews",
        name="审查要求和建议",
        words=("审查建议", "审查要求", "专项审查", "依申请审查"),
        model=ReviewRequest,
        matter_kind=kinds.REVIEW.code,
        key=("number",),
        second_key=("title", "received"),
        label="title",
        date="opened_on",
        columns=[
            Text(field="number", synonyms=("审查编号", "登记编号"), listed=False),
            Text(field="title", name="审查事项", synonyms=("事项", "审查建议标题", "审查项目"), required=True),
            Choice(field="way", synonyms=("审查形式", "审查类型"), words=WAYS, filtered=True),
            Text(field="requester", synonyms=("建议人", "提出单位", "提出人", "申请单位")),
            Ref(field="document", to="filing.documents", synonyms=("被审查文件", "涉及文件", "文件名称"), listed=False),
            Whole(field="documents", unit="件", least=1, synonyms=("涉及文件数", "审查文件件数"), default=1),
            Milestone(field="received", name="收到日期", synonyms=("提出日期", "收件日期", "受理日期")),
            Milestone(field="started", name="启动日期", synonyms=("启动审查日期",), listed=False),
            Milestone(field="reviewed", name="完成日期", synonyms=("审查完成日期", "审结日期")),
            Choice(field="finding", synonyms=("审查结论",), words=FINDINGS, filtered=True),
            Whole(field="opinions", unit="条", synonyms=("意见条数", "提出意见条数"), listed=False),
            Whole(field="corrected", unit="件", synonyms=("纠正件数", "已纠正件数")),
            Milestone(field="told", name="告知日期", synonyms=("反馈日期", "答复日期"), listed=False),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        rules=(
            in_order(
                ("received", "reviewed", gettext_noop("完成日期早于收到日期")),
            ),
        ),
        access=Access("filing", organs=("document__maker",)),
        about="机关、组织和公民提出的审查要求、审查建议，以及专项、移送、联合审查",
    )


def regulations() -> Register:
    """Regulation bills with their readings."""
    return Register(
        code="filing.regulations",
        name="法规案",
        words=("地方性法规", "单行条例", "立法项目", "立法计划"),
        model=RegulationBill,
        matter_kind=kinds.REGULATION.code,
        key=("title", "aim"),
        label="title",
        date="opened_on",
        columns=[
            Text(field="number", synonyms=("议案编号",), listed=False),
            Text(field="title", name="法规名称", synonyms=("条例名称", "立法项目名称", "名称"), required=True),
            Choice(field="aim", synonyms=("形式", "制定或修改", "类型"), words=AIMS, filtered=True),
            Text(field="proposer", synonyms=("提案人", "提请单位", "起草单位")),
            Text(field="field", synonyms=("领域",), filtered=True),
            Milestone(field="planned", name="立项日期", synonyms=("列入计划日期", "立项时间")),
            Milestone(field="first_reading", name="一审日期", synonyms=("初审日期", "一次审议日期")),
            Milestone(field="second_reading", name="二审日期", synonyms=("二次审议日期",), listed=False),
            Milestone(field="third_reading", name="三审日期", synonyms=("三次审议日期",), listed=False),
            Milestone(field="passed", name="通过日期", synonyms=("表决通过日期",)),
            Milestone(field="approved", name="批准日期", synonyms=("省人大批准日期", "报批日期")),
            Milestone(field="published", name="公布日期", synonyms=("公布施行日期", "发布日期"), listed=False),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        rules=(
            in_order(
                ("first_reading", "passed", gettext_noop("通过日期早于一审日期")),
                ("passed", "approved", gettext_noop("批准日期早于通过日期")),
            ),
        ),
        access=Access("filing"),
        about="自治县的自治条例和单行条例案，以及上级交办的地方性法规立法项目",
    )


def points() -> Register:
    """Contact points for legislation."""
    return Register(
        code="filing.points",
        name="基层立法联系点",
        words=("立法联系点", "联系点名册"),
        model=ContactPoint,
        key=("name", "level"),
        label="name",
        date="founded_on",
        columns=[
            Text(field="name", synonyms=("名称", "联系点", "立法联系点名称")),
            Choice(field="level", synonyms=("层级", "联系点级别"), words=POINT_LEVELS, filtered=True),
            Day(field="founded_on", synonyms=("成立日期", "设立时间", "确定日期")),
            Day(field="closed_on", synonyms=("取消日期",), listed=False),
            DivisionRef(synonyms=("区划", "所在乡镇"), filtered=True),
        ],
        rules=(ordered_days("founded_on", "closed_on", gettext_noop("撤销日期早于设立日期")),),
        access=Access("filing", open_to_bound=True),
        about="各级人大常委会在本县设立的基层立法联系点",
    )


def more_adopted(rows: Sequence[Values]) -> Iterable[Fault]:
    """No more opinions are taken up than were given."""
    for index, row in enumerate(rows):
        if (row.get("adopted") or 0) > (row.get("opinions") or 0):
            yield (
                index,
                "adopted",
                _("采纳 %(adopted)s 条，多于提出的 %(opinions)s 条")
                % {"adopted": row["adopted"], "opinions": row.get("opinions") or 0},
            )


def consultations() -> Register:
    """Opinions on drafts."""
    return Register(
        code="filing.consultations",
        name="立法征询",
        words=("立法意见", "法规征求意见", "立法征求意见"),
        model=LegislationConsultation,
        key=("draft", "asked_on", "point"),
        label="draft",
        date="asked_on",
        columns=[
            Text(field="draft", synonyms=("草案名称", "法规草案", "征求意见项目", "法律法规草案名称")),
            Text(field="asked_by", synonyms=("征求意见机关", "来文机关", "交办机关")),
            Choice(field="level", synonyms=("征询级别", "层级"), words=POINT_LEVELS, filtered=True),
            Ref(field="point", to="filing.points", synonyms=("联系点", "承办联系点")),
            Day(field="asked_on", synonyms=("征求意见日期", "来文日期", "征询时间")),
            Whole(field="opinions", unit="条", synonyms=("提出意见条数", "意见数", "征集意见条数")),
            Whole(field="adopted", unit="条", synonyms=("采纳数", "被采纳条数")),
            DivisionRef(synonyms=("区划",), listed=False),
        ],
        rules=(more_adopted,),
        access=Access("filing"),
        about="对法律法规草案的征询：提了多少条意见，采纳了多少条",
    )


def declare() -> None:
    """Register the room's kinds of matter, its procedure and its registers (called once, at start)."""
    kinds.declare()
    procedure.declare()
    for make in (documents, reviews, regulations, points, consultations):
        register(make())
