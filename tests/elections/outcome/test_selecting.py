"""The page of the elected: a selection by district, state and name, fifty at a time, and acts on the whole of a selection."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from renda.core import clock
from renda.elections.models import Elected, Election, QualificationReview
from tests.elections.voting import desk as desks

pytestmark = pytest.mark.django_db
DAY = date(2021, 12, 1)


@pytest.fixture
def election() -> Election:
    """Sixty elected in two districts, one of whom has a surname of two characters."""
    desk = desks.make()
    names = [district.name for district in desk.districts.values()][:2]
    rows = [
        {"选举": desk.election.name, "选区": names[n % 2], "当选人姓名": f"{'李' if n else '欧阳'}代表{n:02d}", "得票数": 900, "性别": "女"}
        for n in range(60)
    ]  # fmt: skip
    desk.county.enter("elections.elected", rows)
    return desk.election


def client() -> Client:
    """The election clerk."""
    made = Client()
    assert made.login(username="elect", password=desks.PASSWORD)
    return made


def rows(election: Election, query: str = "") -> int:
    with clock.travel(DAY):
        return client().get(f"/election/{election.pk}/outcome/{query}").content.decode().count('name="pick"')


def test_a_long_list_is_paged_and_narrowed(election: Election) -> None:
    assert [
        rows(election, query) for query in ("", "?page=2", "?q=欧阳", "?state=waiting&page=2", "?state=seated", "?q=无此人")
    ] == [50, 10, 1, 10, 0, 0]
    assert rows(election, f"?district={Elected.objects.first().district}") == 30  # type: ignore[union-attr]


def test_an_act_on_the_whole_selection_reaches_the_other_pages(election: Election) -> None:
    form = {"act": "opinion", "opinion-opinion": "valid", "opinion-on": str(DAY), "opinion-ground": ""}
    address = f"/election/{election.pk}/outcome/review/"
    with clock.travel(DAY):
        told = client().post(address, {**form, "whole": "1", "q": "李代表"}, follow=True).content.decode()
    assert "59 人" in told
    assert QualificationReview.objects.count() == 59
    assert not QualificationReview.objects.filter(elected__name__startswith="欧阳").exists()
