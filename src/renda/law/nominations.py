"""Nominating and voting by others under the Election Law: what is refused, with its article; an empty list is a yes.

Articles 29–32 and 42–43 of the Election Law (2020), point 10 of the provisions of 1983.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from renda.law.ballots import Law
from renda.law.standing import BY_ELECTION, FIRST, candidate_range
from renda.law.thresholds import required


def joint_nomination(signers: int, law: Law) -> list[str]:
    """Ten voters or more nominate together (art. 30(2))."""
    return _at_least("elec.cand.nominator.voters", signers, "联名推荐的选民", law)


def signatures(key: str, signers: int, law: Law) -> list[str]:
    """Enough signatures for a recall, a bill, an interpellation: the number of ``key``."""
    return _at_least(key, signers, "联名", law)


def _at_least(key: str, number: int, what: str, law: Law) -> list[str]:
    rule = law(key)
    return [] if number >= int(rule.value) else [f"{what} {number} 人，少于 {rule.value} 人，不能受理（{rule.citation}）。"]


def over_limit(backed: Mapping[str, Collection[str]], seats: int, law: Law) -> dict[str, list[str]]:
    """Voters or organisations that back more nominees than there are seats (art. 30(3)): who, and the nominees beyond the limit.

    ``backed`` holds for each the nominees in the order of signing; the later signatures are those that do not count.
    """
    rule = law("elec.cand.nominator.limit")
    most = required(rule.value, rule.comparison, seats)
    return {who: list(several)[most:] for who, several in backed.items() if len(several) > most}


def left_out(nominated: Collection[str], listed: Collection[str], law: Law) -> list[str]:
    """Lawful nominees all stand on the first list; the committee adds and drops none (1983, point 10(2))."""
    rule = law("elec.cand.all_listed")
    missing, added = sorted(set(nominated) - set(listed)), sorted(set(listed) - set(nominated))
    faults = [f"初步候选人名单漏列了{'、'.join(missing)}（{rule.citation}）。"] if missing else []
    return faults + ([f"初步候选人名单增列了没有依法推荐的{'、'.join(added)}（{rule.citation}）。"] if added else [])


def formal_list(seats: int, candidates: int, law: Law, *, by_election: bool = False) -> list[str]:
    """The number of formal candidates for the seats (art. 31(2)); a by-election may have as many as seats (art. 57(4))."""
    limits = candidate_range(seats, law, kind=BY_ELECTION if by_election else FIRST)
    if limits.least <= candidates <= limits.most:
        return []
    return [f"应选 {seats} 名，正式候选人应为 {limits.least} 至 {limits.most} 人，现有 {candidates} 人（{limits.article}）。"]


def needs_pre_election(nominated: int, seats: int, law: Law, *, agreed: int | None = None) -> bool:
    """Whether a pre-election decides: more nominees than may stand, and the voter groups agree on no lawful number (art. 32(1))."""
    if agreed is not None and not formal_list(seats, agreed, law):
        return False
    return bool(formal_list(seats, nominated, law)) and nominated > seats


def proxy(mandates: int, law: Law, *, written: bool, consent: bool) -> list[str]:
    """A proxy votes for three at most, on a written mandate, with the election committee's consent (art. 42)."""
    most, form, agreed = law("elec.vote.proxy.max"), law("elec.vote.proxy.form"), law("elec.vote.proxy.consent")
    faults = []
    if mandates > int(most.value):
        faults.append(f"接受委托 {mandates} 人，最多 {most.value} 人（{most.citation}）。")
    if not written:
        faults.append(f"委托投票应当书面委托（{form.citation}）。")
    if not consent:
        faults.append(f"委托投票须经选举委员会同意（{agreed.citation}）。")
    return faults


def scrutineer(law: Law, *, near_relative: bool) -> list[str]:
    """A candidate's near relative is no scrutineer or teller (art. 43(2))."""
    rule = law("elec.vote.scrutineers")
    return [f"候选人的近亲属不得担任监票人、计票人（{rule.citation}）。"] if near_relative else []
