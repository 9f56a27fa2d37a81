"""The one gate: may this actor do this to that, and which of these may this actor see.

An actor is an account wearing one hat: role × organ × division subtree. Rooms tell the gate once per model how a record is tied to
organs and people (``declare``); lists, details, search, exports, files, figures and commands all ask here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from renda.directory import roles
from renda.directory.models import Division, Hat
from renda.directory.reasons import ALLOWING, Because, Reason

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Actor:
    """Who acts, and as what. ``division_path`` is empty for the operator: the whole deployment."""

    name: str
    role: str
    account_id: int | None = None
    person_id: int | None = None
    organ_id: int | None = None
    division_id: int | None = None
    division_path: str = ""

    def __str__(self) -> str:
        return f"{self.name}（{roles.ROLES[self.role].name}）"


OPERATOR = Actor("平台运行人员", "operator")


@dataclass(frozen=True)
class Access:
    """How records of a model are reached: their room, and the look-ups to the organs and people that they concern.

    ``division`` is the look-up to the division (None: not scoped). Roles bound to an organ or a person see a record only through
    ``organs`` or ``people``; ``open_to_bound`` lets them see all of a model in scope (say, the list of organs), as far as
    ``open_when`` holds. What is bound to an organ is reached by that organ at whatever level it sits. Records for which ``closed_when``
    holds are closed to the organs that ``closed_to`` leads to (the organ complained of). ``seen_below``: a record is read in the divisions
    that lie in its own too (a county's election in its townships), and changed where it belongs.
    """

    room: str
    division: str | None = "division"
    organs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    open_to_bound: bool = False
    open_when: Q | None = None
    closed_to: tuple[str, ...] = ()
    closed_when: Q | None = None
    seen_below: bool = False


_declared: dict[type[Model], Access] = {}


def declare(model: type[Model], access: Access) -> None:
    """Tell the gate how a model's records are reached."""
    _declared[model] = access


def access_of(model: type[Model]) -> Access:
    """What was declared for a model (or the nearest model it inherits from). LookupError where nothing was."""
    for candidate in (model, *model._meta.get_parent_list()):
        if candidate in _declared:
            return _declared[candidate]
    raise LookupError(f"{model.__name__} is not declared to the gate")


def actor_of(hat: Hat) -> Actor:
    """The actor that an account is while wearing this hat."""
    return Actor(
        name=hat.account.display_name,
        role=hat.role,
        account_id=hat.account_id,
        person_id=hat.account.person_id,
        organ_id=hat.organ_id,
        division_id=hat.division_id,
        division_path=hat.division.path,
    )


def may(actor: Actor, action: str, subject: Any = None) -> bool:
    """Whether the actor may take the action on a model (in general), on one record, or on the platform (``subject`` None)."""
    return _decide(actor, action, subject) in ALLOWING


def explain(actor: Actor, action: str, subject: Any = None) -> Reason:
    """Why the actor may or may not: the same decision as ``may``, with what a refused record lacks looked up besides."""
    code = _decide(actor, action, subject)
    if code is Because.HIDDEN:
        code = _hidden(actor, type(subject), subject)
    return Reason(code in ALLOWING, code)


def _decide(actor: Actor, action: str, subject: Any) -> Because:
    role = roles.ROLES[actor.role]
    if subject is None:
        return Because.PLATFORM if action in role.platform else Because.NO_PLATFORM
    model: type[Model] = subject if isinstance(subject, type) else type(subject)
    granted = role.rooms.get(access_of(model).room, frozenset())
    if not granted:
        return Because.NO_ROOM
    if action not in granted:
        return Because.NO_ACTION
    if isinstance(subject, type):
        return Because.ROOM
    if action in roles.CHANGING and getattr(subject, "voided_at", None):
        return Because.VOIDED
    rows = model._default_manager.filter(pk=subject.pk)
    reached = visible_to(actor, rows) if action == roles.VIEW else within_reach(actor, rows)
    return Because.RECORD if reached.exists() else Because.HIDDEN


def _hidden(actor: Actor, model: type[Model], subject: Any) -> Because:
    """The first of the conditions of ``visible_to`` that the record does not meet."""
    record = model._default_manager.filter(pk=subject.pk)
    if roles.VIEW not in roles.ROLES[actor.role].rooms.get(access_of(model).room, frozenset()):
        return Because.NO_VIEW
    unmet = (because for because, condition in _conditions(actor, model) if not record.filter(condition).exists())
    return next(unmet, Because.GONE) if record.exists() else Because.GONE


def require(actor: Actor, action: str, subject: Any = None) -> None:
    """Raise PermissionDenied, saying what is refused, unless ``may``."""
    if not may(actor, action, subject):
        raise PermissionDenied(
            _("%(actor)s没有“%(action)s”的权限。如工作需要，请联系安全管理员调整角色。")
            % {"actor": actor, "action": _(ACTION_NAMES.get(action, action))}
        )


def visible_to(actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """Those records of the queryset that the actor may see."""
    return _filtered(actor, queryset, reading=True)


def within_reach(actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
    """Those of the records seen that belong where the actor works, so that a change of them can be asked for."""
    return _filtered(actor, queryset, reading=False)


def _filtered(actor: Actor, queryset: QuerySet[M], *, reading: bool) -> QuerySet[M]:
    access = access_of(queryset.model)
    role = roles.ROLES[actor.role]
    if roles.VIEW not in role.rooms.get(access.room, frozenset()):
        return queryset.none()
    for _because, condition in _conditions(actor, queryset.model, reading=reading):
        queryset = queryset.filter(condition)
    return queryset


def _conditions(actor: Actor, model: type[Model], *, reading: bool = False) -> list[tuple[Because, Q]]:
    """What a record must meet to be reached by a role that views its room, and what to say where it does not."""
    access, role = access_of(model), roles.ROLES[actor.role]
    found: list[tuple[Because, Q]] = []
    if actor.division_path and access.division and (access.open_to_bound or not role.bound_to_organ):
        found.append((Because.ELSEWHERE, _where(access, access.division, actor.division_path, reading)))
    if access.open_to_bound and (role.bound_to_organ or role.bound_to_person):
        found.append((Because.NOT_OPEN, access.open_when or Q()))
    elif role.bound_to_organ:
        found.append((Because.NOT_ITS_ORGAN, _tied(model, access.organs, actor.organ_id)))
        found += [(Because.CLOSED, _closed(access, path, actor.organ_id)) for path in access.closed_to if actor.organ_id]
    elif role.bound_to_person:
        found.append((Because.NOT_ITS_PERSON, _tied(model, access.people, actor.person_id)))
    return found


def _where(access: Access, division: str, path: str, reading: bool) -> Q:
    """In the actor's division; what is seen below is read in the divisions above it too."""
    inside = Q(**{f"{division}__in": _subtree(path)})
    if not (access.seen_below and reading):
        return inside
    parts = path.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts))]
    return inside | Q(**{f"{division}__in": Division.objects.filter(path__in=above).values("pk")})


def _subtree(path: str) -> QuerySet[Any]:
    return Division.objects.subtree(path).values("pk")


def _tied(model: type[Model], paths: tuple[str, ...], target: int | None) -> Q:
    """Led to the target by any of the look-ups; nothing is without a target."""
    condition = Q(pk__in=[])
    for path in paths if target else ():
        condition |= _leads(model, path, target or 0)
    return condition


def _leads(model: type[Model], path: str, target: int) -> Q:
    """The record's look-up leads to the target; asked as directly as the first hop allows (an index of the record's own column)."""
    first, __, rest = path.partition("__")
    field = model._meta.get_field(first)
    if not field.many_to_one:
        return Q(pk__in=_through(model, path, target))
    if not rest:
        return Q(**{path: target})
    other: type[Model] = field.related_model  # type: ignore[assignment]
    return Q(**{f"{first}__in": other._default_manager.filter(**{rest: target}).values("pk")})


def _closed(access: Access, path: str, organ: int | None) -> Q:
    return ~(Q(**{path: organ}) & (access.closed_when or Q()))


def _through(model: type[Model], path: str, target: int) -> QuerySet:
    return model._default_manager.filter(**{path: target}).values("pk")


def divisions_within(actor: Actor, division_ids: Iterable[int]) -> bool:
    """Whether all these divisions lie in the actor's scope (one query)."""
    wanted = set(division_ids)
    if not actor.division_path:
        return True
    return Division.objects.subtree(actor.division_path).filter(pk__in=wanted).count() == len(wanted)


ACTION_NAMES = {
    roles.VIEW: "查看", roles.CREATE: "新增", roles.EDIT: "修改", roles.VOID: "作废", roles.EXPORT: "导出", roles.IMPORT: "导入台账",
    roles.REVEAL: "查看保密内容", roles.ISSUE: "印发", roles.FIGURES: "查看指标", roles.JOURNAL: "查看日志", roles.ACCOUNTS: "管理账号", roles.SETTINGS: "管理设置",
}  # fmt: skip
