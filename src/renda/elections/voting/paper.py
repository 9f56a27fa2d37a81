"""The ballot as PDF for printing: every copy the same, without number, code or mark that could tell whose it was (选举法 40, 41, 44)."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

from django.utils.translation import gettext as _

from renda.documents.days import spoken
from renda.documents.pdf import NoPdf
from renda.elections.models import Round, VoteRound
from renda.elections.voting import changes
from renda.law.thresholds import required

A5, A4 = "a5", "a4"
SIZES = {A5: "A5，每页一张", A4: "A4 横向，每页两张"}
MOST_COPIES = 2000
FOR, AGAINST = "○", "×"


@dataclass(frozen=True)
class Ballot:
    """What stands on a ballot: title, district, names in order, blank lines for others, notes, seal and day."""

    title: str
    district: str
    heading: str
    names: tuple[str, ...]
    blanks: int
    notes: tuple[str, ...]
    seal: str
    day: str


def ballot_of(one: VoteRound, *, extra: Sequence[str] = ()) -> Ballot:
    """The ballot of a round. The law fixes no form (选举法 41 names what a voter may do); the notes say what it does fix."""
    blanks = 0 if one.kind == Round.TIE else one.seats
    return Ballot(
        title=f"{one.election.congress_name(one.division)}代表选票",
        district=one.district.name,
        heading="" if one.kind == Round.FIRST else one.get_kind_display(),
        names=tuple(one.candidates.values_list("name", flat=True)),
        blanks=blanks,
        notes=(*_notes(one, blanks), *(line for line in extra if line.strip())),
        seal=_("（选举委员会印章）"),
        day=spoken(one.day),
    )


def _notes(one: VoteRound, blanks: int) -> list[str]:
    law = changes.law_of(one)
    rule, options, scribe = law("elec.count.valid_ballot"), law("elec.vote.options"), law("elec.vote.scribe")
    most = required(rule.value, rule.comparison, one.seats)
    notes = [
        f"应选代表 {one.seats} 名。所选的人数等于或者少于 {most} 名的有效，多于 {most} 名的作废（{rule.citation}）。",
        f"赞成的，在姓名前的符号栏内画“{FOR}”；反对的画“{AGAINST}”；弃权的不画符号（{options.citation}）。",
    ]
    if blanks:
        notes.append(f"另选其他选民的，在空格内写上姓名，并在符号栏内画“{FOR}”。")
    return [*notes, f"不能写选票的，可以委托信任的人代写（{scribe.citation}）。"]


def pdf(one: VoteRound, *, size: str = A5, copies: int = 1, extra: Sequence[str] = ()) -> bytes:
    """``copies`` equal ballots as PDF. Raises NoPdf where the typesetter is missing or the number cannot be."""
    if size not in SIZES or not 1 <= copies <= MOST_COPIES:
        raise NoPdf(_("一次生成 1 至 %(most)s 张，更多的请分次或者交印刷厂按样张印制。") % {"most": MOST_COPIES})
    try:
        typst = importlib.import_module("typst")
    except ImportError as error:
        raise NoPdf(_("本机没有安装排版程序，不能生成选票。请管理员按安装说明补装后再试。")) from error
    source = (files(__package__) / "ballot.typ").read_bytes()
    inputs = {"ballot": json.dumps(asdict(ballot_of(one, extra=extra)), ensure_ascii=False), "size": size, "copies": str(copies)}
    made: bytes = typst.compile(source, format="pdf", sys_inputs=inputs)
    return made
