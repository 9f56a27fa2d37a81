"""Voting by proxy (选举法 42): written, agreed, three at most, the law's reasons, revocable before the vote; behind the roll's gate."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from renda.core import clock
from renda.directory.models import Division
from renda.elections.models import RollState, VoteProxy, Voter
from renda.elections.voting import proxies
from renda.elections.voting.changes import VotingFault
from renda.journal.models import Entry
from renda.lawbook.models import PackUse
from renda.lawbook.services import use_packs
from tests.elections.voting import desk as desks
from tests.elections.voting.desk import FIRST, SECOND, Desk, number_of

pytestmark = pytest.mark.django_db
BEFORE = date(2021, 11, 5)


@pytest.fixture
def desk() -> Desk:
    """The office."""
    return desks.make()


def voter(desk: Desk, n: int) -> Voter:
    """The n-th voter, found by number as a clerk would."""
    return proxies.find_voter(desk.clerk, desk.election, number_of(n))


def ask(desk: Desk, principal: int, proxy: int, reason: str = "away") -> VoteProxy:
    """A mandate entered five days before the vote."""
    with clock.travel(BEFORE):
        made, _warnings = proxies.ask(
            desk.election, voter(desk, principal), voter(desk, proxy), reason=reason, written_on=BEFORE, actor=desk.clerk
        )
    return made


def agree(desk: Desk, *rows: VoteProxy) -> int:
    """The committee's consent."""
    return proxies.decide(rows, agreed=True, on=BEFORE, actor=desk.clerk)


def test_three_mandates_and_no_fourth(desk: Desk) -> None:
    rows = [ask(desk, n, 10) for n in range(4)]
    assert agree(desk, *rows[:3]) == 3
    with pytest.raises(VotingFault, match=r"接受委托 4 人，最多 3 人.*第四十二条"):
        agree(desk, rows[3])
    rows[3].refresh_from_db()
    assert rows[3].state == "asked"
    with clock.travel(BEFORE):
        proxies.revoke(rows[0], reason="本人回来投票", actor=desk.clerk)
    agree(desk, rows[3])
    assert sorted(VoteProxy.objects.filter(state="agreed").values_list("slot", flat=True)) == [1, 2, 3]


def test_the_database_itself_holds_three(desk: Desk) -> None:
    rows = [ask(desk, n, 10) for n in range(4)]
    agree(desk, *rows[:3])
    for slot in (1, 4, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            VoteProxy.objects.filter(pk=rows[3].pk).update(state="agreed", slot=slot)


@pytest.mark.django_db(transaction=True)
def test_consents_at_the_same_moment_never_make_four() -> None:
    desk = desks.make()
    rows = [ask(desk, n, 10) for n in range(6)]
    ready = threading.Barrier(6)

    def consent(one: VoteProxy) -> bool:
        try:
            ready.wait()
            return bool(agree(desk, one))
        except VotingFault:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(consent, rows)) == 3
    assert VoteProxy.objects.filter(state="agreed").count() == 3


def test_a_principal_has_one_proxy_and_it_is_somebody_else(desk: Desk) -> None:
    ask(desk, 0, 1)
    with pytest.raises(VotingFault, match="已经委托他人投票"):
        ask(desk, 0, 2)
    with pytest.raises(VotingFault, match="不能委托本人"):
        ask(desk, 3, 3)


def test_reasons_beyond_being_away_need_the_provinces_rule(desk: Desk) -> None:
    with pytest.raises(VotingFault, match=r"事由限于：选举期间外出.*第四十二条"):
        ask(desk, 0, 1, reason="ill")
    use_packs(["zhejiang"], reason="按本省细则", actor=desk_operator())
    assert PackUse.objects.exists()
    ask(desk, 0, 1, reason="ill")


def desk_operator() -> object:
    """Who keeps the settings."""
    from renda.directory.gate import OPERATOR

    return OPERATOR


def test_another_districts_voter_is_warned_of_and_refused_where_the_pack_says_so(desk: Desk) -> None:
    Voter.objects.filter(name="选民01").update(district=desk.districts[FIRST])
    with clock.travel(BEFORE):
        given = {"reason": "away", "written_on": BEFORE, "actor": desk.clerk}
        _made, warnings = proxies.ask(desk.election, voter(desk, 0), voter(desk, 1), **given)
        assert any("是否限于本选区由地方规定" in words for words in warnings)
        use_packs(["beijing"], reason="按本市细则", actor=desk_operator())
        with pytest.raises(VotingFault, match=r"须是本选区的选民（.*第五十一条"):
            proxies.ask(desk.election, voter(desk, 2), voter(desk, 1), **given)


def test_nobody_is_guessed_and_only_registered_voters_count(desk: Desk) -> None:
    Voter.objects.filter(name="选民02").update(name="选民01")
    with pytest.raises(VotingFault, match="有几名选民叫“选民01”，请改填身份证号"):
        proxies.find_voter(desk.clerk, desk.election, "选民01")
    with pytest.raises(VotingFault, match="不在您可以查看的选民登记册上") as refused:
        proxies.find_voter(desk.clerk, desk.election, number_of(500))
    assert number_of(500) not in str(refused.value)
    Voter.objects.filter(name="选民03").update(state=RollState.OFF, why_off="moved_out")
    with pytest.raises(VotingFault, match="“未列入”"):
        proxies.find_voter(desk.clerk, desk.election, "选民03")


def test_a_registrar_enters_mandates_of_the_own_district_and_consents_to_none(desk: Desk) -> None:
    registrar = desk.actors["registrar"]
    with pytest.raises(VotingFault, match="不在您可以查看的选民登记册上"):
        proxies.find_voter(registrar, desk.election, number_of(0))
    district = desk.districts[SECOND]
    district.office_id = registrar.organ_id
    district.save()
    with clock.travel(BEFORE):
        one, two = (proxies.find_voter(registrar, desk.election, number_of(n)) for n in (0, 1))
        made, _warnings = proxies.ask(desk.election, one, two, reason="away", written_on=BEFORE, actor=registrar)
    assert list(proxies.mandates(registrar, desk.election)) == [made]
    with pytest.raises(PermissionDenied):
        proxies.decide([made], agreed=True, on=BEFORE, actor=registrar)
    for who in ("teller1", "director"):
        assert not proxies.mandates(desk.actors[who], desk.election).exists()


def test_a_refusal_and_a_revocation_say_why_and_after_the_vote_it_is_too_late(desk: Desk) -> None:
    one, two = ask(desk, 0, 10), ask(desk, 1, 10)
    with pytest.raises(VotingFault, match="请写明原因"):
        proxies.decide([one], agreed=False, on=BEFORE, actor=desk.clerk)
    proxies.decide([one], agreed=False, on=BEFORE, note="没有书面委托", actor=desk.clerk)
    agree(desk, two)
    with clock.travel(date(2021, 11, 11)):
        with pytest.raises(VotingFault, match="投票已经结束"):
            proxies.revoke(two, reason="反悔", actor=desk.clerk)
        with pytest.raises(VotingFault, match="选举日 2021-11-10 已过"):
            proxies.ask(desk.election, voter(desk, 4), voter(desk, 5), reason="away", written_on=BEFORE, actor=desk.clerk)
    with clock.travel(BEFORE), pytest.raises(VotingFault, match="不需要再撤销"):
        proxies.revoke(one, reason="再撤", actor=desk.clerk)


def test_the_journal_names_no_voter(desk: Desk) -> None:
    one = ask(desk, 0, 10)
    agree(desk, one)
    said = " ".join(f"{e.subject_label} {e.payload}" for e in Entry.objects.filter(subject_kind="elections.proxy"))
    assert said.count("第二选区") == 2
    assert "选民00" not in said
    assert number_of(0) not in said


def test_another_county_sees_none(desk: Desk) -> None:
    from renda.directory.gate import Actor

    ask(desk, 0, 10)
    other = Division.objects.create(code="990102", name="柏川县", level="county", path="990000.990102")
    stranger = Actor("别县", "election_clerk", account_id=99, division_id=other.pk, division_path=other.path)
    assert not proxies.mandates(stranger, desk.election).exists()
