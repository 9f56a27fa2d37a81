"""The form of a tally: ballots, votes of each candidate, written-in names. Made for a phone: few fields, large digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from renda.core import cells
from renda.elections.counting.tallies import MOST_WRITTEN_IN, Cell, Figures, Line
from renda.elections.models import Round, VoteRound

BLANK_LINES = 3
PARTS = ("votes", "against", "abstain")


@dataclass
class Entry:
    """One line of the form: a candidate (``listed``) or a written-in name, with what was typed into each of its fields."""

    key: str
    name: str
    listed: bool
    votes: str = ""
    against: str = ""
    abstain: str = ""
    fault: str = ""


@dataclass
class TallyForm:
    """What a team types in. ``figures`` is there once nothing is wrong; ``faults`` are those of the ballots' fields and of the whole."""

    recovered: str = ""
    void: str = ""
    reason: str = ""
    entries: list[Entry] = field(default_factory=list)
    written: list[Entry] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    figures: Figures | None = None

    @property
    def failed(self) -> bool:
        """Whether something is wrong."""
        return bool(self.faults) or any(one.fault for one in (*self.entries, *self.written))


def empty(one: VoteRound) -> TallyForm:
    """The form with nothing typed in."""
    entries = [Entry(f"c{each.place}", each.name, True) for each in one.candidates.all()]
    return TallyForm(entries=entries, written=_blanks(one, 0))


def filled(one: VoteRound, figures: Figures) -> TallyForm:
    """The form with known figures in it."""
    by_name = {line.name: line for line in figures.lines}
    form = TallyForm(str(figures.recovered), str(figures.void))
    for each in one.candidates.all():
        line = by_name.get(each.name)
        form.entries.append(_entry(f"c{each.place}", each.name, True, line))
    written = [line for line in figures.lines if not line.listed]
    form.written = [_entry(f"w{n}", line.name, False, line) for n, line in enumerate(written)] + _blanks(one, len(written))
    return form


def _entry(key: str, name: str, listed: bool, line: Line | None) -> Entry:
    said = {part: "" if line is None or getattr(line, part) is None else str(getattr(line, part)) for part in PARTS}
    return Entry(key, name, listed, **said)


def _blanks(one: VoteRound, after: int) -> list[Entry]:
    """Empty lines for written-in names; a new vote among equal ones has none (选举法 45(3))."""
    if one.kind == Round.TIE:
        return []
    return [Entry(f"w{after + n}", "", False) for n in range(BLANK_LINES)]


def read(one: VoteRound, data: Mapping[str, Any]) -> TallyForm:
    """What was posted, read; faults stand beside their field."""
    recovered_text, void_text, reason = (str(data.get(name, "")).strip() for name in ("recovered", "void", "reason"))
    form = TallyForm(recovered_text, void_text, reason)
    form.entries = [_posted(f"c{each.place}", each.name, True, data) for each in one.candidates.all()]
    form.written = list(_written(data))
    recovered, void = (_number(form, name, getattr(form, name)) for name in ("recovered", "void"))
    lines = [*(_line(entry) for entry in form.entries), *(_line(entry) for entry in form.written if entry.name or entry.votes)]
    if not form.failed and recovered is not None and void is not None:
        form.figures = Figures(recovered, void, tuple(line for line in lines if line is not None))
    if one.kind != Round.TIE and not any(not entry.name for entry in form.written):
        form.written += _blanks(one, len(form.written))
    return form


def _written(data: Mapping[str, Any]) -> Iterator[Entry]:
    """The lines for written-in names, as many as the page had."""
    for n in range(MOST_WRITTEN_IN + BLANK_LINES):
        if f"w{n}_name" not in data:
            return
        yield _posted(f"w{n}", " ".join(str(data[f"w{n}_name"]).split())[:60], False, data)


def _posted(key: str, name: str, listed: bool, data: Mapping[str, Any]) -> Entry:
    return Entry(key, name, listed, *(str(data.get(f"{key}_{part}", "")).strip() for part in PARTS))


def _number(form: TallyForm, name: str, text: str) -> int | None:
    try:
        return _whole(text)
    except ValueError as error:
        form.faults[name] = str(error)
        return None


def _line(entry: Entry) -> Line | None:
    try:
        if not entry.name:
            raise ValueError(_("请填写另选人的姓名"))
        votes = _whole(entry.votes)
        against, abstain = (None if not text else _whole(text) for text in (entry.against, entry.abstain))
    except ValueError as error:
        entry.fault = str(error)
        return None
    return Line(entry.name, votes, entry.listed, against, abstain)


def _whole(text: str) -> int:
    try:
        number = cells.read_whole(text)
    except cells.CellError as error:
        raise ValueError(_("请填写票数，没有的填 0") if error.blank else error.reason) from error
    if number > 9_999_999:
        raise ValueError(_("数字太大，请核对"))
    return number


def merged(one: VoteRound, first: Figures, cells_: list[Cell], data: Mapping[str, Any]) -> TallyForm:
    """The third look: the figures on which both teams agree, and for those that differ what was counted again."""
    form = TallyForm(reason=str(data.get("reason", "")).strip())
    settled: dict[tuple[str, str], int | None] = {}
    for n, cell in enumerate(cells_):
        text = str(data.get(f"cell{n}", "")).strip()
        try:
            settled[cell.name, cell.part] = None if not text and cell.part in ("against", "abstain") else _whole(text)
        except ValueError as error:
            form.faults[f"cell{n}"] = str(error)
    if not form.faults:
        form.figures = _with(first, settled, {each.name for each in one.candidates.all()})
    return form


def _with(first: Figures, settled: Mapping[tuple[str, str], int | None], listed: set[str]) -> Figures:
    lines = {line.name: {part: getattr(line, part) for part in PARTS} for line in first.lines}
    for (name, part), number in settled.items():
        if name:
            lines.setdefault(name, {"votes": 0, "against": None, "abstain": None})[part] = number
    kept = tuple(
        Line(name, int(parts["votes"] or 0), name in listed, parts["against"], parts["abstain"])
        for name, parts in lines.items()
        if name in listed or parts["votes"]
    )
    recovered, void = (settled.get(("", part), getattr(first, part)) for part in ("recovered", "void"))
    return Figures(int(recovered or 0), int(void or 0), kept)
