"""What a procedure is: its states, steps, periods and letters, declared once.

From one declaration come the form of a step, who may take it, its deadline, the journal entry, the timeline, the inbox line, the
calendar feed, the diagram in the docs, the letters and the texts of refusal. A room declares a ``Procedure`` beside its kind of
matter; nothing else has to be written for the steps to work in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from renda.procedure.cases import Case

AskKind = Literal["text", "long", "choice", "organ", "division", "day", "whole", "yes_no", "file"]
"""Answers by kind: text, text, the option's code, primary key of an organ, of a division, a date, a whole number, ``yes`` or ``no``,
the names of the files that were handed in (the form keeps them as attachments of the matter)."""


@dataclass(frozen=True)
class Who:
    """Who takes a step or is to act: roles, and the column of the record that names the acting organ.

    With ``organ``, only an account of that very organ takes the step itself; ``recorders`` may record it as an act that the organ
    did outside the platform. ``organ`` empty: any holder of the roles who sees the matter.
    """

    name: str
    roles: tuple[str, ...]
    organ: str = ""
    recorders: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A state of a matter. ``turn`` is who is to act next (None: nobody); ``final`` states end the matter.

    ``decides``: whose turn it is takes what another put forward or sends it back (待审批).
    """

    code: str
    name: str
    turn: Who | None = None
    final: bool = False
    decides: bool = False


@dataclass(frozen=True)
class Ask:
    """One field that a step asks for.

    ``column`` is the record's column that takes the answer as well; ``milestone`` the milestone that an answer of kind day dates.
    ``secret`` answers are shown only to those who may unmask the record. ``most`` is the greatest whole number or text length,
    ``least`` the smallest whole number.
    ``when`` (name of another field, its answer) asks only then.
    """

    name: str
    label: str
    kind: AskKind = "text"
    required: bool = True
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    column: str = ""
    milestone: str = ""
    secret: bool = False
    most: int = 0
    least: int = 1
    when: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Window:
    """A step is lawful only within a period of the law (``law``) from the latest of these milestones."""

    law: str
    starts: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a step is refused: the reason in words, and the law key whose article it rests on (may be empty)."""

    reason: str
    law: str = ""


Guard = Callable[["Case"], Refusal | None]
Effect = Callable[[Sequence["Case"]], None]


@dataclass(frozen=True)
class Step:
    """One step: from which states to which, who takes it, what it asks, what it dates, what it rests on.

    ``to`` empty leaves the state as it is; ``back`` returns to the state before the present one was entered. ``basis`` are law
    keys whose articles are cited. ``dates`` is the milestone that the step's day becomes; ``clears`` are milestones that it takes
    away (a matter that comes back is to be forwarded anew). ``once`` lets it stand at most once in a matter. ``fixed`` are columns
    that the step sets by itself. ``bars`` speak against the step whatever its form says, so that it is not offered; ``guards`` look at the answers too.
    """

    code: str
    name: str
    leads: str
    frm: tuple[str, ...]
    to: str
    who: Who
    basis: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    dates: str = ""
    clears: tuple[str, ...] = ()
    window: Window | None = None
    bars: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    letters: tuple[str, ...] = ()
    fixed: tuple[tuple[str, object], ...] = ()
    once: bool = False
    back: bool = False
    bulk: bool = True


@dataclass(frozen=True)
class Period:
    """A deadline that runs from the latest of its starting milestones until one of others is there.

    ``law`` are keys in order of force: the first that the county's law has counts. ``extended`` is (milestone, law key): with that
    milestone the longer period counts. ``by`` is a milestone that is itself the last day (a day that an office set). ``whose`` is who
    has to keep it. ``stepped`` periods run only from a start that a step dated: a ledger that is silent on it raises no alarm.
    ``ledger_ends`` end the period too where a ledger recorded them: it tells what was done, and not everything that went with it.
    ``pause`` is a pair of milestones: the days from the first to the last, both included, do not count (听证所需时间).
    ``anchor`` is the milestone that the law counts from where that is not the start (days before an election, counted back from its day).
    """

    code: str
    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    law: tuple[str, ...] = ()
    whose: Who | None = None
    extended: tuple[str, str] = ("", "")
    by: str = ""
    stepped: bool = False
    ledger_ends: tuple[str, ...] = ()
    pause: tuple[str, str] = ("", "")
    anchor: str = ""

    def kept_by(self, step: Step) -> bool:
        """Whether a step keeps the period: what it dates ends it."""
        return step.dates in self.ends


@dataclass(frozen=True)
class Letter:
    """A letter (文书) that the matter can produce: code, name, and to whom it goes in words."""

    code: str
    name: str
    to: str = ""


@dataclass(frozen=True)
class Procedure:
    """The whole life of a kind of matter under the law.

    ``from_milestones`` says the state of a matter that came from a ledger: the latest of these milestones that is there wins,
    the later in this order on the same day; final ones always. Where milestones alone do not tell, ``from_ledger`` says more (matter ids
    → matter id → state, in sets). ``corrects`` may undo the last step. A matter is closed while it is in a final state.
    """

    kind: str
    name: str
    starts: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    from_milestones: tuple[tuple[str, str], ...]
    from_ledger: Callable[[Sequence[int]], Mapping[int, str]] | None = None
    periods: tuple[Period, ...] = ()
    letters: tuple[Letter, ...] = ()
    corrects: tuple[str, ...] = ()
    law: str = ""
    _states: dict[str, State] = field(default_factory=dict, compare=False)
    _steps: dict[str, Step] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self._states.update({one.code: one for one in self.states})
        self._steps.update({one.code: one for one in self.steps})

    def state(self, code: str) -> State:
        """The state with this code; KeyError where there is none."""
        return self._states[code]

    def step(self, code: str) -> Step:
        """The step with this code; KeyError where there is none."""
        return self._steps[code]

    def steps_from(self, state: str) -> list[Step]:
        """The steps that leave a state, in their order."""
        return [step for step in self.steps if state in step.frm]
