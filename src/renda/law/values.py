"""Reading a parameter as of a day: the county's choice, then its packs, then national law; never an invented value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from renda.law import store
from renda.law.declarations import NOTHING, Choice, Entry, Parameter, Statute
from renda.law.errors import BadChoice, NotFixed, NotInForce
from renda.law.numerals import article_text
from renda.law.units import label

_NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Value:
    """A value of the law on a day, with all that must be shown beside it.

    ``certainty`` is ``read`` (seen in the text), ``unverified`` (from general knowledge, ``confidence`` 0–1) or ``chosen``
    (the county's own decision, or the visible default where the law is open).
    """

    key: str
    title: str
    kind: str
    value: Any
    unit: str
    statute: str
    article: str
    article_ref: str
    effective_from: date | None
    effective_until: date | None
    effective_note: str
    certainty: str
    source: str
    gist: str
    confidence: float | None = None
    comparison: str = ""
    warning: str = ""
    pack: str = ""
    binding: str = "county"
    details: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def unit_label(self) -> str:
        """The Chinese measure word."""
        return label(self.unit)

    @property
    def citation(self) -> str:
        """Statute and article as one citation, as a letter would write it."""
        return cite(self.statute, self.article)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain JSON values; ratios as "1/2", dates as ISO text."""
        return {
            "key": self.key,
            "title": self.title,
            "kind": self.kind,
            "value": plain(self.value),
            "unit": self.unit,
            "unit_label": self.unit_label,
            "comparison": self.comparison or None,
            "details": plain(dict(self.details)),
            "statute": self.statute,
            "article": self.article,
            "article_ref": self.article_ref,
            "gist": self.gist,
            "effective_from": plain(self.effective_from),
            "effective_until": plain(self.effective_until),
            "effective_note": self.effective_note or None,
            "certainty": self.certainty,
            "confidence": self.confidence,
            "source": self.source,
            "pack": self.pack or None,
            "binding": self.binding,
            "warning": self.warning or None,
        }


def parameter(key: str, *, as_of: date, packs: Iterable[str] = (), choices: Mapping[str, Any] = NOTHING) -> Value:
    """The value of ``key`` on ``as_of`` under the given packs and the county's choices.

    Errors: UnknownKey, UnknownPack, NotFixed (the law leaves it open and nobody chose), NotInForce, BadChoice.
    """
    declared = store.declaration(key)
    if declared.choice is not None and key in choices:
        return _chosen(declared, declared.choice, choices[key])
    for name in reversed(store.with_parents(packs)):
        local = store.local_declaration(name, key)
        entry = in_force_on(local.entries, as_of) if local else None
        if entry is not None:
            return _value(declared, entry, as_of, pack=name)
    if declared.entries:
        entry = in_force_on(declared.entries, as_of)
        if entry is None:
            raise NotInForce(key, declared.title, as_of, _span(declared.entries, as_of))
        return _value(declared, entry, as_of)
    if declared.choice is not None and declared.choice.default is not None:
        return _default(declared, declared.choice)
    why = declared.choice.why if declared.choice else "由地方规定"
    raise NotFixed(key, declared.title, why.rstrip("。"), [store.pack(name).title for name in store.packs_with(key)])


def cite(short_title: str, articles: str) -> str:
    """《选举法》第二十八条; the year of an older version stands outside the title marks."""
    name, _, edition = short_title.partition("（")
    return f"《{name}》{'（' + edition if edition else ''}{articles}"


def history(key: str, packs: Iterable[str] = ()) -> list[Value]:
    """All values of a key, oldest first: national ones, then those of the packs."""
    declared = store.declaration(key)
    found = [_value(declared, entry, entry.effective) for entry in declared.entries]
    for name in store.with_parents(packs):
        local = store.local_declaration(name, key)
        found += [_value(declared, entry, entry.effective, pack=name) for entry in (local.entries if local else ())]
    return found


def plain(value: Any) -> Any:
    """A value of the law as JSON can hold it."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def in_force_on(entries: tuple[Entry, ...], as_of: date) -> Entry | None:
    """The entry that is law on a day; None between and after what was law."""
    for entry in reversed(entries):
        if entry.effective <= as_of:
            return entry if entry.until is None or as_of < entry.until else None
    return entries[0] if entries and entries[0].earlier_unverified else None


def _span(entries: tuple[Entry, ...], as_of: date) -> str:
    if as_of < entries[0].effective:
        return f"现有资料从 {entries[0].effective} 起"
    ended = max(entry.until for entry in entries if entry.until is not None)
    return f"该规定自 {ended} 起不再施行"


def _value(declared: Parameter, entry: Entry, as_of: date, pack: str = "") -> Value:
    statute = store.statute(entry.statute)
    binding = "pattern" if statute.pattern else entry.binding
    return Value(
        key=declared.key,
        title=declared.title,
        kind=declared.kind,
        value=entry.value,
        unit=entry.unit or declared.unit,
        statute=statute.short,
        article=_articles(entry),
        article_ref=entry.article,
        effective_from=entry.effective,
        effective_until=entry.until,
        effective_note=_effective_note(entry),
        certainty=entry.certainty,
        confidence=entry.confidence,
        source=f"《{statute.title}》（{statute.version}）",
        gist=entry.gist,
        comparison=entry.comparison,
        warning=_warning(entry, statute, as_of, binding),
        pack=pack,
        binding=binding,
        details=entry.details,
    )


def _articles(entry: Entry) -> str:
    """The article, further ones of the same text beside it, those of other texts with their titles."""
    texts: dict[str, list[str]] = {entry.statute: [article_text(entry.article)]}
    for id_, article in entry.also:
        texts.setdefault(id_, []).append(article_text(article))
    own = "、".join(texts.pop(entry.statute))
    return "；".join([own, *(cite(store.statute(id_).short, "、".join(articles)) for id_, articles in texts.items())])


def _effective_note(entry: Entry) -> str:
    if entry.effective_doubt:
        return entry.effective_doubt
    return f"{entry.effective} 以前的文本未经核对" if entry.earlier_unverified else ""


def _warning(entry: Entry, statute: Statute, as_of: date, binding: str) -> str:
    parts = []
    if as_of < entry.effective:
        parts.append(f"{entry.effective} 以前的文本未经核对，此处按其后的规定显示。")
    if statute.since is not None and as_of < statute.since:
        parts.append(f"条号按{statute.version}文本标注，{as_of} 当时文本的条号可能不同。")
    if entry.certainty == "unverified":
        parts.append(f"本项未经核对原文（把握 {entry.confidence:.0%}），使用前请查证。")
    if entry.article.endswith("正文"):
        parts.append("摘录中没有条号，引用前请查对原文。")
    doubts = [entry.doubt, entry.effective_doubt if abs(as_of - entry.effective) <= _NEAR else ""]
    parts += [doubt.rstrip("。") + "。" for doubt in doubts if doubt]
    if binding == "pattern":
        parts.append("该规定只约束制定它的那一级，本县参照使用。")
    return "".join(parts)


def _chosen(declared: Parameter, choice: Choice, chosen: Any) -> Value:
    return _from_choice(declared, choice, _checked(declared, choice, chosen), "本县选择", "")


def _default(declared: Parameter, choice: Choice) -> Value:
    text = choice.options.get(str(choice.default), str(choice.default))
    warning = f"“{declared.title}”法律没有明文，暂按“{text}”，本县可以改选。"
    return _from_choice(declared, choice, choice.default, "系统默认", warning)


def _from_choice(declared: Parameter, choice: Choice, value: Any, source: str, warning: str) -> Value:
    statute = store.statute(choice.statute)
    return Value(
        declared.key, declared.title, declared.kind, value, declared.unit, statute.short, article_text(choice.article),
        choice.article, None, None, "", "chosen", source, choice.why, warning=warning,
    )  # fmt: skip


def _checked(declared: Parameter, choice: Choice, chosen: Any) -> Any:
    if choice.options:
        if str(chosen) not in choice.options:
            allowed = "、".join(f"{code}（{text}）" for code, text in choice.options.items())
            raise BadChoice(declared.key, declared.title, chosen, allowed)
        return str(chosen)
    if choice.value_kind == "integer":
        if not str(chosen).isdigit():
            raise BadChoice(declared.key, declared.title, chosen, "不小于零的整数")
        return int(chosen)
    if choice.value_kind == "ratio":
        try:
            return Fraction(str(chosen))
        except (ValueError, ZeroDivisionError):
            raise BadChoice(declared.key, declared.title, chosen, "分数，如 1/3") from None
    if not chosen:
        raise BadChoice(declared.key, declared.title, chosen, "不为空的文字或清单")
    return chosen
