"""Pages: from a report's plan part to items of the yearly plan; what became of each."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.planning.models import PlanCategory, PlanItem
from renda.registers.services import Refused
from renda.reports.plan import annex, outcome, part, services, texts
from renda.reports.yearend.places import crumbs, division_of, year_of, years
from renda.ui.words import said

UNPROCESSABLE = 422


def _asked(request: HttpRequest, action: str) -> tuple[Actor, Division]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, action, PlanItem)
    division = division_of(actor)
    if division is None:
        raise Http404
    return actor, division


@require_http_methods(["GET", "POST"])
@never_cache
def pick(request: HttpRequest) -> HttpResponse:
    """Give a report (a file, a text, or one that is in work here); its plan part comes back sentence by sentence."""
    actor, division = _asked(request, roles.CREATE)
    context: dict[str, Any] = {
        "reports": texts.reports(actor), "crumbs": crumbs(_("报告转计划")), "fault": "", "division": division,
        "accept": ",".join(texts.SUFFIXES),
    }  # fmt: skip
    if request.method == "GET" and not request.GET.get("report"):
        return render(request, "yearend/plan_source.html", context)
    try:
        name, text, reported = texts.taken(request, actor)
        found = part.find(text, reported)
        if found is None:
            raise texts.NoPlanPart(
                _(
                    "没有找到下一年的工作安排：文中应有“××年工作安排”“下一步工作打算”这样的标题。请核对文件，或把安排部分连同标题粘贴过来。"
                )
            )
    except (texts.Unreadable, texts.NoPlanPart) as error:
        return render(request, "yearend/plan_source.html", {**context, "fault": str(error)}, status=UNPROCESSABLE)
    return render(request, "yearend/plan_pick.html", {**context, **_offered(text, found, name, actor, division)})


def _offered(text: str, found: part.Part, name: str, actor: Actor, division: Division) -> dict[str, Any]:
    organs = services.organs(division, actor)
    owners = services.owners(organs, division)
    held = set(PlanItem.objects.alive().filter(year=found.year, division=division).values_list("title", flat=True))
    rows: list[dict[str, Any]] = [
        {"number": number, "one": one, "owner": part.owner_of(one.title, owners), "held": one.title in held}
        for number, one in enumerate(part.items(text, found), 1)
    ]
    return {
        "source": name, "part": found, "rows": rows, "organs": organs, "categories": [(code, said(label)) for code, label in PlanCategory.choices],
        "likely": sum(row["one"].likely and not row["held"] for row in rows), "first": date(found.year, 1, 1), "last": date(found.year, 12, 31),
    }  # fmt: skip


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Enter the ticked items into the plan, all or none."""
    actor, division = _asked(request, roles.CREATE)
    year = year_of(request)
    try:
        wanted = [_wanted(request, number) for number in request.POST.getlist("pick")]
        entered = services.enter(wanted, year, division, actor=actor, source=request.POST.get("source", "")[:200])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return render(request, "yearend/plan_pick.html", _again(request, actor, division, year), status=UNPROCESSABLE)
    n = len(entered.ids)
    told = ngettext("已列入 %(year)d 年工作计划 %(n)d 项。", "已列入 %(year)d 年工作计划 %(n)d 项。", n) % {"n": n, "year": year}
    if entered.held:
        told += _("另有 %(n)d 项计划中已有，未重复列入。") % {"n": len(entered.held)}
    messages.success(request, told)
    return HttpResponseRedirect(f"{reverse('plan-outcome')}?year={year}")


def _wanted(request: HttpRequest, number: str) -> services.Wanted:
    form = request.POST
    title, owner, due = (form.get(f"{name}-{number}", "").strip() for name in ("title", "owner", "due"))
    try:
        day = date.fromisoformat(due)
    except ValueError:
        raise Refused(_("“%(title)s”的计划完成日期没有写对，请写成 2021-06-30 的样子。") % {"title": title[:60]}) from None
    return services.Wanted(title, form.get(f"category-{number}", "other"), int(owner) if owner.isdigit() else None, day)


def _again(request: HttpRequest, actor: Actor, division: Division, year: int) -> dict[str, Any]:
    """The page as the clerk left it."""
    form, rows = request.POST, []
    for key in form:
        if not key.startswith("title-"):
            continue
        number = key.removeprefix("title-")
        due = form.get(f"due-{number}", "")
        one = {
            "title": form[key], "category": form.get(f"category-{number}", ""), "section": form.get(f"section-{number}", ""),
            "likely": number in form.getlist("pick"), "due_text": due, "text": form[key], "dated": True,
        }  # fmt: skip
        owner = form.get(f"owner-{number}", "")
        rows.append({"number": number, "one": one, "owner": int(owner) if owner.isdigit() else None, "held": False})
    return {
        "source": form.get("source", ""), "part": {"year": year, "heading": form.get("heading", "")}, "rows": rows,
        "organs": services.organs(division, actor), "categories": [(code, said(label)) for code, label in PlanCategory.choices],
        "likely": len(form.getlist("pick")), "first": date(year, 1, 1), "last": date(year, 12, 31), "crumbs": crumbs(_("报告转计划")),
    }  # fmt: skip


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The plan of a year: item, owner, state, evidence."""
    actor, division = _asked(request, roles.VIEW)
    year = year_of(request)
    found = outcome.outcomes(year, division, actor=actor)
    tone = request.GET.get("state", "")
    shown = [one for one in found if tone not in ("done", "late", "run") or one.tone == tone]
    told = outcome.counts(found)
    tabs = [
        ("", _("全部"), told["all"]),
        ("done", _("已完成"), told["done"]),
        ("run", _("正在推进"), told["run"]),
        ("late", _("逾期"), told["late"]),
    ]
    planned = PlanItem.objects.alive().filter(division=division).values_list("year", flat=True).distinct()
    context = {
        "year": year, "years": years(year, *planned), "division": division, "rows": shown, "counts": told, "tabs": tabs, "tone": tone,
        "share": round(told["done"] * 100 / told["all"]) if told["all"] else None, "may_enter": gate.may(actor, roles.CREATE, PlanItem),
        "reports": [one for one in texts.reports(actor) if one.year == year and gate.may(actor, roles.EXPORT, one)], "crumbs": crumbs(_("计划落实")),
    }  # fmt: skip
    return render(request, "yearend/plan_outcome.html", context)


@require_GET
def annex_document(request: HttpRequest) -> FileResponse:
    """The table as a Word document."""
    actor, division = _asked(request, roles.EXPORT)
    year = year_of(request)
    with translation.override("zh-hans"):  # the paper is Chinese, whatever language its reader has chosen
        found = outcome.outcomes(year, division, actor=actor)
    if not found:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "annex.docx"
        annex.write_annex(found, year, division, target)
        content = target.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{annex.title_of(year, division)}.docx")
