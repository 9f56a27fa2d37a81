"""The first part: a county that does not exist, its accounts, the election, the seats fixed and shared out over districts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from renda.core import clock
from renda.directory import accounts, gate
from renda.directory.accounts import Capacity
from renda.directory.gate import OPERATOR, Actor
from renda.directory.models import Division, Hat
from renda.elections.models import Election, ElectoralDistrict
from renda.elections.plan import changes, seats
from renda.elections.plan.proposal import Question, propose
from renda.elections.rehearsal.people import People, Planted
from renda.elections.rehearsal.state import Facts, Rehearsal
from renda.elections.rehearsal.votes import QUIET, SHORT, TIE, VACANT
from renda.elections.roll.terms import latest_birth
from renda.registers.services import enter

PROVINCE, COUNTY = "990000", "990101"
TOWNSHIP_DISTRICTS = 12
"""Districts to a township."""


def plan(one: Rehearsal) -> Facts:
    """Found the county, enter the election, fix its seats, draw the districts, share the seats out as evenly as can be."""
    with clock.travel(one.begin + timedelta(days=1)):
        townships = _county(one)
        _accounts(one)
        (pk,) = enter(
            "elections.elections",
            [
                {
                    "name": "演练县人大代表换届选举", "level": "county", "term_number": 1, "by_election": False, "election_day": one.day,
                    "division": one.division.pk,
                }
            ],
            actor=one.clerk,
        )  # fmt: skip
        Election.objects.filter(pk=pk).update(rehearsal=True)
        one.election = Election.objects.select_related("division").get(pk=pk)
        sizes = _sizes(one)
        _fix_seats(one, sizes)
        _draw(one, sizes, townships)
        _share_out(one)
        _places(one)
    one.people = People(sizes, Planted.among(one.size.voters), latest_birth(one.election), one.size.seed)
    total = sum(district.seats for district in one.districts)
    one.check("各选区应选名额合计等于确定的总名额", one.election.seats, total)
    return {"districts": len(one.districts), "seats": total}


def _county(one: Rehearsal) -> list[Division]:
    province = Division.objects.create(code=PROVINCE, name="演练省", level="province", path=PROVINCE)
    path = f"{PROVINCE}.{COUNTY}"
    one.division = Division.objects.create(code=COUNTY, name="演练县", level="county", path=path, parent=province)
    count = max(1, -(-one.size.districts // TOWNSHIP_DISTRICTS))
    return [
        Division.objects.create(
            code=f"{COUNTY}{n:03d}", name=f"第{n}镇", level="township", path=f"{path}.{COUNTY}{n:03d}", parent=one.division
        )
        for n in range(1, count + 1)
    ]


def _accounts(one: Rehearsal) -> None:
    def made(username: str, name: str, role: str) -> Actor:
        capacity = Capacity(role, one.division)
        account, one.sign_ins[username] = accounts.create(username, name, person=None, capacity=capacity, actor=OPERATOR)
        return gate.actor_of(Hat.objects.select_related("account", "division").get(account=account))

    one.clerk = made("yanlian", "演练选举办", "election_clerk")
    one.tellers = [made(f"jipiao{n}", f"计票{n}组", "teller") for n in (1, 2)]


def _sizes(one: Rehearsal) -> list[tuple[str, int]]:
    """The voters of each district: uneven, and together as many as asked."""
    draw = Random(one.size.seed)
    weights = [draw.uniform(0.7, 1.3) for _n in range(one.size.districts)]
    ends = [round(one.size.voters * sum(weights[: n + 1]) / sum(weights)) for n in range(len(weights))]
    return [(f"第{n}选区", end - start) for n, (start, end) in enumerate(zip([0, *ends], ends, strict=False), 1)]


def _population(voters: int) -> int:
    return voters * 5 // 4


def _fix_seats(one: Rehearsal, sizes: Sequence[tuple[str, int]]) -> None:
    """Two seats to a district, as far as the law allows that many for the population."""
    population = sum(_population(size) for _name, size in sizes)
    most = seats.ceiling(one.election, one.division, population).seats
    values = {
        "population": population, "counted_on": one.begin, "basis": "演练", "seats": min(most, 2 * len(sizes)), "number": "演练〔1〕号",
        "ground": "first", "decided_on": clock.today(), "decided_by": "演练省人大常委会", "note": "",
    }  # fmt: skip
    pk = seats.fix(one.election, one.division, values, actor=one.clerk)
    seats.follow_decisions([pk])
    one.election.refresh_from_db()


def _draw(one: Rehearsal, sizes: Sequence[tuple[str, int]], townships: Sequence[Division]) -> None:
    rows = [
        {
            "election": one.election.pk, "name": name, "code": f"{n:03d}", "seats": 2, "population": _population(size),
            "division": townships[n // TOWNSHIP_DISTRICTS].pk, "basis": "residence",
        }
        for n, (name, size) in enumerate(sizes)
    ]  # fmt: skip
    ids = enter("elections.districts", rows, actor=one.clerk)
    by_id = ElectoralDistrict.objects.select_related("election", "division").in_bulk(ids)
    one.districts = [by_id[pk] for pk in ids]


def _share_out(one: Rehearsal) -> None:
    """Adopt the proposal that makes the largest deviation smallest, and say which district goes through which case of the law."""
    question = Question(
        [district.population or 0 for district in one.districts],
        [district.seats for district in one.districts],
        one.election.seats or 0,
    )
    proposal = propose(question)
    if any(district.seats != number for district, number in zip(one.districts, proposal.seats, strict=True)):
        changes.adopt(one.election, one.districts, proposal, one.division.name, actor=one.clerk)
    for district in one.districts:
        district.refresh_from_db(fields=["seats"])
    several = sorted(one.districts, key=lambda district: (-district.seats, district.pk))
    for district, case in zip(several, (TIE, SHORT, VACANT, QUIET), strict=False):
        one.plans[district.pk] = case


def _places(one: Rehearsal) -> None:
    """A station and a mobile box for each district."""
    rows = [
        {"election": one.election.pk, "division": district.division_id, "district": district.name, "name": f"{district.name}{words}", "kind": kind}
        for district in one.districts
        for words, kind in (("投票站", "station"), ("流动票箱", "mobile_box"))
    ]  # fmt: skip
    enter("elections.polling_places", rows, actor=one.clerk)
