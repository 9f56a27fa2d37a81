"""Models of the supervision room, one file per subject."""

from renda.supervision.models.appraisals import Appraisal, AppraisalForm, AppraisalGrade, PostClass, StatementManner
from renda.supervision.models.base import Forum, Manner, Source
from renda.supervision.models.finance import FinanceItem, FinanceKind
from renda.supervision.models.inquiries import InquiryForm, Interpellation, InterpellationLevel, OfficialAudience, SpecialInquiry
from renda.supervision.models.inspections import EnforcementInspection, InspectedLaw, InspectionForm, LawKind
from renda.supervision.models.opinions import HandlingState, LetterForm, OpinionItem, OpinionLetter
from renda.supervision.models.problems import CorrectionState, Problem, ProblemList
from renda.supervision.models.reports import RoutineReport, SpecialReport
from renda.supervision.models.visits import FieldVisit, VisitForm
from renda.supervision.models.work import SupervisionWork, WorkKind

__all__ = [
    "Appraisal",
    "AppraisalForm",
    "AppraisalGrade",
    "CorrectionState",
    "EnforcementInspection",
    "FieldVisit",
    "FinanceItem",
    "FinanceKind",
    "Forum",
    "HandlingState",
    "InquiryForm",
    "InspectedLaw",
    "InspectionForm",
    "Interpellation",
    "InterpellationLevel",
    "LawKind",
    "LetterForm",
    "Manner",
    "OfficialAudience",
    "OpinionItem",
    "OpinionLetter",
    "PostClass",
    "Problem",
    "ProblemList",
    "RoutineReport",
    "Source",
    "SpecialInquiry",
    "SpecialReport",
    "StatementManner",
    "SupervisionWork",
    "VisitForm",
    "WorkKind",
]
