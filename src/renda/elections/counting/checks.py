"""What must hold of rounds, tallies and mandates beyond the constraints of their tables; asked by `renda check`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from renda.core.checking import Fault, rule
from renda.elections.counting import settling
from renda.elections.models import Elected, ProxyState, RollState, Tally, TallyLine, Turnout, VoteProxy, VoteRound


@rule("votes.digest", "核定的计票数字与报告单上的校验码相符")
def digests() -> Iterator[Fault]:
    """Settled rounds whose stored figures were changed since."""
    for one in VoteRound.objects.alive().filter(settled_at__isnull=False).select_related("district").iterator():
        if not settling.digest_holds(one):
            yield Fault(f"{one}（{one.pk}）", "所存的数字与校验码不符，以签名的纸质报告单为准，请查明")


@rule("votes.possible", "各人得票不多于有效票，合计不多于有效票乘以应选名额")
def possible() -> Iterator[Fault]:
    """Tallies that no ballots could give (选举法 44)."""
    valid = F("tally__recovered") - F("tally__void")
    for pk in TallyLine.objects.filter(votes__gt=valid).values_list("tally", flat=True).distinct():
        yield Fault(f"计票 {pk}", "有人得票多于有效票")
    summed = Tally.objects.annotate(given=Sum("lines__votes"), most=(F("recovered") - F("void")) * F("round__seats"))
    for pk in summed.filter(given__gt=F("most")).values_list("pk", flat=True):
        yield Fault(f"计票 {pk}", "得票合计多于有效票乘以应选名额")


@rule("votes.ledger", "核定的结果都在投票情况和当选代表台账里")
def ledgers() -> Iterator[Fault]:
    """Settled rounds whose rows in the ledgers are gone or say otherwise."""
    for one in VoteRound.objects.alive().filter(settled_at__isnull=False).select_related("district").iterator():
        result = one.result or {}
        rows = result["ledger"]
        if rows["turnout"] and not _turnout_holds(rows["turnout"], result):
            yield Fault(f"{one}（{one.pk}）", "投票情况台账里的数字与核定的不同")
        held = Elected.objects.alive().filter(pk__in=rows["elected"].values()).count()
        if held != len(result["elected"]):
            yield Fault(f"{one}（{one.pk}）", "当选代表台账里的人与核定的不同")


def _turnout_holds(pk: int, result: dict[str, object]) -> bool:
    same = Q(participants=result["participants"], returned=result["ballots_recovered"], void=result["ballots_void"])
    return Turnout.objects.alive().filter(same, pk=pk).exists()


@rule("votes.mandates", "已同意的委托，委托人和受委托人都在选民登记册上")
def mandates() -> Iterator[Fault]:
    """Agreed mandates of somebody who was taken off the roll since (选举法 42)."""
    agreed = VoteProxy.objects.filter(state=ProxyState.AGREED, election__frozen_at__isnull=True)
    off = agreed.exclude(principal__state=RollState.REGISTERED, proxy__state=RollState.REGISTERED)
    for pk in off.values_list("pk", flat=True):
        yield Fault(f"委托投票 {pk}", "委托人或者受委托人已不在登记册上，请撤销或者更正")
