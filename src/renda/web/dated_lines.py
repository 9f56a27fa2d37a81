"""Dates without a matter (``ui.dated``) as lines of the inbox, put among the others by their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from renda.core import clock
from renda.directory.gate import Actor
from renda.ui import dated
from renda.web.inbox_lines import Line

AHEAD = timedelta(days=14)


def lines(actor: Actor, since: date | None, until: date) -> list[Line]:
    """The dates that the actor has to keep between two days; without ``since``, the late ones too."""
    return [
        Line(one.key, one.kind, "", one.title, one.url, article=one.article, due=one.day, tone=one.tone, words=one.words)
        for one in dated.found(actor, since, until)
    ]


def near(actor: Actor) -> list[Line]:
    """What is late or falls due within two weeks."""
    return lines(actor, None, clock.today() + AHEAD)


def merged(several: Sequence[Line], more: Sequence[Line]) -> list[Line]:
    """Both by day, what has no day last."""
    return sorted([*several, *more], key=lambda one: one.due or date.max) if more else list(several)
