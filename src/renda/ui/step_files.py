"""Files handed in with a step: those that its form asks for, and others that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from renda.directory.gate import Actor
from renda.files.services import Given, Way, attach_with
from renda.procedure.declaration import Step
from renda.procedure.models import StepTaken
from renda.registers.register import Register
from renda.ui.attachments import received, secret_by_default
from renda.ui.step_forms import MORE_FILES, Typed

JOIN = "、"


@dataclass
class Received:
    """The files of a step's form by field, each looked into, and what is wrong with a field."""

    files: dict[str, list[Given]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether files came at all: a form that is shown again asks for them anew."""
        return bool(self.files or self.errors)


def read(step: Step, request: HttpRequest) -> Received:
    """Look into what was uploaded with the form of a step."""
    found = Received()
    for name in [*(ask.name for ask in step.asks if ask.kind == "file"), MORE_FILES]:
        uploaded: Sequence[UploadedFile] = request.FILES.getlist(name)
        if not uploaded:
            continue
        given, fault = received(uploaded)
        if fault:
            found.errors[name] = fault
        else:
            found.files[name] = given
    return found


def answer(step: Step, typed: Typed, handed: Received) -> None:
    """Put the names of the files where the form asks for them into the answers, and the faults to the fields."""
    typed.errors.update(handed.errors)
    for ask in step.asks:
        if ask.kind == "file" and ask.name in handed.files:
            typed.answers[ask.name] = JOIN.join(one.name for one in handed.files[ask.name])


def keep(register: Register, record: Any, taken: int, handed: Received, answers: Mapping[str, Any], *, actor: Actor) -> None:
    """Attach the files to the record with the step that was just taken (its id). Call in the change that took it."""
    if not handed.files:
        return
    place = StepTaken.objects.values_list("place", flat=True).get(pk=taken)
    secret = secret_by_default(register)
    for name, given in handed.files.items():
        if name == MORE_FILES or name in answers:
            way = Way(secret=secret, step=place, ask="" if name == MORE_FILES else name)
            attach_with(register.code, record, given, way, actor=actor)
