"""What voters do themselves on the public pages: hand in their registration, look up how they stand, ask for a transfer.

Nothing of who they are enters a log, the journal or an address. A number that is not on the roll and a name that does not fit it are
told apart by nobody: the same query, the same comparison, the same answer.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.cells import DateValue
from renda.core.crypto import keyed_hash
from renda.core.text import normalise
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.elections import legal
from renda.elections.lists import districts as lists_districts
from renda.elections.lists import papers
from renda.elections.models import (
    AskedBy,
    Election,
    ElectoralDistrict,
    Listed,
    RollState,
    Transfer,
    Voter,
    WhyOff,
)
from renda.elections.roll import services as roll
from renda.elections.roll.entering import Entered, from_number
from renda.registers import registry, services

VOTER = replace(OPERATOR, name="选民")
SALT = "elections.lists.public"
TOKEN_SECONDS = 900
TOLD = {WhyOff.MOVED_OUT, WhyOff.UNDER_AGE, WhyOff.ELSEWHERE, WhyOff.NO_CERTIFICATE, WhyOff.ABSENT, WhyOff.WITHDRAWN}
"""Reasons that the page says; others are told by the registration station alone."""


class NotNow(ValueError):
    """What the voter asks for cannot be done now; the text says why and what to do."""


@dataclass(frozen=True)
class HandedIn:
    """A registration as a voter hands it in; ``number`` is the 18-digit form. ``at_home``: at the place of the household."""

    name: str
    number: str
    phone: str
    address: str
    division: Division
    at_home: bool


@dataclass(frozen=True)
class Standing:
    """How a voter stands: what the page says, and never the number."""

    voter: Voter
    card: str = ""
    places: str = ""
    why: str = ""
    moving_to: str = ""
    token: str = ""


def running(county: Division) -> list[Election]:
    """The elections under way in a county and its townships that have a roll of their own, the nearest first."""
    rows = Election.objects.alive().filter(division__path__startswith=county.path, held_with__isnull=True, rehearsal=False)
    return list(rows.filter(frozen_at__isnull=True, election_day__gte=clock.today()).order_by("election_day", "pk")[:50])


def registering(election: Election) -> bool:
    """Whether voters register now: from the first to the last day that the election committee has set."""
    first, last, today = election.registration_from, election.registration_to, clock.today()
    return first is not None and first <= today <= (last or today) and today < election.election_day


def hand_in(election: Election, given: HandedIn) -> None:
    """Put a registration into the review queue of the registration station. A number that stands on the roll already changes nothing.

    Raises NotNow outside the days of registration, and for who is under age on election day.
    """
    if not registering(election):
        raise NotNow(_("现在不在选民登记期间，请到登记站咨询。"))
    known = from_number(given.number)
    latest = legal.latest_birth(election)
    if known["birth_date"] > latest:
        raise NotNow(_("到选举日须年满 18 周岁（%(latest)s 及以前出生）才能登记。请核对身份证号。") % {"latest": latest})
    note = "网上登记：户籍所在地" if given.at_home else "网上登记：现居住地"
    name = normalise(given.name)
    roll.hand_in(
        Entered(election, name, given.number, phone=given.phone, address=given.address, note=note, division=given.division)
    )


def look_up(election: Election, name: str, number: str) -> Standing | None:
    """How the voter with this name and number stands; None alike for an unknown number and for another name."""
    rows = Voter.objects.select_related("district", "district__parent", "group", "division")
    voter = next(iter(rows.filter(election=election, identity_hash=keyed_hash(number)).order_by()), None)
    held, said = keyed_hash(normalise(voter.name if voter else "")), keyed_hash(normalise(name))
    return _standing(voter) if hmac.compare_digest(held, said) and voter else None


def _standing(voter: Voter) -> Standing:
    if voter.state == RollState.OFF:
        return Standing(voter, why=str(WhyOff(voter.why_off).label) if voter.why_off in TOLD else "")
    if voter.state != RollState.REGISTERED or voter.district is None:
        return Standing(voter)
    listed = Listed.objects.filter(voter=voter, ended_by__isnull=True).first()
    card = papers.card_number(voter.district, listed.place) if listed and listed.district_id == voter.district_id else ""
    moving = Transfer.objects.filter(voter=voter, settled=False).select_related("to_district").first()
    places = papers.places([voter.district]).get(voter.district.pk, "")
    token = "" if moving else signing.dumps(voter.pk, salt=SALT)
    return Standing(voter, card, places, moving_to=moving.to_district.name if moving else "", token=token)


def other_districts(voter: Voter) -> Sequence[ElectoralDistrict]:
    """The districts that the voter could ask to be transferred to."""
    found = lists_districts.of_election(voter.election).exclude(Q(pk=voter.district_id))
    return list(found.order_by("division__path", "code", "pk"))


def of_token(token: str) -> Voter | None:
    """The voter who looked themselves up a moment ago; None for a token that is not ours or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    return Voter.objects.select_related("election", "district").filter(pk=pk).first()


def ask_transfer(voter: Voter, to: ElectoralDistrict, reason: str) -> Transfer:
    """Ask for a transfer to another district. Raises NotNow where it cannot be asked for now."""
    if voter.state != RollState.REGISTERED or voter.district is None or clock.today() >= voter.election.election_day:
        raise NotNow(_("现在不能申请转移，请联系登记站。"))
    register = registry.get("elections.transfers")
    row: dict[str, Any] = {
        "number": "", "voter_id": voter.pk, "to_district": to.pk, "asked": DateValue(clock.today(), "day"), "asked_by": AskedBy.WEB.value,
        "reason": reason.strip(),
    }  # fmt: skip
    if register.prepare:
        register.prepare([row])
    faults = [fault for rule in register.rules for fault in rule([row])]
    if faults:
        raise NotNow(faults[0][2])
    key = f"网上\x1f{voter.pk}\x1f{clock.now().isoformat()}"
    try:
        (pk,) = services.save(register, [services.Change(row, None, key)], actor=VOTER)
    except services.Refused as refusal:
        raise NotNow(str(refusal)) from refusal
    return Transfer.objects.get(pk=pk)
