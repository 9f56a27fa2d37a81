"""A distribution of seats over districts that makes the largest deviation from the mean as small as it can be (选举法 15, 25(2), 26).

The search is HiGHS's (mixed-integer programming), which proves that nothing better exists; this module only writes the question down.
HiGHS was taken before OR-Tools and SciPy for its size (8 MB and NumPy; the others bring tens of megabytes more) and licence (MIT).
Joining small units into districts is not proposed: which villages belong together is a matter of place and people that no table here holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from renda.elections.plan.even import largest

SECONDS = 20.0
"""How long HiGHS may search; two hundred districts take well under a second."""
_SLACK = 1e-7
"""Allowed above the optimum in the second search: what floating point leaves open."""


class Impossible(ValueError):
    """No distribution can be proposed; the words say why and what to do."""


@dataclass(frozen=True)
class Question:
    """Districts by their population and present seats. ``groups``: the township of each. ``keep``: each group keeps its seats.

    ``total`` seats are shared out, ``least`` to ``most`` to each district.
    """

    people: Sequence[int]
    present: Sequence[int]
    total: int
    groups: Sequence[Hashable] = ()
    keep: bool = False
    least: int = 1
    most: int = 3


@dataclass(frozen=True)
class Proposal:
    """Seats in the order of the question's districts, and the largest deviation before and after, as shares of the mean."""

    seats: tuple[int, ...]
    before: Fraction
    after: Fraction

    @property
    def better(self) -> bool:
        """Whether the largest deviation shrinks."""
        return self.after < self.before


def propose(question: Question) -> Proposal:
    """The best distribution; of several equally good ones that with the smallest sum of deviations, then the fewest changes.

    Errors: Impossible where a population is missing, or the total cannot be shared out within the limits.
    """
    _check(question)
    deviation = _costs(question)
    best = _solve(question, deviation, bound=None)
    bound = max(deviation[n][number] for n, number in enumerate(best))
    seats = _solve(question, deviation, bound=bound)
    if largest(question.people, seats) > largest(question.people, best):
        seats = best
    after, before = largest(question.people, seats), largest(question.people, question.present)
    return Proposal(tuple(seats), before, after)


def _check(question: Question) -> None:
    count = len(question.people)
    if not count:
        raise Impossible(_("还没有划分选区。"))
    if not all(question.people):
        raise Impossible(_("有 %(n)s 个选区没有填人口数，填全后再看分配建议。") % {"n": sum(not one for one in question.people)})
    numbers = {"n": count, "least": question.least * count, "most": question.most * count, "total": question.total}
    if not question.least * count <= question.total <= question.most * count:
        raise Impossible(
            _("%(n)s 个选区每区一至三名，只能分 %(least)s 至 %(most)s 名，分不出 %(total)s 名。请增减选区，或核对总名额。")
            % numbers
        )
    if question.keep and sum(question.present) != question.total:
        raise Impossible(_("各乡镇现有名额合计与总名额不一致，不能按“各乡镇名额不变”分配。"))
    if question.keep and not all(
        question.least * len(part) <= sum(part) <= question.most * len(part) for part in _parts(question)
    ):
        raise Impossible(_("有的乡镇现有名额超出每区一至三名所能分配的范围，不能按“各乡镇名额不变”分配。"))


def _parts(question: Question) -> list[list[int]]:
    """The present seats of each group's districts."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for group, number in zip(question.groups, question.present, strict=True):
        found[group].append(number)
    return list(found.values())


def _costs(question: Question) -> list[dict[int, float]]:
    """For each district and each number of seats, its deviation from the mean. The mean is the same whatever the distribution."""
    mean = sum(question.people) / question.total
    choices = range(question.least, question.most + 1)
    return [{number: abs(people / number / mean - 1) for number in choices} for people in question.people]


def _solve(question: Question, deviation: list[dict[int, float]], bound: float | None) -> list[int]:
    """One search. Without ``bound`` the largest deviation is made small; with it, it stays within and the sum of deviations is made small."""
    from highspy import ObjSense

    solver = _solver()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", SECONDS)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-9)
    picks = [
        {number: solver.addBinary() for number in costs if bound is None or costs[number] <= bound + _SLACK}
        for costs in deviation
    ]
    for several in picks:
        solver.addConstr(sum(several.values()) == 1)
    given = [sum(number * pick for number, pick in several.items()) for several in picks]
    solver.addConstr(sum(given) == question.total)
    if question.keep:
        _keep(solver, question, given)
    if bound is None:
        worst = solver.addVariable(lb=0)
        for several, costs in zip(picks, deviation, strict=True):
            solver.addConstr(worst >= sum(costs[number] * pick for number, pick in several.items()))
        goal = worst
    else:
        changes = 1e-6 / len(picks)
        goal = sum(
            (deviation[n][number] + changes * (number != question.present[n])) * pick
            for n, several in enumerate(picks)
            for number, pick in several.items()
        )
    solver.setObjective(goal, ObjSense.kMinimize)
    solver.run()
    return _read(solver, picks)


def _solver() -> Any:
    """A solver that says nothing. HiGHS names itself on stdout with its first call, which is made while the object is built."""
    from highspy import Highs

    class Silent(Highs):
        def enableCallbacks(self) -> None:
            self.silent()
            super().enableCallbacks()

    return Silent()


def _keep(solver: Any, question: Question, given: list[Any]) -> None:
    """Each township keeps the seats that it has."""
    members: dict[Hashable, list[int]] = defaultdict(list)
    for n, group in enumerate(question.groups):
        members[group].append(n)
    for places in members.values():
        solver.addConstr(sum(given[n] for n in places) == sum(question.present[n] for n in places))


def _read(solver: Any, picks: list[dict[int, Any]]) -> list[int]:
    """The seats that the solver chose. Impossible where it proved nothing in time."""
    from highspy import HighsModelStatus

    if solver.getModelStatus() != HighsModelStatus.kOptimal:
        raise Impossible(
            _("在 %(seconds)s 秒内没有算出最好的分配，请减少选区后再试，或者手工调整。") % {"seconds": round(SECONDS)}
        )
    return [_picked(solver, several) for several in picks]


def _picked(solver: Any, several: dict[int, Any]) -> int:
    """The number whose variable is one."""
    return max(several, key=lambda number: float(solver.val(several[number])))
