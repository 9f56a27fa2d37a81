"""Models of the meetings room, one file per subject."""

from renda.meetings.models.agenda import AgendaItem, AgendaKind, AgendaOutcome, Manner
from renda.meetings.models.attendance import AttendanceRecord
from renda.meetings.models.meeting import Meeting, Series, Sitting
from renda.meetings.models.resolutions import Adopter, Resolution, ResolutionCategory, ResolutionForm
from renda.meetings.models.satisfaction import Grade, Line, SatisfactionVote, SubjectKind, VoteBase
from renda.meetings.models.topics import StudyTopic, TopicBody, TopicForm
from renda.meetings.models.votes import Ballot, Vote

__all__ = [
    "Adopter",
    "AgendaItem",
    "AgendaKind",
    "AgendaOutcome",
    "AttendanceRecord",
    "Ballot",
    "Grade",
    "Line",
    "Manner",
    "Meeting",
    "Resolution",
    "ResolutionCategory",
    "ResolutionForm",
    "SatisfactionVote",
    "Series",
    "Sitting",
    "StudyTopic",
    "SubjectKind",
    "TopicBody",
    "TopicForm",
    "Vote",
    "VoteBase",
]
