"""What the law pages share: who looks, for which division, the tabs, and what a change says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.law import LawError
from renda.lawbook import services
from renda.lawbook.services import LawbookFault

UNPROCESSABLE = 422
Crumb = tuple[str, str]


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    return request.actor  # type: ignore[attr-defined]


def place_of(request: HttpRequest) -> Division | None:
    """The division whose settings are shown (and changed, by those who may)."""
    return services.place_of(actor_of(request))


def page(
    request: HttpRequest, template: str, tab: str, context: dict[str, Any], *crumbs: Crumb, status: int = 200
) -> HttpResponse:
    """A law page with its tabs and the path to it."""
    tabs = [
        (name, reverse(name), label, name == tab)
        for name, label in (
            ("law", _("法律参数")),
            ("law-holidays", _("放假安排")),
            ("law-choices", _("本县选择")),
            ("law-packs", _("地方规定")),
        )
    ]
    trail = [(_("首页"), "/"), (_("法律参数"), reverse("law") if crumbs or tab != "law" else ""), *crumbs]
    if tab != "law" and not crumbs:
        trail.append((next(str(label) for name, _url, label, _now in tabs if name == tab), ""))
    shared = {"tabs": tabs, "crumbs": trail, "may_set": gate.may(actor_of(request), roles.SETTINGS)}
    return render(request, template, shared | context, status=status)


def require_settings(request: HttpRequest) -> None:
    """Only those who keep the settings go on."""
    gate.require(actor_of(request), roles.SETTINGS)


def day_in(text: str) -> date | None:
    """A date of the address; None where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def settle(request: HttpRequest, words: str, work: Callable[[], int]) -> None:
    """Do a change and say so, with the number of running deadlines that it moved. Raises what the change raises."""
    moved = work()
    if moved:
        words += ngettext("%(n)d 件在办事项的期限随之变动。", "%(n)d 件在办事项的期限随之变动。", moved) % {"n": moved}
    messages.success(request, words)


def settled(request: HttpRequest, form: Form, words: str, work: Callable[[], int], *, law: str | None = None) -> bool:
    """Do what a valid form asks for, as ``settle`` does. False where it was refused: the reason stands in the form, at its own field; what the
    law does not take stands at the field ``law``."""
    try:
        settle(request, words, work)
    except LawbookFault as fault:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
    except LawError as error:
        form.add_error(law, str(error))
    else:
        return True
    return False
