"""The worked examples of drafting, each as a clerk would check it."""

from typing import Any

import pytest

from renda.reports.draft.model import Draft
from tests.reports.drafting import draft, load

FILES = ("numbers", "approximations", "years", "wording", "contradictions", "missing")
ALL = [pytest.param(name, case, id=f"{name}-{case['case']}") for name in FILES for case in load(name)]


@pytest.mark.parametrize(("name", "case"), ALL)
def test_the_draft_reads_as_the_example_says(name: str, case: dict[str, Any]) -> None:
    made = draft(
        case["text"], case.get("answers"), own=case.get("own", 2021), year=case.get("year", 2022), records=case.get("records")
    )
    if name != "missing":
        made.edits = [edit for edit in made.edits if edit.kind != "missing"]
    assert made.text() == case["draft"]
    for old, words in case.get("why", {}).items():
        assert words in entry_of(made, old).why


def entry_of(made: Draft, old: str) -> Any:
    return next(entry for entry in made.entries if entry.old == old)
