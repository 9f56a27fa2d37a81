"""Candidates: nominated by parties and by ten voters, the first list and the formal one, each on the last lawful day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from renda.core import clock
from renda.elections.candidates import changes, publishing
from renda.elections.candidates.nominating import Proposal, nominate
from renda.elections.candidates.publishing import Choice, Notice
from renda.elections.models import ElectoralDistrict, HowFormal
from renda.elections.rehearsal.people import Row, candidate_names
from renda.elections.rehearsal.state import Facts, Rehearsal, RehearsalFault

PARTY, SIGNERS = "中国共产党演练县委员会", 10
OF_AGE = date(1980, 1, 1)


def candidates(one: Rehearsal) -> Facts:
    """One candidate more than seats in each district: the last nominated by voters, the others by a party. Nobody is left out."""
    initial, formal = (_due(one, key) for key in (changes.INITIAL, changes.FORMAL))
    names = iter(candidate_names(sum(district.seats + 1 for district in one.districts), one.size.seed + 9))
    signers = _signers(one)
    count = 0
    with clock.travel(initial - timedelta(days=2)):
        for district in one.districts:
            for place in range(district.seats + 1):
                _nominate(one, district, next(names), place, signers[district.name], count)
                count += 1
    ids = [district.pk for district in one.districts]
    with clock.travel(initial):
        first = publishing.publish_first(one.election, ids, Notice(initial), actor=one.clerk)
    standing = 0
    with clock.travel(formal):
        for made in first:
            choice = Choice(tuple(made.rows.values_list("nominee", flat=True)), HowFormal.ALL)
            listed = publishing.publish_formal(made.district, choice, Notice(formal), actor=one.clerk)
            standing += listed.rows.count()
    one.check("正式候选人数等于依法推荐的人数", count, standing)
    return {"nominees": count, "lists": 2 * len(first)}


def _due(one: Rehearsal, key: str) -> date:
    found = changes.legal_dates(one.election).get(key)
    if found is None:
        raise RehearsalFault("算不出公布候选人名单的期限，请核对法律参数。")
    return found.date


def _signers(one: Rehearsal) -> dict[str, list[Row]]:
    """The first voters of each district."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in one.people.rows():
        if len(found[row[4]]) < SIGNERS:
            found[row[4]].append(row)
    return found


def _nominate(one: Rehearsal, district: ElectoralDistrict, name: str, place: int, signers: Sequence[Row], n: int) -> None:
    person = {
        "name": name, "sex": "female" if n % 2 else "male", "birth_date": OF_AGE + timedelta(days=n), "nationality": "汉族", "post": "演练单位",
    }  # fmt: skip
    by_voters = place == district.seats
    said = (
        Proposal("voters", clock.today(), signatures="\n".join(f"{row[0]} {row[2]}" for row in signers))
        if by_voters
        else Proposal("party", clock.today(), (PARTY,))
    )
    nominate(district, person, said, actor=one.clerk)
