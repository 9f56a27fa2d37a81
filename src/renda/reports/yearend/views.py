"""The page from which the year-end papers are reached."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.outreach.models import AlbumPicture
from renda.planning.models import PlanItem


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What there is for this hat: the album, the plan, the term."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.FIGURES)
    cards = [
        (
            reverse("term-statistics"),
            "bar-chart-line",
            _("届次统计"),
            _("一届以来各年的数据和全届合计，可下载 Excel 和 Word 表格。"),
        ),
    ]
    if gate.may(actor, roles.EXPORT, AlbumPicture):
        cards.insert(
            0, (reverse("album"), "images", _("工作图册"), _("从全年活动和项目的照片中挑选，配上说明，生成 Word 和 PDF 图册。"))
        )
    if gate.may(actor, roles.VIEW, PlanItem):
        cards.insert(
            -1,
            (
                reverse("plan-outcome"),
                "list-check",
                _("计划落实"),
                _("上年报告里的工作安排件件有着落：事项、责任单位、完成情况和依据。"),
            ),
        )
        if gate.may(actor, roles.CREATE, PlanItem):
            cards.insert(
                1,
                (
                    reverse("plan-pick"),
                    "clipboard-check",
                    _("报告转计划"),
                    _("把报告中下一年的工作安排逐条转为年度计划，明确责任单位和时限。"),
                ),
            )
    return render(request, "yearend/index.html", {"cards": cards, "crumbs": [(_("首页"), "/"), (_("年终材料"), "")]})
