"""A matter's days and answers in the words of an official document: what letters are written from."""

from __future__ import annotations

from datetime import date

from renda.directory.models import Division, Organ
from renda.documents.days import spoken
from renda.procedure.cases import Case
from renda.procedure.models import StepTaken


def answers(case: Case, step: StepTaken) -> dict[str, str]:
    """A step's answers in words: options by their names, days as documents write them, organs and divisions by their names."""
    given, found = step.given, dict[str, str]()
    for ask in case.procedure.step(step.code).asks:
        value = given.get(ask.name)
        if value in (None, ""):
            continue
        if ask.kind in ("choice", "yes_no"):
            found[ask.name] = dict(ask.options or (("yes", "是"), ("no", "否"))).get(str(value), str(value))
        elif ask.kind == "day":
            found[ask.name] = spoken(date.fromisoformat(str(value)))
        elif ask.kind == "division":
            found[ask.name] = str(Division.objects.filter(pk=value).values_list("name", flat=True).first() or "")
        elif ask.kind == "organ":
            found[ask.name] = str(Organ.objects.filter(pk=value).values_list("name", flat=True).first() or "")
        else:
            found[ask.name] = str(value)
    return found


def earlier(case: Case, code: str) -> dict[str, str]:
    """The answers of the last standing step with this code; nothing where there is none."""
    taken = [one for one in case.standing if one.code == code]
    return answers(case, taken[-1]) if taken else {}


def deadline(case: Case, code: str) -> str:
    """The last day of a period of the matter, running or kept; empty for none."""
    return spoken(next((one.due_on for one in case.deadlines if one.code == code), None))
