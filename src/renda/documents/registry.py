"""The letters that rooms declare: name, placeholders in Chinese words, shipped template, number, and where the words come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renda.directory.models import Division, Organ

Values = Mapping[str, str | list[str]]
NUMBER = "文号"
"""The word that holds a letter's number."""


@dataclass(frozen=True)
class Word:
    """A placeholder that a template may use: ``{{ 信访人 }}``.

    ``about`` says what stands there, ``sample`` is what the preview shows. ``secret`` words hold what is masked in the matter.
    ``asked`` ones are filled in by whoever makes the letter; ``many`` hold several lines, each an item of a loop.
    """

    name: str
    about: str
    sample: str | tuple[str, ...] = ""
    secret: bool = False
    asked: bool = False
    many: bool = False

    def shown(self) -> str | list[str]:
        """The sample as a template takes it."""
        return list(self.sample) if isinstance(self.sample, tuple) else self.sample


@dataclass(frozen=True)
class Sender:
    """Whose letter it is (None: the directory does not list the organ), the organ's word in the number (机关代字), and the division
    whose templates and numbers count."""

    organ: Organ | None
    mark: str
    division: Division


@dataclass(frozen=True)
class Template:
    """A letter: ``code`` is its kind of matter and its own code (``petition.notice``); ``to`` says in words to whom it goes.

    ``shipped`` is the .docx that comes with the platform. ``number`` is the pattern of its number with ``{mark}`` (the issuing organ's
    word), ``{year}`` and ``{n}``; empty for a letter without one. ``values`` (template, case=, step=, maker=, asked=) gives the words of a case and
    ``sender`` (case=, step=) whose letter it is: the room's own functions. ``to_units`` letters go to units, not to the person whose matter it is.
    ``group`` is the field of work under which the page lists it,
    ``sample_mark`` the organ's word in the number of the sample.
    """

    code: str
    name: str
    to: str
    words: tuple[Word, ...]
    shipped: Path
    values: Callable[..., Values]
    sender: Callable[..., Sender]
    number: str = ""
    to_units: bool = False
    group: str = ""
    sample_mark: str = "清"

    @property
    def kind(self) -> str:
        """The kind of matter."""
        return self.code.partition(".")[0]

    @property
    def by_name(self) -> dict[str, Word]:
        """The words by their names."""
        return {word.name: word for word in self.words}

    def filled(self, words: Mapping[str, Any], asked: Mapping[str, str | list[str]] | None = None) -> Values:
        """What each word holds: of ``words``, but of ``asked`` (what the letter's maker filled in) where it may be asked; else nothing."""
        by_name = self.by_name
        found = {**words, **{name: value for name, value in (asked or {}).items() if name in by_name and by_name[name].asked}}
        return {word.name: found.get(word.name, [] if word.many else "") for word in self.words}

    def samples(self) -> dict[str, str | list[str]]:
        """A value for each word, for checks and the preview."""
        return {word.name: self.sample_number if word.name == NUMBER else word.shown() for word in self.words}

    @property
    def sample_number(self) -> str:
        """A number as this letter would bear it."""
        return self.number.format(mark=self.sample_mark, year=2026, n=8)


_templates: dict[str, Template] = {}


def declare(template: Template) -> Template:
    """Add a letter. ValueError where its code is known already, a word stands twice, or nothing was shipped."""
    if template.code in _templates:
        raise ValueError(f"letter {template.code} is declared twice")
    if len(template.by_name) != len(template.words):
        raise ValueError(f"letter {template.code} names a word twice")
    if not template.shipped.is_file():
        raise ValueError(f"letter {template.code} has no shipped template: {template.shipped}")
    _templates[template.code] = template
    return template


def get(code: str) -> Template:
    """The letter with this code; KeyError where there is none."""
    return _templates[code]


def find(code: str) -> Template | None:
    """The letter with this code, None where there is none."""
    return _templates.get(code)


def all_templates() -> list[Template]:
    """All letters, in the order of their declaration."""
    return list(_templates.values())
