"""Reminders: seven, three, one day before, on the day, and late; for each capacity what it has to keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.test import Client

from renda.procedure.models import Deadline
from renda.web import inbox, reminders
from renda.web.remind import remind
from tests.office import Office
from tests.web.inbox_desk import Desk

TODAY = date(2021, 11, 20)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


@pytest.mark.parametrize(
    ("days", "code"), [(-400, "late"), (-1, "late"), (0, "0"), (1, "1"), (2, "3"), (3, "3"), (4, "7"), (7, "7"), (8, "")]
)
def test_how_urgent_a_last_day_is(days: int, code: str) -> None:
    assert reminders.code_of(TODAY + timedelta(days=days), TODAY) == code


def test_each_period_that_one_has_to_keep_is_its_own_reminder(desk: Desk) -> None:
    """A new petition: the office has to hand it on and to tell the petitioner, two periods from one day."""
    (pk,) = desk.register("2021-11-15")
    found = reminders.found(desk.actor("petition"), until=TODAY + timedelta(days=60))
    kept = dict(Deadline.objects.filter(matter_id=pk, ended_on=None, code__in=("triage", "notify")).values_list("code", "due_on"))
    assert len(kept) == 2
    assert {one.period: one.due for one in found} == kept
    assert reminders.found(desk.actor("unit"), until=TODAY + timedelta(days=60), since=TODAY) == []


def test_the_unit_is_reminded_of_its_own_periods_alone(desk: Desk) -> None:
    pk = desk.assign(desk.register("2021-11-15")[0])
    found = [one for one in reminders.found(desk.actor("unit"), until=TODAY + timedelta(days=60)) if one.pk == pk]
    assert {one.period for one in found} == {"take_up", "report"}
    assert [one.due for one in found if one.period == "report"] == [date(2021, 12, 10)]
    assert reminders.found(desk.actor("petition"), until=TODAY + timedelta(days=60)) == []


def test_one_who_only_watches_is_reminded_of_each_matters_nearest_deadline(desk: Desk) -> None:
    pk = desk.assign(desk.register("2021-11-15")[0])
    found = [one for one in reminders.found(desk.actor("director"), until=TODAY + timedelta(days=60)) if one.pk == pk]
    assert len(found) == 1
    assert inbox.tallies(desk.actor("director")).get(inbox.REMIND) is None


def test_the_bell_counts_what_is_late_or_due_within_a_week(desk: Desk) -> None:
    desk.register("2021-09-01", "2021-11-19")
    clerk = desk.actor("petition")
    due = Deadline.objects.filter(ended_on=None, code__in=("triage", "notify"), due_on__lte=TODAY + timedelta(days=7)).count()
    assert due
    assert inbox.tallies(clerk)[inbox.REMIND].count == due


def test_the_page_groups_by_urgency(desk: Desk, as_role: Callable[[str], Client]) -> None:
    desk.register("2021-09-01", "2021-11-15")
    groups = {group.code: group for group in reminders.groups(desk.actor("petition"))}
    assert list(groups) == ["late", "7", ""] or list(groups) == ["late", ""]
    assert [line.tone for line in groups["late"].lines] == ["late", "late"]
    page = as_role("petition").get("/notices/").content.decode()
    for group in groups.values():
        assert f">{group.name}</h2>" in page
    assert "没有逾期的，30 天内也没有到期的。" in as_role("audit").get("/notices/").content.decode()


def test_the_command_lists_each_capacity(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    (pk,) = desk.register("2021-09-01")
    answer = CliRunner().invoke(remind, ["--json", "--account", "petition"])
    assert answer.exit_code == 0, answer.output
    (hat,) = json.loads(answer.stdout)["hats"]
    assert (hat["account"], hat["role"]) == ("petition", "petition_clerk")
    assert {due["period"] for due in hat["due"]} == {"转送、交办期限", "书面告知期限"}
    assert all(due["remind"] == "late" and due["article"] for due in hat["due"])
    assert {due["address"] for due in hat["due"]} == {f"/petitions/petitions/{pk}/"}
    assert "周大勇" not in answer.stdout
    plain = CliRunner().invoke(remind, ["--account", "petition"])
    assert "2 项逾期" in plain.stdout
    wrong = CliRunner().invoke(remind, ["--account", "nobody"])
    assert wrong.exit_code == 1
    assert "没有登录名为“nobody”的账号" in wrong.output
