"""A decision as lines of Chinese, for the terminal and for a record of the count."""

from __future__ import annotations

from renda.elections.decisions.outcome import TIE_NEXT, Decision, NextVote, Refusal
from renda.elections.decisions.records import RECALL, ROUNDS


def told(one: Decision | Refusal) -> list[str]:
    """The result first, then the arithmetic with its articles, what follows, and what to look at."""
    if isinstance(one, Refusal):
        return [
            f"【{one.district}】{ROUNDS[one.round]}　没有判定",
            f"  {one.error}",
            *(f"  注意：{line}" for line in one.warnings),
        ]
    record = one.record
    seats = "" if record.round == RECALL else f"　应选 {record.seats} 名"
    lines = [f"【{record.district}】{ROUNDS[record.round]}{seats}", f"  {one.reason}", f"  {_result(one)}"]
    lines += [f"  {number}. {line}" for number, line in enumerate(one.working, 1)]
    if one.next:
        lines.append(f"  下一步：{following(one.next)}")
    return [*lines, *(f"  注意：{line}" for line in dict.fromkeys(one.warnings))]


def _result(one: Decision) -> str:
    if one.record.round == RECALL:
        who = f"对{one.record.deputy}的" if one.record.deputy else ""
        return f"{who}罢免{'通过' if one.passed else '没有通过'}。"
    if not one.valid:
        return "没有人当选。"
    short = f"，缺 {one.unfilled} 名" if one.unfilled else ""
    return f"当选：{'、'.join(one.elected) or '无'}{short}。"


def following(next_: NextVote) -> str:
    """The next vote in one sentence."""
    names = "、".join(next_.candidates)
    if next_.kind == TIE_NEXT:
        return f"就{names}再次投票，应选 {next_.seats} 名。"
    places = f"{next_.places} 个位置在同票的{'、'.join(next_.tied)}中确定" if next_.tied else ""
    stand = "；另有 ".join(part for part in (f"候选人：{names}" if names else "", places) if part)
    return f"另行选举，应选 {next_.seats} 名，{stand if names else f'候选人的 {places}'}。"
