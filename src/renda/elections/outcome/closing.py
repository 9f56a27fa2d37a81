"""The file of an election: what it holds, written out as one archive, and closed for good.

A closed file is frozen by the database itself (`election_frozen`): whatever way a change takes, it is refused. Reading stays open.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.documents import papers
from renda.documents.models import PaperVersion
from renda.documents.registry import find as template_of
from renda.elections.closed import require_open
from renda.elections.models import Election, ElectoralDistrict, QualificationReview, ReviewDecision, VoteRound
from renda.elections.outcome.faults import OutcomeFault, note
from renda.elections.outcome.reviewing import Row, unconfirmed
from renda.journal.models import Entry
from renda.journal.services import change, head
from renda.ledgers.exporting import export_register
from renda.registers import registry
from renda.registers.register import Register

ROUND = "elections.round"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Piece:
    """One part of the file: what it is, how many it holds."""

    name: str
    count: int


def bars(election: Election, rows: list[Row]) -> list[str]:
    """What still bars closing: each in a sentence that says what to do."""
    found = []
    if not rows:
        found.append(_("还没有当选代表，没有可以归档的结果。"))
    if open_rounds := VoteRound.objects.alive().filter(election=election, settled_at__isnull=True).count():
        found.append(_("还有 %(n)s 轮投票没有核定结果。") % {"n": open_rounds})
    if waiting := unconfirmed(election):
        found.append(_("还有 %(n)s 轮投票没有登记选举委员会的确认（选举法第四十六条）。") % {"n": waiting})
    silent = sum(row.review is None or not row.review.decision for row in rows)
    if silent:
        found.append(_("还有 %(n)s 名当选人的代表资格没有决定（选举法第四十七条）。") % {"n": silent})
    unseated = QualificationReview.objects.filter(
        election=election, decision=ReviewDecision.CONFIRMED, mandate__isnull=True
    ).count()
    if unseated:
        found.append(_("还有 %(n)s 名代表没有登记代表职务。") % {"n": unseated})
    if election.joined.filter(voided_at__isnull=True, frozen_at__isnull=True).exists():
        found.append(_("同步进行的乡级选举还没有封存；两级共用一本选民登记册，请先封存乡级选举的档案。"))
    return found


def close(election: Election, rows: list[Row], *, actor: Actor) -> None:
    """Close the file: from now on the database refuses every change to it. Raises OutcomeFault where something is not done yet."""
    gate.require(actor, roles.EDIT, election)
    require_open(election)
    lacking = bars(election, rows)
    if lacking:
        raise OutcomeFault("".join(lacking))
    with change():
        locked = Election.objects.select_for_update().get(pk=election.pk)
        require_open(locked)
        moment = clock.now()
        note(actor, "outcome.closed", locked, pieces={one.name: one.count for one in pieces(locked)}, journal=head().hash)
        Election.objects.filter(pk=locked.pk).update(frozen_at=moment)


def pieces(election: Election) -> list[Piece]:
    """The registers and papers of the election with how many each holds."""
    found = [Piece(register.name, number) for register in _registers() if (number := _rows(register, election).count())]
    return [*found, Piece(str(_("文书")), len(_papers(election)))]


def write(election: Election, target: IO[bytes], *, actor: Actor) -> int:
    """Write the file as a .zip: a workbook per register, the newest version of each letter, the journal's entries, and a list of
    contents with the SHA-256 of each part; returns how many parts. Identity numbers and telephones are not in it."""
    gate.require(actor, roles.EXPORT, Election)
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in _parts(election, Path(folder), actor):
            digests[name] = _digest(path)
            archive.write(path, name)
            path.unlink()
        chain = head()
        contents = {
            "election": election.name,
            "made_at": clock.now().isoformat(),
            "closed_at": election.frozen_at.isoformat() if election.frozen_at else None,
            "journal_head": chain.hash,
            "sha256": digests,
        }
        archive.writestr("目录.json", json.dumps(contents, ensure_ascii=False, indent=1))
    with change():
        note(actor, "outcome.exported", election, parts=len(digests))
    return len(digests)


def _parts(election: Election, folder: Path, actor: Actor) -> Iterator[tuple[str, Path]]:
    for register in _registers():
        rows = gate.visible_to(actor, register.records()).filter(pk__in=_rows(register, election).values("pk"))
        if gate.may(actor, roles.EXPORT, register.model) and rows.exists():
            path = folder / "part.xlsx"
            export_register(path, register, actor=actor, rows=rows.order_by("pk"))
            yield f"台账/{register.name}.xlsx", path
    for version in _papers(election):
        path = folder / "part.docx"
        path.write_bytes(papers.content_of(version))
        template = template_of(version.paper.code)
        title = template.name if template else version.paper.code
        yield f"文书/{version.paper.number or version.paper_id} {title}.docx".replace("  ", " "), path
    path = folder / "part.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for entry in (
            _entries(election).values("sequence", "at", "actor", "action", "subject_label", "payload", "hash").iterator(2_000)
        ):
            lines.write(json.dumps(entry, ensure_ascii=False, default=str) + "\n")
    yield "日志摘录.jsonl", path


def _registers() -> list[Register]:
    """The registers whose records belong to an election, and the election itself."""
    return [one for one in registry.all_registers() if one.code == "elections.elections" or one.parent == "election"]


def _rows(register: Register, election: Election) -> Any:
    wanted = {"pk": election.pk} if register.model is Election else {"election": election}
    return register.records().filter(**wanted)


def _papers(election: Election) -> list[PaperVersion]:
    """The newest version of each letter of the election, its districts and its votes."""
    rounds = VoteRound.objects.alive().filter(election=election).values("pk")
    districts = ElectoralDistrict.objects.filter(election=election).values("pk")
    mine = Q(paper__code__startswith="vote_round.", paper__subject_id__in=rounds) | Q(
        paper__code__regex="^(vote_election|election)[.]", paper__subject_id=election.pk
    ) | Q(paper__code__startswith="vote_district.", paper__subject_id__in=districts)  # fmt: skip
    newest = PaperVersion.objects.filter(mine).select_related("paper").order_by("paper_id", "-version").distinct("paper_id")
    return list(newest)


def _entries(election: Election) -> Any:
    """The journal's entries about the election and its votes; those that name voters stay in the journal."""
    rounds = VoteRound.objects.filter(election=election).values("pk")
    mine = Q(subject_kind="elections.elections", subject_id=election.pk) | Q(subject_kind=ROUND, subject_id__in=rounds)
    for register in _registers()[1:]:
        mine |= Q(subject_kind=register.code, subject_id__in=_rows(register, election).values("pk"))
    return Entry.objects.filter(mine).order_by("sequence")


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            found.update(part)
    return found.hexdigest()
