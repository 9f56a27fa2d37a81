"""The table of bindings names only what there is, and forgets nothing: references, indicators, breakdowns, labels."""

from __future__ import annotations

import re

import pytest

from renda.figures import combine, registry
from renda.figures.indicators import Indicator
from renda.figures.measures import SumOf
from renda.reports.binding import bind
from renda.reports.binding.table import DIRECT, TOLD, Entry, Target, apart, entries, kinds, once, shares, targets
from renda.reports.recognise.figure import Figure
from renda.reports.recognise.lexicon import entries as vocabulary

REFERENCES = [f"I{number:03}" for number in range(1, 147)]
ONLY_OPEN = {"I057"}  # of which matter the years are told, no table can know


def test_every_reference_has_routes_and_nothing_else_has() -> None:
    assert set(entries()) == {*REFERENCES, DIRECT}
    for code in REFERENCES:
        routes = entries()[code].routes
        assert any(route.target for route in routes) is (code not in ONLY_OPEN), code
        assert all(route.target or len(route.why) >= 8 for route in routes), code


def known_labels(indicator: Indicator, by: str) -> set[str] | None:
    """The labels that a breakdown offers (a sum's: those of its parts), None where the county's own records give them."""
    parts = [registry.get(code) for code in indicator.count.codes] if isinstance(indicator.count, SumOf) else [indicator]
    found = [one for part in (parts or [indicator]) for one in combine.dimensions(part) if one.code == by]
    assert found, f"{indicator.code} has no breakdown {by}"
    labels = [getattr(one.labels, "choices", one.labels) for one in found]
    return {str(label) for one in labels for label in dict(one).values()} if all(labels) else None


OWN_WORDS = {"是", "否", "@本级", "@市", "县级代表", "乡镇代表"}


@pytest.mark.parametrize("target", sorted({(t.code, tuple(t.where.items())) for t in targets()}), ids=lambda t: f"{t[0]} {t[1]}")
def test_targets_are_indicators_with_these_breakdowns_and_labels(target: tuple[str, tuple[tuple[str, str], ...]]) -> None:
    code, where = target
    indicator = registry.get(code)
    for by, label in where:
        labels = known_labels(indicator, by)
        parts = [label] if labels and label in labels else label.split("、")
        assert labels is None or {*parts} - OWN_WORDS <= labels, (code, by, label)


def test_labels_of_breakdowns_exist_in_every_indicator_that_they_may_narrow() -> None:
    for entry in narrowing(entries().values()):
        for dim, spec in entry.dims.items():
            for label in filter(None, spec.labels.values()):
                if label.startswith("!"):
                    assert len(label) > 8
                    continue
                for target in reached_with(entry, dim):
                    labels = known_labels(registry.get(target.code), spec.by)
                    parts = [label] if labels and label in labels else label.split("、")
                    assert labels is None or {*parts} - OWN_WORDS <= labels, (entry.code, dim, label, target.code)


def narrowing(found: object) -> list[Entry]:
    return [entry for entry in found if entry.dims]  # type: ignore[attr-defined]


def reached_with(entry: Entry, dim: str) -> list[Target]:
    """The targets of an entry whose routes leave this breakdown to narrow them."""
    return [route.target for route in entry.routes if route.target and dim not in route.dims]


@pytest.mark.parametrize("code", REFERENCES)
def test_every_breakdown_that_the_recogniser_may_give_is_decided(code: str) -> None:
    entry = entries()[code]
    for dim, values in vocabulary()[code].dims.items():
        spec = entry.dims.get(dim)
        if spec is None:
            routed = [route for route in entry.routes if dim in route.dims or route.free.endswith(f"={dim}") or not route.target]
            assert routed, f"{code}: breakdown {dim} is nowhere decided"
            continue
        missing = [] if spec.several == TOLD or not spec.labels else set(values) - set(spec.labels)
        decided = {value for route in entry.routes for value in route.dims.get(dim, ())}
        assert not set(missing) - decided - ({*missing} if "*" in decided else set()), f"{code}: {dim} {missing}"


def test_levels_narrow_only_indicators_that_know_levels() -> None:
    for entry in entries().values():
        by = entry.level.rstrip("+")
        having = [t for t in (r.target for r in entry.routes) if t and by]
        if having and entry.code not in ("I084", "I099"):  # there persons know levels, person-times do not: asking tells so
            for target in having:
                known_labels(registry.get(target.code), by)


def test_every_indicator_is_reached_or_set_apart_with_a_reason() -> None:
    ours = {indicator.code for indicator in registry.all_indicators()}
    reached = {target.code for target in targets()}
    assert ours - reached - set(apart()) == set()
    assert set(apart()) - ours == set()
    assert {code for code in apart() if code in reached} <= {"suggestions.by_field"}


def test_references_lead_to_an_indicator_that_answers_them() -> None:
    for code in set(REFERENCES) - ONLY_OPEN:
        answering = {indicator.code for indicator in registry.all_indicators() if indicator.reference == code}
        led = {route.target.code for route in entries()[code].routes if route.target}
        assert answering & led, code


def test_what_is_told_of_one_occasion_and_shares_and_kinds_name_indicators() -> None:
    for code, occasions in once().items():
        assert registry.get(code)
        assert registry.get(occasions)
    for code, target in shares().items():
        assert registry.get(target.code).kind == "ratio" or target.code == code or target.where, code
    labels = known_labels(registry.get("supervision.work"), "kind")
    assert labels is not None
    assert set(kinds().values()) <= labels


def test_free_filters_are_breakdowns_without_fixed_labels_or_of_the_countys_words() -> None:
    for entry in entries().values():
        for route in entry.routes:
            if route.free and route.target:
                known_labels(registry.get(route.target.code), re.split("[=+]", route.free)[0])


@pytest.mark.parametrize("code", REFERENCES)
@pytest.mark.parametrize(
    ("unit", "form", "kind"), [("件", "value", "count"), ("%", "ratio", "ratio"), ("人次", "value", "person_times")]
)
def test_no_figure_is_left_without_binding_or_reason(code: str, unit: str, form: str, kind: str) -> None:
    figure = Figure(
        0, 3, f"12{unit}", 12, unit, form=form, kind=kind, reference=code, phrase="共", period={"type": "year", "year": 2020}
    )
    (bound,) = bind([figure])
    assert (bound.binding is None) is bool(bound.why)
