"""Tables of the room: suggestions and bills, tests of satisfaction, outcomes of bills, and counts of the CPPCC's proposals."""

from renda.suggestions.models.choices import Answer, Award, BillOutcome, Contact, Form, Origin, Rating, State
from renda.suggestions.models.figures_from_outside import BillResult, CppccProposals
from renda.suggestions.models.handling import Handling, HandlingRole
from renda.suggestions.models.suggestion import Suggestion
from renda.suggestions.models.tests_of_satisfaction import SatisfactionTest, VotedBy

__all__ = [
    "Answer", "Award", "BillOutcome", "BillResult", "Contact", "CppccProposals", "Form", "Handling", "HandlingRole", "Origin", "Rating",
    "SatisfactionTest", "State", "Suggestion", "VotedBy",
]  # fmt: skip
