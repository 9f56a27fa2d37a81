"""The law as one table: every parameter as it stands on a day under a county's settings, to be searched and narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renda.core.pinyin import full_pinyin
from renda.law import LawError, NotInForce, store
from renda.law.declarations import Parameter
from renda.law.numerals import article_text
from renda.law.values import Value, cite
from renda.law.wording import in_words
from renda.lawbook.reading import Context

FAMILIES: dict[str, str | Promise] = {
    "elec": _("换届选举"), "recall": _("罢免"), "resign": _("代表辞职"), "byelection": _("补选"), "offence": _("破坏选举"),
    "pc": _("代表大会"), "tpc": _("乡镇人大"), "sc": _("常委会"), "sugg": _("代表建议"), "dep": _("人大代表"), "sup": _("监督"),
    "budget": _("预算"), "check": _("执法检查"), "inquiry": _("询问"), "interp": _("质询"), "invest": _("特定问题调查"),
    "removal": _("撤职"), "appt": _("人事任免"), "oath": _("宪法宣誓"), "file": _("备案"), "review": _("审查"), "filing": _("撤销"),
    "pet": _("信访"), "pcpet": _("人大信访"), "vote": _("民生实事票决"), "micro": _("民生微实事"), "party": _("党组"), "cal": _("期间计算"),
    "choice": _("法律未定事项"), "ver": _("法律版本"),
}  # fmt: skip
STATES: dict[str, tuple[str, str | Promise]] = {
    "read": ("done", _("已核对原文")),
    "unverified": ("soon", _("未核对原文")),
    "chosen": ("run", _("本县选择")),
    "default": ("run", _("暂按默认")),
    "open": ("idle", _("待定")),
    "past": ("idle", _("当日无规定")),
}
"""State → tone and words."""
_PLACE = {family: place for place, family in enumerate(FAMILIES)}


@dataclass(frozen=True)
class Row:
    """One parameter on one day."""

    key: str
    title: str
    family: str
    state: str
    shown: str
    gist: str
    citation: str
    since: date | None
    pack: str
    countable: bool
    words: str
    """What a search looks through."""

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return STATES[self.state][0]

    @property
    def state_words(self) -> str | Promise:
        """Its state in words."""
        return STATES[self.state][1]


def state_of(value: Value | None) -> str:
    """How sure a value is: a key of ``STATES``; None stands for a question that nobody has settled."""
    if value is None:
        return "open"
    if value.certainty != "chosen":
        return value.certainty
    return "chosen" if value.source == "本县选择" else "default"


def says(value: Value) -> str:
    """What a value says in words: a rule without a number says its gist."""
    return value.gist if value.value is True else in_words(value)


@lru_cache(maxsize=32)
def rows(under: Context, day: date) -> tuple[Row, ...]:
    """All parameters under these settings as of a day, field by field."""
    found = [_row(store.declaration(key), under, day) for key in store.keys()]  # noqa: SIM118 - a function of the store
    return tuple(sorted(found, key=lambda row: (_PLACE[row.family], row.key)))


def _row(declared: Parameter, under: Context, day: date) -> Row:
    value: Value | None = None
    state = "open"
    try:
        value = under.parameter(declared.key, as_of=day)
        state = state_of(value)
    except NotInForce:
        state = "past"
    except LawError:
        state = "open"
    texts = [declared.key, declared.title, _initials(declared.title)]
    texts += [_citation(declared, value), value.source, value.gist] if value else [_citation(declared, None)]
    return Row(
        declared.key, declared.title, declared.key.partition(".")[0], state, says(value) if value else "", value.gist if value else "",
        _citation(declared, value), value.effective_from if value else None, value.pack if value else "", declared.count is not None,
        "\n".join(texts).casefold(),
    )  # fmt: skip


def _citation(declared: Parameter, value: Value | None) -> str:
    """The article of the value, else the one that leaves the question open."""
    if value is None and declared.choice is not None:
        return cite(store.statute(declared.choice.statute).short, article_text(declared.choice.article))
    return value.citation if value else ""


@lru_cache(maxsize=1000)
def _initials(title: str) -> str:
    """The first letters of the pinyin, so that ``xmmd`` finds 选民名单."""
    return "".join(full_pinyin(char)[:1] for char in title)


def narrowed(
    all_rows: Iterable[Row], *, words: str = "", family: str = "", state: str = "", pack: str = "", countable: bool = False
) -> list[Row]:
    """The rows that hold every word, of a family, a state, and those on which a pack speaks."""
    parts = words.casefold().split()
    spoken = set(store.pack(pack).keys) if pack in store.pack_names() else None
    return [
        row
        for row in all_rows
        if all(part in row.words for part in parts)
        and family in ("", row.family)
        and state in ("", row.state)
        and (spoken is None or row.key in spoken)
        and (row.countable or not countable)
    ]
