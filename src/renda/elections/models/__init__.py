"""Tables of the elections room (选举法)."""

from renda.elections.models.ledgers import (
    Candidate,
    Elected,
    Election,
    ElectoralDistrict,
    NominatedBy,
    OfElection,
    PlaceKind,
    PollingPlace,
    RegistrationStation,
    RollTotal,
    Round,
    Turnout,
)
from renda.elections.models.roll import Entry, RollState, Source, Voter, VoterGroup, WhyOff

__all__ = [
    "Candidate",
    "Elected",
    "Election",
    "ElectoralDistrict",
    "Entry",
    "NominatedBy",
    "OfElection",
    "PlaceKind",
    "PollingPlace",
    "RegistrationStation",
    "RollState",
    "RollTotal",
    "Round",
    "Source",
    "Turnout",
    "Voter",
    "VoterGroup",
    "WhyOff",
]
