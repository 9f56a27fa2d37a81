"""Links between matters that belong together and are not one thread (关联事项): made and undone by hand, seen by those who see both."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.journal.services import Line, change, record
from renda.procedure.models import Link, Matter

RELATIONS = {"see": gettext_lazy("参见"), "cause": gettext_lazy("起因相同")}
MOST_NOTE = 200


class LinkRefused(ValueError):
    """A link that is not made or not taken away; the text says why and what to do."""


def between(pk: int) -> list[Link]:
    """The standing links of a matter, oldest first. One query."""
    rows = Link.objects.filter(Q(one_id=pk) | Q(other_id=pk), removed_at__isnull=True)
    return list(rows.select_related("one", "other").order_by("pk"))


def link(one: Matter, other: Matter, relation: str, note: str, *, actor: Actor) -> Link:
    """Link two matters (the instances of their kinds) both of which the actor sees and one of which it may edit.

    Raises PermissionDenied, and LinkRefused for a matter with itself, a link that stands already, a voided matter.
    """
    _must_see((one, other), actor)
    if one.pk == other.pk:
        raise LinkRefused(_("不能与本事项自己关联，请核对编号。"))
    if one.voided_at or other.voided_at:
        raise LinkRefused(_("已作废的事项不能关联。"))
    if relation not in RELATIONS:
        raise LinkRefused(_("请选择关联的类型。"))
    first, second = sorted((one, other), key=lambda matter: matter.pk)
    with change():
        list(Matter.objects.select_for_update().filter(pk__in=(first.pk, second.pk)).order_by("pk"))
        if Link.objects.filter(one_id=first.pk, other_id=second.pk, removed_at__isnull=True).exists():
            raise LinkRefused(_("这两个事项已经关联。"))
        made = Link.objects.create(
            one_id=first.pk, other_id=second.pk, relation=relation, note=note.strip()[:MOST_NOTE], by=str(actor), at=clock.now()
        )
        _journal("matter.linked", (one, other), {"link": made.pk, "relation": relation}, actor)
    return made


def unlink(row: Link, one: Matter, other: Matter, *, reason: str, actor: Actor) -> None:
    """Take a link away with a reason. Raises PermissionDenied, and LinkRefused without a reason or where it is gone already."""
    _must_see((one, other), actor)
    if not reason.strip():
        raise LinkRefused(_("请写明取消关联的原因，原因将记入日志。"))
    with change():
        held = Link.objects.select_for_update().get(pk=row.pk)
        if held.removed_at:
            raise LinkRefused(_("这个关联已经取消。"))
        held.removed_at, held.removed_by, held.remove_reason = clock.now(), str(actor), reason.strip()[:300]
        held.save(update_fields=["removed_at", "removed_by", "remove_reason"])
        _journal("matter.unlinked", (one, other), {"link": held.pk, "reason": held.remove_reason}, actor)


def may(matters: Iterable[Matter], actor: Actor) -> bool:
    """Whether the actor may link or unlink these: it may edit one of them."""
    return any(not matter.voided_at and gate.may(actor, roles.EDIT, matter) for matter in matters)


def _must_see(matters: tuple[Matter, Matter], actor: Actor) -> None:
    for matter in matters:
        if not gate.may(actor, roles.VIEW, matter):
            raise PermissionDenied(_("没有这个事项，或者它不在您的权限范围内。"))
    if not may(matters, actor):
        raise PermissionDenied(_("只有可以修改其中一个事项的人可以建立或者取消关联。"))


def _journal(action: str, matters: tuple[Matter, Matter], detail: dict[str, object], actor: Actor) -> None:
    """One entry for each matter: neither says which the other is, for readers who see only one of them."""
    for matter in matters:
        record(Line(str(actor), action, matter.kind, matter.pk, matter.called, dict(detail)))
