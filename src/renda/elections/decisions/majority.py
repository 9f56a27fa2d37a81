"""How many a majority is: more than half of all voters for a recall, two thirds for a quorum, a fifth for a proposal. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

from renda.law import LawError
from renda.law.ballots import Law
from renda.law.thresholds import meets, required


@dataclass(frozen=True)
class Majority:
    """``needed`` of ``whole`` persons (at most so many, where the law caps); ``met``: whether ``votes`` are enough, None where not asked."""

    key: str
    whole: int
    needed: int
    article: str
    votes: int | None
    met: bool | None
    working: str


def majority(key: str, whole: int, law: Law, *, votes: int | None = None) -> Majority:
    """The count that the share of parameter ``key`` is of ``whole`` persons, as of the law's day.

    以上 includes the number itself, 过半数 and 超过 do not (民法典 1259). Errors: LawError where ``key`` is no share, or where more voted
    than there are; ValueError for a negative ``whole``; all of ``law``.
    """
    rule = law(key)
    if rule.kind != "ratio":
        raise LawError(f"“{rule.title}”（{key}）不是比例，不能推算人数。")
    if votes is not None and not 0 <= votes <= whole:
        raise LawError(f"{votes} 票不在 0 至 {whole} 之间，不可能。")
    needed = required(rule.value, rule.comparison, whole)
    met = None if votes is None else meets(rule.value, rule.comparison, votes, whole)
    line = f"{rule.citation}：{rule.details.get('whole', '全体')} {whole} 人，{_words(rule.comparison, needed)}"
    ends = "" if met is None else f"，实际 {votes}，{'达到' if met else '没有达到'}"
    return Majority(key, whole, needed, rule.citation, votes, met, f"{line}{ends}。")


def _words(comparison: str, needed: int) -> str:
    return {"more_than": f"须超过，即 {needed} 以上", "at_least": f"不少于 {needed}", "at_most": f"不超过 {needed}"}[comparison]
