"""`renda check` finds settings that the law files no longer hold, each by its own rule."""

from collections.abc import Callable
from datetime import date

import pytest

from renda.core import checking
from renda.directory.gate import OPERATOR
from renda.law import HolidayYear
from renda.lawbook import services
from renda.lawbook.models import Choice, HolidayDay, PackUse

pytestmark = pytest.mark.django_db
CODES = ("law.choices", "law.holidays", "law.packs")


@pytest.fixture(autouse=True)
def settled() -> None:
    """One setting of each kind."""
    checking.load(["renda.lawbook"])
    services.use_packs(["henan"], reason="试", actor=OPERATOR)
    services.choose("choice.roll.suggestions", "roll", reason="试", actor=OPERATOR)
    year = HolidayYear(2030, "predicted", {date(2030, 10, 1): "国庆节"})
    services.set_holidays(year, source="", reason="试", actor=OPERATOR)


def broken() -> list[str]:
    return [one.rule.code for one in checking.ask(map(checking.get, CODES)) if one.faults]


def test_what_was_settled_by_the_services_holds() -> None:
    assert broken() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: PackUse.objects.update(pack="atlantis"), "law.packs"),
        (lambda: Choice.objects.update(key="elec.list.publish"), "law.choices"),
        (lambda: Choice.objects.update(value="perhaps"), "law.choices"),
        (lambda: HolidayDay.objects.update(day="2031-10-01"), "law.holidays"),
        (lambda: HolidayDay.objects.update(kind="work"), "law.holidays"),
    ],
)
def test_what_is_broken_is_found(change: Callable[[], object], code: str) -> None:
    change()
    assert broken() == [code]
