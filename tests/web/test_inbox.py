"""The inbox: whose turn it is, what is late first, what waits for approval, with others, done; one query per tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.directory import gate
from renda.directory.gate import Actor
from renda.petitions.models import Petition
from renda.procedure import services
from renda.procedure.models import Deadline
from renda.web import duties, inbox, inbox_lines
from renda.web.inbox import APPROVE, DONE, TODO, WAITING, Asked
from tests.office import ROLES, Office
from tests.web.inbox_desk import Desk

TODAY = date(2021, 11, 20)
As = Callable[[str], Client]


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def shown(actor: Actor, tab: str = TODO, **asked: object) -> list[inbox_lines.Line]:
    """The petitions of a tab."""
    found, _more = inbox.page(actor, Asked(tab, room="petitions", **asked))  # type: ignore[arg-type]
    return inbox_lines.lines(actor, found)


def keys(actor: Actor, tab: str = TODO, **asked: object) -> list[int]:
    found, _more = inbox.page(actor, Asked(tab, room="petitions", **asked))  # type: ignore[arg-type]
    return [one.pk for one in found]


def test_a_new_petition_is_the_clerks_to_do_with_its_steps_deadline_and_article(desk: Desk) -> None:
    (pk,) = desk.register("2021-11-15")
    (line,) = shown(desk.actor("petition"))
    assert line.url == f"/petitions/petitions/{pk}/"
    assert line.steps == ["受理", "转送", "交办"]
    assert line.more
    assert (line.state, line.whose) == ("待处理", "信访工作人员")
    triage = Deadline.objects.get(matter_id=pk, code="triage")
    assert (line.due, line.period) == (triage.due_on, "转送、交办期限")
    assert "信访条例" in line.article
    assert line.words == f"还剩 {(triage.due_on - TODAY).days} 天"
    assert keys(desk.actor("petition"), WAITING) == []
    assert keys(desk.actor("unit")) == keys(desk.actor("unit"), WAITING) == []


def test_what_is_assigned_is_the_units_to_do_and_the_clerk_waits_for_it(desk: Desk) -> None:
    pk, other = desk.assign(desk.register("2021-11-15")[0]), desk.unit("县住建局")
    clerk, unit = desk.actor("petition"), desk.actor("unit")
    assert keys(clerk) == []
    (line,) = shown(clerk, WAITING)
    assert (line.whose, line.state) == ("县教育局", "已交办")
    (line,) = shown(unit)
    assert line.steps == ["受理并告知", "提出异议"]
    assert line.period == "受理告知期限"
    assert keys(other) == keys(other, WAITING) == []
    assert keys(desk.actor("director")) == []
    assert keys(desk.actor("director"), WAITING) == [pk]


def test_a_period_of_ones_own_that_runs_while_it_is_anothers_turn_is_to_do_too(desk: Desk) -> None:
    (pk,) = desk.register("2021-11-15")
    desk.take(pk, "forward", date(2021, 11, 16), {"handler": desk.office.county.organs["县教育局"].pk})
    (line,) = shown(desk.actor("petition"))
    assert (line.period, line.steps) == ("书面告知期限", ["书面告知信访人"])
    assert keys(desk.actor("petition"), WAITING) == [pk]
    desk.take(pk, "notify", date(2021, 11, 18), {"how": "post"})
    assert keys(desk.actor("petition")) == []


def test_what_a_unit_put_forward_waits_for_approval(desk: Desk) -> None:
    first, second = desk.register("2021-11-14", "2021-11-15")
    desk.answered(first)
    clerk = desk.actor("petition")
    assert keys(clerk, APPROVE) == [first]
    assert set(keys(clerk)) == {first, second}
    desk.take(first, "send_back", date(2021, 11, 19), {"reason": "未答复全部诉求"})
    assert keys(clerk, APPROVE) == []
    assert keys(desk.actor("unit")) == [first]


def test_done_are_the_steps_of_the_account_in_this_capacity_that_stand(desk: Desk) -> None:
    first, second = desk.register("2021-11-14", "2021-11-15")
    desk.assign(first)
    desk.assign(second)
    clerk = desk.actor("petition")
    taken, more = inbox.done(clerk, Asked(DONE))
    assert [(one.code, one.matter_id) for one in taken] == [("assign", second), ("assign", first)]
    assert not more
    act = inbox_lines.acts(taken)[0]
    assert (act.step, act.state, act.on) == ("交办", "已交办", date(2021, 11, 16))
    assert inbox.done(desk.actor("unit"), Asked(DONE)) == ([], False)
    services.undo(Petition, "petition", second, reason="交错单位", actor=clerk)
    assert [one.matter_id for one in inbox.done(clerk, Asked(DONE))[0]] == [first]


def test_what_is_late_comes_first_and_can_be_had_alone_page_by_page(desk: Desk) -> None:
    days = ["2021-11-18", "2021-09-01", "2021-11-10", "2021-10-01", "2021-11-19"]
    pks = dict(zip(days, desk.register(*days), strict=True))
    clerk = desk.actor("petition")
    in_order = [pks[day] for day in sorted(days)]
    assert keys(clerk) == in_order
    late = [pk for pk in in_order if Petition.objects.get(pk=pk).due_on < TODAY]
    assert 0 < len(late) < len(days)
    assert keys(clerk, late=True) == late
    assert all(line.tone == "late" and line.words.startswith("逾期") for line in shown(clerk, late=True))
    pages = [inbox.page(clerk, Asked(TODO, page=page, size=2)) for page in (1, 2, 3)]
    assert [[one.pk for one in found] for found, _more in pages] == [in_order[:2], in_order[2:4], in_order[4:]]
    assert [more for _found, more in pages] == [True, True, False]
    assert inbox.tallies(clerk)[TODO] == inbox.Tally(5, len(late))


def test_a_room_a_state_and_an_organ_narrow_the_tab(desk: Desk) -> None:
    fresh, assigned = desk.register("2021-11-14", "2021-11-15")
    desk.assign(assigned)
    clerk = desk.actor("clerk")
    assert keys(clerk, WAITING) == sorted([fresh, assigned], key=keys(clerk, WAITING).index)
    assert keys(clerk, WAITING, state="petition.assigned") == [assigned]
    assert keys(clerk, WAITING, organ=desk.office.county.organs["县教育局"].pk) == [assigned]
    assert keys(clerk, WAITING, organ=desk.office.county.organs["县住建局"].pk) == []
    found, _more = inbox.page(clerk, Asked(WAITING, room="filing"))
    assert found == []


def test_a_kind_with_a_single_deadline_is_the_offices_and_the_units_to_do(desk: Desk) -> None:
    """The first suggestion of the office is open, assigned to 县教育局 on 2021-03-01, and late."""
    pk = desk.office.ids["suggestions.suggestions"][0]
    for name in ("clerk", "unit"):
        found, _more = inbox.page(desk.actor(name), Asked(TODO, room="suggestions"))
        assert [one.pk for one in found] == [pk]
        (line,) = inbox_lines.lines(desk.actor(name), found)
        assert line.tone == "late"
        assert line.article
        assert line.steps
    found, _more = inbox.page(desk.actor("deputy"), Asked(WAITING, room="suggestions"))
    assert [one.pk for one in found] == [pk]


def test_the_unit_complained_of_never_meets_a_secret_petition(desk: Desk) -> None:
    organ = desk.office.county.organs["县教育局"].pk
    (pk,) = desk.register("2021-11-15")
    Petition.objects.filter(pk=pk).update(handler_id=organ, accused_id=organ, secret=True, phase="assigned")
    for tab in (TODO, APPROVE, WAITING):
        assert keys(desk.actor("unit"), tab) == []


@pytest.mark.parametrize("name", [name for name in ROLES if name not in ("system", "security", "audit")])
def test_every_open_matter_that_one_sees_is_in_exactly_one_part(desk: Desk, name: str) -> None:
    first, second, third, fourth = desk.register("2021-09-01", "2021-11-14", "2021-11-15", "2021-11-16")
    desk.assign(second)
    desk.assign(third, "县住建局")
    desk.answered(fourth)
    actor = desk.actor(name)
    for one in duties.desks(actor):
        open_ = gate.visible_to(actor, one.register.records()).filter(closed_on__isnull=True)
        if one.procedure is None:
            open_ = open_.filter(due_on__isnull=False)
        parts = [
            list(duties.rows(actor, part).values_list("pk", flat=True)) for part in duties.by_state(actor) if part.desk == one
        ]
        assert sorted(pk for part in parts for pk in part) == sorted(open_.values_list("pk", flat=True))
        together = duties.together(part for part in duties.by_state(actor) if part.desk == one)
        assert sum(duties.rows(actor, part).count() for part in together) == open_.count()
    assert first in gate.visible_to(desk.actor("director"), Petition.objects.all()).values_list("pk", flat=True)


def test_numbers_of_the_bell_are_those_of_the_tabs(desk: Desk) -> None:
    _late, second, third = desk.register("2021-09-01", "2021-11-14", "2021-11-15")
    desk.assign(second)
    desk.answered(third)
    for name in ("petition", "unit", "clerk", "director"):
        actor = desk.actor(name)
        counted = inbox.tallies(actor)
        for tab in (TODO, APPROVE, WAITING):
            found, _more = inbox.page(actor, Asked(tab, size=500))
            late = [one for one in found if one.due and one.due < TODAY]
            assert counted.get(tab, inbox.Tally()) == inbox.Tally(len(found), len(late)), (name, tab)


def test_a_page_asks_as_many_queries_for_many_matters_as_for_few(desk: Desk, as_role: As) -> None:
    client = as_role("petition")

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    desk.register(*(f"2021-11-{day:02d}" for day in range(10, 13)))
    few = [asked(address) for address in ("/inbox/", "/notices/", "/")]
    desk.register(*((TODAY - timedelta(days=n)).isoformat() for n in range(24)), 信访形式="来电")
    assert [asked(address) for address in ("/inbox/", "/notices/", "/")] == few


@pytest.mark.parametrize("name", ROLES)
def test_the_page_opens_for_every_role_in_both_languages(desk: Desk, as_role: As, name: str) -> None:
    desk.answered(desk.register("2021-11-15")[0])
    client = as_role(name)
    for tab in inbox.TABS:
        assert client.get(f"/inbox/?tab={tab}").status_code == 200
    wild = client.get("/inbox/?tab=x&room=%00&state=petition&organ=abc&page=99999999&late=2")
    assert wild.status_code == 200
    client.post("/language/", {"language": "en"})
    assert "<h1>Inbox</h1>" in client.get("/inbox/").content.decode()


def test_home_shows_the_top_of_the_inbox_and_the_bell_its_numbers(desk: Desk, as_role: As) -> None:
    (pk,) = desk.register("2021-09-01")
    page = as_role("petition").get("/").content.decode()
    assert f'href="/petitions/petitions/{pk}/"' in page
    assert "受理、转送、交办等" in page
    assert 'href="/inbox/?tab=todo"' in page
    assert "逾期 1" in page
    assert "周大勇" not in page


def test_personal_data_is_not_even_read(desk: Desk) -> None:
    (pk,) = desk.register("2021-11-15")
    with CaptureQueriesContext(connection) as queries:
        shown(desk.actor("petition"))
    assert any(f"{pk}" in query["sql"] for query in queries)
    assert not any('"petitioner"' in query["sql"] or '"content"' in query["sql"] for query in queries)
