"""The ways on from a record: checking signatures, the posts that end with a mandate, the by-election that fills the seat."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Mandate, Post
from renda.elections.departures import mandates, signing, vacancies
from renda.elections.models import Election, Recall, RecallSigner, Resignation
from renda.registers import registry
from renda.ui import addresses, entrances
from renda.ui.entrances import Entrance


def declare() -> None:
    """Have the ways in shown (called once, at start)."""
    entrances.declare_records("directory.deputies", of_mandate)
    entrances.declare_records("elections.recalls", of_recall)
    entrances.declare_records("elections.resignations", of_resignation)


def of_mandate(actor: Actor, pk: int) -> Iterable[Entrance]:
    """A by-election, where the mandate ended before its term."""
    mandate = gate.visible_to(actor, Mandate.objects.alive()).filter(pk=pk).first()
    return _by_election(actor, mandate)


def of_recall(actor: Actor, pk: int) -> Iterable[Entrance]:
    """The signatures for those who see the roll; what follows from a recall that passed."""
    recall = gate.visible_to(actor, Recall.objects.alive()).select_related("district__election", "mandate").filter(pk=pk).first()
    if recall is None:
        return []
    found = []
    if gate.may(actor, roles.VIEW, RecallSigner):
        known = signing.counted(recall)
        note = _("原选区没有选民登记册") if known is None else _("已核对 %(n)s 人") % {"n": known}
        found.append(Entrance(_("核对联名选民"), reverse("recall-signers", args=[pk]), note))
    return [*found, *_miscounted(recall), *_follows(actor, recall)]


def _miscounted(recall: Recall) -> Iterable[Entrance]:
    """A warning where the vote was entered with another number of voters than stand on the roll: the majority is of all of them
    (选举法 53(1)). No refusal: the roll may have changed since."""
    known = signing.on_roll(recall)
    if recall.district is None or recall.voters is None or known in (None, recall.voters):
        return
    words = {"told": recall.voters, "known": known}
    note = _("表决时登记为 %(told)s 人，登记册上有 %(known)s 人；罢免须经全体选民的过半数通过，请核对") % words
    yield Entrance(_("核对全体选民数"), reverse("election-lists", args=[recall.district.election.roll_id]), note)


def of_resignation(actor: Actor, pk: int) -> Iterable[Entrance]:
    """What follows from an accepted resignation."""
    found = gate.visible_to(actor, Resignation.objects.alive()).select_related("mandate").filter(pk=pk).first()
    return _follows(actor, found) if found is not None else []


def _follows(actor: Actor, record: Recall | Resignation) -> list[Entrance]:
    if record.mandate_ended_on is None or record.mandate is None:
        return []
    found = []
    if gate.may(actor, roles.VIEW, Post):
        posts = registry.get("directory.posts")
        for one in mandates.posts_lost(record.mandate):
            found.append(Entrance(str(one), addresses.of_record(posts, one.pk), _("随代表职务终止，请填写离任日期")))
    return [*found, *_by_election(actor, record.mandate)]


def _by_election(actor: Actor, mandate: Mandate | None) -> list[Entrance]:
    if mandate is None or not vacancies.possible(mandate):
        return []
    if not (gate.may(actor, roles.CREATE, Election) and gate.may(actor, roles.VIEW, mandate)):
        return []
    return [Entrance(_("组织补选"), reverse("vacancy", args=[mandate.pk]), _("缺额由原选区补选（选举法第五十七条）"))]
