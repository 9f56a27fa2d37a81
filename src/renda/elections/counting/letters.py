"""The result records as letters of the documents room: templates that an office may change, versions kept, PDF made of the kept .docx."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from renda.core.canonical import digest
from renda.directory import congress, gate, roles
from renda.directory.gate import Actor
from renda.documents import papers, pdf
from renda.documents.days import spoken
from renda.documents.models import PaperVersion
from renda.documents.registry import Sender, Template, Values, Word, get
from renda.documents.registry import declare as declare_letter
from renda.elections.counting import SHIPPED, settling
from renda.elections.models import Election, ElectoralDistrict, VoteRound
from renda.elections.voting import changes, rounds
from renda.elections.voting.changes import VotingFault

GROUP = "选举文书"
RECORD, SUMMARY = "vote_round.record", "vote_election.summary"
CONGRESS = Word("人大名称", "届次和本级人大的名称", "清河县第十二届人民代表大会")
CODE = Word("校验码", "由所列数字算出的校验码，供核对纸面与平台", "3F2A-90BC-77D1-04E8-5B6C")
DISTRICT_WORDS = (
    CONGRESS,
    Word("选区", "选区名称", "第三选区"),
    Word("投票轮次", "第一次投票、另行选举、就票数相等者再次投票", "第一次投票"),
    Word("投票日期", "投票的日期", "2026年12月29日"),
    Word("应选名额", "这一轮应选的名额", "2"),
    Word("选民总数", "选区全体选民", "3000"),
    Word("参加投票的选民", "参加投票的人数，含委托人", "2850"),
    Word("委托投票", "其中委托投票的人数", "120"),
    Word("参选率", "参加投票的选民占全体选民的百分比", "95.0%"),
    Word("发出选票", "发出的选票张数", "2850"),
    Word("收回选票", "收回的选票张数", "2846"),
    Word("未收回选票", "发出而没有收回的张数", "4"),
    Word("有效票", "有效票张数", "2830"),
    Word("废票", "废票张数", "16"),
    Word("当选须得票数", "依法当选至少须得的票数", "1426"),
    Word("得票情况", "每人一行，按选票顺序", ("张伟　赞成 1800 票，反对 300 票，弃权 730 票", "李娜　赞成 1500 票"), many=True),
    Word("选举效力", "选举是否有效及理由", "参加投票的选民过半数，收回的选票不多于投票人数，选举有效。"),
    Word("当选人", "当选人的姓名；没有的写“无”", "张伟、李娜"),
    Word("未选足", "没有选足的名额，选足时为空", ""),
    Word("下一步", "依法接着进行的投票，没有时为空", ""),
    Word("依据", "判定依据的条款", "《选举法》第四十四条第一款、第四十五条第一款"),
    Word(
        "计算过程",
        "每步一行，附条款",
        ("《选举法》第四十五条第一款：全体选民 3000 人，须 1501 人以上参加投票，实际 2850 人。",),
        many=True,
    ),
    Word("说明", "需要注意和说明的事项，每项一行", (), many=True),
    CODE,
)
WHOLE_WORDS = (
    CONGRESS,
    Word("选举名称", "选举的名称", "清河县2026年县级人大代表选举"),
    Word("选举日", "选举日", "2026年12月29日"),
    Word("选区数", "选区的数目", "2"),
    Word("已核定选区数", "已经核定结果的选区", "2"),
    Word("应选名额", "应选代表总数", "3"),
    Word("当选人数", "当选的人数", "3"),
    Word("选民总数", "已核定选区的选民总数", "5200"),
    Word("参加投票的选民", "已核定选区第一次投票参加的人数", "4900"),
    Word("参选率", "参加投票的选民占选民总数的百分比", "94.2%"),
    Word("尚缺名额", "没有选足的名额", "0"),
    Word("各选区结果", "每个选区的每轮投票一行", ("第一选区第一次投票：应选 2 名，选民 3000 人，参加 2850 人，当选：张伟、李娜。",), many=True),
    Word("未核定选区", "还没有核定结果的选区，没有时为空", ""),
    CODE,
)  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A record that was made: its newest version, and whether it holds the figures that are stored now."""

    version: PaperVersion
    current: bool


def declare() -> None:
    """Register the two records (called once, at start)."""
    for code, name, words, values in (
        (RECORD, "选举结果报告单", DISTRICT_WORDS, values_of_round),
        (SUMMARY, "选举结果汇总报告单", WHOLE_WORDS, values_of_election),
    ):
        declare_letter(
            Template(
                code=code, name=name, to="选举委员会", words=words, shipped=SHIPPED / f"{code.partition('.')[2]}.docx", values=values,
                sender=sender, group=GROUP,
            )
        )  # fmt: skip


def sender(*, election: Election) -> Sender:
    """The records go out in the name of the election's division; they bear no number of a series."""
    return Sender(congress.organ(election.division), "", election.division)


def values_of_round(template: Template, *, one: VoteRound) -> Values:
    """The words of a district's record from its settled result."""
    result: dict[str, Any] = one.result or {}
    found: dict[str, str | list[str]] = {
        "人大名称": one.election.congress_name(one.division),
        "选区": one.district.name,
        "投票轮次": one.get_kind_display(),
        "投票日期": spoken(one.day),
        "应选名额": str(one.seats),
        "选民总数": str(result["voters"]),
        "参加投票的选民": str(result["participants"]),
        "委托投票": str(result["proxied"]),
        "参选率": percent(result["participants"], result["voters"]),
        "发出选票": str(result["issued"]),
        "收回选票": str(result["ballots_recovered"]),
        "未收回选票": str(result["not_returned"]),
        "有效票": str(result["ballots_valid"]),
        "废票": str(result["ballots_void"]),
        "当选须得票数": str(result["needed"] or "—"),
        "得票情况": [vote_line(line) for line in result["lines"]],
        "选举效力": result["reason"],
        "当选人": "、".join(result["elected"]) or "无",
        "未选足": f"尚缺 {result['unfilled']} 名。" if result["unfilled"] else "",
        "下一步": next_words(result),
        "依据": result["article"],
        "计算过程": list(result["working"]),
        "说明": list(result["warnings"]),
        "校验码": settling.code_of(one),
    }
    return found


def values_of_election(template: Template, *, election: Election, settled: Sequence[VoteRound], open_: Sequence[str]) -> Values:
    """The words of the whole election's record from its settled rounds; ``open_`` names the districts without a settled one."""
    last = {one.district_id: one for one in settled}
    first: dict[int, VoteRound] = {}
    for one in settled:  # a first vote held again after a void one stands for it
        if one.kind == "first":
            first[one.district_id] = one
    districts = ElectoralDistrict.objects.alive().filter(election=election)
    seats = sum(districts.values_list("seats", flat=True))
    elected = sum(len((one.result or {})["elected"]) for one in settled)
    voters = sum(one.voters for one in first.values())
    participants = sum((one.result or {})["participants"] for one in first.values())
    return {
        "人大名称": election.congress_name(election.division),
        "选举名称": election.name,
        "选举日": spoken(election.election_day),
        "选区数": str(len(districts)),
        "已核定选区数": str(len(last)),
        "应选名额": str(seats),
        "当选人数": str(elected),
        "选民总数": str(voters),
        "参加投票的选民": str(participants),
        "参选率": percent(participants, voters),
        "尚缺名额": str(max(0, seats - elected)),
        "各选区结果": [_district_line(one) for one in settled],
        "未核定选区": "、".join(open_),
        "校验码": whole_code(settled),
    }


def whole_code(settled: Sequence[VoteRound]) -> str:
    """The digest of a whole election's settled rounds, as it is printed."""
    return settling.printed_code(digest([one.digest for one in settled]))


def _district_line(one: VoteRound) -> str:
    result: dict[str, Any] = one.result or {}
    votes = {line[0]: line[1] for line in result["lines"]}
    won = "、".join(f"{name}（{votes[name]} 票）" for name in result["elected"]) or "无"
    lacking = f"，尚缺 {result['unfilled']} 名" if result["unfilled"] else ""
    void = "" if result["valid"] else "，选举无效"
    return (
        f"{one}：应选 {one.seats} 名，选民 {one.voters} 人，参加投票 {result['participants']} 人"
        f"（{percent(result['participants'], one.voters)}），有效票 {result['ballots_valid']} 张，废票 {result['ballots_void']} 张{void}；"
        f"当选：{won}{lacking}。"
    )


def vote_line(line: Sequence[Any]) -> str:
    """One person's votes in words."""
    name, votes, listed, against, abstain = line
    parts = [f"赞成 {votes} 票" if against is not None or abstain is not None else f"得 {votes} 票"]
    parts += [f"{word} {number} 票" for word, number in (("反对", against), ("弃权", abstain)) if number is not None]
    return f"{name}{'' if listed else '（另选）'}　{'，'.join(parts)}"


def next_words(result: Mapping[str, Any]) -> str:
    """What lawfully comes next, in words; empty where nothing does."""
    then = result.get("next")
    if not then:
        return "" if result["valid"] else "由选举委员会依法重新组织投票。"
    names = "、".join((*then["candidates"], *then.get("tied", ())))
    kind = "就票数相等者再次投票" if then["kind"] == "tie_vote" else "另行选举"
    return f"{kind}：应选 {then['seats']} 名，候选人 {names}。"


def percent(part: int, whole: int) -> str:
    """A share as percent with one decimal."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def make_record(one: VoteRound, *, reason: str, actor: Actor) -> PaperVersion:
    """Make the record of a settled round, or with a reason a new version. Raises VotingFault while it is not settled, TemplateFault."""
    gate.require(actor, roles.EDIT, one)
    if one.result is None:
        raise VotingFault(_("结果还没有核定，不能生成报告单。"))
    if not settling.digest_holds(one):
        raise VotingFault(_("核定的数字与校验码不符，请联系管理员查明后再生成报告单。"))
    template = get(RECORD)
    order = papers.Order(template, one.pk, 0, one.election.division, None, changes.ROUND, str(one))
    return papers.make(
        order, values_of_round(template, one=one), number="", fresh_number=str, asked={"digest": one.digest}, reason=reason, actor=actor
    )  # fmt: skip


def make_summary(election: Election, *, reason: str, actor: Actor) -> PaperVersion:
    """Make the record of the whole election from what is settled. Raises VotingFault while nothing is, TemplateFault."""
    gate.require(actor, roles.EDIT, election)
    settled, waiting = settled_of(actor, election)
    if not settled:
        raise VotingFault(_("还没有核定任何选区的结果，不能生成汇总报告单。"))
    template = get(SUMMARY)
    order = papers.Order(template, election.pk, 0, election.division, None, "elections.elections", election.name)
    values = values_of_election(template, election=election, settled=settled, open_=waiting)
    return papers.make(
        order, values, number="", fresh_number=str, asked={"digest": whole_code(settled)}, reason=reason, actor=actor
    )  # fmt: skip


def settled_of(actor: Actor, election: Election) -> tuple[list[VoteRound], list[str]]:
    """The settled rounds of an election, and the districts that have none."""
    found = [one for one in rounds.rounds_of(actor, election) if one.settled_at]
    have = {one.district_id for one in found}
    districts = gate.visible_to(actor, ElectoralDistrict.objects.alive()).filter(election=election).order_by("pk")
    return found, [name for pk, name in districts.values_list("pk", "name") if pk not in have]


def kept(template: str, subject: int, code: str) -> Kept | None:
    """The newest version of a record that was made, if any; ``code`` is the digest of the figures that are stored now."""
    kind = template.partition(".")[0]
    found = papers.of_subject(kind, subject)
    version = next((version for paper in found if paper.code == template for version in paper.versions.all()), None)
    if version is None:
        return None
    return Kept(version, papers.last_asked(kind, subject, 0, template).get("digest") == code)


def as_pdf(content: bytes) -> bytes:
    """A record's .docx as PDF. Raises NoPdf where the machine cannot make one."""
    with tempfile.TemporaryDirectory(prefix="renda-record-") as folder:
        paper = Path(folder) / "record.docx"
        paper.write_bytes(content)
        pdf.to_pdf(paper, paper.with_suffix(".pdf"))
        return paper.with_suffix(".pdf").read_bytes()
