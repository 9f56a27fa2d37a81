"""What the projects room can count. Livelihood projects are placed by the year whose programme they belong to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import DateField, F, Func, QuerySet

from renda.figures import AverageDays, Breakdown, ChangeOf, Difference, Indicator, Ratio, Sum, SumOf, at_milestone, register
from renda.projects import models

FIELD = Breakdown("field", "民生领域", "field", labels=models.Field)
TIER = Breakdown("tier", "级次", "tier", labels=models.Tier)
COMPLETION = Breakdown("completion", "完成等次", "completion", labels=models.Completion)
UNIT = Breakdown("unit", "责任单位", "unit__name")
YEAR = Breakdown("year", "年度", "year")
AREA = Breakdown("division", "乡镇", "division__name")
CHANNEL = Breakdown("channel", "征集渠道", "channel", labels=models.Channel)
PROJECT = Breakdown("project", "项目", "project__title")


def declare() -> None:
    """Register the indicators."""
    for group in (_livelihood(), _money(), _votes(), _micro()):
        for one in group:
            register(one)


def _figure(code: str, name: str, units: tuple[str, ...], reference: str | None, about: str, **more: Any) -> Indicator:
    more.setdefault("kind", "count")
    return Indicator(code=f"projects.{code}", name=name, units=units, reference=reference, about=about, **more)


def candidates() -> QuerySet:
    """Livelihood projects, ``placed`` in their own year: they become candidates, and often are voted on, before it begins."""
    placed = Func(F("year"), 1, 1, function="make_date", output_field=DateField())
    return models.LivelihoodProject.objects.alive().alias(placed=placed)


def chosen() -> QuerySet:
    """Livelihood projects that the vote chose."""
    return candidates().filter(chosen=True)


def chosen_in(*states: str) -> Callable[[], QuerySet]:
    """Chosen projects that got this far."""
    return lambda: chosen().filter(completion__in=states)


LIVELIHOOD: dict[str, Any] = {
    "date": "placed", "breakdowns": (TIER, FIELD, COMPLETION, UNIT, YEAR), "evidence": ("title", "year", "tier", "completion"),
    "register": "projects.livelihood",
}  # fmt: skip


def _livelihood() -> list[Indicator]:
    proposals: dict[str, Any] = {
        "population": models.ProjectProposal.objects.alive, "date": "proposed_on", "count": Sum("count"),
        "evidence": ("title", "channel", "proposed_on", "count"), "register": "projects.proposals",
    }  # fmt: skip
    return [
        _figure("proposals", "民生实事征集建议数", ("条", "个", "件"), "I108", "征集到的建议条数", breakdowns=(FIELD, CHANNEL, AREA),
                aliases=("征集建议", "征集民生实事"), **proposals),
        _figure("candidates", "民生实事候选项目数", ("个", "项", "件"), "I109", "列为候选的项目", population=candidates,
                aliases=("候选项目", "民生实事候选项目"), **LIVELIHOOD),
        _figure("chosen", "票决产生民生实事项目数", ("个", "项", "件"), "I109", "票决产生的项目", population=chosen,
                aliases=("票决产生", "票决民生实事", "票决项目"), **LIVELIHOOD),
        _figure("surplus", "民生实事票决差额数", ("个",), "I109", "候选项目数减票决产生数", count=Difference("projects.candidates", "projects.chosen")),
        _figure("projects", "民生实事项目数", ("个", "项", "件", "类"), "I111", "票决产生的项目，按大类、项目、子项目分计", population=chosen,
                aliases=("民生实事项目", "民生实事"), **LIVELIHOOD),
        _figure("finished", "民生实事完成项目数", ("个", "项", "件"), "I113", "完成和基本完成的票决项目", population=chosen_in("done", "mostly"),
                aliases=("完成民生实事",), **LIVELIHOOD),
        _figure("finish_rate", "民生实事项目完成率", ("%",), "I113", "完成和基本完成的项目÷票决产生的项目", kind="ratio",
                count=Ratio("projects.finished", "projects.projects")),
    ]  # fmt: skip


def _money() -> list[Indicator]:
    def of(code: str, name: str, field: str, about: str) -> Indicator:
        return _figure(
            code, name, ("万元", "亿元", "元"), "I112", about, kind="money", count=Sum(field), population=chosen, **LIVELIHOOD
        )

    return [
        of("planned_total", "民生实事总投资", "planned_total", "票决产生项目的总投资之和"),
        of("planned_year", "民生实事年度计划投资", "planned_year", "票决产生项目的年度计划投资之和"),
        of("spent", "民生实事完成投资", "spent", "票决产生项目的完成投资之和"),
        of("received", "民生实事到位资金", "received", "票决产生项目的到位资金之和"),
        _figure("investment_rate", "民生实事投资完成率", ("%",), "I113", "完成投资÷年度计划投资，可以超过100%", kind="ratio",
                count=Ratio("projects.spent", "projects.planned_year")),
    ]  # fmt: skip


def _votes() -> list[Indicator]:
    votes: dict[str, Any] = {
        "population": models.ProjectVote.objects.alive, "date": "voted_on", "breakdowns": (PROJECT,),
        "evidence": (("project__title", "项目"), "voted_on", "issued", "returned", "votes"), "register": "projects.votes",
    }  # fmt: skip
    grades = Breakdown("grade", "等次", "grade", labels=models.Grade)
    tested: dict[str, Any] = {
        "population": models.ProjectEvaluation.objects.alive, "date": "evaluated_on", "breakdowns": (PROJECT, grades),
        "evidence": (("project__title", "项目"), "evaluated_on", "satisfied", "basically", "unsatisfied"), "register": "projects.evaluations",
    }  # fmt: skip
    names = {"satisfied": "满意票数", "basically": "基本满意票数", "unsatisfied": "不满意票数", "abstained": "弃权票数"}
    return [
        _figure("votes_issued", "民生实事票决发出票数", ("张", "票"), "I110", "各项目票决发出票数", count=Sum("issued"), **votes),
        _figure("votes_returned", "民生实事票决收回票数", ("张", "票"), "I110", "各项目票决收回票数", count=Sum("returned"), **votes),
        _figure("votes", "民生实事票决得票数", ("票",), "I110", "各项目得票数", count=Sum("votes"), **votes),
        _figure("vote_share", "民生实事票决得票率", ("%",), "I110", "得票数÷收回票数", kind="ratio",
                count=Ratio("projects.votes", "projects.votes_returned")),
        _figure("voting_deputies", "民生实事票决投票代表人次", ("人次", "名"), "I110", "各项目投票代表数之和；按项目分解即每项的投票代表数",
                kind="person_times", count=Sum("deputies"), **votes),
        *(_figure(f"evaluated_{code}", f"民生实事测评{name}", ("票",), "I114", f"各项目测评的{name}", count=Sum(code), **tested)
          for code, name in names.items()),
        _figure("evaluated", "民生实事测评项目数", ("个", "项"), "I115", "测评过的项目，按等次分解；等次由票数按规则判定", **tested),
        _figure("evaluated_favourably", "民生实事测评满意和基本满意票数", ("票",), "I114", "满意票加基本满意票",
                count=SumOf("projects.evaluated_satisfied", "projects.evaluated_basically")),
        _figure("evaluation_votes", "民生实事测评有效票数", ("票",), "I114", "满意、基本满意、不满意和弃权票之和", count=SumOf(
                *(f"projects.evaluated_{code}" for code in names))),
        _figure("satisfaction", "民生实事总体满意率", ("%",), "I116", "（满意＋基本满意）÷全部测评票", kind="ratio", aliases=("民生实事满意率",),
                count=Ratio("projects.evaluated_favourably", "projects.evaluation_votes")),
        _figure("satisfaction_change", "民生实事总体满意率变化", ("个百分点",), "I116", "总体满意率比上年同期的百分点之差", kind="change",
                count=ChangeOf("projects.satisfaction")),
    ]  # fmt: skip


def reached(code: str) -> Callable[[], QuerySet]:
    """Micro-projects that reached a milestone, dated by it."""
    return lambda: at_milestone(models.MicroProject.objects.alive(), code)


def _micro() -> list[Indicator]:
    micro: dict[str, Any] = {
        "date": "at__on", "breakdowns": (AREA, FIELD, CHANNEL, Breakdown("county_level", "县级项目", "county_level")),
        "evidence": ("title", ("division__name", "乡镇"), ("at__on", "日期")), "register": "projects.micro",
    }  # fmt: skip
    outputs: dict[str, Any] = {
        "population": models.ProjectOutput.objects.alive, "date": "finished_on",
        "breakdowns": (Breakdown("name", "成果名称", "name"), Breakdown("unit", "计量单位", "unit"), PROJECT, AREA),
        "evidence": (("project__title", "项目"), "name", "quantity", "unit", "finished_on"), "register": "projects.outputs",
    }  # fmt: skip
    return [
        _figure("micro_collected", "微实事征集项目数", ("个", "项", "件"), "I105", "期间内征集的项目", population=reached("collected"),
                aliases=("微实事征集", "征集微实事"), **micro),
        _figure("micro_chosen", "微实事确定项目数", ("个", "项", "件"), "I105", "期间内确定的项目", population=reached("chosen"),
                aliases=("确定微实事",), **micro),
        _figure("micro_started", "微实事实施项目数", ("个", "项", "件"), "I105", "期间内启动实施的项目", population=reached("started"),
                aliases=("民生微实事项目", "启动民生微实事", "实施民生微实事", "启动并实施"), **micro),
        _figure("micro_finished", "微实事完成项目数", ("个", "项", "件"), "I105", "期间内完成的项目", population=reached("finished"),
                aliases=("完成微实事",), **micro),
        _figure("micro_money", "微实事资金", ("万元", "元"), "I106", "期间内拨付的资金之和", kind="money", count=Sum("amount"),
                population=models.ProjectMoney.objects.alive, date="paid_on", aliases=("投入资金", "微实事投入资金", "累计投入资金"),
                breakdowns=(Breakdown("source", "来源", "source", labels=models.MoneySource), AREA, PROJECT),
                evidence=(("project__title", "项目"), "paid_on", "amount", "source"), register="projects.money"),
        _figure("micro_days", "微实事平均办理天数", ("天",), "I107", "从征集到完成的平均天数，按完成日期计入期间", kind="duration",
                count=AverageDays("opened_on", "closed_on"), population=reached("finished"), **micro),
        _figure("micro_outputs", "微实事成果数量", ("个", "块", "栋", "处", "套"), None, "按成果名称分解的数量，如便民广告粘贴栏的块数", kind="output",
                count=Sum("quantity"), aliases=("发放防疫宣传品", "便民广告粘贴栏", "楼体标识", "喷涂楼号"), **outputs),
    ]  # fmt: skip
