"""Choosing the indicator of each figure: every rule is tried, the best wins, a near tie stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .context import Contexts, Place
from .figure import Figure
from .lexicon import ZONES, Condition, Rule, rules

TIE = 0.07
# Below it a binding rests on words far off while another is near: three in four are right, which is too few.
FLOOR = 0.78
_SEVERAL_RATES = re.compile(r"率[^，率]{0,2}(?:、|和|及|与)[^，率]{1,8}(?:率|度)")
_NEARNESS = dict(zip(ZONES, (1.0, 0.95, 0.8, 0.6, 0.55, 0.5, 0.5), strict=True))
_CARRIED = 0.7
_SEMICOLON = re.compile(r"[;；]")


@dataclass(slots=True)
class Match:
    """A rule that holds for a figure, how well, and how near its evidence stands."""

    rule: Rule
    score: float
    nearness: float


class Zones:
    """The text of each zone around a figure, built when asked for."""

    def __init__(self, place: Place) -> None:
        self.place = place
        sentence = place.sentence + place.clause
        local = [place.head, place.tail] if place.side == "left" else [place.tail, place.head]
        both = "\u2060".join(local)
        near = [] if place.carried else [place.head]
        self.texts = {
            "l": (place.head,),
            "t": (both,),
            "c": (*near, place.clause),
            "s": (*near, place.clause, sentence),
            "f": (*near, place.clause, sentence, place.following),
            "p": (*near, place.clause, sentence, place.following, place.paragraph, place.heading),
            "d": (*near, place.clause, sentence, place.following, place.paragraph, place.heading, place.subject),
        }
        self.levels = {
            "l": "l",
            "t": "t",
            "c": "lc"[-1 if place.carried else 0 :],
            "s": "lcs"[1 if place.carried else 0 :],
            "f": "lcsf"[1 if place.carried else 0 :],
            "p": "lcsfpp"[1 if place.carried else 0 :],
            "d": "lcsfppd"[1 if place.carried else 0 :],
        }

    def find(self, condition: Condition) -> float:
        """How near the condition's pattern is found within its zone; 0 when it is not."""
        for text, level in zip(self.texts[condition.zone], self.levels[condition.zone], strict=True):
            if condition.pattern.search(text):
                return _NEARNESS[level]
        return 0.0

    def forbids(self, veto: Condition) -> bool:
        """Whether a veto holds. One on the title looks at the title alone: what else the text treats is no objection."""
        if veto.zone == "d":
            return bool(veto.pattern.search(self.place.document))
        if veto.zone in "cs":
            texts = [self.place.own] if veto.zone == "c" else [self.place.before, _SEMICOLON.split(self.place.sentence)[-1]]
            return any(veto.pattern.search(text) for text in (*texts, "" if self.place.carried else self.place.head))
        return bool(self.find(veto))


def _head_score(rule: Rule, zones: Zones) -> float:
    """How well the rule's head pattern fits; 0 when it does not."""
    place = zones.place
    assert rule.head is not None
    found = list(rule.head.finditer(place.head))
    if found:
        match = found[-1] if place.side == "left" else found[0]
        distance = len(place.head) - match.end() if place.side == "left" else match.start()
        score = 1.0 + 0.012 * min(len(match[0]), 12) + 0.12 * max(0.0, 1 - distance / 12)
        return score * (_CARRIED if place.carried else 1.0)
    if not rule.both_sides:
        return 0.0
    match_tail = rule.head.search(place.tail)
    if match_tail is None:
        return 0.0
    return 0.9 + 0.01 * min(len(match_tail[0]), 12)


@lru_cache(maxsize=4096)
def _candidates(unit: str, form: str, ratio: bool) -> tuple[Rule, ...]:
    """The rules that a figure of this measure word and form may fulfil."""
    return tuple(
        rule
        for rule in rules()
        if (rule.units is None or rule.units.fullmatch(unit)) and (rule.form in ("any", form) or (rule.form == "ratio" and ratio))
    )


def _try(rule: Rule, zones: Zones) -> Match | None:
    base = 0.62
    if rule.head is not None:
        base = _head_score(rule, zones)
        if not base:
            return None
    nearest = 1.0
    for need in rule.needs:
        nearness = zones.find(need)
        if not nearness:
            return None
        base += 0.08 * nearness
        nearest = min(nearest, nearness)
    if any(zones.forbids(veto) for veto in rule.vetoes):
        return None
    return Match(rule, base + rule.weight, nearest)


def matches(figure: Figure, place: Place) -> list[Match]:
    """The rules that hold for a figure, the best of each indicator, best first."""
    zones = Zones(place)
    best: dict[str, Match] = {}
    for rule in _candidates(figure.bare_unit, figure.form, figure.kind == "ratio"):
        match = _try(rule, zones)
        if match and (rule.code not in best or match.score > best[rule.code].score):
            best[rule.code] = match
    return sorted(best.values(), key=lambda match: -match.score)


def _confidence(found: list[Match], place: Place) -> float:
    first = found[0]
    margin = first.score - found[1].score if len(found) > 1 else 0.5
    value = 0.62 + 0.14 * min(1.0, first.nearness) + 0.2 * min(1.0, margin / 0.4)
    return round(max(0.3, min(0.97, value - (0.12 if place.carried and not place.joined else 0))), 2)


def _shared_ratio(figure: Figure, place: Place) -> bool:
    """One ratio stated of several things at once (见面率、答复率均为100%) is a tie by itself."""
    if figure.kind != "ratio" or not _SEVERAL_RATES.search(place.head):
        return False
    figure.why = "tie of several rates"
    return True


def _choose(found: list[Match], place: Place, previous: Figure | None) -> tuple[Match | None, float, str]:
    """The match that wins with its confidence, or None with why the figure stays open.

    Of matches near each other the one wins that the figure right before it has, when the two are one count (37批112人次).
    """
    near = [match for match in found if found[0].score - match.score < TIE]
    if len(near) > 1 and place.joined and previous is not None:
        near = [match for match in near if match.rule.code == previous.reference] or near
    if len(near) > 1:
        return None, 0.0, "tie " + " ".join(f"{match.rule.code}={match.score:.2f}" for match in found[:3])
    confidence = _confidence(found, place) if near[0] is found[0] else FLOOR
    if confidence < FLOOR and not (place.joined and previous is not None and previous.reference == near[0].rule.code):
        return None, 0.0, f"tie by distance {found[0].rule.code} {confidence}"
    return near[0], confidence, ""


def bind(figures: list[Figure], contexts: Contexts) -> Iterator[Place]:
    """Give each figure the indicator its words announce; yields its place. A near tie stays open."""
    for index, figure in enumerate(figures):
        place = contexts.place(index)
        found = [] if _shared_ratio(figure, place) else matches(figure, place)
        if found:
            match, confidence, figure.why = _choose(found, place, figures[index - 1] if index else None)
            if match:
                figure.reference, figure.confidence = match.rule.code, max(confidence, FLOOR)
                figure.breakdown.update(match.rule.breakdown)
        yield place
