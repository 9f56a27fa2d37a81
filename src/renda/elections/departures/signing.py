"""The signatures on a demand for a recall: found on the roll of the last general election, each voter counted once (选举法 50(1))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.candidates import changes, signers
from renda.elections.models import Recall, RecallSigner, Voter
from renda.journal.services import Line, change, record

SUBJECT = "deputy_recall"
OPEN = ("received", "")
"""States in which signatures are still checked."""


class SigningFault(ValueError):
    """Signatures that cannot be changed; the text says why and what to do."""


@dataclass(frozen=True)
class Entered:
    """What became of a sheet: how many were added, and why the other lines do not count."""

    added: int
    faults: tuple[str, ...]


def voters_of(recall: Recall) -> QuerySet[Voter]:
    """The registered voters of the deputy's district; empty where the district is not known."""
    if recall.district is None:
        return Voter.objects.none()
    return changes.voters_of(recall.district, recall.district.election)


def counted(recall: Recall) -> int | None:
    """How many signatures count by the roll; None where the district has no roll to check them on."""
    if not voters_of(recall).exists():
        return None
    return RecallSigner.objects.filter(recall=recall, struck_why="").count()


def on_roll(recall: Recall) -> int | None:
    """How many voters stand on the roll of the deputy's district; None where the district has no roll."""
    return voters_of(recall).count() or None


def enter(recall: Recall, text: str, *, actor: Actor) -> Entered:
    """Find the signatures of a sheet (one person a line: name, number or both) on the roll and count those who are not counted yet.

    Raises SigningFault where nothing was handed in, the matter is past its check, or no roll is there; PermissionDenied.
    """
    gate.require(actor, roles.CREATE, RecallSigner)
    gate.require(actor, roles.VIEW, Voter)
    several = signers.read(text)
    if not several:
        raise SigningFault(_("请填写联名选民，每行一人。"))
    with change():
        held = _open(recall)
        if held.district is None or not voters_of(held).exists():
            raise SigningFault(_("找不到原选区的选民登记册，不能逐名核对。请在“受理”一步填写核实后的有效联名人数。"))
        found = signers.find(held.district.election, held.district, several, actor=actor)
        known = set(RecallSigner.objects.filter(recall=held).values_list("voter", flat=True))
        fresh = [one for one in found.voters if one.pk not in known]
        _within_paper(held, len(fresh))
        RecallSigner.objects.bulk_create(RecallSigner(recall=held, voter=one, entered_at=clock.now()) for one in fresh)
        again = [_("%(who)s：已经计入，只计一次") % {"who": one.name} for one in found.voters if one.pk in known]
        detail = {"lines": found.lines, "added": len(fresh), "faults": len(found.faults) + len(again)}
        record(Line(str(actor), "recall.signed", SUBJECT, held.pk, held.called, detail))
    return Entered(len(fresh), (*found.faults, *again))


def _within_paper(recall: Recall, more: int) -> None:
    """No more signatures are counted than stand on the demand."""
    total = RecallSigner.objects.filter(recall=recall).count() + more
    if total > recall.signed:
        words = {"total": total, "signed": recall.signed}
        raise SigningFault(
            _("核对的联名共 %(total)s 人，多于登记的联名人数 %(signed)s 人，没有保存。请先在“修改”中更正联名人数。") % words
        )


def strike(recall: Recall, ids: Sequence[int], reason: str, *, actor: Actor) -> int:
    """Have signatures not count, with a reason; returns how many. Raises SigningFault and PermissionDenied."""
    gate.require(actor, roles.EDIT, RecallSigner)
    if not reason.strip():
        raise SigningFault(_("请写明不计入的原因。"))
    with change():
        held = _open(recall)
        done = RecallSigner.objects.filter(recall=held, pk__in=ids, struck_why="").update(struck_why=reason.strip()[:200])
        if not done:
            raise SigningFault(_("请先勾选不计入的联名选民。"))
        detail = {"struck": done, "reason": reason.strip()[:200]}
        record(Line(str(actor), "recall.signature_struck", SUBJECT, held.pk, held.called, detail))
    return done


def _open(recall: Recall) -> Recall:
    """The matter with its row locked, while signatures are checked. Raises SigningFault once it was accepted or refused."""
    rows = Recall.objects.select_for_update(of=("self",)).select_related("district__election", "division", "person")
    held: Recall = rows.get(pk=recall.pk)
    if held.phase not in OPEN or held.voided_at:
        raise SigningFault(_("罢免要求已经受理或者办结，联名选民不能再改。受理有误的，请先更正“受理”一步。"))
    return held
