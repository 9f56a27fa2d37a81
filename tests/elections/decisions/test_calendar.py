"""The legal dates of an election: worked examples, packs, old law, leap days; what holds for every election day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.elections.decisions import LegalDate, calendar, left_open
from renda.law import LawError, UnknownPack

DAYS = st.dates(date(2006, 1, 1), date(2100, 12, 31))
FOLLOW_STRICT = {
    "elec.list.publish", "elec.cand.initial_publish", "elec.cand.formal_publish", "elec.list.lawsuit.deadline", "elec.voter.late_registration",
    "elec.voter.list_corrections", "elec.voter.suspended.delivery",
}  # fmt: skip


def by_key(dates: list[LegalDate]) -> dict[str, date]:
    return {one.key: one.date for one in dates}


def test_d01_every_date_of_an_election_day() -> None:
    assert by_key(calendar(date(2026, 12, 29))) == {
        "elec.voter.age_reference": date(2008, 12, 29),
        "elec.list.publish": date(2026, 12, 9),
        "elec.cand.initial_publish": date(2026, 12, 14),
        "elec.list.objection.window": date(2026, 12, 14),
        "elec.list.objection.decide": date(2026, 12, 17),
        "elec.cand.formal_publish": date(2026, 12, 22),
        "elec.list.lawsuit.deadline": date(2026, 12, 24),
        "elec.list.judgment.deadline": date(2026, 12, 28),
        "elec.cand.stop": date(2026, 12, 28),
        "elec.first_session": date(2027, 2, 28),
    }


def test_d03_strict() -> None:
    found = by_key(calendar(date(2026, 12, 29), strict=True))
    assert found["elec.list.publish"] == date(2026, 12, 8)
    assert found["elec.cand.initial_publish"] == date(2026, 12, 13)
    assert found["elec.cand.formal_publish"] == date(2026, 12, 21)
    assert found["elec.list.lawsuit.deadline"] == date(2026, 12, 23)
    assert found["elec.list.judgment.deadline"] == date(2026, 12, 28)
    assert found == by_key(calendar(date(2026, 12, 29), choices={"cal.election.backward.strict": "strict"}))


@pytest.mark.parametrize(
    ("key", "article"),
    [
        ("elec.list.publish", "《选举法》第二十八条"),
        ("elec.cand.initial_publish", "《选举法》第三十二条第一款"),
        ("elec.list.lawsuit.deadline", "《选举法》第二十九条；《民事诉讼法》第一百八十八条"),
        ("elec.cand.stop", "《选举法》第三十四条"),
        ("elec.voter.age_reference", "《选举法》第四条第一款"),
    ],
)
def test_each_date_cites_its_article(key: str, article: str) -> None:
    assert next(one.article for one in calendar(date(2026, 12, 29)) if one.key == key) == article


@pytest.mark.parametrize(
    ("day", "formal"),
    [(date(2006, 12, 20), date(2006, 12, 15)), (date(2010, 3, 13), date(2010, 3, 8)), (date(2010, 3, 14), date(2010, 3, 7))],
)
def test_the_formal_list_had_five_days_before_2010(day: date, formal: date) -> None:
    assert by_key(calendar(day))["elec.cand.formal_publish"] == formal


def test_an_election_on_a_leap_day() -> None:
    found = {one.key: one for one in calendar(date(2028, 2, 29))}
    assert found["elec.voter.age_reference"].date == date(2010, 2, 28)
    assert "没有 2 月 29 日" in found["elec.voter.age_reference"].note
    assert found["elec.list.publish"].date == date(2028, 2, 9)
    assert found["elec.first_session"].date == date(2028, 4, 29)


def test_an_election_on_the_eve_of_a_birthday_that_does_not_exist() -> None:
    found = next(one for one in calendar(date(2026, 2, 28)) if one.key == "elec.voter.age_reference")
    assert found.date == date(2008, 2, 28)
    assert "2008-02-29 出生的人" in found.note


def test_a_province_adds_its_own_dates() -> None:
    day = date(2026, 12, 29)
    assert by_key(calendar(day, packs=["zhejiang"]))["elec.voter.late_registration"] == date(2026, 12, 17)
    shanghai = by_key(calendar(day, packs=["shanghai"]))
    assert shanghai["elec.voter.list_corrections"] == date(2026, 12, 27)
    assert shanghai["elec.voter.suspended.delivery"] == date(2026, 12, 24)
    assert shanghai["elec.vote.days"] == date(2026, 12, 31)
    assert "elec.voter.late_registration" not in by_key(calendar(date(2020, 12, 29), packs=["zhejiang"]))


def test_what_the_law_leaves_open_is_said_and_not_invented() -> None:
    open_ = {one.key: one for one in left_open(date(2026, 12, 29))}
    assert "choice.rerun.deadline" in open_
    assert "法律没有规定" in open_["choice.rerun.deadline"].why
    assert "elec.voter.late_registration" in open_
    assert "elec.voter.late_registration" not in {one.key for one in left_open(date(2026, 12, 29), packs=["zhejiang"])}


def test_a_by_election_has_the_periods_of_the_province() -> None:
    found = {one.key: one for one in calendar(date(2024, 5, 6), packs=["beijing"], by_election=True)}
    assert found["elec.list.publish"].date == date(2024, 4, 21)
    assert found["elec.cand.initial_publish"].date == date(2024, 5, 1)
    assert found["elec.cand.formal_publish"].date == date(2024, 5, 3)
    assert found["elec.cand.formal_publish"].article.startswith("《北京选举实施细则》")
    assert "elec.first_session" not in found
    strict = by_key(calendar(date(2024, 5, 6), packs=["beijing"], by_election=True, strict=True))
    assert strict["elec.list.publish"] == date(2024, 4, 20)


def test_a_by_election_without_local_rules_says_so() -> None:
    found = {one.key: one for one in calendar(date(2024, 5, 6), by_election=True)}
    assert found["elec.list.publish"].date == date(2024, 4, 16)
    assert "省级人大常委会规定" in found["elec.list.publish"].warning
    zhejiang = {one.key: one for one in calendar(date(2024, 5, 6), packs=["zhejiang"], by_election=True)}
    assert zhejiang["elec.list.publish"].date == date(2024, 4, 24)
    assert "没有写明" in zhejiang["elec.cand.formal_publish"].warning
    before = {one.key: one for one in calendar(date(2020, 5, 6), packs=["beijing"], by_election=True)}
    assert before["elec.list.publish"].date == date(2020, 4, 16)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 12, 31)])
def test_a_day_that_cannot_be_counted_from_is_refused(day: date) -> None:
    with pytest.raises(LawError, match="请核对选举日"):
        calendar(day)


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(UnknownPack):
        calendar(date(2026, 12, 29), packs=["atlantis"])


@given(DAYS, st.sampled_from([(), ("zhejiang",), ("shanghai",), ("beijing",)]))
def test_the_dates_are_in_order_and_no_holiday_moves_them(day: date, packs: tuple[str, ...]) -> None:
    dates = calendar(day, packs=packs)
    assert [one.date for one in dates] == sorted(one.date for one in dates)
    found = by_key(dates)
    order = ["elec.list.publish", "elec.cand.initial_publish", "elec.cand.formal_publish", "elec.list.lawsuit.deadline"]
    order = order if day >= date(2010, 3, 14) else [order[0], order[1], order[3]]
    assert [found[key] for key in order] == sorted(found[key] for key in order)
    assert found["elec.cand.stop"] == found["elec.list.judgment.deadline"] == day - timedelta(days=1)
    assert found["elec.list.publish"] == day - timedelta(days=20)
    assert all(one.date < day for one in dates if one.direction == "backward")


@given(DAYS, st.sampled_from([(), ("zhejiang",), ("shanghai",)]))
def test_strict_is_exactly_one_day_earlier(day: date, packs: tuple[str, ...]) -> None:
    plain, strict = by_key(calendar(day, packs=packs)), by_key(calendar(day, packs=packs, strict=True))
    assert plain.keys() == strict.keys()
    for key in plain:
        moved = key in FOLLOW_STRICT or key.startswith("elec.list.objection.")
        assert plain[key] - strict[key] == timedelta(days=1 if moved else 0), key


@given(DAYS)
def test_a_voter_is_eighteen_on_election_day(day: date) -> None:
    latest = by_key(calendar(day))["elec.voter.age_reference"]
    born_after = latest + timedelta(days=1)
    assert (day.year - latest.year, (day.month, day.day) >= (latest.month, latest.day)) == (18, True)
    assert not (day.year - born_after.year >= 18 and (day.month, day.day) >= (born_after.month, born_after.day))
