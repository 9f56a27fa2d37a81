"""Tables of the directory, by concern."""

from renda.directory.models.accounts import Account, Hat
from renda.directory.models.divisions import Division
from renda.directory.models.mandates import DeputyGroup, Grid, Mandate, Term
from renda.directory.models.organs import Organ
from renda.directory.models.people import Person, Post
from renda.directory.models.records import ScopedRecord

__all__ = ["Account", "DeputyGroup", "Division", "Grid", "Hat", "Mandate", "Organ", "Person", "Post", "ScopedRecord", "Term"]
