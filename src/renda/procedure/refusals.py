"""Why a step cannot be taken: each says what happened, under which article, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong for one matter: the reason, its article (may be empty), and the field of the form that it concerns."""

    matter: int
    number: str
    reason: str
    article: str = ""
    field: str = ""

    def __str__(self) -> str:
        where = f"{self.number}：" if self.number else ""
        return f"{where}{self.reason}" + (f"（{self.article}）" if self.article else "")


class StepRefused(ValueError):
    """A step that is not taken; nothing was changed. ``faults`` holds one or more reasons."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


class Overtaken(StepRefused):
    """Someone else took a step in the matter since the page was opened."""
