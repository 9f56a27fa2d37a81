"""What clerks settle: a figure is accepted, bound otherwise, left open, or written by hand. One function, taking a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import roles
from renda.directory.gate import Actor
from renda.figures import combine, registry
from renda.journal.services import Line, change, record
from renda.reports import memory
from renda.reports.draft.model import Binding, Entry
from renda.reports.models import Choice, Decision, Report
from renda.reports.services import composing
from renda.reports.services.choosing import FORMS
from renda.reports.services.finding import Refused, locked
from renda.reports.services.storing import draft_from, plain_binding, plain_draft

LONGEST = 500
HEAD = ("mark", "number", "signatory")
"""Parts of the red head (GB/T 9704 7.2.4 to 7.2.6): the issuing organ's name, the document number, who signs."""


class Outrun(Refused):
    """Somebody else settled the same place in the meantime; nothing was written. The text says who, when and what."""


@dataclass(frozen=True)
class Settled:
    """A decision about one place. ``seen`` is the version of the decision that the clerk saw there (0: none yet)."""

    start: int
    end: int
    decision: str
    nth: int = 0
    seen: int = 0
    binding: Binding | None = None
    written: str = ""
    remember: bool = False

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it is: start, end, and which of several insertions."""
        return self.start, self.end, self.nth


def settle(pk: int, decisions: Sequence[Settled], *, actor: Actor) -> Report:
    """Settle places of a report in work, all or none. Raises Refused, Outrun, PermissionDenied."""
    with change():
        report = locked(pk, roles.EDIT, actor)
        for one in decisions:
            _check(one)
        known = {c.place: c for c in Choice.objects.select_for_update().filter(report=report).order_by("start", "end", "nth")}
        for one in decisions:
            _not_outrun(one, known.get(one.place))
        rows = [_row(report, one, known.get(one.place), actor) for one in decisions]
        Choice.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["report", "start", "end", "nth"],
            update_fields=["decision", "binding", "written", "old", "by", "at", "version"],
        )  # fmt: skip
        _touch(report, actor, keep=_as_drafted(report, decisions))
        said = [
            {"at": row.start, "old": row.old, "decision": row.decision, "binding": row.binding, "text": row.written}
            for row in rows
        ]
        record(Line(str(actor), "report.settled", "reports.report", report.pk, report.title, {"places": said}))
        memory.remember(report, {(d.start, d.end): d.binding for d in decisions if d.remember}, actor=actor)
    return report


def _as_drafted(report: Report, decisions: Sequence[Settled]) -> bool:
    """Whether the draft follows without being made again: what it says is accepted, or words outside its figures are settled."""
    if not report.draft:
        return False
    draft = draft_from(report.draft, report.source_text)
    entries = {(entry.start, entry.end): entry for entry in draft.entries}
    if not all(_follows(one, entries.get((one.start, one.end))) for one in decisions):
        return False
    written = [one for one in decisions if one.decision == Decision.WRITTEN]
    for choice in report.choices.filter(start__in=[one.start for one in written], decision=Decision.WRITTEN):
        composing.write(draft, choice)
    report.draft |= plain_draft(draft)
    return True


def _follows(one: Settled, entry: Entry | None) -> bool:
    if entry is None:
        return one.decision in (Decision.OPEN, Decision.WRITTEN) and (one.end == one.start or one.nth == 0)
    if one.decision == Decision.OPEN:
        return entry.status == "marked"
    return one.decision == Decision.ACCEPTED and entry.status == "filled" and entry.binding == one.binding


def _touch(report: Report, actor: Actor, *, keep: bool = False) -> None:
    report.version += 1
    report.changed_by, report.changed_at = str(actor), clock.now()
    if not keep:
        report.draft, report.drafted_after = None, -1
    report.save(update_fields=["version", "changed_by", "changed_at", "draft", "drafted_after"])


def _check(one: Settled) -> None:
    if one.decision not in Decision.values or not 0 <= one.start <= one.end:
        raise Refused(_("提交的内容不完整，没有保存。请刷新页面后再试。"))
    if one.decision in (Decision.ACCEPTED, Decision.CHANGED):
        if one.binding is None:
            raise Refused(_("这一处还没有对应的指标，不能采用。请先选定指标，或留待核实。"))
        check_binding(one.binding)
    if one.decision == Decision.WRITTEN and not one.written.strip():
        raise Refused(_("没有填写文字。请填写后再提交，或留待核实。"))
    if len(one.written) > LONGEST:
        raise Refused(_("填写的文字超过 %(n)d 字，请缩短。") % {"n": LONGEST})


def check_binding(binding: Binding) -> None:
    """Raise Refused where a binding names what the indicators do not have."""
    for one in (binding, *binding.alike):
        try:
            indicator = registry.get(one.indicator)
        except KeyError as unknown:
            raise Refused(_("指标目录里没有 %(code)s，没有保存。请重新选择指标。") % {"code": one.indicator}) from unknown
        known = {name for by in combine.dimensions(indicator) for name in (by.code, by.name)}
        if not set(one.where) <= known or one.form not in FORMS:
            raise Refused(_("“%(name)s”不能这样分解，没有保存。请重新选择。") % {"name": _(indicator.name)})


def _not_outrun(one: Settled, known: Choice | None) -> None:
    if one.seen == (known.version if known else 0):
        return
    if known is None:
        raise Outrun(_("这一处的情况有了变化，您的改动没有保存。请刷新页面，核对后再定。"))
    said: Mapping[str, Any] = {
        "who": known.by, "time": timezone.localtime(known.at).strftime("%H:%M"), "what": _(known.get_decision_display()), "old": known.old,
    }  # fmt: skip
    raise Outrun(_("%(who)s 已在 %(time)s 将“%(old)s”定为“%(what)s”，您的改动没有保存。请核对后再定。") % said)


def _row(report: Report, one: Settled, known: Choice | None, actor: Actor) -> Choice:
    if one.end > len(report.source_text):
        raise Refused(_("提交的内容不完整，没有保存。请刷新页面后再试。"))
    return Choice(
        report=report, start=one.start, end=one.end, nth=one.nth, decision=one.decision,
        binding=plain_binding(one.binding) if one.decision in (Decision.ACCEPTED, Decision.CHANGED) else None,
        written=one.written.strip() if one.decision == Decision.WRITTEN else "",
        old=report.source_text[one.start : one.end][:LONGEST], by=str(actor), at=clock.now(), version=(known.version if known else 0) + 1,
    )  # fmt: skip


def rename(pk: int, title: str, heading: Mapping[str, str], *, seen: int, actor: Actor) -> Report:
    """Change the title and the red head (`HEAD`). ``seen`` is the report's version that the clerk saw."""
    with change():
        report = locked(pk, roles.EDIT, actor)
        if not title.strip():
            raise Refused(_("标题不能为空。"))
        if report.version != seen:
            raise Outrun(_("%(who)s刚刚改动过这份报告，您的改动没有保存。请核对后再提交。") % {"who": report.changed_by})
        before = {"title": report.title, **report.heading}
        report.title = title.strip()[:120]
        report.heading = {name: str(heading.get(name, "")).strip()[:120] for name in HEAD}
        report.save(update_fields=["title", "heading"])
        _touch(report, actor)
        said = {"before": before, "after": {"title": report.title, **report.heading}}
        record(Line(str(actor), "report.renamed", "reports.report", report.pk, report.title, said))
    return report


def void(pk: int, reason: str, *, actor: Actor) -> None:
    """Take a report in work out of the list, with a reason. Issued ones stay."""
    with change():
        report = locked(pk, roles.VOID, actor)
        if not reason.strip():
            raise Refused(_("请写明作废的原因。"))
        report.voided_at, report.void_reason = clock.now(), reason.strip()[:300]
        report.save(update_fields=["voided_at", "void_reason"])
        record(Line(str(actor), "report.voided", "reports.report", report.pk, report.title, {"reason": report.void_reason}))


def choices_by_place(report: Report) -> dict[tuple[int, int, int], Choice]:
    """What was decided, by place; decisions taken back are in it too, for their version."""
    return {choice.place: choice for choice in report.choices.all()}
