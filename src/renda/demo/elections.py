"""Ledgers of the general election of 2021 at the two lower levels."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from renda.demo.county import COUNTY, PLACES, VOTING_DAY, County
from renda.demo.habits import Book, Ledger
from renda.demo.people import Seat

NAMES = {"county": "2021年青禾县人大代表换届选举", "township": "2021年青禾县乡镇人大代表换届选举"}
District = tuple[str, str, list[Seat]]


def books(county: County, year: int) -> list[Book]:
    """Nothing before 2021; then districts, rolls, turnout, candidates and who was elected, at both levels."""
    if year != 2021:
        return []
    kept: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("districts", "rolls", "turnouts", "candidates", "elected", "polling_places")
    }
    for level in NAMES:
        districts = _districts(county, level)
        people = _populations(county, level, districts)
        for district in districts:
            _district(county, county.rng("election", level, district[0]), level, district, people[district[0]], kept)
    elections = [
        {"name": name, "level": level, "term_number": 12, "by_election": False, "election_day": VOTING_DAY, "division": COUNTY,
         "seats": sum(seat.level == level and seat.term == 12 for seat in county.seats)}
        for level, name in NAMES.items()
    ]  # fmt: skip
    return [
        Book("2021-换届选举.xlsx", [
            Ledger("elections.elections", "青禾县2021年换届选举工作台账", elections, year),
            Ledger("elections.districts", "2021年选区划分一览表", kept["districts"], year),
            Ledger("elections.registration_stations", "2021年选民登记站点", _stations(county), year),
            Ledger("elections.rolls", "2021年选民登记汇总表", kept["rolls"], year),
            Ledger("elections.candidates", "2021年正式候选人名单", kept["candidates"], year),
            Ledger("elections.polling_places", "2021年投票站点表", kept["polling_places"], year),
            Ledger("elections.turnouts", "2021年投票情况统计", kept["turnouts"], year),
            Ledger("elections.elected", "2021年当选代表名单", kept["elected"], year),
        ])
    ]  # fmt: skip


def _districts(county: County, level: str) -> list[District]:
    """Districts of a level with the seats that were won there; the township districts bear 镇 or 乡 in their names."""
    found: dict[str, District] = {}
    for seat in county.seats:
        if (seat.level, seat.term) == (level, 12):
            found.setdefault(seat.district, (seat.district, seat.who.division, []))[2].append(seat)
    return list(found.values())


def _district(
    county: County, rng: Random, level: str, district: District, people: int, kept: dict[str, list[dict[str, Any]]]
) -> None:  # fmt: skip
    name, place, seats = district
    there = {"election": NAMES[level], "district": name, "division": place}
    adults = round(people * 0.77)
    registered = adults - rng.randint(0, adults // 50)
    kept["districts"].append({"election": NAMES[level], "name": name, "seats": len(seats), "urban": place.endswith("街道"), "population": people,
                              "voter_groups": rng.randint(3, 9), "office": _office(place), "division": place})  # fmt: skip
    kept["rolls"].append({**there, "adults": adults, "registered": registered, "newly_adult": registered // 18, "moved_in": rng.randint(0, 60),
                          "removed": rng.randint(5, 90)})  # fmt: skip
    kept["turnouts"].append({**there, **_turnout(rng, registered), "round": "第一次投票", "voted_on": VOTING_DAY})
    kept["polling_places"].append({"election": NAMES[level], "name": f"{name}{'县' if level == 'county' else '乡镇'}代表投票站", "kind": "投票站", "district": name,
                                   "division": place})  # fmt: skip
    _people(county, rng, level, there, seats, registered, kept)


def _office(place: str) -> str | None:
    """Who registers the voters of a township's districts; the streets are registered by the county's own office."""
    return None if place.endswith("街道") else f"{place}人大主席团"


def _populations(county: County, level: str, districts: Sequence[District]) -> dict[str, int]:
    """The people of the districts by name: of their place's people by their seats (选举法 15, 26: about equally many to a seat), a little
    more or less. Together they are the place's people, by whom its congress has its seats (选举法 12)."""
    found: dict[str, int] = {}
    for _, place, total in PLACES:
        here = [(name, len(seats)) for name, where, seats in districts if where == place]
        shares = {name: seats * county.rng("population", level, name).uniform(0.95, 1.05) for name, seats in here}
        upto, begun = 0.0, 0
        for name, share in shares.items():
            upto += share
            end = round(total * upto / sum(shares.values()))
            found[name], begun = end - begun, end
    return found


def _turnout(rng: Random, registered: int) -> dict[str, int]:
    took = round(registered * rng.uniform(0.86, 0.97))
    mobile, proxy = took // 20, took // 12
    void = rng.randint(0, max(1, took // 90))
    returned = took - rng.randint(0, 3)
    return {"participants": took, "at_stations": took - mobile, "by_mobile_box": mobile, "by_proxy": proxy, "issued": took, "returned": returned,
            "valid": returned - void, "void": void}  # fmt: skip


def _people(
    county: County, rng: Random, level: str, there: dict[str, str], seats: list[Seat], registered: int, kept: dict[str, list[dict[str, Any]]]
) -> None:  # fmt: skip
    before = {seat.who for seat in county.seats if (seat.level, seat.term) == (level, 11)}
    names: set[str] = set()
    for seat in seats:
        if seat.who.name in names:
            continue
        names.add(seat.who.name)
        kept["candidates"].append({**there, "name": seat.who.name, "formal": True, "nominated_by": _nominated(rng)})
        kept["elected"].append({**there, "name": seat.who.name, "round": "第一次投票", "votes": round(registered * rng.uniform(0.52, 0.8)), "sex": seat.who.sex,
                                "party": seat.who.party, "nationality": seat.who.nationality, "sector": seat.sector, "reelected": seat.who in before})  # fmt: skip
    loser = next(one.name for one in rng.sample(county.population.everyone, 20) if one.name not in names)
    kept["candidates"].append({**there, "name": loser, "formal": True, "nominated_by": _nominated(rng)})


def _nominated(rng: Random) -> str:
    return rng.choices(("政党、人民团体推荐", "选民联名推荐"), (15, 85))[0]


def _stations(county: County) -> list[dict[str, Any]]:
    return [
        {
            "election": NAMES["county"],
            "name": f"{place}{village[:-1]}选民登记站",
            "address": f"{place}{village}村委会",
            "division": place,
        }
        for place, village in county.all_villages()[::2]
    ]
