"""Records of votes as offices keep them (.json, .csv, .xlsx) read into ``VoteRecord``. Plain Python, no database."""

from renda.elections.decisions.tallies.files import Contents, read_file
from renda.elections.decisions.tallies.templates import write_template

__all__ = ["Contents", "read_file", "write_template"]
