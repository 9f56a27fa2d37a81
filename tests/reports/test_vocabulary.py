"""The vocabulary as a whole: complete, well formed, and every rule able to hold."""

import re

import pytest

from renda.reports.recognise.lexicon import entries, rules, series


def test_every_reference_has_an_entry() -> None:
    assert list(entries()) == [f"I{number:03d}" for number in range(1, 147)]


def test_every_entry_has_a_name_of_its_own_and_a_rule() -> None:
    names = [entry.name for entry in entries().values()]
    assert len(set(names)) == len(names)
    assert all(entry.rules for entry in entries().values())


def test_series_name_known_references_only() -> None:
    known = set(entries())
    for parent, children in series().items():
        assert {parent, *children.values()} <= known
        assert set(children) <= {"list", "ratio", "change"}


@pytest.mark.parametrize("form", ["value", "ratio", "change", "any"])
def test_forms_are_of_the_four(form: str) -> None:
    assert {rule.form for rule in rules()} <= {"value", "ratio", "change", "any"}
    assert any(rule.form == form for rule in rules()) or form == "change"


def test_no_rule_holds_everywhere() -> None:
    """A rule without a head, or with one that fits anything, must have conditions."""
    for rule in rules():
        anything = rule.head is None or rule.head.pattern == "."
        assert not anything or rule.needs, rule


def test_no_pattern_is_empty_or_ends_in_an_open_choice() -> None:
    """`甲|乙|` fits the empty text: a slip everywhere but in measure words."""
    for rule in rules():
        patterns = [condition.pattern for condition in (*rule.needs, *rule.vetoes)] + ([rule.head] if rule.head else [])
        for pattern in patterns:
            assert not pattern.search(""), (rule.code, pattern.pattern)
            assert not re.search(r"\$[A-Z]", pattern.pattern), (rule.code, pattern.pattern)
