"""Voting and counting: rounds, ballots, turnout, two blind counts; and the rounds that the law lets follow, until nothing does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from renda.core import clock
from renda.elections.counting import settling, tallies
from renda.elections.models import BallotBox, VoteRound
from renda.elections.rehearsal.state import Facts, Rehearsal, RehearsalFault
from renda.elections.rehearsal.votes import PLAIN, QUIET, SHORT, TIE, VACANT, Day, day_of, figures_of, miscounted
from renda.elections.voting import ballots, rounds, turnout
from renda.elections.voting.turnout import Hour

HOURS = ((9, 30), (13, 70), (18, 100))
"""Hours at which boxes tell their totals, with the percent of all that had come by then."""
SPARE, IN_HAND = 50, 20
"""Ballots printed beyond the voters, and handed to a box beyond those who come."""
DISPUTED = 5
"""In one district of so many the second team overlooks a ballot."""
LATER, MOST_ROUNDS = 7, 4


def vote(one: Rehearsal) -> Facts:
    """Open the first votes of all districts, vote and count."""
    with clock.travel(one.day):
        ids = [district.pk for district in one.districts]
        opened = rounds.open_first(one.election, ids, day=one.day, entered={}, actor=one.clerk)
        one.check("各选区开票的选民数合计", one.people.voters, sum(each.voters for each in opened))
        disputed = sum(_hold(one, each, disputed=n % DISPUTED == 0) for n, each in enumerate(opened))
    one.check("两组计票的差异都由第三次复核解决", -(-len(opened) // DISPUTED), disputed)
    return {"rounds": len(opened), "disputed": disputed, "participants": _sum(one, "participants")}


def _sum(one: Rehearsal, name: str) -> int:
    rows = VoteRound.objects.alive().filter(election=one.election).values_list("result", flat=True)
    return sum(int((result or {}).get(name, 0)) for result in rows)


def follow(one: Rehearsal) -> Facts:
    """Open what the settled results ask for: a vote among equal ones at once, anything else a week later."""
    kinds: Counter[str] = Counter()
    for number in range(2, MOST_ROUNDS + 1):
        waiting = [(each, then) for each in _last(one) if (then := rounds.following(each)) is not None]
        waiting = [(each, then) for each, then in waiting if not _given_up(one, each)]
        for each, then in waiting:
            day = one.day if then.kind == "tie" else one.day + timedelta(days=LATER)
            with clock.travel(max(day, each.day)):
                kinds[then.kind] += 1
                _hold(one, rounds.open_next(each, day=max(day, each.day), actor=one.clerk), number=number)
    one.check("有意设置的情形都发生了", _expected(one), dict(kinds))
    return {"rounds": sum(kinds.values()), **kinds}


def _expected(one: Rehearsal) -> dict[str, int]:
    """The rounds that the planted cases ask for."""
    asked = {TIE: "tie", SHORT: "rerun", VACANT: "rerun", QUIET: "first"}
    return dict(Counter(asked[plan] for plan in one.plans.values()))


def _given_up(one: Rehearsal, each: VoteRound) -> bool:
    """Whether the district leaves its seat vacant after another election."""
    return one.plans.get(each.district_id) == VACANT and each.kind == "rerun"


def _last(one: Rehearsal) -> list[VoteRound]:
    """The last round of each district."""
    rows = VoteRound.objects.alive().filter(election=one.election).select_related("district", "division", "election", "after")
    return list({each.district_id: each for each in rows.order_by("district_id", "number")}.values())


def _hold(one: Rehearsal, each: VoteRound, *, number: int = 1, disputed: bool = False) -> bool:
    """Vote and count in one round; whether the teams differed."""
    plan = one.plans.get(each.district_id, PLAIN)
    day = day_of(each.voters, plan, number)
    _ballots(one, each, day)
    names = list(each.candidates.order_by("place").values_list("name", flat=True))
    right = figures_of(day, each.kind, plan, each.seats, names)
    teams = (right, miscounted(right) if disputed else right)
    for teller, figures in zip(one.tellers, teams, strict=True):
        tallies.enter(each, figures, actor=teller)
    standing = tallies.standing(one.clerk, each)
    if standing.stage == tallies.DIFFER:
        tallies.third_look(each, right, reason="复点：第二组漏计一张", actor=one.clerk)
    elif standing.stage != tallies.AGREE:
        raise RehearsalFault(f"{each.district.name}：两组都已录入，平台却没有给出比对结果。")
    settling.settle(each, actor=one.clerk)
    return standing.stage == tallies.DIFFER


def _ballots(one: Rehearsal, each: VoteRound, day: Day) -> None:
    """Print, give out and take back the ballots; tell the turnout by the hour."""
    ballots.set_printed(each, each.voters + SPARE, actor=one.clerk)
    boxes = list(each.boxes.select_related("round").order_by("pk"))
    mobile = next(box for box in boxes if box.kind == "mobile_box")
    for box in boxes:
        persons, proxied = (day.mobile, 0) if box.pk == mobile.pk else (day.station, day.by_proxy)
        _box(one, box, each.day, persons, proxied, 0 if box.pk == mobile.pk else day.not_returned)


def _box(one: Rehearsal, box: BallotBox, on: date, persons: int, proxied: int, kept: int) -> None:
    told = [Hour(on, hour, persons * share // 100, proxied * share // 100) for hour, share in HOURS]
    turnout.report(box, told, actor=one.clerk)
    issued = persons + proxied
    numbers = {"allotted": issued + IN_HAND, "issued": issued, "returned": issued - kept, "unused": IN_HAND}
    ballots.set_box(box, numbers, actor=one.clerk)


def confirm(one: Rehearsal) -> Facts:
    """Check the sums of all rounds, destroy what is left of the ballots, and note that the election committee confirmed the votes."""
    settled = list(VoteRound.objects.alive().filter(election=one.election).select_related("district", "division", "election"))
    with clock.travel(one.day + timedelta(days=LATER + 1)):
        for each in settled:
            settling.confirm(each, on=clock.today(), actor=one.clerk)
    results = [each.result or {} for each in settled]
    issued, recovered, missing = (sum(int(r[name]) for r in results) for name in ("issued", "ballots_recovered", "not_returned"))
    valid, void = (sum(int(r[name]) for r in results) for name in ("ballots_valid", "ballots_void"))
    one.check("发出的选票等于收回的加未交回的", issued, recovered + missing)
    one.check("收回的选票等于有效票加废票", recovered, valid + void)
    one.check("核定的数字与校验码相符的轮次", len(settled), sum(settling.digest_holds(each) for each in settled))
    elected = sum(len(r["elected"]) for r in results)
    vacant = sum(int((each.result or {})["unfilled"]) for each in _last(one))
    one.check("空缺的席位只有演练设置的", sum(plan == VACANT for plan in one.plans.values()), vacant)
    one.check("当选人数等于名额减去空缺", (one.election.seats or 0) - vacant, elected)
    return {"rounds": len(settled), "elected": elected, "vacant": vacant}
