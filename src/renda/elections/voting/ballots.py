"""Ballots: printed, handed to boxes, given to voters, returned, left over and destroyed; and whether it all adds up (选举法 43, 44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import BallotBox, PlaceKind, VoteRound
from renda.elections.voting import changes
from renda.elections.voting.changes import VotingFault
from renda.journal.services import change

NUMBERS = ("allotted", "issued", "returned", "unused")


@dataclass(frozen=True)
class Ballots:
    """The ballots of a round in sum. None: not all boxes have told yet. ``faults`` say what does not add up."""

    printed: int | None
    allotted: int | None
    issued: int | None
    returned: int | None
    unused: int | None
    not_returned: int | None
    reserve: int | None
    faults: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every box has told what was given out and what came back."""
        return self.issued is not None and self.returned is not None


def sums(one: VoteRound, boxes: Sequence[BallotBox]) -> Ballots:
    """The sums over the boxes, with what does not reconcile. Numbers of ballots."""
    total = {name: _sum([getattr(box, name) for box in boxes]) for name in NUMBERS}
    missing = None if total["issued"] is None or total["returned"] is None else total["issued"] - total["returned"]
    reserve = None if one.printed is None or total["allotted"] is None else one.printed - total["allotted"]
    return Ballots(one.printed, **total, not_returned=missing, reserve=reserve, faults=tuple(_faults(boxes, reserve)))


def _sum(values: Sequence[int | None]) -> int | None:
    return None if not values or any(value is None for value in values) else sum(value or 0 for value in values)


def _faults(boxes: Sequence[BallotBox], reserve: int | None) -> list[str]:
    found = []
    for box in boxes:
        if box.issued is not None and box.returned is not None and box.returned > box.issued:
            words = _("%(box)s：收回 %(returned)s 张，多于发出的 %(issued)s 张，请监票人当场核对。")
            found.append(words % {"box": box.name, "returned": box.returned, "issued": box.issued})
        if box.unused and box.destroyed_on is None and box.round.settled_at:
            found.append(_("%(box)s：剩余 %(n)s 张选票还没有登记销毁。") % {"box": box.name, "n": box.unused})
    if reserve is not None and reserve < 0:
        found.append(_("各票箱领取的选票比印制的多 %(n)s 张，请核对。") % {"n": -reserve})
    return found


def set_printed(one: VoteRound, number: int, *, actor: Actor) -> None:
    """Note how many ballots were printed."""
    changes.require_edit(actor, one)
    with change():
        locked = changes.lock(one.pk)
        changes.require_unsettled(locked)
        given = locked.boxes.aggregate(n=Sum("allotted"))["n"] or 0
        if number < given:
            raise VotingFault(_("各票箱已经领取 %(n)s 张，印制数不能少于它。") % {"n": given})
        locked.printed = number
        locked.save(update_fields=["printed"])
        changes.note(actor, "ballots.printed", locked, printed=number)


def add_box(one: VoteRound, *, name: str, kind: str, actor: Actor) -> BallotBox:
    """Add a box to a round (a mobile one that the plan did not have)."""
    changes.require_edit(actor, one)
    if not name.strip() or kind not in PlaceKind.values:
        raise VotingFault(_("请填写票箱的名称和投票组织形式。"))
    with change(), changes.said_by_constraints():
        locked = changes.lock(one.pk)
        changes.require_unsettled(locked)
        made = BallotBox.objects.create(round=locked, name=name.strip()[:100], kind=kind)
        changes.note(actor, "box.added", locked, box=made.name, kind=kind)
    return made


def set_box(
    box: BallotBox,
    numbers: Mapping[str, int | None],
    *,
    destroyed_on: date | None = None,
    destroyed_by: str = "",
    reason: str = "",
    actor: Actor,
) -> bool:
    """Write the numbers of a box (None: not known). After the result was settled a ``reason`` is needed, and the result is counted anew.

    True where something changed. Raises VotingFault where they contradict each other.
    """
    changes.require_edit(actor, box.round)
    with change(), changes.said_by_constraints():
        locked = changes.lock(box.round_id)
        row = BallotBox.objects.select_for_update(of=("self",)).select_related("round").get(pk=box.pk)
        _consistent(row, numbers)
        before = _told(row)
        for name in NUMBERS:
            setattr(row, name, numbers.get(name))
        if row.unused is None and row.allotted is not None and row.issued is not None:
            row.unused = row.allotted - row.issued
        row.destroyed_on, row.destroyed_by = destroyed_on, destroyed_by.strip()[:100]
        after = _told(row)
        if before == after:
            return False
        _require_reason(locked, before, after, reason)
        row.save()
        differing = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        changes.note(actor, "box.ballots", locked, box=row.name, changes=differing, **({"reason": reason} if reason else {}))
        _recount(locked, before, after, reason, actor)
    return True


def _told(row: BallotBox) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in NUMBERS},
        "destroyed_on": str(row.destroyed_on or ""),
        "destroyed_by": row.destroyed_by,
    }


def _consistent(row: BallotBox, numbers: Mapping[str, int | None]) -> None:
    allotted, issued, unused = (numbers.get(name) for name in ("allotted", "issued", "unused"))
    if allotted is not None and issued is not None and issued > allotted:
        raise VotingFault(
            _("%(box)s：发出 %(issued)s 张，多于领取的 %(allotted)s 张，请核对发票登记。")
            % {"box": row.name, "issued": issued, "allotted": allotted}
        )
    if allotted is not None and issued is not None and unused is not None and issued + unused != allotted:
        raise VotingFault(
            _("%(box)s：发出 %(issued)s 张、剩余 %(unused)s 张，合计不等于领取的 %(allotted)s 张，请重新清点剩余选票。")
            % {"box": row.name, "issued": issued, "unused": unused, "allotted": allotted}
        )


def _require_reason(one: VoteRound, before: dict[str, Any], after: dict[str, Any], reason: str) -> None:
    """Figures of a settled round change only with a reason, and those of a confirmed one not at all (选举法 46)."""
    if not one.settled_at or all(before[name] == after[name] for name in NUMBERS):
        return
    if one.confirmed_on:
        raise VotingFault(_("选举委员会已经确认选举有效，投票数字不能再改。"))
    if not reason.strip():
        raise VotingFault(_("这一轮的结果已经核定，改动选票数字须写明原因。"))


def _recount(one: VoteRound, before: dict[str, Any], after: dict[str, Any], reason: str, actor: Actor) -> None:
    if one.settled_at and any(before[name] != after[name] for name in NUMBERS):
        from renda.elections.counting import settling

        settling.settle_again(one, reason=reason, actor=actor)


def box_of(actor: Actor, one: VoteRound, pk: int) -> BallotBox | None:
    """A box of the round, for one who may see the round."""
    if not gate.may(actor, roles.VIEW, VoteRound):
        return None
    return BallotBox.objects.select_related("round", "place").filter(round=one, pk=pk).first()
