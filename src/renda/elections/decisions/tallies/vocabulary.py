"""The words of a record of votes: fields, their Chinese headings and synonyms, the names of the rounds."""

from __future__ import annotations

from renda.elections.decisions.records import BY_ELECTION, FIRST, RECALL, RERUN, TIE

LABELS = {
    "district": "选区",
    "round": "轮次",
    "seats": "应选名额",
    "voters": "选民数",
    "participants": "投票人数",
    "proxies": "其中委托投票",
    "ballots_recovered": "收回选票",
    "ballots_valid": "有效票",
    "ballots_void": "废票",
    "votes": "得票",
    "name": "姓名",
    "listed": "是否候选人",
    "yes": "赞成罢免票数",
    "deputy": "被罢免代表",
}
"""Field to the heading of the template."""

_SYNONYMS = {
    "district": "选区名称 选区名 选区号 选区编号 所在选区 选举单位",
    "round": "投票轮次 选举轮次 选举类型 选举方式 投票类型 投票类别 选举性质",
    "seats": "应选代表名额 应选代表数 应选代表 应选人数 应选代表人数 应选 代表名额 名额 应选名额数 补选名额 本次应选名额",
    "voters": "选民总数 选民人数 选区选民数 选区选民总数 全体选民 全体选民数 登记选民数 登记选民 本选区选民数 选民",
    "participants": "参加投票人数 参加投票的选民 参加投票选民数 参加投票选民 参加投票的选民数 参加投票数 参选人数 参投人数 实到选民 实际投票人数 投票选民数",
    "proxies": "委托投票 委托投票人数 委托人数 其中委托投票人数",
    "ballots_recovered": "收回选票数 收回票数 收回选票张数 实收选票 实收选票数 收回 回收选票 回收选票数 回收票数 选票数 recovered",
    "ballots_valid": "有效票数 有效选票 有效选票数 有效",
    "ballots_void": "废票数 作废票 作废票数 作废 作废选票 作废选票数 无效票 无效票数 无效选票 void",
    "votes": "得票数 票数 得票情况 各人得票 得票结果 候选人得票 候选人得票情况 各候选人得票 计票结果 得赞成票数",
    "name": "candidate 候选人 候选人姓名 被选举人 被选人 候选人或另选人 人选",
    "listed": "是否正式候选人 正式候选人 候选人或另选 身份 是否列名 列名",
    "yes": "赞成票 赞成票数 赞成 同意 同意票 同意票数 同意罢免 赞成罢免 赞成罢免票",
    "deputy": "被罢免的代表 罢免对象 被罢免代表姓名",
}
PAIRS = 30
"""How many numbered columns 候选人1, 得票1, … are known."""
_PAIRED = {
    "name": ("候选人", "姓名", "name", "candidate"),
    "votes": ("得票", "票数", "得票数", "votes"),
    "listed": ("是否候选人", "listed"),
    "other": ("另选人", "另选姓名", "另选他人"),
    "othervotes": ("另选得票", "另选票数", "另选人得票", "另选他人得票"),
}
_NUMERALS = "一二三四五六七八九十"


def headings() -> dict[str, str]:
    """Heading to field; the third pair is ``name:3``, ``votes:3``, ``listed:3``, a written-in one ``other:3``."""
    known = {label: field for field, label in LABELS.items()} | {field: field for field in LABELS}
    known |= {word: field for field, words in _SYNONYMS.items() for word in words.split()}
    for number in range(1, PAIRS + 1):
        spoken = [str(number), *([_NUMERALS[number - 1]] if number <= len(_NUMERALS) else [])]
        known |= {f"{word}{n}": f"{part}:{number}" for part, words in _PAIRED.items() for word in words for n in spoken}
    return known


ROUND_WORDS = {
    FIRST: "first 1 第一次投票 第一次 第一轮 首次投票 首轮 首次 选举 正式选举 正式投票 投票选举 换届选举 直接选举",
    RERUN: "rerun another 另行选举 另选 另行投票",
    TIE: "tie tie_vote 再次投票 同票再次投票 票数相等再次投票 再投 同票再投",
    BY_ELECTION: "by_election by-election byelection 补选",
    RECALL: "recall 罢免 罢免表决 表决罢免",
}
ROUND_OF = {word: round_ for round_, words in ROUND_WORDS.items() for word in words.split()}
WRITTEN_IN_WORDS = frozenset(
    {"另选", "另选人", "另选他人", "另选其他人", "另选其他选民", "非候选人", "其他选民", "不是候选人", "written-in", "write-in"}
)
LISTED_WORDS = frozenset({"候选人", "正式候选人", "代表候选人", "正式代表候选人", "listed"})
