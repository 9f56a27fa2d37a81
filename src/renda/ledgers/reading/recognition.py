"""Saying which register a sheet is, by its headings and the words of its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from renda.ledgers.reading.headings import HeadingRows, HeadTexts, find_headings, normalise_heading, normalised
from renda.ledgers.reading.table import Table, read_table
from renda.ledgers.reading.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A register as recognition sees it: words of its name, vocabulary (heading text to field), fields that must be there."""

    names: tuple[str, ...]
    vocabulary: Mapping[str, str]
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one register fits: higher is better. `missing` are required fields without a heading.
    `named` is the length of its name where the sheet, its title or its file bears it, else 0."""

    code: str
    score: float
    headings: HeadingRows
    missing: frozenset[str]
    named: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """`code` is the register, or None when none fits or several fit equally (`tied`, in order); `fits` is best first.

    `lacking` is the register that the sheet is named after, where it lacks a required column and nothing else is named so well.
    """

    code: str | None
    table: Table | None
    tied: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    lacking: Fit | None = None


Described = Candidate | tuple[Iterable[str], Mapping[str, str], Iterable[str]]


def recognise(sheet: Sheet, candidates: Mapping[str, Described]) -> Recognition:
    """Which of `candidates` (code to names, vocabulary, required fields) the sheet is.

    A register named in the title or the sheet's name is preferred; else the one that knows the most headings. A register with a
    required field missing never wins by itself, though its fit is listed so that the clerk can map the heading.
    """
    texts = HeadTexts(sheet)
    tried = (_fit(sheet, texts, code, _candidate(described)) for code, described in candidates.items())
    fits = sorted((fit for fit in tried if fit), key=lambda fit: -fit.score)
    whole = [fit for fit in fits if not fit.missing]
    best = [fit for fit in whole if fit.score >= whole[0].score - 0.01] if whole else []
    lacking = _lacking(fits, best)
    if lacking is None and len(best) == 1:
        return Recognition(best[0].code, read_table(sheet, best[0].headings), fits=tuple(fits))
    return Recognition(None, None, tuple(fit.code for fit in best), tuple(fits), lacking)


def _lacking(fits: list[Fit], best: list[Fit]) -> Fit | None:
    """A register that the sheet bears the name of and that knows as many of its headings as any other, yet lacks a required column."""
    if any(fit.named for fit in best):
        return None
    known = max((len(fit.headings.fields) for fit in best), default=0)
    named = [fit for fit in fits if fit.named and fit.missing and len(fit.headings.fields) >= known]
    return max(named, key=lambda fit: (fit.named, fit.score), default=None)


def _candidate(value: Described) -> Candidate:
    if isinstance(value, Candidate):
        return value
    names, vocabulary, required = value
    return Candidate(tuple(names), vocabulary, frozenset(required))


def _fit(sheet: Sheet, texts: HeadTexts, code: str, candidate: Candidate) -> Fit | None:
    found = find_headings(sheet, normalised(candidate.vocabulary), texts)
    if found is None:
        return None
    missing = candidate.required - found.fields.keys()
    used = sum(1 for heading in found.headings if not heading.serial)
    name = _named(sheet, found, candidate.names)
    score = len(found.fields) + 4 * len(found.fields) / max(used, 1) + (6 + name / 10 if name else 0) - 3 * len(missing)
    return Fit(code, score, found, frozenset(missing), name)


def _named(sheet: Sheet, found: HeadingRows, names: Iterable[str]) -> int:
    """The length of the longest of `names` in the sheet's name or in what stands over the headings; 0 when none is."""
    places = [sheet.name, *(str(value) for row in sheet.rows[: found.first] for value in row if isinstance(value, str) and value)]
    texts = [normalise_heading(text) for text in places]
    return max((len(name) for name in map(normalise_heading, names) if name and any(name in text for text in texts)), default=0)
