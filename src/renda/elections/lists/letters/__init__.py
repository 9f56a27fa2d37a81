"""The letters of objections and transfers (选民名单申诉、选民资格转移文书)."""

from __future__ import annotations

from functools import partial
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

    shared = partial(LettersOf, shipped=SHIPPED, group=GROUP, numbers=NUMBERS, sender=values.sender)
    declare_letters(objection_procedure.PROCEDURE, shared(words=words.of_objection, values=values.of_objection))
    declare_letters(transfer_procedure.PROCEDURE, shared(words=words.of_transfer, values=values.of_transfer))
