"""How the candidates of an election stand: a row for each district, the legal days, and one district in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from renda.core import clock
from renda.directory.gate import Actor
from renda.elections.candidates import changes, consulting, elsewhere, nominating, publishing
from renda.elections.decisions import LegalDate
from renda.elections.models import (
    STANDING,
    Candidate,
    CandidateList,
    Consultation,
    Election,
    ElectoralDistrict,
    IntroductionMeeting,
    ListKind,
    Nomination,
    Nominee,
    PreElection,
    Stage,
)
from renda.law.standing import Range

DONE, LATE, SOON, RUN, IDLE = "done", "late", "soon", "run", "idle"
SOON_DAYS = 7


@dataclass
class Row:
    """One district: its nominees, lists, and what is asked and not held of meetings."""

    district: ElectoralDistrict
    limits: Range
    nominees: list[Nominee] = field(default_factory=list)
    first: CandidateList | None = None
    formal: CandidateList | None = None
    consulted: int = 0
    pre_elected: bool = False
    meetings_due: int = 0
    ledger: int = 0
    """Candidates that the ledger alone knows: those of an election that was not run here."""

    @property
    def standing(self) -> list[Nominee]:
        """Those lawfully nominated who still stand."""
        return [one for one in self.nominees if one.stage in STANDING]

    @property
    def too_few(self) -> bool:
        """Whether fewer stand than the law asks for."""
        return len(self.standing) < self.limits.least

    @property
    def too_many(self) -> bool:
        """Whether more stand than the law allows on the formal list."""
        return self.formal is None and len(self.standing) > self.limits.most

    @property
    def can_first(self) -> bool:
        """Whether the first list can be published."""
        return self.first is None and any(one.stage == Stage.NOMINATED for one in self.nominees)

    @property
    def can_formal(self) -> bool:
        """Whether the formal list can be published."""
        return self.first is not None and self.formal is None


@dataclass(frozen=True)
class Overview:
    """The page: rows and legal days."""

    rows: list[Row]
    dates: Mapping[str, LegalDate]
    over: bool = False
    """The election is past: what its records are silent on raises no alarm."""

    @property
    def first(self) -> LegalDate | None:
        """The last lawful day of the first lists."""
        return self.dates.get(changes.INITIAL)

    @property
    def formal(self) -> LegalDate | None:
        """The last lawful day of the formal lists."""
        return self.dates.get(changes.FORMAL)

    @property
    def steps(self) -> list[tuple[str, int, LegalDate | None, str, int | None]]:
        """Both lists: which, how many districts published it, its day, tone and days left."""
        found = []
        for kind, due in ((ListKind.FIRST, self.first), (ListKind.FORMAL, self.formal)):
            done = sum(1 for one in self.rows if getattr(one, kind))
            left = (due.date - clock.today()).days if due and not self.over else None
            found.append((str(kind.label), done, due, _tone(done, len(self.rows), left), left))
        return found

    @property
    def nominees(self) -> int:
        """Those who stand."""
        return sum(len(one.standing) for one in self.rows)


def _tone(done: int, all_: int, left: int | None) -> str:
    if all_ and done == all_:
        return DONE
    if left is None:
        return IDLE
    return LATE if left < 0 else SOON if left <= SOON_DAYS else RUN


def build(election: Election, actor: Actor) -> Overview:
    """All districts that the actor may see. A fixed number of queries, however many there are."""
    rows = rows_of(election, list(changes.seen_districts(actor, election)), actor)
    return Overview(rows, changes.legal_dates(election), clock.today() > election.election_day)


def rows_of(election: Election, districts: Sequence[ElectoralDistrict], actor: Actor) -> list[Row]:
    """How these districts stand. A fixed number of queries, however many there are."""
    limits: dict[int, Range] = {}
    rows = []
    for one in districts:
        if one.seats not in limits:
            limits[one.seats] = changes.limits_of(one, election)
        rows.append(Row(one, limits[one.seats]))
    by_pk = {one.district.pk: one for one in rows}
    for pk, several in nominating.of_districts(actor, by_pk).items():
        by_pk[pk].nominees = several
    for listed in CandidateList.objects.alive().filter(district__in=by_pk):
        setattr(by_pk[listed.district_id], listed.kind, listed)
    for pk, number in Consultation.objects.filter(district__in=by_pk).values_list("district").annotate(n=Count("pk")).order_by():
        by_pk[pk].consulted = number
    for pk in PreElection.objects.alive().filter(district__in=by_pk).values_list("district", flat=True):
        by_pk[pk].pre_elected = True
    waiting = IntroductionMeeting.objects.alive().filter(Q(held_on__isnull=True), asked_by="voters", district__in=by_pk)
    for pk, number in waiting.values_list("district").annotate(n=Count("pk")).order_by():
        by_pk[pk].meetings_due = number
    kept = Candidate.objects.alive().filter(election=election).order_by()
    by_name = dict(kept.values_list("district").annotate(n=Count("pk")))
    for row in rows:
        row.ledger = 0 if row.nominees else by_name.get(row.district.name, 0)
    return rows


@dataclass(frozen=True)
class Line:
    """A nominee on a district's page: nominations, support in the groups, votes of the pre-election, warnings."""

    nominee: Nominee
    nominations: Sequence[Nomination]
    tone: str
    supporters: int | None
    groups: int
    votes: int | None
    warnings: Sequence[str]


def lines_of(election: Election, row: Row) -> list[Line]:
    """The nominees of a district in full. Five queries, however many."""
    support, votes = consulting.support_of(row.district), publishing.votes_of(row.district)
    warned = elsewhere.warnings(election, row.standing)
    kept: dict[int, list[Nomination]] = {}
    for one in Nomination.objects.alive().filter(district=row.district).order_by("pk"):
        kept.setdefault(one.nominee_id, []).append(one)
    tones = {Stage.FORMAL: DONE, Stage.FIRST: RUN, Stage.NOMINATED: RUN, Stage.PROPOSED: SOON}
    found = []
    for nominee in row.nominees:
        groups, total = support.get(nominee.pk, (0, None))
        found.append(
            Line(
                nominee, kept.get(nominee.pk, []), tones.get(Stage(nominee.stage), IDLE), total, groups, votes.get(nominee.pk),
                warned.get(nominee.pk, []),
            )
        )  # fmt: skip
    return found
