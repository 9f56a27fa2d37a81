"""Reading spreadsheets as offices really keep them. Plain Python; knows no register and no database.

`open_workbook` turns an untrusted file into sheets, `find_table` finds the table on a sheet, `recognise` says which register a
sheet is. Cells are read by `renda.core.cells`.
"""

from renda.ledgers.reading.headings import Heading, normalise_heading
from renda.ledgers.reading.limits import Limits, UnreadableFile
from renda.ledgers.reading.recognition import Candidate, Fit, Recognition, recognise
from renda.ledgers.reading.table import Table, find_table, year_in
from renda.ledgers.reading.workbook import Sheet, open_workbook

__all__ = [
    "Candidate",
    "Fit",
    "Heading",
    "Limits",
    "Recognition",
    "Sheet",
    "Table",
    "UnreadableFile",
    "find_table",
    "normalise_heading",
    "open_workbook",
    "recognise",
    "year_in",
]
