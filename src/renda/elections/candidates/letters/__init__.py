"""The announcements of an election (选举公告): shipped templates, their placeholders, what those hold, and the candidate form."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
GROUP = "选举公告"


def declare() -> None:
    """Register the announcements and the candidate form (called once, at start)."""
    from renda.documents.registry import Template
    from renda.documents.registry import declare as declare_letter
    from renda.elections.candidates import formpaper
    from renda.elections.candidates.letters import values, words

    for kind in words.KINDS:
        declare_letter(
            Template(
                code=kind.template, name=f"{kind.name}公告", to="全体选民", words=words.words_of(kind), shipped=SHIPPED / f"{kind.code}.docx",
                values=values.of_announcement, sender=values.sender, group=GROUP,
            )
        )  # fmt: skip
    formpaper.declare()
