"""Prints and uploads whose time is over go by themselves, on a timer and when the worker starts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from renda.core import clock
from renda.elections import expiry
from renda.elections.lists.expiring import KEPT_DAYS
from renda.elections.models import Print, RollImport
from renda.elections.roll import flow, sealed_files
from renda.files.models import StoredFile
from renda.files.services import keep, path_of
from renda.jobs import recovery
from renda.journal.models import Entry
from renda.journal.services import change
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def printed(desk: Desk, words: str) -> Print:
    with change():
        file = keep(words.encode(), "application/pdf")
    return Print.objects.create(
        election=desk.election,
        division=desk.county.division,
        kind="cards",
        state="done",
        file=file,
        name=f"{words}.pdf",
        by="选举",
    )


def uploaded(desk: Desk) -> RollImport:
    made = RollImport.objects.create(
        election=desk.election, source="station", actor="选举", state="checked", files=[{"name": "a.csv"}]
    )
    made.seal = sealed_files.keep(made.pk, "1", b"list")
    made.save()
    return made


def test_old_prints_go_with_their_files_and_young_ones_stay(desk: Desk) -> None:
    old = printed(desk, "旧")
    path = path_of(old.file.digest)  # type: ignore[union-attr]
    today = clock.today()
    with clock.travel(today + timedelta(days=KEPT_DAYS)):
        young = printed(desk, "新")
        Print.objects.filter(pk=young.pk).update(made_at=clock.now())
    with clock.travel(today + timedelta(days=KEPT_DAYS + 1)):
        expiry.forget_old()
    assert [one.pk for one in Print.objects.all()] == [young.pk]
    assert not path.exists()
    assert StoredFile.objects.count() == 1
    assert path_of(young.file.digest).exists()  # type: ignore[union-attr]
    assert Entry.objects.filter(action="voter_print.expired").count() == 1


def test_what_nobody_confirmed_goes_and_what_is_under_way_stays(desk: Desk) -> None:
    waiting, busy = uploaded(desk), uploaded(desk)
    RollImport.objects.filter(pk=busy.pk).update(state="running")
    with clock.travel(clock.today() + timedelta(days=flow.KEPT_DAYS + 1)):
        expiry.forget_old()
    waiting.refresh_from_db()
    assert waiting.state == "dropped"
    assert not waiting.seal
    assert not sealed_files.folder_of(waiting.pk).exists()
    assert sealed_files.folder_of(busy.pk).exists()


def test_it_is_done_on_a_timer_and_by_a_worker_that_starts(desk: Desk) -> None:
    names = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert "elections.forget_old" in names
    waiting = uploaded(desk)
    with clock.travel(clock.today() + timedelta(days=flow.KEPT_DAYS + 1)):
        recovery.recover()
    waiting.refresh_from_db()
    assert waiting.state == "dropped"
