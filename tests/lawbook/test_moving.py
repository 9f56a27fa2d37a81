"""A choice, a pack or a corrected year moves the deadlines that are running, and says how many."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from renda.directory.gate import OPERATOR
from renda.journal import services as journal
from renda.journal.models import Entry
from renda.law import HolidayYear
from renda.lawbook import services
from renda.lawbook.services import context
from renda.procedure.models import Matter
from tests.office import Office

SATURDAY, MONDAY = date(2021, 11, 20), date(2021, 11, 22)
ROW = {
    "编号": "2021-900", "类别": "建议", "标题": "关于乡村道路照明的建议", "领衔代表": "张伟", "主办单位": "县教育局", "提出日期": "2021-08-01",
    "交办日期": "2021-08-20",
}  # fmt: skip


def test_a_choice_moves_what_is_running_and_nothing_else(office: Office, as_role: Callable[[str], Client]) -> None:
    (pk,) = office.county.enter("suggestions.suggestions", [ROW], year=2021)
    others = dict(Matter.objects.exclude(pk=pk).values_list("pk", "due_on"))
    assert Matter.objects.get(pk=pk).due_on == SATURDAY
    answer = as_role("system").post(
        "/law/choices/choice.roll.suggestions/", {"value": "roll", "reason": "主任会议决定"}, follow=True
    )
    assert "1 件在办事项的期限随之变动" in answer.content.decode()
    assert Matter.objects.get(pk=pk).due_on == MONDAY
    assert dict(Matter.objects.exclude(pk=pk).values_list("pk", "due_on")) == others
    assert Entry.objects.get(action="law.choice").payload["moved"] == 1
    assert "2021-11-22" in as_role("clerk").get(f"/suggestions/suggestions/{pk}/").content.decode()
    services.withdraw_choice("choice.roll.suggestions", reason="另行研究", actor=OPERATOR, division=office.county.division)
    assert Matter.objects.get(pk=pk).due_on == SATURDAY
    assert journal.verify().fault is None


def test_a_corrected_year_moves_what_rolls_over_it(office: Office) -> None:
    services.choose("choice.roll.suggestions", "roll", reason="主任会议决定", actor=OPERATOR)
    (pk,) = office.county.enter("suggestions.suggestions", [ROW], year=2021)
    assert Matter.objects.get(pk=pk).due_on == MONDAY
    year = context().holidays.year(2021)
    longer = HolidayYear(2021, "published", {**year.holidays, MONDAY: "县庆"}, year.workdays)
    assert services.set_holidays(longer, source="县政府通知", reason="县庆放假", actor=OPERATOR) == 1
    assert Matter.objects.get(pk=pk).due_on == date(2021, 11, 23)
    assert services.restore_holidays(2021, reason="取消", actor=OPERATOR) == 1
    assert Matter.objects.get(pk=pk).due_on == MONDAY


def test_another_countys_choice_moves_nothing_here(office: Office) -> None:
    (pk,) = office.county.enter("suggestions.suggestions", [ROW], year=2021)
    town = office.county.townships["龙潭镇"]
    assert services.choose("choice.roll.suggestions", "roll", reason="试", actor=OPERATOR, division=town) == 0
    assert Matter.objects.get(pk=pk).due_on == SATURDAY
