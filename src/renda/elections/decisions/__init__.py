"""What the law decides in an election: seats, dates, numbers of candidates, counts. Plain Python, no database; each answer with its article."""

from renda.elections.decisions.calendar import LegalDate, Open, calendar, left_open
from renda.elections.decisions.deciding import decide, decide_all
from renda.elections.decisions.following import counted
from renda.elections.decisions.impossible import ImpossibleRecord
from renda.elections.decisions.majority import Majority, majority
from renda.elections.decisions.outcome import Decision, NextVote, Refusal
from renda.elections.decisions.records import ROUNDS, Tally, VoteRecord

__all__ = [
    "ROUNDS",
    "Decision",
    "ImpossibleRecord",
    "LegalDate",
    "Majority",
    "NextVote",
    "Open",
    "Refusal",
    "Tally",
    "VoteRecord",
    "calendar",
    "counted",
    "decide",
    "decide_all",
    "left_open",
    "majority",
]
