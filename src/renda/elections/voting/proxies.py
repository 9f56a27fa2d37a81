"""Voting by proxy (选举法 42): asked for in writing, agreed by the committee, three mandates at most, revocable until the vote.

A mandate names two voters of the roll and nothing else: no ballot, no box, no hour leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renda.core import cells, clock
from renda.core.crypto import keyed_hash
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections import legal
from renda.elections.closed import require_open
from renda.elections.models import Election, ProxyReason, ProxyState, RollState, VoteProxy, Voter, VoteRound
from renda.elections.voting import changes
from renda.elections.voting.changes import VotingFault
from renda.journal.services import Line, change, record
from renda.law import NotFixed, NotInForce
from renda.law.nominations import proxy as proxy_faults

WANTED = {ProxyReason.AWAY: "外出", ProxyReason.ILL: "病", ProxyReason.OTHER: "其他"}
RELATED = ("district", "principal__district", "proxy__district", "division", "principal__group", "proxy__group")


def mandates(actor: Actor, election: Election) -> QuerySet[VoteProxy]:
    """The mandates of the roll that serves the election, as far as the actor may see the voters of their district."""
    rows = gate.visible_to(actor, VoteProxy.objects.all()).filter(election_id=election.roll_id)
    return rows.select_related(*RELATED)


def find_voter(actor: Actor, election: Election, words: str) -> Voter:
    """A registered voter by identity number or by name. Raises VotingFault where nobody fits, or several do (nobody is guessed)."""
    text = words.strip()
    rows = gate.visible_to(actor, Voter.objects.filter(election_id=election.roll_id)).select_related("district")
    try:
        number = cells.read_identity_number(text)
    except cells.CellError:
        number = ""
    found = list((rows.filter(identity_hash=keyed_hash(number)) if number else rows.filter(name=text))[:3])
    shown = _("所填号码") if number else f"“{text[:20]}”"
    if not found:
        raise VotingFault(
            _("%(who)s不在您可以查看的选民登记册上。请核对姓名和身份证号；住在别的选区的，请联系该选区工作组。") % {"who": shown}
        )
    if len(found) > 1:
        raise VotingFault(_("登记册上有几名选民叫%(who)s，请改填身份证号。") % {"who": shown})
    if found[0].state != RollState.REGISTERED:
        raise VotingFault(
            _("%(who)s在登记册上是“%(state)s”，不能委托或者接受委托。") % {"who": shown, "state": found[0].get_state_display()}
        )
    return found[0]


def ask(
    election: Election, principal: Voter, proxy: Voter, *, reason: str, reason_note: str = "", written_on: date, actor: Actor
) -> tuple[VoteProxy, list[str]]:
    """Enter a written mandate, to be agreed by the committee. Also what must be said beside it.

    Raises VotingFault where the law refuses it: to oneself, to a voter of another district where the pack says so, for a reason that is not
    the law's, when the vote is over. PermissionDenied where the gate does.
    """
    gate.require(actor, roles.CREATE, VoteProxy)
    require_open(election)
    roll = election if election.pk == election.roll_id else Election.objects.get(pk=election.roll_id)
    if principal.district is None:  # the roll's own constraint keeps registered voters in a district
        raise VotingFault(_("委托人还没有编入选区，请先在选民登记中编入。"))
    warnings = _lawful(roll, principal, proxy, reason)
    if written_on > clock.today():
        raise VotingFault(_("书面委托的日期晚于今天，请核对。"))
    with change(), changes.said_by_constraints():
        made = VoteProxy.objects.create(
            election=roll,
            division_id=principal.division_id,
            district=principal.district,
            principal=principal,
            proxy=proxy,
            reason=reason,
            reason_note=reason_note.strip()[:200],
            written_on=written_on,
        )
        _note(actor, "proxy.asked", made, reason=reason)
    return made, warnings


def _lawful(election: Election, principal: Voter, proxy: Voter, reason: str) -> list[str]:
    if clock.today() > election.election_day and not _voting_goes_on(election):
        raise VotingFault(_("选举日 %(day)s 已过，不能再登记委托投票。") % {"day": election.election_day})
    if principal.pk == proxy.pk:
        raise VotingFault(_("不能委托本人投票，请核对受委托人。"))
    _reasoned(election, reason)
    found = _same_district(election, principal, proxy)
    if VoteProxy.objects.filter(principal=proxy, state__in=(ProxyState.ASKED, ProxyState.AGREED)).exists():
        found.append(_("受委托人自己也委托了他人投票，请核实其能否到场。"))
    return found


def _voting_goes_on(election: Election) -> bool:
    return VoteRound.objects.alive().filter(election__in=_elections(election), settled_at__isnull=True).exists()


def _elections(election: Election) -> Iterable[int]:
    return [election.pk, *election.joined.values_list("pk", flat=True)]


def _reasoned(election: Election, reason: str) -> None:
    rule = legal.law_on(election)("elec.vote.proxy.reason")
    if not any(WANTED[ProxyReason(reason)] in one for one in rule.value):
        words = _("委托投票的事由限于：%(reasons)s（%(article)s）。其他事由须由地方规定，请核对启用的地方规定。")
        raise VotingFault(words % {"reasons": "、".join(rule.value), "article": rule.citation})


def _same_district(election: Election, principal: Voter, proxy: Voter) -> list[str]:
    if principal.district_id == proxy.district_id:
        return []
    law = legal.law_on(election)
    try:
        rule = law("elec.vote.proxy.same_constituency")
    except (NotFixed, NotInForce):
        article = law("elec.vote.proxy.max").citation
        return [_("受委托人是另一选区的选民；%(article)s只写“其他选民”，是否限于本选区由地方规定。") % {"article": article}]
    raise VotingFault(
        _("受委托人须是本选区的选民（%(article)s）：委托人在%(a)s，受委托人在%(b)s。")
        % {"article": rule.citation if rule.pack else rule.source, "a": principal.district, "b": proxy.district}
    )


def decide(rows: Iterable[VoteProxy], *, agreed: bool, on: date, note: str = "", actor: Actor) -> int:
    """Note the committee's consent or refusal for a set of mandates; returns how many. The registering groups do not decide.

    Raises VotingFault where a proxy would have more mandates than the law allows, or a mandate was decided already.
    """
    gate.require(actor, roles.EDIT, VoteRound)
    if not agreed and not note.strip():
        raise VotingFault(_("不同意的，请写明原因。"))
    with change(), changes.said_by_constraints():
        wanted = sorted(one.pk for one in rows)
        found = gate.visible_to(actor, VoteProxy.objects.filter(pk__in=wanted)).order_by("pk")
        locked = list(found.select_for_update(of=("self",)).select_related("election", "proxy"))
        if len(locked) != len(wanted):
            raise VotingFault(_("有的委托不在您的权限范围内，请刷新后重试。"))
        _lock_proxies(locked)
        for one in locked:
            if one.state != ProxyState.ASKED:
                raise VotingFault(_("选中的委托里有的已经决定过，请刷新后重试。"))
            require_open(one.election)
            if agreed:
                _agree(one)
            else:
                one.state = ProxyState.REFUSED
            one.decided_on, one.decision_note = on, note.strip()[:200]
            one.save(update_fields=["state", "slot", "decided_on", "decision_note"])
            _note(actor, "proxy.agreed" if agreed else "proxy.refused", one, on=str(on), **({"reason": note} if note else {}))
    return len(locked)


def _lock_proxies(rows: Iterable[VoteProxy]) -> None:
    """One decision after the other for the same proxy."""
    ids = {one.proxy_id for one in rows}
    list(Voter.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))


def _agree(one: VoteProxy) -> None:
    held = set(VoteProxy.objects.filter(proxy_id=one.proxy_id, state=ProxyState.AGREED).values_list("slot", flat=True))
    faults = proxy_faults(len(held) + 1, legal.law_on(one.election), written=True, consent=True)
    if faults:
        raise VotingFault(f"{one.proxy.name}：{''.join(faults)}")
    one.state, one.slot = ProxyState.AGREED, next(slot for slot in range(1, len(held) + 2) if slot not in held)


def revoke(one: VoteProxy, *, reason: str, actor: Actor) -> None:
    """The principal takes the mandate back before voting: on the day of the vote in person at the latest. Refused without a reason."""
    gate.require(actor, roles.EDIT, one)
    if not reason.strip():
        raise VotingFault(_("请写明撤销的原因，如“本人回来投票”。"))
    with change():
        row = VoteProxy.objects.select_for_update(of=("self",)).select_related("election").get(pk=one.pk)
        require_open(row.election)
        if row.state not in (ProxyState.ASKED, ProxyState.AGREED):
            raise VotingFault(_("这项委托已经撤销或者没有获得同意，不需要再撤销。"))
        if clock.today() > row.election.election_day and not _voting_goes_on(row.election):
            raise VotingFault(_("投票已经结束，委托不能再撤销。"))
        row.state, row.slot = ProxyState.REVOKED, None
        row.revoked_on, row.revoke_reason = clock.today(), reason.strip()[:200]
        row.save(update_fields=["state", "slot", "revoked_on", "revoke_reason"])
        _note(actor, "proxy.revoked", row, reason=row.revoke_reason)


def _note(actor: Actor, action: str, one: VoteProxy, **payload: str) -> None:
    """The journal says which mandate and district, and names nobody."""
    label = f"{one.election.name} {one.district.name}"
    record(Line(str(actor), action, changes.PROXY, one.pk, label, payload))
