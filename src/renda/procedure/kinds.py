"""Kinds of matter: what a room declares of a matter's life until its full procedure is declared."""

from __future__ import annotations

from dataclasses import dataclass

from renda.law import uses


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter: its milestones in their order, which one opens and which ones close it, and the deadline that runs.

    ``due`` is (law parameter key, milestone that starts the period) or None where no law sets one. ``number`` is the pattern of numbers
    given to matters without one, with ``{year}`` and ``{n}``.
    """

    code: str
    name: str
    milestones: tuple[tuple[str, str], ...]
    opens: str
    closes: tuple[str, ...]
    due: tuple[str, str] | None = None
    number: str = "{year}-{n:03d}"

    def milestone_name(self, code: str) -> str:
        """The Chinese name of a milestone; KeyError for one that the kind does not have."""
        return dict(self.milestones)[code]


_kinds: dict[str, MatterKind] = {}


def register(kind: MatterKind) -> MatterKind:
    """Add a kind; its code is unique and its opening and closing milestones exist. ValueError otherwise."""
    known = dict(kind.milestones)
    missing = {kind.opens, *kind.closes} - known.keys()
    if missing or kind.code in _kinds:
        raise ValueError(f"matter kind {kind.code}: {missing or 'declared twice'}")
    _kinds[kind.code] = kind
    if kind.due:
        uses.declare("deadline", kind.name, kind.due[0])
    return kind


def get(code: str) -> MatterKind:
    """The kind with this code; KeyError where there is none."""
    return _kinds[code]


def all_kinds() -> list[MatterKind]:
    """All kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]
