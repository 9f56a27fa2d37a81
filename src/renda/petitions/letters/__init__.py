"""The letters of petitions (信访文书): shipped templates, their placeholders, and what those hold for a petition."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
GROUP = "信访文书"
OFFICE, UNIT = "{mark}人信", "{mark}信"
NUMBERS = {
    "notice": OFFICE + "告", "forward": OFFICE + "转", "assign": OFFICE + "交", "report_up": OFFICE + "报", "decline": OFFICE + "不受",
    "send_back": OFFICE + "退", "press": OFFICE + "督", "closing": OFFICE + "结", "review_notice": OFFICE + "查告",
    "recheck_notice": OFFICE + "核告", "unit_notice": UNIT + "受", "extension": UNIT + "延", "opinion": UNIT + "意",
    "review_opinion": UNIT + "复查", "recheck_opinion": UNIT + "复核",
}  # fmt: skip
"""The words before year and number (发文字号); ``{mark}`` is the organ's: the county's first character, or the unit's short name."""


def declare() -> None:
    """Register the letters of the procedure (called once, at start)."""
    from renda.petitions.letters import values, words
    from renda.petitions.procedure import PETITION
    from renda.procedure.letters import LettersOf
    from renda.procedure.letters import declare as declare_letters

    declare_letters(
        PETITION,
        LettersOf(
            shipped=SHIPPED,
            group=GROUP,
            numbers=NUMBERS,
            words=words.of_letter,
            values=values.of_letter,
            sender=values.sender,
            to_units=words.TO_UNITS.__contains__,
            sample_marks={code: words.sample_sender(code) for code in words.OF_UNITS},
        ),
    )
