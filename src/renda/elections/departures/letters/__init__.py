"""The letters of recalls and resignations (罢免、辞职文书)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
GROUP = "选举文书"
NUMBERS = {
    "accepted": "{mark}人常罢受", "deputy_notice": "{mark}人常罢知", "not_admitted": "{mark}人常罢告", "to_voters": "{mark}人常罢印",
    "failed": "{mark}人常罢果", "announcement": "{mark}人常公", "resign_accepted": "{mark}人辞", "resign_kept": "{mark}人辞告",
    "resign_announcement": "{mark}人公",
}  # fmt: skip
"""The words before year and number (发文字号); ``{mark}`` is the first character of the county or township."""


def declare() -> None:
    """Register the letters of both procedures (called once, at start)."""
    from renda.elections.departures import recall_procedure, resignation_procedure
    from renda.elections.departures.letters import values, words
    from renda.procedure.letters import LettersOf
    from renda.procedure.letters import declare as declare_letters

    shared = partial(LettersOf, shipped=SHIPPED, group=GROUP, numbers=NUMBERS, sender=values.sender)
    declare_letters(recall_procedure.PROCEDURE, shared(words=words.of_recall, values=values.of_recall))
    declare_letters(resignation_procedure.PROCEDURE, shared(words=words.of_resignation, values=values.of_resignation))
