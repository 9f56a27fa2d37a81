"""Votes in one cell, as clerks write them: 甲 751；乙 600；王五 30（另选他人）."""

from __future__ import annotations

import json
import re
from typing import Any

from renda.core.cells import clean
from renda.elections.decisions.tallies.vocabulary import LISTED_WORDS, WRITTEN_IN_WORDS
from renda.law import LawError

_PARTS = re.compile(r"[;；、|\n]+|[,，](?!\d{3}(?!\d))")
_PART = re.compile(
    r"(?P<name>.*?\D|\D)[\s:：=＝]*(?:得|获|获得|得票|得赞成票)?[\s:：]*(?P<votes>-?(?:\d{1,3}(?:,\d{3})+|\d+))\s*票?\s*(?:[（(](?P<mark>[^（）()]*)[）)])?"
)
_TRAILING = re.compile(r"[\s:：=＝]+$|(?:得票|得赞成票|获得|得|获)[\s:：]*$")
_PREFIX = re.compile(r"^(?:另选他人|另选人|另选)[\s:：]+")


def split_votes(text: str) -> list[dict[str, Any]]:
    """Names, votes and whether each is a formal candidate; JSON in the cell is read as JSON. LawError names the part that cannot be read."""
    if text.lstrip().startswith(("[", "{")):
        return _from_json(text)
    return [_part(part.strip()) for part in _PARTS.split(clean(text)) if part.strip()]


def _from_json(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise LawError("得票一格像是 JSON，但读不出来，请核对括号和引号。") from None
    return as_lines(found)


def as_lines(found: Any) -> list[dict[str, Any]]:
    """Votes from JSON: a list of objects or of pairs, or an object of names and votes. LawError for another form."""
    if isinstance(found, dict):
        return [{"name": name, "votes": votes} for name, votes in found.items()]
    if not isinstance(found, list):
        raise LawError("得票（votes）应为一张清单，每项写明 name（姓名）、votes（票数）和 listed（是否候选人）。")
    return [_line(one, place) for place, one in enumerate(found, 1)]


def _line(one: Any, place: int) -> dict[str, Any]:
    if isinstance(one, dict):
        return one
    if isinstance(one, list) and len(one) in (2, 3):
        return dict(zip(("name", "votes", "listed"), one, strict=False))
    raise LawError(f"得票的第 {place} 项应写明 name（姓名）和 votes（票数）。")


def _part(part: str) -> dict[str, Any]:
    match = _PART.fullmatch(part)
    if not match:
        raise LawError(f"得票中的“{part}”读不出姓名和票数，请写成“甲 751；乙 600（另选他人）”的样子。")
    name, mark = _TRAILING.sub("", match["name"].strip()), (match["mark"] or "").strip()
    if mark and mark not in WRITTEN_IN_WORDS | LISTED_WORDS:
        raise LawError(
            f"得票中的“{part}”，括号里的“{mark}”不认识；另选的人请写“（另选他人）”，同名的区别请写在姓名之后、票数之前。"
        )
    written_in = mark in WRITTEN_IN_WORDS or bool(_PREFIX.match(name))
    return {"name": _PREFIX.sub("", name), "votes": match["votes"], "listed": not written_in}
