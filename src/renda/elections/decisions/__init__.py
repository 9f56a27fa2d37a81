"""What the law decides in an election: seats, dates, numbers of candidates, counts. Plain Python, no database; each answer with its article."""

from renda.elections.decisions.calendar import LegalDate, Open, calendar, left_open

__all__ = ["LegalDate", "Open", "calendar", "left_open"]
