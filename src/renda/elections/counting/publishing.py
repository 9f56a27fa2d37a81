"""A settled round in the ledgers that the figures count: turnout and elected. Written by the registers' own service."""

from __future__ import annotations

from typing import Any

from renda.directory.gate import Actor
from renda.elections.models import Elected, Round, Turnout, VoteRound
from renda.registers import registry
from renda.registers.reading import natural_key
from renda.registers.services import Change, save, void

TURNOUTS, ELECTED = "elections.turnouts", "elections.elected"
Ledger = dict[str, Any]


def publish(one: VoteRound, before: Ledger, *, actor: Actor) -> Ledger:
    """Write the rows of a settled round and say which they are; those that an earlier settling wrote and that no longer hold are voided."""
    return {"turnout": _turnout(one, actor), "elected": _elected(one, before.get("elected") or {}, actor)}


def won_in(one: VoteRound) -> str:
    """The round in which seats of this vote are won: a new vote among equal ones settles the vote that it follows (选举法 45(3))."""
    at: VoteRound = one
    while at.kind == Round.TIE and at.after is not None:
        at = at.after
    return at.kind


def _turnout(one: VoteRound, actor: Actor) -> int | None:
    result = one.result or {}
    if result["not_returned"] < 0:  # the ledger holds no more ballots returned than issued; the record says so
        return None
    kinds = result["by_kind"]
    values = {
        **_key(one),
        "round": one.kind,
        "voted_on": one.day,
        "participants": result["participants"],
        "at_meetings": kinds["meeting"],
        "at_stations": kinds["station"],
        "by_mobile_box": kinds["mobile_box"],
        "by_proxy": result["proxied"],
        "issued": result["issued"],
        "returned": result["ballots_recovered"],
        "valid": result["ballots_valid"],
        "void": result["ballots_void"],
    }
    held = Turnout.objects.alive().filter(election=one.election, district=one.district.name, round=one.kind)
    return _put(TURNOUTS, values, held.values_list("pk", flat=True).first(), actor)


def _elected(one: VoteRound, before: dict[str, int], actor: Actor) -> dict[str, int]:
    result = one.result or {}
    votes = {line[0]: line[1] for line in result["lines"]}
    gone = [pk for name, pk in before.items() if name not in result["elected"]]
    if gone:
        void(registry.get(ELECTED), gone, reason="计票更正，不再当选", actor=actor)
    found: dict[str, int] = {}
    for name in result["elected"]:
        values = {**_key(one), "name": name, "round": won_in(one), "votes": votes[name]}
        held = Elected.objects.alive().filter(election=one.election, district=one.district.name, name=name)
        found[name] = _put(ELECTED, values, held.values_list("pk", flat=True).first(), actor)
    return found


def _key(one: VoteRound) -> dict[str, Any]:
    return {"election": one.election_id, "district": one.district.name, "division": one.division_id}


def _put(code: str, values: dict[str, Any], pk: int | None, actor: Actor) -> int:
    register = registry.get(code)
    return save(register, [Change(values, pk, natural_key(register, values))], actor=actor)[0]
