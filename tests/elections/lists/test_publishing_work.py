"""Publishing in the background: what is much is ordered on the page, seen there while it is made, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from renda.core import clock
from renda.directory.models import Hat
from renda.elections.lists import publishing, publishing_work
from renda.elections.lists.publishing import Notice, NotPublished
from renda.elections.models import Publication, Publishing, Voter, WorkState
from tests.elections.lists import desk as desks
from tests.elections.lists.desk import Desk
from tests.elections.lists.test_pages import account

pytestmark = [pytest.mark.django_db]
DAY = date(2021, 10, 20)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(publishing_work, "FEW", 5)
    with clock.travel(DAY):
        yield


@pytest.fixture
def desk() -> Desk:
    return desks.make()


@pytest.fixture
def hat(desk: Desk) -> Hat:
    return Hat.objects.get(account=account(desk))


@pytest.fixture
def clerk(client: Client, hat: Hat) -> Client:
    client.force_login(hat.account)
    return client


def post(client: Client, desk: Desk) -> Any:
    data = {"districts": [desk.districts[name].pk for name in ("county", "east")], "on": "2021-10-20", "order": "strokes"}
    return client.post(f"/election/{desk.election.pk}/lists/publish/", data)


def shown(client: Client, desk: Desk, **headers: str) -> Any:
    return client.get(f"/election/{desk.election.pk}/lists/", headers=headers)


def test_many_voters_are_published_in_the_background_and_the_page_shows_it(clerk: Client, hat: Hat, desk: Desk) -> None:
    assert post(clerk, desk).status_code == 302
    work = Publishing.objects.get()
    assert (work.state, work.voters, len(work.districts)) == ("queued", 20, 2)
    assert not Publication.objects.exists()
    for _reload in range(2):
        body = shown(clerk, desk).content.decode()
        assert 'id="list-work"' in body
        assert "正在公布 2 个选区、20 人的选民名单" in body
    Publishing.objects.update(state="running", progress={"done": 1, "total": 2, "what": "第一选区"})
    part = shown(clerk, desk, hx_request="true").content.decode()
    assert "50%" in part
    assert "<html" not in part
    publishing_work.run(work.pk, hat.pk)
    work.refresh_from_db()
    assert work.state == "done", work.message
    assert Publication.objects.count() == 2
    assert shown(clerk, desk, hx_request="true")["HX-Refresh"] == "true"
    assert 'id="list-work"' not in shown(clerk, desk).content.decode()


def test_progress_is_told_district_by_district(hat: Hat, desk: Desk) -> None:
    told: list[tuple[int, int, str]] = []
    wanted = [desk.districts[name].pk for name in ("county", "east")]
    from renda.directory import gate

    publishing.publish(desk.election, wanted, Notice(DAY), actor=gate.actor_of(hat), progress=lambda *one: told.append(one))
    assert [one[:2] for one in told] == [(0, 2), (1, 2), (2, 2)]


def test_few_voters_are_published_at_once(clerk: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing_work, "FEW", 1_000)
    post(clerk, desk)
    assert Publication.objects.count() == 2
    assert not Publishing.objects.exists()


def test_a_second_order_is_refused_while_the_first_is_under_way(clerk: Client, hat: Hat, desk: Desk) -> None:
    post(clerk, desk)
    answer = post(clerk, desk)
    assert answer.status_code == 422
    assert "正在公布" in answer.content.decode()
    first = Publishing.objects.get()
    with pytest.raises(IntegrityError, match="publishing_one_at_a_time"), transaction.atomic():
        Publishing.objects.create(election=first.election, by="别人")
    publishing_work.run(first.pk, hat.pk)
    with pytest.raises(NotPublished, match="已经公布"):
        publishing_work.order(desk.election, first.districts, Notice(DAY), hat=hat)


def test_what_cannot_be_published_any_more_is_told_on_the_page(clerk: Client, hat: Hat, desk: Desk) -> None:
    post(clerk, desk)
    Voter.objects.filter(district=desk.districts["county"]).update(state="off", why_off="moved_out")
    work = Publishing.objects.get()
    publishing_work.run(work.pk, hat.pk)
    work.refresh_from_db()
    assert work.state == "failed"
    assert not Publication.objects.exists(), "all or nothing"
    assert "没有已登记的选民" in shown(clerk, desk).content.decode()


def test_work_that_a_dead_worker_left_is_marked(clerk: Client, desk: Desk) -> None:
    post(clerk, desk)
    Publishing.objects.update(state=WorkState.RUNNING)
    publishing_work.recover()
    assert Publishing.objects.get().state == "failed"


def test_who_may_not_publish_orders_nothing(client: Client, desk: Desk) -> None:
    client.force_login(account(desk, "registrar", "east"))
    assert post(client, desk).status_code == 403
    assert not Publishing.objects.exists()
