"""The letters of objections and transfers (选民名单申诉、选民资格转移文书)."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
GROUP = "选举文书"
NUMBERS = {
    "decision": "{mark}选决", "refusal": "{mark}选告", "certificate": "{mark}选转", "notice": "{mark}选转知", "no_transfer": "{mark}选转告",
}  # fmt: skip
"""The words before year and number (发文字号); ``{mark}`` is the first character of the county or township."""


def declare() -> None:
    """Register the letters of both procedures (called once, at start)."""
    from renda.elections.lists import objection_procedure, transfer_procedure
    from renda.elections.lists.letters import values, words
    from renda.procedure.letters import LettersOf
    from renda.procedure.letters import declare as declare_letters

    for procedure, of_letter, filled in (
        (objection_procedure.PROCEDURE, words.of_objection, values.of_objection),
        (transfer_procedure.PROCEDURE, words.of_transfer, values.of_transfer),
    ):
        declare_letters(
            procedure,
            LettersOf(
                shipped=SHIPPED,
                group=GROUP,
                numbers=NUMBERS,
                words=of_letter,
                values=filled,
                sender=values.sender,
                to_units=lambda _code: False,
            ),
        )
