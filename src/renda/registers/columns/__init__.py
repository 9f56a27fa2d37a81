"""Columns of a register, by kind."""

from renda.registers.columns.base import Column, ReadContext
from renda.registers.columns.links import DivisionRef, Items, Organs, PeopleRefs, PersonRef, Ref, Refs
from renda.registers.columns.plain import Choice, Day, Identity, Money, Number, Percent, Phone, Text, Whole, Year, YesNo
from renda.registers.columns.satellites import HeadCountOf, Milestone, People

__all__ = [
    "Choice", "Column", "Day", "DivisionRef", "HeadCountOf", "Identity", "Items", "Milestone", "Money", "Number", "Organs", "People",
    "PeopleRefs", "Percent", "PersonRef", "Phone", "ReadContext", "Ref", "Refs", "Text", "Whole", "Year", "YesNo",
]  # fmt: skip
