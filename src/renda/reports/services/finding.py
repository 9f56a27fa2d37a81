"""Reports that an actor may see."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.reports.models import Report


class Refused(ValueError):
    """A change of a report that cannot be made; the text says why and what to do next."""


def visible(actor: Actor) -> QuerySet[Report]:
    """Reports that were not voided and that the actor may see, the newest year first."""
    return gate.visible_to(actor, Report.objects.filter(voided_at__isnull=True).select_related("division"))


def find(pk: int, actor: Actor) -> Report | None:
    """One report that the actor may see; None where there is none such."""
    return visible(actor).filter(pk=pk).first()


def locked(pk: int, action: str, actor: Actor) -> Report:
    """The report's row, locked until the change ends, for an action that the actor may take. PermissionDenied, Refused."""
    found = find(pk, actor)
    if found is None:
        raise PermissionDenied("没有这份报告，或它不在您的区划范围内。")
    gate.require(actor, action, found)
    row = Report.objects.select_for_update(of=("self",)).select_related("division").get(pk=pk)
    if row.voided_at:
        raise Refused("这份报告已作废，不能再改。请从列表中打开其他报告，或重新上传。")
    if row.state != "working":
        raise Refused("这份报告已印发，不能再改。需要更正的，请另起草一份。")
    return row


def divisions(actor: Actor) -> list[Division]:
    """The divisions that the actor may draft for, the actor's own first."""
    if not gate.may(actor, roles.CREATE, Report):
        return []
    rows = Division.objects.filter(valid_to__isnull=True, level__in=("county", "township"))
    if actor.division_path:
        rows = Division.objects.subtree(actor.division_path).filter(valid_to__isnull=True)
    return list(rows.order_by("path"))
