"""Special inquiries, interpellations, audiences, appraisals."""

from __future__ import annotations

from renda.activities.models import ActivityKind
from renda.directory.gate import Access
from renda.registers.columns import Choice, Day, DivisionRef, Milestone, Organs, People, PersonRef, Ref, Text, Whole, YesNo
from renda.registers.register import Register
from renda.supervision import models, rules
from renda.supervision.ledgers.common import DIVISION, shared


def registers() -> tuple[Register, ...]:
    """The registers of inquiries and appraisals."""
    return _inquiries(), _interpellations(), _audiences(), _appraisals()


def _inquiries() -> Register:
    return Register(
        code="supervision.inquiries",
        name="专题询问",
        words=("专题询问台账", "开展专题询问", "询问", "专题询问情况"),
        model=models.SpecialInquiry,
        matter_kind="supervision.inquiry",
        key=("title", "held"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="title", name="询问主题", synonyms=("标题", "专题询问主题", "询问议题", "询问事项", "名称")),
            Text(field="number", synonyms=("询问编号",), listed=False),
            Choice(
                field="form",
                synonyms=("形式", "询问形式", "会议类型"),
                words={
                    "常委会": "plenary",
                    "常委会会议": "plenary",
                    "全体会议": "plenary",
                    "联组": "joint",
                    "联组会": "joint",
                    "分组": "group",
                },
                filtered=True,
            ),
            Organs(field="units", synonyms=("应询部门", "被询问单位", "应询机关", "被询问部门", "到会应询单位")),
            Whole(field="questions", unit="个", synonyms=("提问个数", "提问人次", "问题数"), listed=False),
            YesNo(field="rated", synonyms=("是否现场测评", "现场满意度测评", "是否测评"), filtered=True),
            Milestone(field="held", name="询问日期", synonyms=("询问时间", "日期", "时间", "召开时间", "会议日期")),
            Milestone(field="reported", name="处理报告日期", synonyms=("整改报告日期", "反馈日期"), listed=False),
            *shared(),
        ],
        rules=(rules.ordered("held", "reported", "处理报告日期早于询问日期"),),
        access=Access("supervision", organs=("units",)),
        about="常委会会议、联组会议上的专题询问（监督法第七章）",
    )


def _interpellations() -> Register:
    return Register(
        code="supervision.interpellations",
        name="质询",
        words=("质询案", "质询台账"),
        model=models.Interpellation,
        matter_kind="supervision.interpellation",
        key=("title", "submitted"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="title", name="质询案由", synonyms=("标题", "案由", "质询题目", "质询内容", "名称")),
            Text(field="number", synonyms=("质询案编号",), listed=False),
            Choice(
                field="level",
                synonyms=("提出场合", "会议"),
                words={
                    "人代会": "congress",
                    "大会": "congress",
                    "常委会": "standing_committee",
                    "乡镇人代会": "township_congress",
                },
                filtered=True,
            ),
            Ref(field="addressee", to="directory.organs", synonyms=("受质询单位", "质询对象", "被质询机关"), filtered=True),
            Whole(field="cosigners", unit="人", synonyms=("联名代表人数", "提案人数", "联名数")),
            Milestone(field="submitted", name="提出日期", synonyms=("提出时的日期", "提交日期", "日期", "时间")),
            Milestone(field="answered", name="答复日期", synonyms=("答复时间",)),
            Milestone(field="reanswered", name="再作答复日期", synonyms=("再次答复日期",), listed=False),
            YesNo(field="satisfied", synonyms=("是否满意", "答复是否满意"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(rules.ordered("submitted", "answered", "答复日期早于提出日期"), rules.enough_cosigners),
        access=Access("supervision", organs=("addressee",)),
        about="代表或常委会组成人员联名提出的质询案",
    )


def _audiences() -> Register:
    return Register(
        code="supervision.audiences",
        name="约见",
        words=("代表约见", "约见台账", "约见国家机关负责人"),
        model=models.OfficialAudience,
        fixed={"kind": ActivityKind.AUDIENCE},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="约见主题", synonyms=("约见事项", "约见内容", "名称", "标题")),
            Day(field="starts_on", name="约见日期", synonyms=("约见时间", "日期", "时间")),
            Text(field="place", name="约见地点", synonyms=("地点",), listed=False),
            Ref(field="organ", to="directory.organs", synonyms=("被约见单位", "约见机关", "约见单位"), filtered=True),
            Text(field="official", synonyms=("约见对象", "被约见人", "被约见领导")),
            People(
                field="deputies",
                name="参加代表",
                rest="deputy",
                synonyms=("代表", "约见代表", "参加人员", "代表人数", "参加代表人数"),
            ),
            Text(field="reply", synonyms=("答复", "办理情况", "处理情况"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        access=Access("supervision", organs=("organ",), people=("participations__person",)),
        about="代表约见国家机关负责人",
    )


def _appraisals() -> Register:
    return Register(
        code="supervision.appraisals",
        name="工作评议",
        words=("评议", "评议台账", "履职评议", "述职评议", "两官评议", "工作评议和履职评议"),
        model=models.Appraisal,
        matter_kind="supervision.appraisal",
        key=("form", "title", "organ", "person", "rated"),
        label="title",
        other_names=("number",),
        date="closed_on",
        columns=[
            Text(field="title", name="评议名称", synonyms=("标题", "评议项目", "评议主题", "名称")),
            Text(field="number", synonyms=("评议编号",), listed=False),
            Choice(
                field="form",
                synonyms=("评议类型", "类别", "评议形式"),
                words={
                    "部门评议": "work",
                    "工作评议": "work",
                    "述职评议": "performance",
                    "履职": "performance",
                    "法官评议": "judicial",
                    "检察官评议": "judicial",
                    "法官检察官评议": "judicial",
                    "“两官”评议": "judicial",
                    "两官": "judicial",
                },
                filtered=True,
            ),
            Ref(field="organ", to="directory.organs", synonyms=("评议单位", "被评议部门", "所在单位", "单位"), filtered=True),
            PersonRef(field="person", synonyms=("姓名", "评议对象姓名", "被评议人员", "述职人员")),
            Text(field="post", synonyms=("现任职务", "被评议人职务"), listed=False),
            Choice(
                field="post_class",
                synonyms=("人员类别", "对象类别"),
                words={
                    "员额法官": "judge",
                    "员额检察官": "procurator",
                    "副县（区）长": "deputy_head",
                    "局长": "department_head",
                    "部门负责人": "department_head",
                    "审判员": "judge",
                    "检察员": "procurator",
                },
                filtered=True,
            ),
            Choice(
                field="manner", synonyms=("述职形式", "方式"), words={"口头述职": "oral", "书面述职": "written"}, listed=False
            ),
            Text(field="batch", synonyms=("评议批次",), listed=False),
            Choice(
                field="grade",
                synonyms=("等次", "测评结果", "评议结果", "测评等次"),
                words={"合格": "competent", "不合格": "incompetent", "优": "excellent"},
                filtered=True,
            ),
            Milestone(field="started", name="启动日期", synonyms=("启动时间", "开始日期"), listed=False),
            Milestone(field="rated", name="评议日期", synonyms=("评议时间", "测评日期", "日期", "时间", "会议日期")),
            Milestone(field="corrected", name="整改报告日期", synonyms=("整改日期",), listed=False),
            *shared(),
        ],
        rules=(rules.target_named, rules.ordered("started", "rated", "评议日期早于启动日期")),
        access=Access("supervision", organs=("organ",), people=("person",)),
        about="工作评议、履职评议和法官检察官评议，每个单位或每个人一行",
    )
