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
    from renda.documents.registry import Template
    from renda.documents.registry import declare as declare_template
    from renda.filing.letters import values, words
    from renda.filing.procedure import DOCUMENT

    for letter in DOCUMENT.letters:
        declare_template(
            Template(
                code=f"{DOCUMENT.kind}.{letter.code}",
                name=letter.name,
                to=letter.to,
                words=words.of_letter(letter.code),
                shipped=SHIPPED / f"{letter.code}.docx",
                values=values.of_letter,
                sender=values.sender,
                number=NUMBERS[letter.code] + "〔{year}〕{n}号",
                group=GROUP,
                sample_mark="清河县人民政府" if letter.code == "filing_report" else "清",
                to_units=True,
            )
        )
