"""What the outreach room can count."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from renda.activities.models import ActivityKind, HeadCount, Participation, PeopleClass
from renda.directory.models.divisions import Level
from renda.figures import Breakdown, Distinct, Indicator, Rows, Sum, SumOf, register
from renda.outreach import models

MODE = Breakdown("mode", "线上线下", "mode", labels=models.Mode)
AREA = Breakdown("division", "乡镇", "division__name")
CLASS = Breakdown("people_class", "人员类别", "people_class", labels=PeopleClass)
OF_ACTIVITY = Breakdown("activity", "培训", "activity__title")
DEPUTY_LEVEL = Breakdown("level", "代表层级", "person__mandates__level", labels=Level)


def declare() -> None:
    """Register the indicators."""
    for group in (_training(), _publicity(), _writing()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"outreach.{code}", name=name, units=units, reference=reference, about=about, **more)


def present_in_training() -> QuerySet:
    """Named people who took part in training."""
    rows = Participation.objects.filter(activity__kind=ActivityKind.TRAINING, activity__voided_at__isnull=True)
    return rows.filter(attendance="present")


def unnamed_in_training() -> QuerySet:
    """Head counts of training."""
    return HeadCount.objects.filter(activity__kind=ActivityKind.TRAINING, activity__voided_at__isnull=True)


def lectures() -> QuerySet:
    """Lectures that were held."""
    return models.Lecture.objects.alive().filter(kind=ActivityKind.LECTURE)


def _training() -> list[Indicator]:
    heads = {"date": "activity__starts_on", "division": "activity__division"}
    evidence = (("activity__title", "培训"), ("activity__starts_on", "日期"))
    classes = {
        "population": models.Training.objects.alive,
        "date": "starts_on",
        "breakdowns": (MODE, Breakdown("audience", "培训对象", "audience"), AREA),
        "evidence": ("title", "starts_on", "audience"),
        "register": "outreach.training",
    }
    return [
        _figure(
            "classes",
            "代表培训班次",
            ("期", "班次", "次", "场"),
            "I083",
            "期间内举办的培训班",
            aliases=("代表培训班", "举办培训班", "培训班"),
            **classes,
        ),
        _figure(
            "lectures",
            "讲座场次",
            ("场", "次", "场次"),
            "I082",
            "期间内举办的专题讲座",
            population=lectures,
            date="starts_on",
            breakdowns=(AREA,),
            evidence=("title", "starts_on", "place"),
            register="outreach.lectures",
            aliases=("专题讲座", "专家讲座"),
        ),
        _figure(
            "trained_named",
            "列名参训人次",
            ("人次",),
            None,
            "名单上参加培训的人次",
            kind="person_times",
            population=present_in_training,
            count=Rows(),
            breakdowns=(DEPUTY_LEVEL, OF_ACTIVITY),
            evidence=(*evidence, ("person__name", "姓名")),
            **heads,
        ),
        _figure(
            "trained_unnamed",
            "未列名参训人次",
            ("人次",),
            None,
            "只登记人数的参训人次",
            kind="person_times",
            population=unnamed_in_training,
            count=Sum("count"),
            breakdowns=(CLASS, OF_ACTIVITY),
            evidence=(*evidence, ("people_class", "人员类别"), ("count", "人数")),
            **heads,
        ),
        _figure(
            "trained_times",
            "代表培训人次",
            ("人次", "余人次", "人"),
            "I084",
            "参加培训的人次：列名的和只登记人数的合计，一人两次计两次",
            kind="person_times",
            count=SumOf("outreach.trained_named", "outreach.trained_unnamed"),
            breakdowns=(OF_ACTIVITY,),
            aliases=("培训.人次", "培训代表", "参加培训", "代表培训"),
        ),
        _figure(
            "trained_persons",
            "代表培训人数",
            ("人", "名"),
            "I084",
            "参加培训的不同人数，只能统计列名的",
            kind="persons",
            population=present_in_training,
            count=Distinct("person"),
            breakdowns=(DEPUTY_LEVEL,),
            evidence=(*evidence, ("person__name", "姓名")),
            aliases=("培训.人数", "参训人数"),
            **heads,
        ),
    ]


def _publicity() -> list[Indicator]:
    place = Breakdown("place", "场所类别", "place_class", labels=models.PlaceClass)
    occasion = Breakdown("occasion", "宣传内容", "occasion", labels=models.Occasion)
    outputs = {
        "population": models.PublicityOutput.objects.alive,
        "date": "publicity__starts_on",
        "count": Sum("quantity"),
        "kind": "output",
        "evidence": (("publicity__title", "活动"), "name", "quantity", "unit"),
        "register": "outreach.publicity_outputs",
    }
    name, unit = Breakdown("name", "成果名称", "name"), Breakdown("unit", "计量单位", "unit")
    return [
        _figure(
            "publicity",
            "法治宣传活动场次",
            ("场", "次", "场次"),
            None,
            "期间内开展的宣传活动，可按送法进社区、进乡镇、进企业分解",
            population=models.Publicity.objects.alive,
            date="starts_on",
            breakdowns=(place, occasion, AREA),
            evidence=("title", "starts_on", "place_class"),
            register="outreach.publicity",
            aliases=("法治宣传", "宪法宣传", "普法宣传", "送法"),
        ),
        _figure(
            "publicity_outputs",
            "宣传品数量",
            ("份", "条", "个"),
            None,
            "宣传活动发放、悬挂、设置的数量，按名称分解",
            breakdowns=(name, unit),
            aliases=("发放宣传材料", "宣传材料"),
            **outputs,
        ),
        _figure(
            "election_publicity",
            "选举宣传数量",
            ("份", "条", "个", "车次"),
            "I133",
            "选举宣传的宣传点、车次、标语和材料，按名称分解",
            **{**outputs, "population": election_outputs},
            breakdowns=(name, unit),
            aliases=("选举宣传",),
        ),
    ]


def election_outputs() -> QuerySet:
    """Outputs of publicity on elections."""
    return models.PublicityOutput.objects.alive().filter(publicity__occasion=models.Occasion.ELECTION)


def _writing() -> list[Indicator]:
    level = Breakdown("level", "媒体级别", "level", labels=models.MediaLevel)
    medium = Breakdown("medium", "媒体类型", "medium", labels=models.Medium)
    award = Breakdown("award_level", "获奖级别", "award_level", labels=models.MediaLevel)
    kind = Breakdown("kind", "成果类别", "kind", labels=models.ArticleKind)
    articles = {
        "population": models.Article.objects.alive,
        "date": "finished_on",
        "evidence": ("title", "kind", "finished_on", "award"),
        "register": "outreach.articles",
    }
    return [
        _figure(
            "media_reports",
            "媒体稿件篇数",
            ("篇", "条", "件"),
            "I140",
            "各级媒体刊发的稿件",
            population=models.MediaReport.objects.alive,
            date="published_on",
            breakdowns=(level, medium, Breakdown("media", "媒体", "media")),
            evidence=("title", "media", "published_on"),
            register="outreach.media",
            aliases=("刊发稿件", "媒体报道", "发表稿件", "宣传稿件"),
        ),
        _figure(
            "media",
            "刊发媒体数",
            ("家",),
            "I140",
            "刊发过稿件的不同媒体",
            population=models.MediaReport.objects.alive,
            date="published_on",
            count=Distinct("media"),
            breakdowns=(level, medium),
            evidence=("title", "media", "published_on"),
            register="outreach.media",
        ),
        _figure(
            "cases_awarded",
            "创新案例获评数",
            ("个", "件", "项"),
            "I140",
            "入选或获奖的创新案例",
            breakdowns=(award,),
            aliases=("创新案例",),
            **{**articles, "population": lambda: models.Article.objects.alive().filter(kind="case").exclude(award="")},
        ),
        _figure(
            "articles",
            "调研报告和理论文章篇数",
            ("篇", "份"),
            "I141",
            "形成的调研报告、理论文章",
            aliases=("调研报告", "理论文章", "调研成果"),
            breakdowns=(kind, Breakdown("level", "采用级别", "level", labels=Level), award),
            **{**articles, "population": lambda: models.Article.objects.alive().exclude(kind="case")},
        ),
        _figure(
            "articles_awarded",
            "获奖调研成果篇数",
            ("篇",),
            "I141",
            "获奖的调研报告、理论文章",
            breakdowns=(kind, award),
            **{**articles, "population": lambda: models.Article.objects.alive().exclude(kind="case").exclude(award="")},
        ),
        _figure(
            "pictures",
            "图册图片数",
            ("张", "幅"),
            None,
            "选入年度工作图册的图片",
            population=models.AlbumPicture.objects.alive,
            date="taken_on",
            breakdowns=(Breakdown("chapter", "篇章", "chapter"),),
            evidence=("title", "taken_on", "caption"),
            register="outreach.album",
        ),
    ]
