"""The demo county's report on 2020 says what its records of 2020 come to, in the ways in which clerks write numbers."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from renda.core.cells.numerals import parse
from renda.demo import loading, report_text
from renda.demo.county import County
from renda.figures.answering import answer

SMALL = 0.02


def test_a_place_is_written_in_braces() -> None:
    places = list(
        report_text.places("执法检查{supervision.inspections form=本级组织}次，{a.b|各:c.d x=甲}件，{e.f|全部:g.h:办结}")
    )
    assert [(p.code, p.where, p.form, p.other, p.words) for p in places] == [
        ("supervision.inspections", ("form=本级组织",), "", "", ""),
        ("a.b", (), "各", "c.d x=甲", ""),
        ("e.f", (), "全部", "g.h", "办结"),
    ]


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("", 14, "14"), ("", Decimal("89.20"), "89.2"), ("千", 1055, "1,055"), ("汉", 12, "十二"), ("汉余", 376, "三百七十"),
        ("余", 1379, "1300"), ("余", 96, "96"), ("余千", 1997, "1,900"), ("万余", 11299, "1.1"),
        ("近", Decimal(13_781_000), "近1400"), ("近", Decimal(11_200_000), "1120"), ("近", 5973, "近6000"), ("近", 6000, "6000"),
        ("近万", 19285, "近2万"), ("近万", 15_000, "15000"),
        ("万", Decimal("2086500.00"), "208.65"), ("万千", Decimal("153517000.00"), "15,351.7"), ("亿", Decimal("217310000.00"), "2.17"),
        ("增减", Decimal("6.96"), "增长6.96%"), ("增减", Decimal("-8.72"), "下降8.72%"),
    ],
)  # fmt: skip
def test_forms(form: str, value: Decimal | int, written: str) -> None:
    assert report_text.FORMS[form](value) == written


def test_words_that_hold_two_figures_against_each_other() -> None:
    shared, whole = report_text.HELD["各"], report_text.HELD["全部"]
    assert (shared(4, 4, ""), shared(5, 3, "")) == ("各4", "分别为5、3")
    assert (whole(7, 7, "整改到位"), whole(6, 7, "整改到位")) == ("全部整改到位", "已有6件整改到位")


def test_the_text_has_the_habits_of_offices() -> None:
    text = report_text.template()
    assert text.count("{") == len(list(report_text.places(text))) > 120
    for habit in ("余", "近", "汉", "各", "全部", "增减"):
        assert f"|{habit}" in text
    for habit in ("XX", "其中", "2021年工作安排", "头一回", "均为满意", "%", "万元"):
        assert habit in text


@pytest.mark.django_db
def test_every_stated_figure_is_that_of_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "ledgers_folder", lambda: tmp_path / "ledgers")
    loading.load(County(scale=SMALL), lambda _line: None)
    text = report_text.template()
    report = report_text.render()
    assert not re.search(r"[{}|]", report)
    assert 4500 <= len(report) <= 6000
    told = 0
    for place in report_text.places(text):
        value = answer(place.code, year=2020, where=place.where)["value"] or 0
        written = report_text.write(place)
        number = _number(written)
        if place.form in ("", "千", "汉"):
            assert number == value, place
        elif place.form in ("余", "余千", "汉余"):
            assert number <= value <= number * Decimal("1.1"), place
        elif place.form == "近" and written.startswith("近"):
            assert value / (10_000 if isinstance(value, Decimal) else 1) < number
        told += written in report
    assert told == len(list(report_text.places(text)))


def _number(written: str) -> Decimal:
    """The number in a figure's text, read independently of how it was written."""
    digits = re.search(r"\d[\d,.]*", written)
    return Decimal(digits[0].replace(",", "")) if digits else Decimal(parse(written) or 0)
