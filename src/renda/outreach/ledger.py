"""The registers of the outreach room."""

from __future__ import annotations

from renda.activities.models import ActivityKind, PeopleClass
from renda.directory.gate import Access
from renda.outreach import models
from renda.registers.columns import Choice, Day, DivisionRef, HeadCountOf, Number, People, Ref, Text, Whole
from renda.registers.register import Register
from renda.registers.registry import register

ACCESS = Access("outreach")
AREA = ("区划", "乡镇（街道）", "所在乡镇", "乡镇")
MEDIA_WORDS = {
    "中央": "national",
    "全国": "national",
    "国家": "national",
    "省": "province",
    "市": "prefecture",
    "县": "county",
    "区级": "county",
}
UNITS = ("主办单位", "举办单位", "牵头单位", "单位")


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (_training(), _lectures(), _publicity(), _outputs(), _media(), _articles(), _album()):
        register(one)


def _taking_part() -> tuple:
    return (
        People(
            field="people",
            name="参加代表",
            rest=PeopleClass.DEPUTY,
            synonyms=("参加人员", "参训代表", "参训人员", "人员名单", "代表人次"),
        ),
        HeadCountOf(
            field="staff",
            name="机关干部人数",
            people_class=PeopleClass.STAFF,
            synonyms=("干部人数", "机关干部", "工作人员数"),
            listed=False,
        ),
        HeadCountOf(
            field="citizens",
            name="群众人数",
            people_class=PeopleClass.CITIZEN,
            synonyms=("参加群众", "受教育群众", "群众"),
            listed=False,
        ),
    )


def _when_and_where(*, precise: str = "precision") -> tuple:
    return (
        Day(field="starts_on", precision=precise, synonyms=("日期", "时间", "活动时间", "培训时间", "举办日期", "开班日期")),
        Day(field="ends_on", synonyms=("结束时间", "结业日期"), listed=False),
        Text(field="place", synonyms=("活动地点", "举办地点", "培训地点")),
        Ref(field="organiser", to="directory.organs", synonyms=UNITS, listed=False),
        Text(field="topic", synonyms=("内容", "培训内容", "专题")),
        Text(field="summary", long=True, synonyms=("小结", "活动情况"), listed=False),
        DivisionRef(synonyms=AREA, filtered=True, listed=False),
    )


def _training() -> Register:
    return Register(
        code="outreach.training",
        name="代表培训",
        words=("培训台账", "培训班", "代表培训班", "培训情况"),
        model=models.Training,
        fixed={"kind": ActivityKind.TRAINING},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="培训名称", synonyms=("培训班名称", "班次", "名称", "活动名称", "培训班")),
            *_when_and_where(),
            Choice(
                field="mode",
                synonyms=("方式", "线上线下"),
                words={"集中": "offline", "现场": "offline", "网络": "online", "视频": "online"},
                filtered=True,
            ),
            Text(field="audience", synonyms=("对象", "参训对象")),
            Whole(field="serial", synonyms=("期数", "第几期"), listed=False),
            Number(field="days", unit="天", synonyms=("培训天数", "学习天数"), listed=False),
            *_taking_part(),
        ],
        access=Access("outreach", people=("participations__person",)),
        about="对代表和机关干部的培训",
    )


def _lectures() -> Register:
    return Register(
        code="outreach.lectures",
        name="专题讲座",
        words=("讲座", "讲座台账", "专题讲座台账"),
        model=models.Lecture,
        fixed={"kind": ActivityKind.LECTURE},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="讲座题目", synonyms=("讲座名称", "题目", "名称", "活动名称")),
            *_when_and_where(),
            *_taking_part(),
        ],
        access=Access("outreach", people=("participations__person",)),
        about="法治讲座、专家讲座等",
    )


def _publicity() -> Register:
    place_words = {
        "进社区": "community",
        "进乡镇": "township",
        "进企业": "enterprise",
        "进学校": "school",
        "进机关": "organ",
        "进军营": "military",
        "农村": "village",
        "村": "village",
        "集市": "square",
        "广场": "square",
    }
    occasion_words = {
        "宪法": "constitution",
        "普法": "law",
        "法治宣传": "law",
        "送法": "law",
        "选举": "election",
        "人大制度": "congress",
    }
    return Register(
        code="outreach.publicity",
        name="法治宣传",
        words=("宣传活动", "普法宣传", "送法活动", "宣传台账"),
        model=models.Publicity,
        fixed={"kind": ActivityKind.PUBLICITY},
        key=("title", "starts_on"),
        label="title",
        date="starts_on",
        columns=[
            Text(field="title", name="宣传活动名称", synonyms=("宣传活动", "名称", "活动名称", "宣传名称")),
            Choice(field="place_class", synonyms=("场所", "送法进", "宣传场所"), words=place_words, filtered=True),
            Choice(field="occasion", synonyms=("宣传主题", "宣传类别"), words=occasion_words, filtered=True),
            *_when_and_where(),
            *_taking_part(),
        ],
        access=ACCESS,
        about="宪法宣传、送法进社区进乡镇进企业等活动",
    )


def _outputs() -> Register:
    return Register(
        code="outreach.publicity_outputs",
        name="宣传成果",
        words=("宣传品发放", "宣传数量"),
        model=models.PublicityOutput,
        key=("publicity", "name"),
        label="name",
        date="publicity__starts_on",
        parent="publicity",
        columns=[
            Ref(field="publicity", to="outreach.publicity", synonyms=("宣传活动名称", "所属活动")),
            Text(field="name", synonyms=("名称", "宣传品", "项目")),
            Whole(field="quantity", synonyms=("份数", "发放数量")),
            Text(field="unit", synonyms=("单位", "量词")),
            DivisionRef(synonyms=AREA, listed=False),
        ],
        access=ACCESS,
        about="宣传点、宣传车、标语、材料等，按名称和数量登记",
    )


def _media() -> Register:
    medium_words = {
        "报纸": "paper",
        "期刊": "paper",
        "网络": "web",
        "微信公众号": "social",
        "公众号": "social",
        "客户端": "social",
        "电视": "broadcast",
    }
    return Register(
        code="outreach.media",
        name="媒体报道",
        words=("宣传稿件", "新闻稿件", "媒体刊发", "稿件台账"),
        model=models.MediaReport,
        key=("title", "media"),
        label="title",
        date="published_on",
        columns=[
            Text(field="title", synonyms=("标题", "题目", "稿件名称")),
            Text(field="media", synonyms=("媒体", "媒体名称", "刊物")),
            Choice(field="level", synonyms=("级别",), words=MEDIA_WORDS, filtered=True),
            Choice(field="medium", synonyms=("媒体种类", "类型"), words=medium_words, filtered=True),
            Day(field="published_on", synonyms=("发表日期", "发布日期", "刊发时间", "日期")),
            Text(field="topic", synonyms=("内容", "主题")),
            DivisionRef(synonyms=AREA, listed=False),
        ],
        access=ACCESS,
        about="各级媒体刊发的人大工作稿件",
    )


def _articles() -> Register:
    words = {"调研文章": "survey", "调研成果": "survey", "论文": "theory", "理论研究": "theory", "案例": "case"}
    return Register(
        code="outreach.articles",
        name="调研成果",
        words=("调研报告", "理论文章", "研究成果"),
        model=models.Article,
        key=("title",),
        label="title",
        date="finished_on",
        columns=[
            Text(field="title", synonyms=("标题", "题目", "文章标题", "报告名称")),
            Choice(field="kind", synonyms=("类别", "种类"), words=words, filtered=True),
            Text(field="author", synonyms=("作者", "执笔人", "完成单位")),
            Day(field="finished_on", synonyms=("日期", "完成时间", "发表日期")),
            Text(field="published_in", synonyms=("发表刊物", "报送单位", "采用单位")),
            Choice(
                field="level",
                synonyms=("级别",),
                words={"国家级": "nation", "省": "province", "市": "prefecture", "县": "county"},
                filtered=True,
            ),
            Text(field="award", synonyms=("获奖", "奖项")),
            Choice(field="award_level", words=MEDIA_WORDS, filtered=True, listed=False),
            DivisionRef(synonyms=AREA, listed=False),
        ],
        access=ACCESS,
        about="调研报告、理论文章和创新案例",
    )


def _album() -> Register:
    return Register(
        code="outreach.album",
        name="工作图册",
        words=("图册", "图片台账", "照片台账"),
        model=models.AlbumPicture,
        key=("title", "taken_on"),
        label="title",
        date="taken_on",
        columns=[
            Text(field="title", synonyms=("标题", "图片名称")),
            Day(field="taken_on", synonyms=("日期", "拍摄时间")),
            Text(field="chapter", synonyms=("篇章", "栏目"), filtered=True),
            Text(field="caption", synonyms=("说明", "图注")),
            Text(field="source", synonyms=("出处", "来源活动")),
            Text(field="photographer", synonyms=("作者", "摄影者"), listed=False),
            DivisionRef(synonyms=AREA, listed=False),
        ],
        access=ACCESS,
        about="选入年度工作图册的图片",
    )
