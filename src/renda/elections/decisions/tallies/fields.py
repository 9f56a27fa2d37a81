"""One raw record (texts, numbers, blanks) as a ``VoteRecord``; every fault is said in Chinese with the field it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.core.cells import CellError, is_blank, read_text, read_whole, read_yes_no
from renda.core.cells.base import shorten
from renda.elections.decisions.records import FIRST, RECALL, ROUNDS, Tally, VoteRecord
from renda.elections.decisions.tallies.texts import as_lines, split_votes
from renda.elections.decisions.tallies.vocabulary import LABELS, LISTED_WORDS, ROUND_OF, WRITTEN_IN_WORDS
from renda.law import LawError

Raw = Mapping[str, Any]


class UnreadableRecord(LawError):
    """A field of a record is missing or cannot be read."""


def record_of(raw: Raw) -> VoteRecord:
    """The record; UnreadableRecord says every field that is wrong. Void ballots left blank follow from the valid ones, or are none."""
    faults: list[str] = []
    round_ = _taken(lambda: round_of(raw), faults, FIRST)
    numbers = {field: _number(raw, field, faults, round_) for field in _NUMBERS}
    tallies = () if round_ == RECALL else _taken(lambda: tuple(_tallies(raw.get("votes"))), faults, ())
    void = _void(numbers, faults)
    if faults:
        raise UnreadableRecord("".join(dict.fromkeys(faults)))
    participants = numbers["participants"] or 0
    recovered = numbers["ballots_recovered"]
    return VoteRecord(
        district=district_of(raw),
        round=round_,
        voters=numbers["voters"] or 0,
        participants=participants,
        ballots_recovered=participants if recovered is None else recovered,
        ballots_void=void,
        seats=1 if round_ == RECALL else numbers["seats"] or 0,
        votes=tallies,
        yes=numbers["yes"] if round_ == RECALL else None,
        proxies=numbers["proxies"],
        deputy=_text(raw.get("deputy")),
    )


_NUMBERS = ("seats", "voters", "participants", "proxies", "ballots_recovered", "ballots_valid", "ballots_void", "yes")
_MAY_BE_BLANK = {"proxies", "ballots_valid", "ballots_void"}


_AROUND = " \t\r\n\u3000\u00a0\ufeff\u200b"


def district_of(raw: Raw) -> str:
    """The district's name or number as text; empty where it is not written."""
    return _text(raw.get("district"))


def round_of(raw: Raw) -> str:
    """The round; a record without one is the first vote, or a recall where it has votes in favour. UnreadableRecord for an unknown word."""
    word = _text(raw.get("round"))
    if not word:
        return RECALL if not is_blank(raw.get("yes")) and not raw.get("votes") else FIRST
    found = ROUND_OF.get(word.lower().replace(" ", ""))
    if found is None:
        raise UnreadableRecord(f"轮次“{shorten(word)}”不认识，请写 {'、'.join(ROUNDS.values())} 之一。")
    return found


def _taken(read: Any, faults: list[str], otherwise: Any) -> Any:
    try:
        return read()
    except LawError as error:
        faults.append(str(error))
        return otherwise


def _number(raw: Raw, field: str, faults: list[str], round_: str) -> int | None:
    value = raw.get(field)
    if field == ("seats" if round_ == RECALL else "yes"):
        return None
    if is_blank(value, words=True):
        if field not in _MAY_BE_BLANK and not (field == "ballots_recovered" and round_ == RECALL):
            faults.append(f"没有写{LABELS[field]}（{field}）。")
        return None
    try:
        return read_whole(value, minimum=None)
    except CellError as error:
        faults.append(f"{LABELS[field]}：{error.reason}")
        return None


def _void(numbers: dict[str, int | None], faults: list[str]) -> int:
    """Void ballots, from those written or from the valid ones; where both are written they must add up."""
    recovered, valid, void = numbers["ballots_recovered"], numbers["ballots_valid"], numbers["ballots_void"]
    if valid is None or recovered is None:
        return void or 0
    if void is None:
        return recovered - valid
    if valid + void != recovered:
        faults.append(f"有效票 {valid} 张加废票 {void} 张不等于收回的选票 {recovered} 张，不可能。请核对计票记录。")
    return void


def _tallies(votes: Any) -> list[Tally]:
    if votes is None or (isinstance(votes, str) and is_blank(votes)):
        return []  # a void vote may not have been counted; where it is valid, the missing tally is refused
    lines = split_votes(votes) if isinstance(votes, str) else as_lines(votes)
    return [_tally(line, place) for place, line in enumerate(lines, 1)]


def _tally(line: Raw, place: int) -> Tally:
    name = _text(line.get("name"))
    if not name:
        raise UnreadableRecord(f"得票的第 {place} 项没有写姓名。")
    if is_blank(line.get("votes"), words=True):
        raise UnreadableRecord(f"{name}没有写得票数；没有得票的请写 0。")
    try:
        votes = read_whole(line.get("votes"), minimum=None)
    except CellError as error:
        raise UnreadableRecord(f"{name}的得票：{error.reason}") from error
    return Tally(name, votes, _listed(line.get("listed"), name))


def _listed(value: Any, name: str) -> bool:
    if is_blank(value):
        return True
    word = _text(value)
    if word in WRITTEN_IN_WORDS or word in LISTED_WORDS:
        return word in LISTED_WORDS
    try:
        return read_yes_no(value)
    except CellError as error:
        raise UnreadableRecord(f"{name}是否候选人：{error.reason}") from error


def _text(value: Any) -> str:
    if isinstance(value, list | dict):
        raise UnreadableRecord(f"“{shorten(str(value))}”不是文字。")
    if isinstance(value, str):
        return value.strip(_AROUND)  # names and districts are told again as they were written
    try:
        return read_text(value)
    except CellError as error:
        raise UnreadableRecord(error.reason) from error
