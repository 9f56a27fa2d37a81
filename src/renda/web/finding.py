"""What a global search finds: records of the registers, figures and yearly reports, as far as the actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.figures import registry as figures
from renda.figures.indicators import Indicator
from renda.registers import searching
from renda.reports.services import finding as reports
from renda.ui import addresses
from renda.ui.words import said

SHOWN_EACH = 8


@dataclass(frozen=True)
class Found:
    """What a search found of one kind: how many, the first of them (label, address), and the list of all of them."""

    name: str
    count: int
    hits: list[tuple[str, str]]
    url: str


def find(actor: Actor, words: str) -> list[Found]:
    """Everything that contains the words, kind by kind; nothing where there are no words."""
    if not words:
        return []
    return [*_records(actor, words), *_figures(actor, words), *_reports(actor, words)]


def matches(indicator: Indicator, words: str) -> bool:
    """Whether a figure's name (in the reader's language too), code or one of its other names contains each of the words."""
    names = " ".join((indicator.name, said(indicator.name), indicator.code, *indicator.aliases)).lower()
    return all(word in names for word in words.lower().split())


def _records(actor: Actor, words: str) -> list[Found]:
    return [
        Found(
            said(group.register.name),
            group.count,
            [(hit.label or _("（无标题）"), addresses.of_record(hit.register, hit.pk)) for hit in group.hits],
            addresses.of_list(group.register, urlencode({"q": words})),
        )
        for group in searching.search(actor, words, SHOWN_EACH)
    ]


def _figures(actor: Actor, words: str) -> list[Found]:
    if not gate.may(actor, roles.FIGURES):
        return []
    found = [one for one in figures.all_indicators() if matches(one, words)]
    hits = [(said(one.name), reverse("figure", args=[one.code])) for one in found[:SHOWN_EACH]]
    return [Found(_("数据"), len(found), hits, f"{reverse('figures')}?{urlencode({'q': words})}")] if found else []


def _reports(actor: Actor, words: str) -> list[Found]:
    named = Q()
    for word in words.split():
        named &= Q(title__icontains=word)
    found = list(reports.visible(actor).filter(named).values_list("title", "pk"))
    hits = [(title, reverse("report", args=[pk])) for title, pk in found[:SHOWN_EACH]]
    return [Found(_("年度报告"), len(found), hits, reverse("reports"))] if found else []
