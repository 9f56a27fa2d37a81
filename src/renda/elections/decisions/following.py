"""Votes of one district in one file held against each other: does the rerun fill the seats, with the names, that the first vote left?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from renda.elections.decisions.deciding import decide_all
from renda.elections.decisions.outcome import RERUN_NEXT, TIE_NEXT, Decision, NextVote, Refusal
from renda.elections.decisions.records import BY_ELECTION, FIRST, RECALL, RERUN, ROUNDS, TIE, VoteRecord
from renda.law.ballots import Law

_ROUND_OF = {RERUN_NEXT: RERUN, TIE_NEXT: TIE}
Answer = Decision | Refusal


def counted(records: Iterable[VoteRecord | Refusal], law: Law) -> list[Answer]:
    """All records of a file decided, each on its own, and then held against each other."""
    return compared(decide_all(records, law))


def compared(answers: Sequence[Answer]) -> list[Answer]:
    """The same answers, with a warning where two votes of a district do not fit each other. Nothing else changes."""
    by_district: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(answers):
        by_district[_district(one)].append(place)
    found = list(answers)
    for places in by_district.values():
        for place, words in _faults(answers, places):
            found[place] = replace(found[place], warnings=(*found[place].warnings, words))
    return found


def _district(one: Answer) -> str:
    return one.district if isinstance(one, Refusal) else one.record.district


def _round(one: Answer) -> str:
    return one.round if isinstance(one, Refusal) else one.record.round


def _faults(answers: Sequence[Answer], places: Sequence[int]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    by_round: dict[str, list[int]] = defaultdict(list)
    for place in places:
        by_round[_round(answers[place])].append(place)
    for round_, several in by_round.items():
        if len(several) > 1 and round_ != RECALL:
            words = f"文件里这个选区有 {len(several)} 条“{ROUNDS[round_]}”的记录，请核对是否重复。"
            found += [(place, words) for place in several]
    for one in (answers[place] for place in places):
        if isinstance(one, Decision):
            found += _after(one, answers, by_round)
    return found


def _after(one: Decision, answers: Sequence[Answer], by_round: dict[str, list[int]]) -> list[tuple[int, str]]:
    """The vote that follows ``one`` in the file, where its seats or names are not those that ``one`` calls for."""
    before = ROUNDS[one.record.round]
    found = []
    for kind, round_ in _ROUND_OF.items():
        places = by_round.get(round_, [])
        if len(places) != 1 or round_ == one.record.round:
            continue
        following = answers[places[0]]
        if not isinstance(following, Decision):
            continue
        if one.next is not None and one.next.kind == kind:
            found += [(places[0], words) for words in _misfit(one.next, following, before)]
        elif one.record.round in (FIRST, BY_ELECTION) and one.next is None and not one.undecided:
            why = "当选人已满" if one.valid else "这次选举无效"
            found.append((places[0], f"按这个选区{before}的记录，{why}，不应有{ROUNDS[round_]}，请核对。"))
    return found


def _misfit(expected: NextVote, following: Decision, before: str) -> list[str]:
    record = following.record
    here = ROUNDS[record.round]
    words = []
    if record.seats != expected.seats:
        words.append(f"按{before}的记录，{here}应选 {expected.seats} 名，这里写的是 {record.seats} 名，请核对。")
    listed = {one.name for one in record.persons if one.listed}
    may = {*expected.candidates, *expected.tied}
    if expected.kind == TIE_NEXT and listed != may:
        words.append(f"按{before}的记录，{here}应在{'、'.join(expected.candidates)}之间进行，与这里的姓名不同，请核对。")
    if expected.kind == RERUN_NEXT and (missing := [name for name in expected.candidates if name not in listed]):
        words.append(f"按{before}的得票顺序，{'、'.join(missing)}应是{here}的候选人，这里没有列入，请核对。")
    return words
