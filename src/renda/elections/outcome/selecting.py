"""Which of the elected the page shows: those of a district, those who stand somewhere in the review, a name; fifty at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from renda.elections.outcome.reviewing import Row

PER_PAGE = 50
STATES: dict[str, str | Promise] = {
    "waiting": gettext_lazy("待审查"), "valid": gettext_lazy("审查认为有效"), "invalid": gettext_lazy("审查认为无效"),
    "deferred": gettext_lazy("暂缓"), "confirmed": gettext_lazy("资格有效"), "void": gettext_lazy("当选无效"),
    "seated": gettext_lazy("已登记代表职务"),
}  # fmt: skip
"""How an elected person can stand, in the order of the procedure (the states of `reviewing.Row`)."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for; an unknown district or state selects nothing away."""

    district: str = ""
    state: str = ""
    words: str = ""
    page: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        """Read from an address."""
        state = given.get("state", "")
        words = " ".join(given.get("q", "").split())[:60]
        return cls(given.get("district", "")[:100], state if state in STATES else "", words, given.get("page", "")[:6])

    @property
    def query(self) -> str:
        """The address's part for the other pages of the same selection."""
        return urlencode(
            {name: value for name, value in (("district", self.district), ("state", self.state), ("q", self.words)) if value}
        )

    @property
    def narrow(self) -> bool:
        """Whether anything is selected."""
        return bool(self.district or self.state or self.words)


@dataclass(frozen=True)
class Shown:
    """A page of the rows, and what may be selected: districts, and states with how many stand there."""

    asked: Asked
    page: Page[Row]
    districts: list[str]
    states: list[tuple[str, str | Promise, int]]


def narrowed(rows: Sequence[Row], asked: Asked) -> list[Row]:
    """The rows that are asked for, on all pages."""
    return [
        row for row in rows
        if (not asked.district or row.elected.district == asked.district)
        and (not asked.state or row.state == asked.state)
        and asked.words in row.elected.name
    ]  # fmt: skip


def select(rows: Sequence[Row], asked: Asked) -> Shown:
    """The rows that the address asks for, a page of them."""
    districts = list(dict.fromkeys(row.elected.district for row in rows))
    counts = Counter(row.state for row in rows)
    states = [(code, words, counts[code]) for code, words in STATES.items() if counts[code]]
    return Shown(asked, Paginator(narrowed(rows, asked), PER_PAGE).get_page(asked.page), districts, states)
