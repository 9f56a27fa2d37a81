"""Indicators (指标): a short declaration each, evaluated in sets, in the database.

    register(Indicator(
        code="supervision.inspections",
        name="执法检查次数",
        aliases=("执法检查", "开展执法检查"),          # the words that reports use
        units=("次", "项"),
        reference="I007",
        kind="count",                                # count persons person_times money ratio change duration output rank stock
        population=lambda: EnforcementInspection.objects.alive(),
        date="starts_on",                            # what places a record in a period (a look-up to a date)
        count=Rows(),
        breakdowns=(Breakdown("form", "组织形式", "form", labels=Form),),
        evidence=("title", "starts_on", ("lead__name", "牵头单位")),   # look-ups shown as proof; never secret ones
        register="supervision.inspections",          # whose records these are (links to them); None for others
        about="期间内组织的执法检查活动数",
    ))

What is counted: ``Rows()``, ``Distinct("laws__name")``, ``Sum("amount")``, ``Average("score")``, ``AverageDays("opened_on", "closed_on")``.
A stock takes ``stock=("founded_on", "closed_on")`` in place of a date: those in being at the period's end.
Made of others (by code, whichever room declared them): ``SumOf("a", "b")``, ``Ratio("a", "b")`` in per cent, ``Quotient("a", "b")``,
``Difference("a", "b")``, ``ChangeOf("a")`` against the year before, ``RankOf("a", by="division")``.

A milestone as the date: ``population=lambda: at_milestone(Suggestion.objects.alive(), "replied")``, ``date="at__on"``.
Whether one was reached: ``reached(Petition.objects.alive(), "forwarded", "assigned")``.
"""

from renda.figures.indicators import Breakdown, Indicator
from renda.figures.measures import Average, AverageDays, ChangeOf, Difference, Distinct, Quotient, RankOf, Ratio, Rows, Sum, SumOf
from renda.figures.milestones import at_milestone, has_reached, reached, with_milestones
from renda.figures.registry import register

__all__ = [
    "Average", "AverageDays", "Breakdown", "ChangeOf", "Difference", "Distinct", "Indicator", "Quotient", "RankOf", "Ratio", "Rows", "Sum",
    "SumOf", "at_milestone", "has_reached", "reached", "register", "with_milestones",
]  # fmt: skip
