"""Every indicator is walked: well declared, answerable with all its breakdowns, and its evidence shows no secret."""

import pytest

from renda.figures import combine, evaluate, periods, registry
from renda.figures.evaluate import Question
from renda.registers import registry as registers
from tests.county import OPERATOR, make_county


@pytest.mark.django_db
def test_every_indicator_answers_on_an_empty_county() -> None:
    county = make_county()
    for period in (periods.year(2021),):
        for indicator in registry.all_indicators():
            question = Question(period, county)
            found = evaluate.evaluate(indicator, question, actor=OPERATOR)
            assert (
                found.value in (0, None)
                or indicator.code == "planning.townships"
                or indicator.code == "planning.townships_missing"
            ), indicator.code
            assert evaluate.records(indicator, question, actor=OPERATOR, limit=5) is not None
            for breakdown in combine.dimensions(indicator):
                evaluate.evaluate(indicator, question, actor=OPERATOR, by=breakdown.code)


def test_names_codes_and_references_are_in_order() -> None:
    names: dict[str, str] = {}
    for indicator in registry.all_indicators():
        assert indicator.units, indicator.code
        assert indicator.about, indicator.code
        assert indicator.reference is None or (indicator.reference[0] == "I" and 1 <= int(indicator.reference[1:]) <= 146), (
            indicator.code
        )
        assert names.setdefault(indicator.name, indicator.code) == indicator.code, indicator.name
        for code in evaluate.codes_of(indicator):
            registry.get(code)
        if indicator.register:
            registers.get(indicator.register)


def test_evidence_shows_no_secret_column() -> None:
    for indicator in registry.all_indicators():
        register = registers.get(indicator.register) if indicator.register else None
        secret = {c.field for c in register.columns if c.secret} if register else set()
        paths = {entry if isinstance(entry, str) else entry[0] for entry in indicator.evidence}
        assert not paths & secret, indicator.code
        assert not [p for p in paths if p.rsplit("__", 1)[-1] in ("identity_number", "phone")], indicator.code
