"""Sentences that assert something without a number: 全部办结, 换届选举, 首个试点县. What is not true, or cannot be known, is marked.

The list beside this module (`claims.yaml`) says how each is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from .layout import Layout
from .model import Binding, Edit

ALL = re.compile(
    r"全部(?!的|门|工作|过程|精力|内容|力量|职责|心思|[，。；、）”\n])|(?:已|均已|都已)全部|均已|都已|无一(?:遗漏|例外|差错)?|全覆盖|悉数|件件|百分之百|均为(?=满意|优秀|合格|良好)|都(?:有(?=领导|专人|回音|着落|答复|结果)|得到)"
    r"|(?<![平人年等])均(?:按[期时]|予以|得到|获得|达到|完成|办结|答复|顺利|圆满|依法|如期|合格|满意)"
)
_REACH = 24
_TREND = re.compile(
    r"[^，。；、\d\n]{0,6}?(?:(?:持续|稳步|明显|大幅|逐年|显著|不断|有所|双双|进一步)(?P<first>增长|增加|上升|提高|提升|下降|减少|降低|回落)"
    r"|(?:比|较)(?:上年|去年)[^，。；\d\n]{0,4}?(?P<second>增长|增加|上升|提高|提升|下降|减少|降低|回落))(?![^，。；\n]{0,4}\d)"
)
_RISING = ("增长", "增加", "上升", "提高", "提升")

Value = Decimal | int | None
Ask = Callable[[Binding], tuple[Value, str]]
"""What the records say for a binding: the value, or None and why."""


@dataclass(frozen=True)
class Claim:
    """One place of the text that asserts something. `bindings` are what must be asked to check it; `ahead` is 1 in the part on the coming year."""

    start: int
    end: int
    kind: str
    indicators: tuple[str, ...] = ()
    wants: int | None = None
    of: str = ""
    years: tuple[int, ...] = ()
    ahead: int = 0

    @property
    def bindings(self) -> list[Binding]:
        """The questions to ask."""
        if self.kind in ("rise", "fall"):
            return [grown(self.indicators[0])]
        return [asked(code) for code in (*self.indicators, *((self.of,) if self.of else ()))]


def asked(code: str) -> Binding:
    """An indicator in the report's own year."""
    return Binding(code, {}, {"type": "year"})


def grown(code: str) -> Binding:
    """An indicator against the year before."""
    return Binding(code, {}, {"type": "year"}, "difference")


@dataclass(frozen=True)
class Entry:
    """A line of the list, compiled."""

    words: re.Pattern[str]
    indicators: tuple[str, ...] = ()
    about: re.Pattern[str] | None = None
    wants: int | None = None
    of: str = ""
    years: tuple[int, ...] = field(default_factory=tuple)


@cache
def entries() -> dict[str, list[Entry]]:
    """The list, by kind."""
    raw = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text("utf-8"))
    return {
        "all": [
            Entry(
                re.compile(one["says"]),
                tuple(filter(None, [one.get("indicator")])),
                re.compile(one["about"]),
                one.get("wants"),
                one.get("of", ""),
            )
            for one in raw["all"]
        ],
        "happened": [Entry(re.compile(one["words"]), tuple(one["indicators"])) for one in raw["happened"]],
        "trends": [Entry(re.compile(one["of"]), (one["indicator"],), re.compile(one.get("about", ""))) for one in raw["trends"]],
        "once": [Entry(re.compile(one["words"]), of="anywhere" if one.get("anywhere") else "") for one in raw["once"]],
        "campaigns": [Entry(re.compile(one["words"]), years=tuple(one["years"])) for one in raw["campaigns"]],
    }


def claims(layout: Layout, own: int | None, target: int) -> list[Claim]:
    """What the text asserts of the year reported on (not of the coming one). At a distance of 0 what happens once stands."""
    found = [*_completeness(layout), *_happened(layout), *_trends(layout)]
    if own != target:
        found += [*_once(layout), *_campaigns(layout, own, target)]
    return found


def _completeness(layout: Layout) -> Iterator[Claim]:
    for match in ALL.finditer(layout.text, 0, layout.plan_from):
        if layout.names[match.start()]:
            continue
        entry = _entry_for(layout, match.start(), match.end())
        if entry is None:
            yield Claim(*match.span(), "all")
        else:
            yield Claim(*match.span(), "all", entry.indicators, entry.wants, entry.of)


def _entry_for(layout: Layout, start: int, end: int) -> Entry | None:
    """The line that checks a word of completeness: by what is said right after it (or before, 办结率百分之百), and of what."""
    clause, sentence = layout.clause(start), layout.sentence(start)
    after = layout.text[start : min(clause.end, end + _REACH)]
    before = layout.text[max(sentence.start - 60, layout.line(start).start) : start]
    for text in (after, layout.text[clause.start : start]):
        for entry in entries()["all"]:
            assert entry.about is not None
            if entry.words.search(text) and entry.about.search(before + after):
                return entry
    return None


def _happened(layout: Layout) -> Iterator[Claim]:
    """Each piece of work once per sentence; headings and names of rules are no report of work."""
    seen: set[tuple[int, str]] = set()
    for entry in entries()["happened"]:
        for match in entry.words.finditer(layout.text, 0, layout.plan_from):
            sentence = layout.sentence(match.start())
            key = (sentence.start, entry.words.pattern)
            if key in seen or layout.names[match.start()] or _is_heading(layout, match.start()):
                continue
            seen.add(key)
            yield Claim(*match.span(), "happened", entry.indicators)


def _trends(layout: Layout) -> Iterator[Claim]:
    """What rose or fell without a number beside it; one place is one claim."""
    seen: set[int] = set()
    for entry in entries()["trends"]:
        for match in entry.words.finditer(layout.text, 0, layout.plan_from):
            trend = _TREND.match(layout.text, match.end())
            sentence = layout.sentence(match.start())
            if trend is None or not (entry.about and entry.about.search(layout.text, sentence.start, match.end())):
                continue
            group = "first" if trend["first"] else "second"
            if trend.start(group) not in seen and not layout.names[match.start()]:
                seen.add(trend.start(group))
                yield Claim(*trend.span(group), "rise" if trend[group] in _RISING else "fall", entry.indicators)


def _is_heading(layout: Layout, position: int) -> bool:
    line = layout.line(position)
    words = layout.text[line.start : line.end].strip()
    return len(words) <= 30 and not words.endswith(("。", "；", "，"))


def _once(layout: Layout) -> Iterator[Claim]:
    """The first such word of each clause; those said of a year (开局之年) also in the part on the coming one."""
    found = [
        match
        for entry in entries()["once"]
        for match in entry.words.finditer(layout.text, 0, len(layout.text) if entry.of == "anywhere" else layout.plan_from)
    ]
    clause = -1
    for match in sorted(found, key=lambda match: match.start()):
        start = layout.clause(match.start()).start
        if start != clause and not layout.names[match.start()] and not _is_heading(layout, match.start()):
            clause = start
            yield Claim(*match.span(), "once")


def _campaigns(layout: Layout, own: int | None, target: int) -> Iterator[Claim]:
    """Names of certain years that the new year, and in the part on the coming year the one after it, does not belong to."""
    for entry in entries()["campaigns"]:
        for match in entry.words.finditer(layout.text):
            ahead = 1 if match.start() >= layout.plan_from else 0
            fitted = own is None or own + ahead in entry.years
            if fitted and target + ahead not in entry.years:
                yield Claim(*match.span(), "campaign", years=entry.years, ahead=ahead)


def claim_edits(layout: Layout, found: list[Claim], ask: Ask, year: int, taken: bytearray, figured: bytes) -> list[Edit]:
    """Marks for the claims that are not true, or that nothing can prove. `figured` has 1 where figures stand: work told with a
    number is checked by that number."""
    edits = []
    for claim in found:
        if claim.kind == "happened" and figured.find(1, *_clause_of(layout, claim)) >= 0:
            continue
        why = _doubt(claim, ask, year)
        span = _free(claim, taken)
        if not why or span is None:
            continue
        taken[span[0] : span[1]] = b"\x01" * (span[1] - span[0])
        edits.append(Edit(*span, layout.text[span[0] : span[1]], "wording", True, why))
    return edits


def _clause_of(layout: Layout, claim: Claim) -> tuple[int, int]:
    clause = layout.clause(claim.start)
    return clause.start, clause.end


def _free(claim: Claim, taken: bytearray) -> tuple[int, int] | None:
    """The claim's place as far as no figure and no year stands in it."""
    end = taken.find(1, claim.start, claim.end)
    end = claim.end if end < 0 else end
    return (claim.start, end) if end > claim.start else None


def _doubt(claim: Claim, ask: Ask, year: int) -> str:
    if claim.kind == "once":
        return "原文说的是当年的一件事，本年未必再次发生，请核对，不属实的请改写或删去。"
    if claim.kind == "campaign":
        return f"这一提法属于{_span(claim.years)}，不在{year + claim.ahead}年，请核对是否仍适用。"
    if claim.kind in ("rise", "fall"):
        return _not_moved(claim, ask)
    if claim.kind == "happened":
        return _not_happened(claim, ask, year)
    return _not_all(claim, ask)


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}至{years[-1]}年"


def _not_happened(claim: Claim, ask: Ask, year: int) -> str:
    answers = [ask(asked(code)) for code in claim.indicators]
    if any(value for value, _ in answers):
        return ""
    unknown = next((why for value, why in answers if value is None and why), "")
    if unknown and not any(value == 0 for value, _ in answers):
        return f"无法从台账核实{year}年是否有这项工作（{unknown}），请核对。"
    return f"台账中{year}年没有这项工作的记录，请核对，没有开展的请删改这句话。"


def _not_moved(claim: Claim, ask: Ask) -> str:
    change, why = ask(grown(claim.indicators[0]))
    if change is None:
        return f"无法从台账核实比上年是增是减（{why or '没有上年数'}），请核对。"
    if (change > 0) if claim.kind == "rise" else (change < 0):
        return ""
    told = "与上年持平" if not change else f"比上年{'增加' if change > 0 else '减少'} {abs(change):f}"
    return f"按台账{told}，请改写。"


def _not_all(claim: Claim, ask: Ask) -> str:
    if not claim.indicators:
        return "是否“全部”“均已”没有对应的指标可以核实，请核对本年情况。"
    if claim.of:
        whole, why = ask(asked(claim.of))
        if not whole:
            return f"本年没有可以说“全部”的记录（{why or '总数为 0'}），请核对。"
    value, why = ask(asked(claim.indicators[0]))
    if value is None:
        return f"无法从台账核实（{why or '没有基数'}），请核对。"
    if value == claim.wants:
        return ""
    told = f"本年为 {value:f}%" if claim.wants == 100 and isinstance(value, Decimal) else f"本年为 {value}"
    return f"按台账不是“全部”：{told}，请改写。"
