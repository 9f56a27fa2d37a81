"""Issuing announcements: numbered through the election without gaps, issued once, voided with a reason; what is due when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.documents import papers
from renda.documents.language import TemplateFault
from renda.documents.models import PaperVersion
from renda.documents.registry import get
from renda.elections import legal
from renda.elections.candidates import changes
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.letters import values
from renda.elections.candidates.letters.words import BY_CODE, KIND, KINDS, Kind
from renda.elections.closed import require_open
from renda.elections.decisions import LegalDate
from renda.elections.models import Announcement, Election, ElectoralDistrict
from renda.journal.services import change

LONGEST_NAME = 40


@dataclass(frozen=True)
class Due:
    """An announcement that the election needs: those issued, and until when the law asks for it, if it does."""

    kind: Kind
    issued: list[Announcement]
    due: LegalDate | None
    wanted: int
    over: bool = False
    """The election is past: what its records are silent on raises no alarm."""

    @property
    def complete(self) -> bool:
        """Whether it was issued (for each district, where it is of one)."""
        return len(self.issued) >= self.wanted

    @property
    def left(self) -> int | None:
        """Days until its legal day; below zero where it has passed."""
        return (self.due.date - clock.today()).days if self.due and not self.over else None

    @property
    def tone(self) -> str:
        """How it stands."""
        if self.complete:
            return "done"
        if self.left is None:
            return "idle"
        return "late" if self.left < 0 else "soon" if self.left <= 7 else "run"


def kinds_for(election: Election) -> list[Kind]:
    """The announcements that there are for an election."""
    other = "general" if election.by_election else "by_election"
    return [one for one in KINDS if one.only != other]


def standing(election: Election, actor: Actor) -> list[Due]:
    """Each announcement with those issued. Three queries."""
    issued: dict[str, list[Announcement]] = {}
    for one in gate.visible_to(actor, Announcement.objects.alive()).filter(election=election).select_related("district"):
        issued.setdefault(one.code, []).append(one)
    districts = changes.seen_districts(actor, election).count()
    days, over = legal.dates(election), clock.today() > election.election_day
    return [
        Due(kind, issued.get(kind.code, []), days.get(kind.due), max(1, districts) if kind.due and kind.of_district else 1, over)
        for kind in kinds_for(election)
    ]


def issue(
    election: Election, code: str, *, on: date, district: ElectoralDistrict | None = None, asked: Mapping[str, Any] | None = None, actor: Actor
) -> Announcement:  # fmt: skip
    """Issue an announcement: give it the next number, make its paper from the records, journal it.

    Raises CandidateFault where what it announces is not recorded, it stands already, or its day cannot be; TemplateFault where the office's
    template does not work. Then no number is used.
    """
    gate.require(actor, roles.CREATE, Announcement)
    kind = BY_CODE.get(code)
    if kind is None or kind not in kinds_for(election):
        raise CandidateFault(_("请选择公告的种类。"))
    if kind.of_district and district is None:
        raise CandidateFault(_("“%(name)s”公告按选区发布，请选择选区。") % {"name": kind.name})
    if on > clock.today():
        raise CandidateFault(_("发布日期 %(on)s 还没有到，请核对。") % {"on": on})
    said = dict(asked or {})
    if code == "correction" and not said.get("更正内容"):
        raise CandidateFault(_("请写明更正的内容。"))
    with change(), changes.said_by_constraints():
        require_open(Election.objects.select_for_update(of=("self",)).get(pk=election.pk))
        _not_yet(election, kind, district)
        number = (Announcement.objects.filter(election=election).aggregate(n=Max("number"))["n"] or 0) + 1
        made = Announcement.objects.create(
            election=election, division=election.division, district=district, code=code, number=number, title=_title(kind, district),
            issued_on=on, said=said, by=str(actor)[:200],
        )  # fmt: skip
        _paper(made, kind, district, said, actor)
        changes.note(
            actor, "announcement.issued", changes.ANNOUNCEMENT, made.pk, f"{election.name}第{number}号公告", on=str(on), announcement=kind.name,
            district=district.name if district else "",
        )  # fmt: skip
    return made


def _title(kind: Kind, district: ElectoralDistrict | None) -> str:
    return f"{district.name}{kind.name}公告" if district else f"{kind.name}公告"


def _not_yet(election: Election, kind: Kind, district: ElectoralDistrict | None) -> None:
    held = Announcement.objects.alive().filter(election=election, code=kind.code, district=district).first()
    if held is not None and not kind.often:
        words = _("“%(title)s”已以第 %(n)s 号发布。有误的，请作废后重新发布，或者发更正公告。")
        raise CandidateFault(words % {"title": held.title, "n": held.number})


def _paper(
    made: Announcement, kind: Kind, district: ElectoralDistrict | None, said: Mapping[str, Any], actor: Actor
) -> PaperVersion:  # fmt: skip
    template, election = get(kind.template), made.election
    words = values.of_announcement(
        template, election=election, kind=kind, district=district, number=made.number, on=made.issued_on, asked=said
    )
    order = papers.Order(template, made.pk, 0, election.division, None, changes.ANNOUNCEMENT, made.title)
    number = f"{election.name[-LONGEST_NAME:]}公告第{made.number}号"
    return papers.make(order, words, number=number, fresh_number=str, asked=said, reason="", actor=actor)


def content(one: Announcement) -> bytes:
    """The .docx of an announcement. Raises TemplateFault where none was kept."""
    for paper in papers.of_subject(KIND, one.pk):
        version = paper.versions.order_by("-version").first()
        if version is not None:
            return papers.content_of(version)
    raise TemplateFault(_("这份公告没有保存文书。"))


def void(one: Announcement, *, reason: str, actor: Actor) -> None:
    """Void an announcement that was issued by mistake; its number is not given again. Refused without a reason."""
    gate.require(actor, roles.EDIT, one)
    with change():
        require_open(Election.objects.select_for_update(of=("self",)).get(pk=one.election_id))
        found = Announcement.objects.select_for_update(of=("self",)).select_related("election").get(pk=one.pk)
        words = changes.reason_of(reason, _("请写明作废的原因。"))
        if found.voided_at:
            raise CandidateFault(_("这份公告已经作废。"))
        found.voided_at, found.void_reason = clock.now(), words
        found.save(update_fields=["voided_at", "void_reason"])
        label = f"{found.election.name}第{found.number}号公告"
        changes.note(actor, "announcement.voided", changes.ANNOUNCEMENT, found.pk, label, reason=words)
