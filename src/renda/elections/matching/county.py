"""A county's side of an exercise: its tokens written, the slip that comes back resolved to its own voters. Both are journalled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renda.core import clock, crypto
from renda.core.text import mask_name
from renda.elections.matching.exchange import REFERENCE_BYTES, ExerciseKey, TokenFault, write_tokens
from renda.elections.matching.records import frame_of
from renda.elections.matching.slips import Slip
from renda.elections.matching.tokens import tokens
from renda.elections.models import Voter
from renda.journal import services as journal
from renda.journal.services import Line

if TYPE_CHECKING:
    from renda.directory.gate import Actor
    from renda.elections.models import Election

EXPORTED, RESOLVED = "roll.tokens_exported", "roll.tokens_resolved"
SUBJECT = "elections.elections"


@dataclass(frozen=True)
class Met:
    """One of the county's voters who seems to be registered in another county as well; the name is masked."""

    voter: int
    name: str
    district: str
    grade: str
    other: str
    other_reference: str


def export(election: Election, key: ExerciseKey, path: Path, *, origin: str, actor: Actor) -> int:
    """Write the tokens of all who stand on the roll; returns how many. ``origin`` is the county's name in the file.

    TokenFault where the file is there already or nobody is registered. The journal says how many, for which exercise, under which key.
    """
    voters = Voter.objects.filter(election=election).registered()
    if not voters.exists():
        raise TokenFault(f"“{election}”的登记册上还没有选民，没有可比对的。请先导入名单。")
    frame = frame_of(voters)
    records = [(reference(election, key.exercise, pk), made) for pk, made in tokens(frame, key.subkeys)]
    with journal.change():
        count = write_tokens(path, key, origin, clock.now().isoformat(timespec="seconds"), records)
        payload = {"exercise": key.exercise, "expires": key.expires.isoformat(), "key": key.public.hex()[:16], "voters": count}
        journal.record(Line(str(actor), EXPORTED, SUBJECT, election.pk, str(election), payload))
    return count


def reference(election: Election, exercise: str, voter: int) -> bytes:
    """What a voter is called in one exercise: keyed with the county's own key, so that nobody else can tell whose it is."""
    return crypto.steady_hash(f"roll token|{exercise}|{election.pk}|{voter}")[:REFERENCE_BYTES]


def resolve(election: Election, slip: Slip, *, actor: Actor) -> list[Met]:
    """Whom a slip speaks of, in its order; the names are masked, and the journal says how many were looked up.

    TokenFault where a reference is none of this roll: the slip is another election's or county's, or the voter has left the roll since.
    """
    wanted = {meeting.a for meeting in slip.meetings}
    pks = Voter.objects.filter(election=election).values_list("pk", flat=True).iterator(chunk_size=50_000)
    known = {ref: pk for pk in pks if (ref := reference(election, slip.exercise, pk).hex()) in wanted}
    missing = wanted - set(known)
    if missing:
        raise TokenFault(
            f"结果单中有 {len(missing)} 个编号不在“{election}”的登记册上。请核对选举编号，以及结果单是否发给本县（单上写的是“{slip.origin}”）。"
        )
    rows = {
        one.pk: one for one in Voter.objects.filter(pk__in=known.values()).select_related("district").defer("identity_number")
    }
    with journal.change():
        payload: dict[str, Any] = {"exercise": slip.exercise, "other": slip.other, "voters": len(known)}
        journal.record(Line(str(actor), RESOLVED, SUBJECT, election.pk, str(election), payload))
    return [_met(rows[known[one.a]], one.grade, slip.other, one.b) for one in slip.meetings]


def _met(voter: Voter, grade: str, other: str, other_reference: str) -> Met:
    return Met(voter.pk, mask_name(voter.name), str(voter.district or ""), grade, other, other_reference)
