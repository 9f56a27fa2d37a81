"""Every page of voting day and of the count answers, in each stage of a round; what is closed stays closed."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from renda.elections.counting import settling
from renda.elections.models import VoteRound
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import DAY, FIRST, SECOND, Desk, figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def as_(desk: Desk, who: str) -> Client:
    """A client signed in."""
    client = Client()
    assert client.login(username=who, password=desks.PASSWORD)
    return client


def text(client: Client, name: str, *parts: int | str, status: int = 200) -> str:
    """What an address answers."""
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def post(client: Client, address: str, /, *parts: int | str, **data: object) -> str:
    """What a posted form comes to, redirects followed."""
    return client.post(reverse(address, args=parts), data, follow=True).content.decode()


def test_from_opening_to_the_record_by_the_pages_alone(desk: Desk) -> None:
    clerk, pk = as_(desk, "elect"), desk.election.pk
    shown = text(clerk, "election-voting", pk)
    assert "甲、乙、丙" in shown
    assert "3,000" in shown
    assert "已开设 1 个选区的投票" in post(clerk, "election-rounds-open", pk, pick=[desk.districts[FIRST].pk], day="2021-11-10")
    one = VoteRound.objects.get()
    assert "过半数须 1,501 人，还差 1,501 人" in text(clerk, "election-round", pk, one.pk)
    assert "印制选票 2100 张，已登记" in post(clerk, "election-printed", pk, one.pk, printed="2100")
    assert "已增加票箱" in post(clerk, "election-box-add", pk, one.pk, name="医院流动票箱", kind="mobile_box")
    for n, box in enumerate(one.boxes.order_by("pk")):
        number = (1500, 300, 20)[n]
        told = post(clerk, "election-box-hour", pk, one.pk, box.pk, on="2021-11-10", hour="18", persons=number, proxied=0)
        assert f"参加投票 {number} 人，已登记" in told
        told = post(clerk, "election-box", pk, one.pk, box.pk, allotted=number + 10, issued=number, returned=number)
        assert "选票数已登记" in told
    shown = text(clerk, "election-round", pk, one.pk)
    assert "发出 1,820 张 = 收回 1,820 张 + 未收回 0 张" in shown
    assert "已达到过半数线 1,501 人" in shown
    assert "文化站" in text(clerk, "election-slips", pk, one.pk)
    assert "60.7%" in text(clerk, "election-live", pk)
    assert "60.7%" in text(clerk, "election-wall", pk)

    given = {"recovered": 1820, "void": 10, "c1_votes": 1200, "c2_votes": 1100, "c3_votes": 300, "w0_name": "", "w0_votes": ""}
    assert "计票数已录入" in post(as_(desk, "teller1"), "election-tally", pk, one.pk, **given)
    other = {**given, "c2_votes": 1101, "w0_name": "己", "w0_votes": 2}
    assert "计票数已录入" in post(as_(desk, "teller2"), "election-tally", pk, one.pk, **other)
    shown = text(clerk, "election-count", pk, one.pk)
    assert "乙 · 得票" in shown
    assert "己 · 得票" in shown
    assert "甲 · 得票" not in shown
    shown = text(clerk, "election-third", pk, one.pk)
    assert shown.count('name="cell') == 2
    assert "请写明原因" in post(clerk, "election-third", pk, one.pk, cell0=1101, cell1=2, reason="")
    assert "差异已复核" in post(clerk, "election-third", pk, one.pk, cell0=1101, cell1=2, reason="第一组漏计一捆")
    assert "依法应为（待核定）" in text(clerk, "election-count", pk, one.pk)
    assert "结果已核定" in post(clerk, "election-settle", pk, one.pk)
    shown = text(clerk, "election-count", pk, one.pk)
    assert "甲、乙" in shown
    assert "1820 人" in shown
    assert "911 票" in shown
    assert "报告单已生成（第 1 版）" in post(clerk, "election-record-make", pk, one.pk)
    assert "报告单已生成（第 1 版）" in post(clerk, "election-summary-make", pk)
    for name, parts in (("election-record", (pk, one.pk, "docx")), ("election-summary", (pk, "docx"))):
        answer = clerk.get(reverse(name, args=parts))
        assert answer.content.startswith(b"PK")
    assert "甲" in text(clerk, "election-results-wall", pk)
    assert "选举委员会的确认已登记" in post(clerk, "election-confirm", pk, one.pk, on="2021-11-12")
    assert "更正…" not in text(clerk, "election-count", pk, one.pk)


def test_a_refused_entry_keeps_what_was_typed_and_says_why(desk: Desk) -> None:
    one = desk.open(SECOND)
    teller, pk = as_(desk, "teller1"), desk.election.pk
    answer = teller.post(
        reverse("election-tally", args=[pk, one.pk]), {"recovered": "15", "void": "x", "c1_votes": "16", "c2_votes": ""}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="16"' in shown
    assert "废票" in shown
    assert "请填写票数，没有的填 0" in shown
    answer = teller.post(
        reverse("election-tally", args=[pk, one.pk]), {"recovered": "15", "void": "0", "c1_votes": "16", "c2_votes": "0"}
    )
    assert "丁得 16 票，多于有效票 15 张" in answer.content.decode()


def test_sheets_go_out_and_come_back_by_the_pages(desk: Desk) -> None:
    one = desk.open()
    clerk, pk = as_(desk, "elect"), desk.election.pk
    content = clerk.get(reverse("election-sheet", args=[pk, one.pk])).content
    file = BytesIO(content)
    file.name = "登记表.xlsx"
    assert "与已经登记的相同，没有变化" in post(clerk, "election-sheets", pk, files=[file])
    assert "请先选择填好的登记表文件" in post(clerk, "election-sheets", pk)


def test_proxies_by_the_pages(desk: Desk) -> None:
    clerk, pk = as_(desk, "elect"), desk.election.pk
    assert "没有这样的委托" in text(clerk, "election-proxies", pk)
    shown = post(clerk, "election-proxy-new", pk, principal="选民00", proxy="查无此人", reason="away", written_on="2021-11-01")
    assert "不在您可以查看的选民登记册上" in shown
    from renda.core import clock

    with clock.travel(DAY.replace(day=5)):
        shown = post(clerk, "election-proxy-new", pk, principal="选民00", proxy="选民01", reason="away", written_on="2021-11-01")
        assert "选民00委托选民01投票已登记" in shown
        from renda.elections.models import VoteProxy

        mandate = VoteProxy.objects.get()
        assert "已登记选举委员会对 1 项委托的决定" in post(
            clerk, "election-proxies-decide", pk, pick=[mandate.pk], decision="agree"
        )
        assert "委托已撤销" in post(clerk, "election-proxy-revoke", pk, mandate.pk, reason="本人回来投票")
    assert "本人回来投票" in text(clerk, "election-proxies", pk)


def test_the_director_sees_turnout_and_settled_results_and_no_tally(desk: Desk) -> None:
    one = desk.open()
    desk.vote(one, persons=2000)
    desk.count(one, figures(2000, 7, 甲=1234, 乙=1111, 丙=300))
    director, pk = as_(desk, "director"), desk.election.pk
    shown = text(director, "election-count", pk, one.pk)
    assert "计票结果核定以前不公开" in shown
    assert "1234" not in shown.replace(",", "")
    assert director.get(reverse("election-tally", args=[pk, one.pk])).status_code == 403
    settling.settle(one, actor=desk.clerk)
    assert "甲" in text(director, "election-counting", pk)
    assert "1,234" in text(director, "election-counting", pk)
    assert director.get(reverse("election-proxies", args=[pk])).status_code == 403


def test_a_round_of_another_election_is_not_found_under_this_one(desk: Desk) -> None:
    one = desk.open()
    from renda.elections.models import Election

    other = Election.objects.create(
        division=desk.county.division, natural_key="另一次", name="另一次", level="county", term_number=12, election_day=DAY
    )
    text(as_(desk, "elect"), "election-round", other.pk, one.pk, status=404)
    text(as_(desk, "elect"), "election-count", other.pk, one.pk, status=404)


@pytest.mark.parametrize("name", ["election-voting", "election-live", "election-counting", "election-results-wall"])
def test_more_districts_cost_no_more_queries(desk: Desk, name: str) -> None:
    clerk, address = as_(desk, "elect"), reverse(name, args=[desk.election.pk])
    one = desk.open()
    desk.vote(one, persons=2000)
    desk.count(one, figures(2000, 7, 甲=1234, 乙=1111, 丙=300))
    clerk.get(address)
    with CaptureQueriesContext(connection) as before:
        clerk.get(address)
    other = desk.open(SECOND)
    desk.vote(other, persons=15)
    desk.count(other, figures(15, 0, 丁=10, 戊=5))
    with CaptureQueriesContext(connection) as after:
        clerk.get(address)
    assert len(after) <= len(before)
