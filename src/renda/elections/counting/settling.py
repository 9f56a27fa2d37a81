"""Settling a round: the law's decision on the agreed figures, published into the ledgers, with a digest that the signed paper bears.

The paper stays the master: until the committee confirms the validity (选举法 46) a settled result is corrected with a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.canonical import digest
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.counting import publishing
from renda.elections.counting.tallies import counted
from renda.elections.decisions import Decision, VoteRecord, decide
from renda.elections.decisions import Tally as Votes
from renda.elections.models import Round, Tally, VoteRound
from renda.elections.voting import ballots, changes, turnout
from renda.elections.voting.changes import VotingFault
from renda.journal.services import change
from renda.law import LawError

CODE_LENGTH = 20
"""Hexadecimal digits of the digest that are printed (80 bits)."""


def record_of(one: VoteRound, tally: Tally) -> VoteRecord:
    """The round's figures as the law reads them: participants from the places' totals, ballots and votes from the tally."""
    took_part = turnout.of_round(one)
    kind = "by_election" if one.election.by_election and one.kind == Round.FIRST else one.kind
    votes = tuple(Votes(line.name, line.votes, line.listed) for line in tally.lines.all())
    return VoteRecord(
        one.district.name, kind, one.voters, took_part.participants, tally.recovered, tally.void, one.seats, votes,
        proxies=took_part.proxied,
    )  # fmt: skip


def preview(one: VoteRound, tally: Tally) -> Decision:
    """What the law says of the agreed figures. Raises VotingFault where they cannot be or a figure is missing."""
    try:
        return decide(record_of(one, tally), changes.law_of(one))
    except LawError as error:
        raise VotingFault(str(error)) from error


def missing(one: VoteRound, tally: Tally | None) -> list[str]:
    """What still bars settling: places that are silent, ballots that do not add up, a count that is not agreed on."""
    boxes = list(one.boxes.all())
    sums, took_part = ballots.sums(one, boxes), turnout.of_round(one)
    found = []
    if took_part.told < took_part.boxes:
        found.append(_("还有 %(n)s 个票箱没有填报投票人数。") % {"n": took_part.boxes - took_part.told})
    if not sums.complete:
        found.append(_("还有票箱没有登记发出、收回的选票数。"))
    if tally is None:
        found.append(_("两组计票还没有一致的数字。"))
    elif sums.returned is not None and sums.returned != tally.recovered:
        words = _("各票箱登记收回 %(boxes)s 张，计票收回 %(tally)s 张，两者须一致，请核对票箱登记或者复核计票。")
        found.append(words % {"boxes": sums.returned, "tally": tally.recovered})
    return found


def settle(one: VoteRound, *, actor: Actor) -> VoteRound:
    """Settle a round: decide by law, publish turnout and elected, keep the digest. Raises VotingFault where something is missing."""
    gate.require(actor, roles.VIEW, Tally)
    changes.require_edit(actor, one)
    with change():
        locked = changes.lock(one.pk)
        changes.require_unsettled(locked)
        _settle(locked, actor)
        changes.note(actor, "round.settled", locked, **_said(locked))
    return locked


def settle_again(one: VoteRound, *, reason: str, actor: Actor) -> None:
    """Count a settled round anew after a correction (the caller holds its row and has journalled the figures).

    Raises VotingFault where the committee confirmed it, or a round that rests on its result was opened.
    """
    if one.confirmed_on:
        raise VotingFault(_("选举委员会已经确认选举有效，计票结果不能再改；有异议的依法处理。"))
    if one.followed_by.filter(voided_at__isnull=True).exists():
        raise VotingFault(_("根据这一轮的结果已经开设了下一轮投票，请先作废下一轮再更正。"))
    _settle(one, actor)
    changes.note(actor, "round.settled_again", one, reason=reason.strip()[:300], **_said(one))


def _settle(one: VoteRound, actor: Actor) -> None:
    tally = counted(one)
    lacking = missing(one, tally)
    if lacking or tally is None:
        raise VotingFault("".join(lacking))
    decision = preview(one, tally)
    before = one.result or {}
    one.result = decision.as_json() | _figures(one, tally)
    one.result["warnings"] = [*one.result["warnings"], *_remarks(one)]
    one.digest = digest({"round": one.pk, **_printed(one.result)})
    one.settled_at, one.settled_by = clock.now(), str(actor)
    one.result["ledger"] = publishing.publish(one, before.get("ledger") or {}, actor=actor)
    one.save(update_fields=["result", "digest", "settled_at", "settled_by"])


def _figures(one: VoteRound, tally: Tally) -> dict[str, Any]:
    sums, took_part = ballots.sums(one, list(one.boxes.all())), turnout.of_round(one)
    lines = [[line.name, line.votes, line.listed, line.against, line.abstain] for line in tally.lines.all()]
    return {
        "printed": sums.printed,
        "issued": sums.issued,
        "not_returned": sums.not_returned,
        "proxied": took_part.proxied,
        "by_kind": dict(took_part.by_kind),
        "lines": sorted(lines, key=lambda line: (not line[2], -line[1])) if one.kind != Round.FIRST else lines,
        "look": tally.look,
    }


def _remarks(one: VoteRound) -> list[str]:
    """What the scrutineers should look at: ballots given out and persons who took part should be as many."""
    result = one.result or {}
    found = []
    if result["issued"] != result["participants"]:
        words = _("发出选票 %(issued)s 张，参加投票 %(participants)s 人，两者不等，请在报告单上说明（如换发写坏的选票）。")
        found.append(words % {"issued": result["issued"], "participants": result["participants"]})
    if (result["not_returned"] or 0) < 0:
        found.append(_("收回的选票多于发出的选票，这一轮不写入投票情况台账，请监票人查明。"))
    return found


PRINTED = (
    "district", "seats", "voters", "participants", "proxied", "issued", "ballots_recovered", "ballots_void", "ballots_valid",
    "not_returned", "lines", "valid", "elected", "unfilled",
)  # fmt: skip


def _printed(result: dict[str, Any]) -> dict[str, Any]:
    """The figures that stand on the signed record and that the digest is of."""
    return {name: result[name] for name in PRINTED}


def digest_holds(one: VoteRound) -> bool:
    """Whether the stored figures of a settled round still give the digest that its record bears."""
    return one.result is not None and one.digest == digest({"round": one.pk, **_printed(one.result)})


def printed_code(digest: str) -> str:
    """A digest as it is printed: five groups of four."""
    text = digest[:CODE_LENGTH].upper()
    return "-".join(text[n : n + 4] for n in range(0, len(text), 4))


def code_of(one: VoteRound) -> str:
    """The digest of a settled round as it is printed."""
    return printed_code(one.digest)


def _said(one: VoteRound) -> dict[str, Any]:
    result = one.result or {}
    return {"valid": result["valid"], "elected": result["elected"], "unfilled": result["unfilled"], "digest": one.digest}


def confirm(one: VoteRound, *, on: date, actor: Actor) -> None:
    """Note that the election committee decided on the validity and announced it (选举法 46); from then on the count is closed."""
    changes.require_edit(actor, one)
    with change():
        locked = changes.lock(one.pk)
        if not locked.settled_at:
            raise VotingFault(_("结果还没有核定，不能登记选举委员会的确认。"))
        if locked.confirmed_on:
            raise VotingFault(_("选举委员会的确认已经登记过。"))
        if on < locked.day or on > clock.today():
            raise VotingFault(_("确认日期应在投票日 %(day)s 到今天之间，请核对。") % {"day": locked.day})
        if not digest_holds(locked):
            raise VotingFault(_("核定的数字与校验码不符，请联系管理员查明后再确认。"))
        locked.confirmed_on, locked.confirmed_by = on, str(actor)
        locked.save(update_fields=["confirmed_on", "confirmed_by"])
        changes.note(actor, "round.confirmed", locked, on=str(on), digest=locked.digest)
