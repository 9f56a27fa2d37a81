"""The letters of filing and review (备案审查文书): shipped templates, their placeholders, and what those hold for a document."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
GROUP = "备案审查文书"
OFFICE = "{mark}人备"
NUMBERS = {
    "filing_report": "{mark}备报", "receipt": OFFICE + "登", "supplement": OFFICE + "补", "refusal": OFFICE + "退", "opinion": OFFICE + "审",
    "result": OFFICE + "馈", "motion": OFFICE + "议",
}  # fmt: skip
"""The words before year and number (发文字号); ``{mark}`` is the organ's: the county's first character, or the maker's short name."""


def declare() -> None:
    """Register the letters of the procedure (called once, at start)."""
    from renda.filing.letters import values, words
    from renda.filing.procedure import DOCUMENT
    from renda.procedure.letters import LettersOf
    from renda.procedure.letters import declare as declare_letters

    declare_letters(
        DOCUMENT,
        LettersOf(
            shipped=SHIPPED,
            group=GROUP,
            numbers=NUMBERS,
            words=words.of_letter,
            values=values.of_letter,
            sender=values.sender,
            to_units=lambda _code: True,
            sample_marks={"filing_report": "清河县人民政府"},
        ),
    )
