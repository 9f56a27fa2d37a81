"""What to look at before printing: open places, contradictions, records without a date, registers empty this year, townships missing.

Each finding leads to where it is mended. Only what this report counts is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.figures import evaluate
from renda.figures.evaluate import Question
from renda.figures.indicators import Indicator
from renda.figures.periods import year as year_period
from renda.ledgers import flow
from renda.ledgers.models import Import
from renda.ledgers.models import State as ImportState
from renda.registers import registry as registers
from renda.registers.register import Register
from renda.reports.binding.asking import Asker
from renda.reports.draft.model import Draft, Entry
from renda.reports.models import Report
from renda.reports.services import behind
from renda.reports.services.behind import Source
from renda.reports.services.places import KINDS, OPEN, Spot
from renda.ui import addresses

LATE, SOON, RUN = "late", "soon", "run"
EXAMPLES = 8
BEGINNINGS = ("opened_on", "held_on", "starts_on", "since")
"""Dates that every record should have; a day of closing or answering may be missing because it has not come."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at: how grave (late stands in the way of issuing), what, and where it is mended."""

    tone: str
    text: str
    url: str
    action: str
    kind: str


def findings(report: Report, draft: Draft, spots: Sequence[Spot], *, actor: Actor) -> list[Finding]:
    """All findings, the gravest first."""
    asker = Asker(report.division, actor)
    used: dict[tuple[object, ...], Source] = {}
    for entry in draft.entries:
        if entry.binding:
            used |= {source.key: source for source in behind.sources(entry.binding, report.year, asker)}
    plain = list(used.values())
    found = [
        *_open(report, spots), *_contradictions(report, draft), *_undated(plain, report, actor), *_empty(plain, report, actor),
        *_townships(plain, report, actor), *_returns(report, actor), *_pending_imports(actor), *_unsettled(report, spots),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (LATE, SOON, RUN).index(one.tone))


def _at(report: Report, spot: Spot) -> str:
    return reverse("report", args=[report.pk]) + f"?at={spot.key}"


def _open(report: Report, spots: Sequence[Spot]) -> Iterator[Finding]:
    """Places that would be printed with 〔待核〕."""
    for spot in spots:
        if spot.marked:
            why = (spot.entry.why if spot.entry else spot.comment.split("\n")[0]) or _("待核")
            said = {"old": spot.old or spot.new, "why": why.rstrip("。")}
            yield Finding(LATE, _("“%(old)s”：%(why)s。") % said, _at(report, spot), _("去核定"), _(KINDS[spot.kind]))


def _unsettled(report: Report, spots: Sequence[Spot]) -> Iterator[Finding]:
    left = [spot for spot in spots if not spot.settled and spot.tone != OPEN]
    if left:
        text = ngettext("有 %(n)d 处已填写，还没有人核定。", "有 %(n)d 处已填写，还没有人核定。", len(left)) % {"n": len(left)}
        yield Finding(SOON, text, _at(report, left[0]), _("去核定"), _("未核定"))


def _contradictions(report: Report, draft: Draft) -> Iterator[Finding]:
    """A part larger than its whole; a rate above a hundred."""
    filled = [e for e in draft.entries if e.binding and e.value is not None]
    wholes: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in filled:
        wholes[_same_question(entry)].append(entry)
    seen = set()
    for entry in filled:
        if _is_rate(entry) and not 0 <= (entry.value or 0) <= 100:
            said = {"old": entry.new, "value": entry.value}
            yield _contradiction(report, entry, _("“%(old)s”是比率，算得 %(value)s，不在 0 到 100 之间。") % said)
        for whole in wholes[_same_question(entry)]:
            if whole is entry or not _is_part(entry, whole) or (entry.value or 0) <= (whole.value or 0):
                continue
            said = {"part": entry.new, "a": entry.counts, "whole": whole.new, "b": whole.counts}
            text = _("部分大于整体：“%(part)s”（%(a)s）多于“%(whole)s”（%(b)s）。") % said
            if text not in seen:
                seen.add(text)
                yield _contradiction(report, entry, text)


def _contradiction(report: Report, entry: Entry, text: str) -> Finding:
    url = reverse("report", args=[report.pk]) + f"?at={entry.start}-{entry.end}-0"
    return Finding(LATE, text, url, _("去核定"), _("前后矛盾"))


def _same_question(entry: Entry) -> tuple[object, ...]:
    assert entry.binding is not None
    return (entry.binding.indicator, entry.binding.form, entry.period)


def _is_part(entry: Entry, whole: Entry) -> bool:
    assert entry.binding is not None
    assert whole.binding is not None
    if entry.binding.form != "value" or _is_rate(entry):
        return False
    return len(entry.binding.where) > len(whole.binding.where) and whole.binding.where.items() <= entry.binding.where.items()


def _is_rate(entry: Entry) -> bool:
    return entry.unit in ("%", "％") and entry.binding is not None and entry.binding.form != "change" and entry.kind != "change"


def _register(source: Source) -> Register | None:
    try:
        return registers.get(source.indicator.register) if source.indicator.register else None
    except KeyError:
        return None


def _by_register(sources: Sequence[Source], actor: Actor) -> dict[str, tuple[Register, list[Indicator]]]:
    found: dict[str, tuple[Register, list[Indicator]]] = {}
    for source in sources:
        register = _register(source)
        if register is None or not gate.may(actor, roles.VIEW, register.model):
            continue
        kept = found.setdefault(register.code, (register, []))[1]
        if source.indicator not in kept:
            kept.append(source.indicator)
    return found


def _undated(sources: Sequence[Source], report: Report, actor: Actor) -> Iterator[Finding]:
    """Records that enter no period, because the date that would place them is missing."""
    for register, indicators in _by_register(sources, actor).values():
        told = set()
        for indicator in indicators:
            if indicator.date not in BEGINNINGS or indicator.date in told:
                continue
            told.add(indicator.date)
            rows = evaluate.within(indicator, report.division).filter(**{f"{indicator.date}__isnull": True})
            pks = list(gate.visible_to(actor, rows).order_by("pk").values_list("pk", flat=True).distinct()[: EXAMPLES + 1])
            if not pks:
                continue
            n = rows.order_by().values("pk").distinct().count()
            said = {"n": n, "register": _(register.name), "figure": _(indicator.name)}
            text = ngettext(
                "“%(register)s”有 %(n)d 条没有日期，哪一年都没有计入“%(figure)s”。",
                "“%(register)s”有 %(n)d 条没有日期，哪一年都没有计入“%(figure)s”。", n,
            ) % said  # fmt: skip
            url = addresses.of_record(register, pks[0]) if n == 1 else addresses.of_list(register)
            yield Finding(SOON, text, url, _("去补日期"), _("缺日期"))


def _empty(sources: Sequence[Source], report: Report, actor: Actor) -> Iterator[Finding]:
    """Registers with nothing in the report's year."""
    for register, indicators in _by_register(sources, actor).values():
        plain = [one for one in indicators if not one.stock]
        if not plain or any(_population(one, report.year, report.division).exists() for one in plain):
            continue
        before = max(_population(one, report.year - 1, report.division).values("pk").distinct().count() for one in plain)
        said = {"register": _(register.name), "year": report.year, "before": before}
        text = (
            _("“%(register)s”%(year)d年没有记录，上年同口径有 %(before)d 条。是没有发生，还是没有登记？") % said
            if before
            else _("“%(register)s”%(year)d年没有记录，文中却要数它。请登记或导入台账。") % said
        )
        yield Finding(SOON, text, addresses.of_list(register, f"year={report.year}"), _("去登记"), _("没有记录"))


def _population(indicator: Indicator, year: int, division: Division) -> QuerySet:
    return evaluate.population(indicator, Question(year_period(year), division)).order_by()


def _townships(sources: Sequence[Source], report: Report, actor: Actor) -> Iterator[Finding]:
    """Townships that had records of a register last year and have none this year."""
    below = {d.pk: d.name for d in Division.objects.filter(parent=report.division, valid_to__isnull=True).order_by("path")}
    if not below:
        return
    for register, indicators in _by_register(sources, actor).values():
        plain = [one for one in indicators if one.date and not one.stock and one.division == "division"]
        if not plain:
            continue
        now, before = (_reporting(plain[0], year, report.division, set(below)) for year in (report.year, report.year - 1))
        missing = [name for pk, name in below.items() if pk in before and pk not in now]
        if missing and now:
            said = {"register": _(register.name), "year": report.year, "names": "、".join(missing[:EXAMPLES]), "n": len(missing)}
            text = ngettext(
                "“%(register)s”%(year)d年有 %(n)d 个乡镇没有记录，上年有：%(names)s。",
                "“%(register)s”%(year)d年有 %(n)d 个乡镇没有记录，上年有：%(names)s。", len(missing),
            ) % said  # fmt: skip
            yield Finding(SOON, text, addresses.of_list(register, f"year={report.year}"), _("查看台账"), _("乡镇未报"))


def _reporting(indicator: Indicator, year: int, division: Division, among: set[int]) -> set[int]:
    return set(_population(indicator, year, division).values_list("division_id", flat=True).distinct()) & among


def _returns(report: Report, actor: Actor) -> Iterator[Finding]:
    """Townships whose yearly return has not come."""
    from renda.planning.models import TownshipReturn

    below = Division.objects.filter(parent=report.division, level="township", valid_to__isnull=True)
    there = TownshipReturn.objects.filter(voided_at__isnull=True, year=report.year).values("division_id")
    missing = list(below.filter(~Q(pk__in=there)).order_by("path").values_list("name", flat=True))
    register = next((one for one in registers.all_registers() if one.model is TownshipReturn), None)
    if missing and register and gate.may(actor, roles.VIEW, TownshipReturn):
        said = {"n": len(missing), "year": report.year, "names": "、".join(missing[:EXAMPLES])}
        text = ngettext(
            "%(year)d年还有 %(n)d 个乡镇没有报送年度填报：%(names)s。",
            "%(year)d年还有 %(n)d 个乡镇没有报送年度填报：%(names)s。",
            len(missing),
        )
        yield Finding(RUN, text % said, addresses.of_list(register, f"year={report.year}"), _("查看填报"), _("乡镇未报"))


def _pending_imports(actor: Actor) -> Iterator[Finding]:
    """Imports that wait for a clerk: their rows are not counted yet."""
    waiting: list[Import] = [one for one in flow.visible(actor) if one.state == ImportState.CHECKED]
    if waiting:
        text = ngettext(
            "有 %(n)d 次台账导入还没有确认，其中的行没有计入。", "有 %(n)d 次台账导入还没有确认，其中的行没有计入。", len(waiting)
        ) % {"n": len(waiting)}
        yield Finding(SOON, text, reverse("ledgers-import", args=[waiting[0].pk]), _("去确认"), _("待导入"))
