"""What a county settles about the law: who may, what it changes, what is journalled, who is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.journal import services as journal
from renda.journal.models import Entry
from renda.law import BadChoice, HolidayYear, LawDataError, NotFixed, UnknownPack
from renda.lawbook import models, reading, services
from renda.lawbook.services import Change, LawbookFault, context
from tests import county as counties
from tests.county import DRAGON, OTHER_COUNTY

pytestmark = pytest.mark.django_db
WHY = "县人大常委会主任会议决定"
MONDAY = date(2026, 11, 23)
ROLLED, STAYS = date(2027, 3, 1), date(2027, 2, 28)


@pytest.fixture
def division() -> Iterator[Division]:
    """青禾县, on 23 November 2026."""
    with clock.travel(MONDAY):
        yield counties.make_county()


@pytest.fixture
def told() -> Iterator[list[Change]]:
    """What a hook was told; it says that two deadlines moved."""
    heard: list[Change] = []

    def hook(change: Change) -> int:
        heard.append(change)
        return 2

    services.on_change(hook)
    yield heard
    services._hooks.remove(hook)


def test_without_settings_the_law_book_speaks(division: Division) -> None:
    found = context(division)
    assert found.packs == ()
    assert dict(found.choices) == {}
    assert found.due("sugg.reply.normal", date(2026, 11, 30)).date == STAYS
    with pytest.raises(NotFixed):
        found.parameter("sup.opinions.handling_deadline")


def test_a_choice_steers_the_count_and_names_its_author(division: Division, told: list[Change]) -> None:
    assert services.choose("choice.roll.suggestions", "roll", reason=WHY, actor=OPERATOR, division=division) == 2
    assert context(division).due("sugg.reply.normal", date(2026, 11, 30)).date == ROLLED
    assert [(one.kind, one.keys, one.division_path) for one in told] == [("choice", {"choice.roll.suggestions"}, division.path)]
    entry = Entry.objects.get(action="law.choice")
    assert entry.actor == str(OPERATOR)
    assert entry.payload == {
        "key": "choice.roll.suggestions", "before": None, "after": "roll", "since": None, "reason": WHY, "division": "青禾县", "moved": 2,
    }  # fmt: skip
    assert journal.verify().fault is None


def test_a_choice_may_hold_from_a_day_on_and_the_earlier_one_stays(division: Division) -> None:
    key = "choice.roll.suggestions"
    services.choose(key, "no_roll", reason=WHY, actor=OPERATOR)
    services.choose(key, "roll", reason=WHY, since=date(2026, 12, 1), actor=OPERATOR)
    assert context().due("sugg.reply.normal", date(2026, 11, 30)).date == STAYS
    assert context().due("sugg.reply.normal", date(2026, 12, 6)).date == date(2027, 3, 8)  # 6 March 2027 is a Saturday
    assert context().choices[key] == "no_roll"
    services.choose(key, "roll", reason=WHY, actor=OPERATOR)
    assert context().choices[key] == "roll"
    assert models.Choice.objects.filter(ended_at__isnull=True).count() == 1
    assert models.Choice.objects.count() == 3


def test_withdrawing_goes_back_to_the_default(division: Division) -> None:
    services.choose("choice.roll.suggestions", "roll", reason=WHY, actor=OPERATOR)
    services.withdraw_choice("choice.roll.suggestions", reason="重新研究", actor=OPERATOR)
    assert context().due("sugg.reply.normal", date(2026, 11, 30)).date == STAYS
    with pytest.raises(LawbookFault, match="没有本县的选择"):
        services.withdraw_choice("choice.roll.suggestions", reason="再撤", actor=OPERATOR)


def test_packs_supply_what_the_nation_leaves_open_and_the_last_one_goes_first(division: Division, told: list[Change]) -> None:
    services.use_packs(["henan", "chongqing"], reason=WHY, actor=OPERATOR)
    assert context().parameter("sup.opinions.handling_deadline").pack == "chongqing"
    services.use_packs(["chongqing", "henan"], reason=WHY, actor=OPERATOR)
    assert context().parameter("sup.opinions.handling_deadline").pack == "henan"
    assert "sup.opinions.handling_deadline" in told[-1].keys
    services.use_packs([], reason="撤出", actor=OPERATOR)
    assert context().packs == ()
    assert Entry.objects.filter(action="law.packs").count() == 3


def test_a_corrected_year_of_holidays_moves_working_days(division: Division, told: list[Change]) -> None:
    before = context().holidays.year(2027)
    assert before.status == "predicted"
    bridge = HolidayYear(
        2027,
        "published",
        {**before.holidays, date(2027, 2, 11): "春节", date(2027, 2, 12): "春节"},
        frozenset({date(2027, 2, 20)}),
    )
    services.set_holidays(bridge, source="国办发明电〔2026〕99号", reason="通知已公布", actor=OPERATOR)
    found = context().holidays
    assert not found.is_working(date(2027, 2, 11))
    assert found.is_working(date(2027, 2, 20))
    assert found.status(MONDAY.replace(year=2027)) == "published"
    assert found.year(2026).status == "published"  # the shipped years stay
    payload = Entry.objects.get(action="law.holidays").payload
    assert payload["now_off"] == ["2027-02-11", "2027-02-12"]
    assert payload["now_worked"] == ["2027-02-20"]
    assert told[-1].years == {2027}
    services.restore_holidays(2027, reason="录错了", actor=OPERATOR)
    assert context().holidays.year(2027) == before
    assert models.HolidayDay.objects.exists()  # what was entered stays to be read


def test_the_nearest_division_speaks(division: Division) -> None:
    province = Division.objects.get(code="99")
    key = "choice.roll.suggestions"
    services.choose(key, "roll", reason=WHY, actor=OPERATOR, division=province)
    services.choose(key, "no_roll", reason=WHY, actor=OPERATOR, division=division)
    services.use_packs(["henan"], reason=WHY, actor=OPERATOR)
    services.use_packs(["zhejiang"], reason=WHY, actor=OPERATOR, division=counties.division(OTHER_COUNTY))
    township, neighbour = counties.division(DRAGON), counties.division(OTHER_COUNTY)
    assert context(township).choices[key] == "no_roll"
    assert context(neighbour.pk).choices[key] == "roll"
    assert context(township).packs == ("henan",)
    assert context(neighbour).packs == ("zhejiang",)
    assert context().packs == ("henan",)


def test_one_divisions_settings_hold_where_no_division_is_named(division: Division) -> None:
    services.use_packs(["henan"], reason=WHY, actor=OPERATOR, division=division)
    assert context().packs == ("henan",)
    services.use_packs(["zhejiang"], reason=WHY, actor=OPERATOR, division=counties.division(OTHER_COUNTY))
    assert context().packs == ()


@pytest.mark.parametrize("role", ["congress_clerk", "director", "deputy", "security_admin", "audit_admin"])
def test_only_those_who_keep_the_settings_may_change_them(division: Division, role: str) -> None:
    someone = counties.actor(role)
    calls: list[Callable[[], Any]] = [
        lambda: services.choose("choice.roll.suggestions", "roll", reason=WHY, actor=someone, division=division),
        lambda: services.withdraw_choice("choice.roll.suggestions", reason=WHY, actor=someone, division=division),
        lambda: services.use_packs(["henan"], reason=WHY, actor=someone, division=division),
        lambda: services.set_holidays(HolidayYear(2030, "predicted"), source="", reason=WHY, actor=someone, division=division),
        lambda: services.restore_holidays(2030, reason=WHY, actor=someone, division=division),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()
    assert not Entry.objects.filter(action__startswith="law.").exists()


def test_an_administrator_settles_for_his_own_divisions_alone(division: Division) -> None:
    keeper = counties.actor("system_admin")
    assert services.place_of(keeper) == division
    assert services.place_of(OPERATOR) is None
    services.use_packs(["henan"], reason=WHY, actor=keeper, division=division)
    for place in (None, counties.division(OTHER_COUNTY), Division.objects.get(code="99")):
        with pytest.raises(PermissionDenied, match="不在您的范围内"):
            services.use_packs(["zhejiang"], reason=WHY, actor=keeper, division=place)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: services.choose("choice.roll.suggestions", "maybe", reason=WHY, actor=OPERATOR), BadChoice),
        (lambda: services.choose("elec.list.publish", "3", reason=WHY, actor=OPERATOR), LawbookFault),
        (lambda: services.choose("choice.roll.suggestions", "roll", reason=" ", actor=OPERATOR), LawbookFault),
        (lambda: services.use_packs(["atlantis"], reason=WHY, actor=OPERATOR), UnknownPack),
        (lambda: services.use_packs([], reason=WHY, actor=OPERATOR), LawbookFault),
        (lambda: services.set_holidays(HolidayYear(2027, "published", {MONDAY.replace(year=2027): "假"}), source="", reason=WHY, actor=OPERATOR), LawbookFault),
        (lambda: services.set_holidays(HolidayYear(2027, "published"), source="某通知", reason=WHY, actor=OPERATOR), LawbookFault),
        (lambda: services.set_holidays(HolidayYear(2027, "predicted", {MONDAY: "假"}), source="", reason=WHY, actor=OPERATOR), LawDataError),
        (lambda: services.set_holidays(HolidayYear(1890, "predicted"), source="", reason=WHY, actor=OPERATOR), LawbookFault),
        (lambda: services.restore_holidays(2027, reason=WHY, actor=OPERATOR), LawbookFault),
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_refused_and_leaves_nothing(
    division: Division, call: Callable[[], Any], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        call()
    assert not models.Choice.objects.exists()
    assert not models.PackUse.objects.exists()
    assert not models.HolidayYear.objects.exists()
    assert not Entry.objects.filter(action__startswith="law.").exists()


def test_what_a_hook_cannot_do_undoes_the_change(division: Division) -> None:
    def broken(change: Change) -> int:
        raise RuntimeError("no")

    services.on_change(broken)
    try:
        with pytest.raises(RuntimeError):
            services.choose("choice.roll.suggestions", "roll", reason=WHY, actor=OPERATOR)
    finally:
        services._hooks.remove(broken)
    assert dict(context().choices) == {}
    assert not Entry.objects.filter(action="law.choice").exists()


def test_a_request_asks_for_the_edition_once(division: Division) -> None:
    services.use_packs(["henan"], reason=WHY, actor=OPERATOR)
    context()
    reading._begin()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(5):
            context(division)
    reading._end()
    assert len(asked) <= 2  # the edition, and nothing that grows with the questions
    with CaptureQueriesContext(connection) as again:
        context()
        context()
    assert len(again) == 2


def test_the_database_holds_what_it_can(division: Division) -> None:
    row = {"reason": WHY, "set_by": "某人", "set_at": clock.now()}
    for model, wrong in (
        (models.Choice, {"key": "choice.roll.suggestions", "value": ""}),
        (models.PackUse, {"pack": "henan", "position": 1, "reason": ""}),
        (models.HolidayYear, {"year": 2027, "status": "published", "source": ""}),
        (models.HolidayYear, {"year": 2027, "status": "perhaps"}),
        (models.Edition, {"pk": 2, "token": "0" * 32}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**({} if model is models.Edition else row) | wrong)
    models.PackUse.objects.create(**row, pack="henan", position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.PackUse.objects.create(**row, pack="henan", position=2)


def test_the_calendar_of_one_context_is_not_anothers(division: Division) -> None:
    shipped = context().holidays.year(2026)
    services.set_holidays(
        replace(shipped, holidays={**shipped.holidays, MONDAY: "县庆"}),
        source="县政府通知",
        reason=WHY,
        actor=OPERATOR,
        division=division,
    )
    services.use_packs(["henan"], reason=WHY, actor=OPERATOR, division=counties.division(OTHER_COUNTY))
    assert not context(division).holidays.is_working(MONDAY)
    assert context(counties.division(OTHER_COUNTY)).holidays.is_working(MONDAY)
