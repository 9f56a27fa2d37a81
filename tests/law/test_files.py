"""Every shipped file of the law: readable, reachable, with its article, and what it cites exists."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from renda.law import LawDataError, keys, pack, pack_names, store
from renda.law.calendars import PREDICTED, PUBLISHED, shipped_calendar, shipped_years
from renda.law.declarations import parse_parameter
from renda.law.seed_holidays import from_library
from renda.law.values import history, in_force_on

GOOD: dict[str, Any] = {
    "key": "test.key",
    "title": "试验",
    "kind": "number",
    "unit": "days",
    "values": [{"from": date(2020, 1, 1), "value": 5, "statute": "EL20", "article": "28", "certainty": "read", "gist": "五日。"}],
}


def test_every_file_is_reachable_by_its_key() -> None:
    files = {path for path in (store.ROOT / "parameters").rglob("*") if path.is_file()}
    reached = {store.ROOT / "parameters" / key.partition(".")[0] / f"{key.partition('.')[2]}.yaml" for key in keys()}
    assert files == reached
    assert all(store.declaration(key).key == key for key in keys())
    assert len(keys()) > 500


def test_every_parameter_has_a_value_a_choice_or_a_pack() -> None:
    for key in keys():
        declared = store.declaration(key)
        assert declared.entries or declared.choice or store.packs_with(key), key
        assert declared.title, key
        assert not declared.title.isascii(), key


def test_every_value_shows_statute_article_and_gist() -> None:
    for key in keys():
        for value in history(key, pack_names()):
            assert value.article, key
            assert value.source.startswith("《"), key
            assert value.gist.endswith("。"), key
            assert 8 <= len(value.gist) <= 130, (key, value.gist)


def test_a_value_without_a_text_says_that_it_is_not_verified() -> None:
    for key in keys():
        for value in history(key, pack_names()):
            if "无条文" in value.article:
                assert value.certainty == "unverified", key


def test_every_choice_has_an_article_and_section_16_has_no_default() -> None:
    open_ = ("elec.committee.size", "elec.list.fields", "elec.district.equality.tolerance", "elec.vote.days",
             "elec.cand.preelection.turnout", "elec.votergroup.size", "choice.second_tie", "choice.announce.deadline",
             "choice.rerun.deadline", "choice.ballot.shape", "choice.sugg.number", "dep.report.frequency",
             "sup.opinions.handling_deadline", "sup.satisfaction_vote", "appt.exam.scale", "appt.deadline.submit",
             "sc.notice", "pc.notice", "vote.surplus")  # fmt: skip
    for key in store.choosable():
        choice = store.declaration(key).choice
        assert choice is not None
        assert choice.why
        assert store.statute(choice.statute)
        if choice.default is not None:
            assert choice.doubt, f"{key}: a default that no recorded doubt explains"
    for key in open_:
        choice = store.declaration(key).choice
        assert choice is not None, key
        assert choice.default is None, key


def test_every_pack_speaks_only_on_known_keys() -> None:
    assert {"chongqing", "zhejiang", "shanghai", "beijing", "shandong", "henan", "guangdong"} <= set(pack_names())
    for name in pack_names():
        read = pack(name)
        assert read.keys, name
        assert set(read.keys) <= set(keys()), name
        files = set((store.ROOT / "packs" / name).rglob("*.yaml")) - {store.ROOT / "packs" / name / "pack.yaml"}
        assert len(files) == len(read.keys), name


def test_local_options_are_among_those_offered() -> None:
    for name in pack_names():
        for key in pack(name).keys:
            choice, local = store.declaration(key).choice, store.local_declaration(name, key)
            assert local is not None
            if choice is not None and choice.options:
                for entry in local.entries:
                    assert entry.value is True or entry.value in choice.options, (name, key)


def test_every_steering_choice_exists() -> None:
    for key in keys():
        count = store.declaration(key).count
        if count is not None:
            for named in (count.roll, count.strict, count.start_day, count.extends):
                assert not named or named in keys(), (key, named)


def test_every_statute_is_cited() -> None:
    cited = {entry.statute for key in keys() for entry in store.declaration(key).entries}
    cited |= {other for key in keys() for entry in store.declaration(key).entries for other, _ in entry.also}
    cited |= {choice.statute for key in keys() if (choice := store.declaration(key).choice)}
    for name in pack_names():
        for key in pack(name).keys:
            local = store.local_declaration(name, key)
            cited |= {entry.statute for entry in (local.entries if local else ())}
            cited |= {other for entry in (local.entries if local else ()) for other, _ in entry.also}
    assert cited == set(store.statutes())


@pytest.mark.parametrize("missing", ["statute", "article", "gist", "certainty", "from"])
def test_a_value_without_its_article_is_refused(missing: str) -> None:
    assert parse_parameter("test.key", GOOD, "test").entries
    bad = GOOD | {"values": [{name: one for name, one in GOOD["values"][0].items() if name != missing}]}
    with pytest.raises(LawDataError, match=missing):
        parse_parameter("test.key", bad, "test")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"key": "other.key"}, "test.key"),
        ({"unit": "fortnights"}, "unit"),
        ({"kind": "period"}, "count"),
        ({"surprise": 1}, "surprise"),
        ({"values": GOOD["values"] * 2}, "先后"),
        ({"values": [GOOD["values"][0] | {"certainty": "unverified"}]}, "confidence"),
        ({"values": [GOOD["values"][0] | {"binding": "nobody"}]}, "binding"),
        ({"kind": "ratio", "unit": "ratio"}, "comparison"),
    ],
)
def test_a_faulty_file_is_refused(change: dict[str, Any], word: str) -> None:
    with pytest.raises(LawDataError, match=word):
        parse_parameter("test.key", GOOD | change, "test")


def test_holiday_tables_agree_with_the_library() -> None:
    assert shipped_years() == list(range(2015, 2028))
    for number in shipped_years():
        shipped, library = shipped_calendar().year(number), from_library(number)
        assert shipped == library, f"放假安排 {number}：与 holidays 库不一致，请核对公布的通知"
        assert shipped.status == (PUBLISHED if number < 2027 else PREDICTED)


def test_no_file_names_a_place_of_this_machine() -> None:
    for path in Path(store.ROOT).rglob("*.yaml"):
        assert "/work" not in path.read_text(encoding="utf-8"), path


def test_values_in_force_never_overlap() -> None:
    for key in keys():
        entries = store.declaration(key).entries
        for earlier, later in pairwise(entries):
            assert earlier.until is None or earlier.until <= later.effective, key
            assert in_force_on(entries, later.effective) == later, key


def test_the_page_of_legislation_is_fresh() -> None:
    from renda.law.legislation import FIELDS, page

    assert {key.partition(".")[0] for key in keys()} == set(FIELDS)
    shown = Path(__file__).parents[2] / "docs" / "legislation.md"
    assert shown.read_text(encoding="utf-8") == page(), "run: python -m renda.law.legislation"
