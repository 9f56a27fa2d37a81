"""谁能做什么: the security administrator's page of rights, and the gate's reason for one account and one record.

The page reads no record: it names a record by what was asked (an address or a number) and says what the gate answers, never what stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from renda.directory import accounts, gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Account, Hat
from renda.directory.reasons import Reason
from renda.procedure.models import Matter
from renda.registers import registry
from renda.registers.register import Register
from renda.reports.models import Report
from renda.ui import rooms
from renda.ui.words import said

MOST_FOUND = 10
UNPROCESSABLE = 422
SHORT = {
    roles.VIEW: pgettext_lazy("right", "看"), roles.CREATE: pgettext_lazy("right", "增"), roles.EDIT: pgettext_lazy("right", "改"),
    roles.VOID: pgettext_lazy("right", "废"), roles.EXPORT: pgettext_lazy("right", "出"), roles.IMPORT: pgettext_lazy("right", "入"),
    roles.REVEAL: pgettext_lazy("right", "密"), roles.ISSUE: pgettext_lazy("right", "印"),
}  # fmt: skip
PLATFORM = (roles.FIGURES, roles.JOURNAL, roles.ACCOUNTS, roles.SETTINGS)


@dataclass(frozen=True)
class Line:
    """One room (or platform right) and what each shown role may do there."""

    name: str
    cells: list[str]


@dataclass(frozen=True)
class Subject:
    """A record that was asked about: what kind it is, never what it says."""

    name: str
    record: Model


@dataclass(frozen=True)
class Answer:
    """The gate's reason for one hat and one subject."""

    hat: str
    subject: str
    reason: Reason


class Unknown(ValueError):
    """What was asked about cannot be found: ``field`` is account or record."""

    def __init__(self, words: str, field: str) -> None:
        super().__init__(words)
        self.field = field


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The matrix of rights, and the answer to one question where one is asked."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.ACCOUNTS)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("account", "record", "action")}
    asked["action"] = asked["action"] if asked["action"] in gate.ACTION_NAMES else roles.VIEW
    answers, fault = _asked(actor, asked)
    only = request.GET.get("role", "")
    shown = [role for role in roles.ROLES.values() if not only or role.code == only] or list(roles.ROLES.values())
    context = {
        "lines": _rooms(shown), "platform": _platform(shown), "shown": _heads(shown), "roles": _choices(only), "legend": _legend(),
        "actions": [(code, _(name), code == asked["action"]) for code, name in gate.ACTION_NAMES.items()],
        "asked": asked, "answers": answers, "fault": fault,
        "crumbs": [(_("首页"), "/"), (_("账号"), reverse("accounts")), (_("谁能做什么"), "")],
    }  # fmt: skip
    return render(request, "web/who_may.html", context, status=UNPROCESSABLE if fault else 200)


def _heads(shown: list[roles.Role]) -> list[tuple[str, int, str]]:
    """Name, number of accounts and bounds of each role."""
    worn = dict(Hat.objects.values_list("role").annotate(n=Count("account", distinct=True)))
    return [(said(role.name), worn.get(role.code, 0), _bounds(role)) for role in shown]


def _bounds(role: roles.Role) -> str:
    if role.bound_to_organ:
        return _("只限本单位的事项")
    if role.bound_to_person:
        return _("只限与本人有关的")
    return _("区划及其下级") if role.rooms else _("不看业务记录")


def _choices(only: str) -> list[tuple[str, str, bool]]:
    return [(role.code, said(role.name), role.code == only) for role in roles.ROLES.values()]


def _legend() -> list[tuple[str, str]]:
    return [(str(short), _(gate.ACTION_NAMES[code])) for code, short in SHORT.items()]


def _rooms(shown: list[roles.Role]) -> list[Line]:
    named = [(room, rooms.label(room)) for room in rooms.ROOMS] + [
        (roles.REPORTS, _("年度报告")),
        (roles.TEMPLATES, _("文书模板")),
    ]
    return [Line(name, [_rights(role.rooms.get(room, frozenset())) for role in shown]) for room, name in named]


def _rights(granted: frozenset[str]) -> str:
    return " ".join(str(short) for code, short in SHORT.items() if code in granted)


def _platform(shown: list[roles.Role]) -> list[Line]:
    return [Line(_(gate.ACTION_NAMES[code]), ["✓" if code in role.platform else "" for role in shown]) for code in PLATFORM]


def _asked(actor: Actor, asked: dict[str, str]) -> tuple[list[Answer], Unknown | None]:
    if not asked["account"]:
        return [], None
    try:
        account = _account(actor, asked["account"])
        subjects = _subjects(asked["record"]) if asked["record"] else [None]
    except Unknown as unknown:
        return [], unknown
    hats = Hat.objects.filter(account=account).select_related("account", "division", "organ")
    return [_answer(hat, asked["action"], one) for hat in hats for one in subjects], None


def _answer(hat: Hat, action: str, subject: Subject | None) -> Answer:
    who = gate.actor_of(hat)
    if subject is None:
        return Answer(hat.shown, _("平台"), gate.explain(who, action))
    return Answer(hat.shown, subject.name, gate.explain(who, action, subject.record))


def _account(actor: Actor, words: str) -> Account:
    rows = accounts.manageable(actor)
    found = list(rows.filter(username=words.lower()) or rows.filter(display_name=words)[:2])
    if len(found) != 1:
        several = _("有几个账号叫“%(name)s”，请填登录名。")
        raise Unknown((several if found else _("没有账号“%(name)s”，请填登录名。")) % {"name": words}, "account")
    return found[0]


def _subjects(words: str) -> list[Subject]:
    """The records that an address or a number means."""
    found = _at_address(urlsplit(words).path) if "/" in words else _numbered(words)
    if not found:
        raise Unknown(
            _("“%(words)s”不是记录的地址，也没有这个编号的事项。请从浏览器复制记录页的地址。") % {"words": words}, "record"
        )
    return found


def _at_address(path: str) -> list[Subject]:
    try:
        place = resolve(path if path.endswith("/") else path + "/")
    except Resolver404:
        return []
    if place.namespace == "ui" and "pk" in place.kwargs:
        register = next((r for r in registry.of_room(place.kwargs["room"]) if r.slug == place.kwargs["slug"]), None)
        return _of(register, place.kwargs["pk"]) if register else []
    if (place.url_name or "").startswith("report") and "pk" in place.kwargs:
        return [Subject(_("年度报告"), one) for one in Report.objects.filter(pk=place.kwargs["pk"])]
    return []


def _of(register: Register, pk: int) -> list[Subject]:
    return [Subject(said(register.name), one) for one in register.model._default_manager.filter(pk=pk, **register.fixed)]


def _numbered(number: str) -> list[Subject]:
    by_kind = {r.matter_kind: r for r in registry.all_registers() if r.matter_kind}
    rows = Matter.objects.filter(number=number).order_by("pk").values_list("kind", "pk")[:MOST_FOUND]
    return [one for kind, pk in rows if kind in by_kind for one in _of(by_kind[kind], pk)]
