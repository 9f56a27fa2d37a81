"""Worked examples of drafting, and a way to draft a text with answers told by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from renda.reports.draft.assemble import Setting, assemble
from renda.reports.draft.judge import Answered, Finding
from renda.reports.draft.layout import Layout
from renda.reports.draft.model import Binding, Draft
from renda.reports.draft.sharing import is_shared
from renda.reports.recognise import recognise

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Answer:
    """An answer told by hand."""

    value: Decimal | None = None
    before: Decimal | None = None
    records: int = 0
    unit: str = ""
    period: tuple[date, date, str] | None = None
    why: str = ""


def load(name: str) -> list[dict[str, Any]]:
    """The examples of one file."""
    return yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))


def draft(
    text: str, answers: dict[str, Any] | None = None, *, own: int | None = 2021, year: int = 2022, records: dict[str, Any] | None = None,
    accept: float = 0.6,
) -> Draft:  # fmt: skip
    """Draft a text: `answers` by a figure's text, `records` by an indicator's code (what claims are checked with)."""
    layout = Layout(text)
    findings = [_finding(layout, figure, (answers or {}).get(figure.text)) for figure in recognise(text, own)]

    def ask(binding: Binding) -> tuple[Decimal | None, str]:
        known = (records or {}).get(binding.indicator)
        return (None, "没有台账记录") if known is None else (Decimal(str(known)), "")

    return assemble(layout, findings, Setting(year, own, "青山县", accept), ask)


def _finding(layout: Layout, figure: Any, told: Any) -> Finding:
    if told is None:
        return Finding(figure, None, "没有对应的指标")
    one = told if isinstance(told, dict) else {"value": told}
    value = None if one.get("value") is None else Decimal(str(one["value"]))
    before = None if one.get("before") is None else Decimal(str(one["before"]))
    answer = Answer(value, before, unit=one.get("unit", ""), records=one.get("records", 1), why=one.get("why", ""))
    code = one.get("same", f"{figure.start}")
    form = one.get("form", "change" if figure.form == "change" else "value")
    binding = Binding(f"test.{code}", {}, {"type": "year"}, form, one.get("confidence", 0.9))
    each: list[tuple[str, Answered | None]] = [(name, Answer(Decimal(number))) for name, number in one.get("each", {}).items()]
    if is_shared(layout, figure) and not each:
        each = [("各", None)]
    return Finding(figure, binding, counts="举例。", answer=answer, shared=each)
