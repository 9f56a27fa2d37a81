"""Reading a parameter: which source wins, what is refused, what is warned of."""

from datetime import date

import pytest

from renda.law import (
    BadChoice,
    NotCountable,
    NotFixed,
    NotInForce,
    UnknownKey,
    UnknownPack,
    due,
    keys,
    parameter,
    store,
)
from renda.law.calendars import PUBLISHED, HolidayYear, WorkCalendar, shipped_calendar
from renda.law.numerals import article_text, chinese_number
from renda.law.values import Value
from renda.law.wording import in_words

TODAY = date(2026, 11, 23)


def test_an_unknown_key_names_near_ones() -> None:
    with pytest.raises(UnknownKey, match=r"elec\.list\.publish"):
        parameter("elec.list.publsh", as_of=TODAY)
    with pytest.raises(UnknownKey):
        parameter("../../etc.passwd", as_of=TODAY)


def test_an_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(UnknownPack, match="chongqing"):
        parameter("elec.list.publish", as_of=TODAY, packs=["atlantis"])


def test_nothing_is_invented_where_the_law_is_silent() -> None:
    with pytest.raises(NotFixed, match="重庆市"):
        parameter("sup.opinions.handling_deadline", as_of=TODAY)
    with pytest.raises(NotFixed):
        due("sup.opinions.handling_deadline", TODAY)


def test_the_pack_supplies_and_the_county_chooses() -> None:
    key = "sup.opinions.handling_deadline"
    local = parameter(key, as_of=TODAY, packs=["henan"])
    assert (local.value, local.pack, local.binding, local.certainty) == (3, "henan", "county", "read")
    own = parameter(key, as_of=TODAY, packs=["henan"], choices={key: "2"})
    assert (own.value, own.source, own.certainty) == (2, "本县选择", "chosen")


def test_a_rule_for_the_province_itself_is_shown_as_a_pattern() -> None:
    value = parameter("sup.opinions.handling_deadline", as_of=TODAY, packs=["chongqing"])
    assert value.binding == "pattern"
    assert "参照" in value.warning


def test_a_pack_is_dated_too() -> None:
    with pytest.raises(NotFixed):
        parameter("file.formal_check", as_of=date(2024, 10, 31), packs=["beijing"])
    assert parameter("file.formal_check", as_of=date(2024, 11, 1), packs=["beijing"]).value == 10


def test_the_later_pack_wins_and_a_city_brings_its_province() -> None:
    key = "sugg.assign.deadline"
    assert store.with_parents(["qingdao"]) == ("shandong", "qingdao")
    assert parameter(key, as_of=TODAY, packs=["qingdao"]).unit == "working days"
    assert parameter(key, as_of=TODAY, packs=["shandong"]).unit == "days"
    assert parameter("sugg.rehandle.deadline", as_of=TODAY, packs=["qingdao"]).pack == "shandong"
    assert parameter(key, as_of=TODAY, packs=["shandong", "chongqing"]).value == 10


def test_a_county_cannot_choose_against_the_law() -> None:
    assert parameter("elec.list.publish", as_of=TODAY, choices={"elec.list.publish": 3}).value == 20


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        ("cal.petition.roll", "sometimes"),
        ("sup.opinions.handling_deadline", "三"),
        ("sup.opinions.handling_deadline", "-1"),
        ("elec.cand.preelection.turnout", "1/0"),
        ("elec.list.fields", ""),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(key: str, chosen: str) -> None:
    with pytest.raises(BadChoice):
        parameter(key, as_of=TODAY, choices={key: chosen})


def test_days_outside_the_law_are_refused_or_warned() -> None:
    with pytest.raises(NotInForce, match="2022-05-01"):
        parameter("pet.objection_competence", as_of=date(2021, 1, 1))
    with pytest.raises(NotInForce, match="不再施行"):
        parameter("oath.text.2016", as_of=TODAY)
    early = parameter("elec.list.publish", as_of=date(2012, 6, 1))
    assert early.value == 20
    assert "未经核对" in early.warning
    assert "条号" in parameter("elec.list.publish", as_of=date(2016, 6, 1)).warning
    assert not parameter("elec.list.publish", as_of=TODAY).warning


def test_an_unverified_value_says_so() -> None:
    value = parameter("party.meeting.quorum", as_of=TODAY)
    assert (value.certainty, value.confidence) == ("unverified", 0.85)
    assert "85%" in value.warning


def test_articles_of_one_text_stand_together() -> None:
    value = parameter("pet.recheck.decide", as_of=TODAY)
    assert value.citation == "《信访工作条例》第三十六条第一款、第三十六条第二款"
    assert parameter("elec.list.lawsuit.deadline", as_of=TODAY).article == "第二十九条；《民事诉讼法》第一百八十八条"
    assert parameter("sugg.reply.normal", as_of=date(2021, 3, 1)).citation == "《代表法》（2015年）第四十二条"
    assert not parameter("sugg.reply.normal", as_of=date(2021, 3, 1)).warning


def test_a_doubtful_day_of_effect_is_warned_of_only_near_it() -> None:
    assert "3月11日" in parameter("sugg.reply.normal", as_of=date(2025, 3, 13)).warning
    later = parameter("sugg.reply.normal", as_of=TODAY)
    assert "3月11日" not in later.warning
    assert "3月11日" in later.effective_note


def test_only_periods_can_be_counted() -> None:
    with pytest.raises(NotCountable):
        due("elec.vote.proxy.max", TODAY)


def test_the_working_tells_value_article_convention_and_choice() -> None:
    found = due("sugg.reply.normal", date(2026, 11, 30))
    text = "".join(found.working)
    for part in ("《代表法》第五十一条第二款", "次日起算", "该月最后一日", "系统默认", "不顺延"):
        assert part in text
    assert found.citation == "《代表法》第五十一条第二款"
    assert found.as_json()["date"] == "2027-02-28"


def test_counting_on_a_predicted_year_says_so() -> None:
    assert "2027" in due("sugg.assign.deadline", date(2027, 1, 29), packs=["chongqing"]).warning
    assert "2026" not in due("sugg.assign.deadline", date(2026, 9, 18), packs=["chongqing"]).warning


def test_a_corrected_holiday_table_moves_the_day() -> None:
    own = WorkCalendar(
        {2026: shipped_calendar().year(2026), 2027: HolidayYear(2027, PUBLISHED, {date(2027, 3, 1): "地方假日"}, frozenset())}
    )
    choices = {"choice.roll.suggestions": "roll"}
    assert due("sugg.reply.normal", date(2026, 11, 30), choices=choices).date == date(2027, 3, 1)
    assert due("sugg.reply.normal", date(2026, 11, 30), choices=choices, holidays=own).date == date(2027, 3, 2)


def test_an_extension_counts_from_the_unrolled_end() -> None:
    choices = {"cal.petition.roll": "roll"}
    assert due("pet.handle", date(2026, 3, 2), choices=choices).unrolled == date(2026, 5, 1)
    assert due("pet.handle.extend", date(2026, 3, 2), choices=choices).unrolled == date(2026, 5, 31)


def test_a_window_has_a_first_day() -> None:
    found = due("sup.budget.final_accounts", date(2026, 11, 23))
    assert (found.earliest, found.date) == (date(2027, 6, 1), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (188, "一百八十八"),
     (1005, "一千零五"), (1259, "一千二百五十九")],
)  # fmt: skip
def test_numbers_as_statutes_write_them(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    ("notation", "words"),
    [("28", "第二十八条"), ("14(2)", "第十四条第二款"), ("12(1)(3)", "第十二条第一款第三项"), ("i5(2)", "第五项第二款"),
     ("52(1),52(2)", "第五十二条第一款、第五十二条第二款"), ("附则末条", "附则末条")],
)  # fmt: skip
def test_articles_as_people_write_them(notation: str, words: str) -> None:
    assert article_text(notation) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sc.meeting.quorum", "过半数"),
        ("pc.session.quorum", "三分之二以上"),
        ("pc.interpellation.reanswer", "半数以上"),
        ("elec.quota.minority.15_30", "不超过十分之三"),
        ("elec.list.publish", "20 日"),
        ("elec.cand.nominator.limit", "不超过本选区应选代表名额"),
        ("sup.report.to_members", "7 日"),
        ("elec.district.seats", "1–3 名"),
        ("pc.elect.sc_members.surplus", "十分之一–五分之一"),
        ("sup.budget.half_year", "每年 6 月至 9 月"),
        ("cal.petition.roll", "不顺延"),
        ("elec.vote.secret", "是"),
        ("pet.types", "转送、报请决定、交办"),
    ],
)
def test_values_in_words(key: str, words: str) -> None:
    assert in_words(parameter(key, as_of=TODAY)) == words


def test_every_value_has_words_and_json() -> None:
    def shown(key: str) -> Value | None:
        try:
            return parameter(key, as_of=TODAY, packs=store.pack_names())
        except (NotFixed, NotInForce):
            return None

    values = [value for key in keys() if (value := shown(key))]
    assert len(values) > 450
    for value in values:
        assert in_words(value).strip(), value.key
        assert "Fraction" not in str(value.as_json()), value.key


def test_an_article_without_its_number_is_told() -> None:
    value = parameter("sup.opinions.handover_deadline", as_of=date(2026, 11, 23), packs=["zhejiang"])
    assert "没有条号" in value.warning
    assert "没有条号" not in parameter("sup.opinions.handover_deadline", as_of=date(2026, 11, 23), packs=["henan"]).warning
