"""The illustrated album of a year (工作图册): pictures of activities and projects that the clerk chooses, as .docx and PDF.

`candidates` offers the pictures, `write_album` lays the chosen ones out, `remember` keeps the choice in the register 工作图册.
"""

from renda.reports.album.candidates import candidates
from renda.reports.album.choice import Choice, Chosen, remember, remembered
from renda.reports.album.writing import write_album

__all__ = ["Choice", "Chosen", "candidates", "remember", "remembered", "write_album"]
