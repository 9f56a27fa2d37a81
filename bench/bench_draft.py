"""Drafting a report of 10,000 characters, and how the cost grows to 100,000, over the demo county.

The reference asks the records for one figure at a time, as a program does that fills a template; its values are asserted equal. Growth is
the time of the long text against as many drafts of the short one: 1 is linear. The texts are the project's own (see `texts/`).
"""

from __future__ import annotations

from typing import Any

from bench.bench_recognise import load
from bench.measure import Comparison, phase
from bench.multiply import demo_county

SIZES = {"quick": 20_000, "full": 100_000}
SHORT = 10_000
YEAR = 2021


def run(size: int) -> dict[str, Comparison]:
    """Draft the short text both ways, then a text of `size` characters against as many short ones."""
    from django.db import connection

    demo_county()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a benchmark's database does not do so by itself
    short, long = text_of(SHORT), text_of(size)
    draft(short)  # what is loaded once per process
    with phase("in sets") as ours:
        made = draft(short)
    with phase("one at a time") as reference:
        theirs = one_at_a_time(short)
    assert [entry.value for entry in made.entries] == theirs, "the two ways do not come to the same"
    with phase("long") as grown:
        longer = draft(long)
    assert len(longer.entries) > len(made.entries)
    with phase("short ones") as repeated:
        for _ in range(size // SHORT):
            draft(short)
    return {
        f"draft of {SHORT} characters against one figure at a time": Comparison(ours, reference),
        f"draft of {size} characters against {size // SHORT} of {SHORT}": Comparison(grown, repeated),
    }


def text_of(characters: int) -> str:
    """A text of so many code points: the demo county's report on 2020, then the texts of the recogniser's measurement."""
    from renda.demo.report_text import render

    sample = "\n".join([render(), *(one.text for one in load())])
    return (sample * (characters // len(sample) + 1))[:characters]


def draft(text: str) -> Any:
    """Draft it for the demo county."""
    from renda.directory.gate import OPERATOR
    from renda.figures.answering import find_division
    from renda.reports.draft.compose import compose

    return compose(text, source_year=YEAR - 1, year=YEAR, division=find_division(""), actor=OPERATOR)


def one_at_a_time(text: str) -> list[Any]:
    """The value of each figure, each asked for by itself."""
    from renda.directory.gate import OPERATOR
    from renda.figures.answering import find_division
    from renda.reports.binding.answers import answer_all

    county = find_division("")
    bindings = [entry.binding for entry in draft(text).entries]
    return [answer_all([one], YEAR, county, OPERATOR)[0].value if one else None for one in bindings]
