"""Who runs an election: the tree of bodies with their members, what local rules say of their size, and people at polling places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from renda.directory.models import Hat
from renda.directory.models.divisions import Level
from renda.elections.legal import law_on
from renda.elections.models import (
    BodyKind,
    BodyMember,
    BodyPost,
    Election,
    ElectionBody,
    ElectoralDistrict,
    PlaceKind,
    PollingPlace,
    PollingStaff,
    StaffTask,
    VoterGroup,
)
from renda.law import LawError
from renda.law.values import Value

SIZE, CHAIR, GROUP, MOBILE = "elec.committee.size", "elec.committee.chair", "elec.workgroup.size", "elec.vote.mobile.staff"
IN_CHARGE = (BodyPost.CHAIR, BodyPost.VICE, BodyPost.LEADER, BodyPost.DEPUTY)


@dataclass
class Node:
    """One body in the tree, ``depth`` below the top, with its people and what is to be said of it."""

    body: ElectionBody
    depth: int
    people: list[BodyMember]
    accounts: int
    words: list[str] = field(default_factory=list)

    @property
    def heads(self) -> list[BodyMember]:
        """Those in charge, in the order of their posts."""
        order = {post: place for place, post in enumerate(IN_CHARGE)}
        return sorted((one for one in self.people if one.post in order), key=lambda one: order[BodyPost(one.post)])


@dataclass(frozen=True)
class PlaceRow:
    """A polling place with the numbers of its people, and what local rules ask for that it lacks."""

    place: PollingPlace
    counts: Mapping[str, int]
    lacks: str = ""

    @property
    def staff(self) -> int:
        """Everybody who works there."""
        return sum(self.counts.values())


def tree(election: Election) -> list[Node]:
    """The bodies from the top, each before those below it. Three queries and the law."""
    bodies = list(
        ElectionBody.objects.alive().filter(election=election).select_related("division", "organ").order_by("kind", "pk")
    )
    people: dict[int, list[BodyMember]] = defaultdict(list)
    for one in BodyMember.objects.alive().filter(election=election, until__isnull=True).defer("phone").order_by("pk"):
        people[one.body_id].append(one)
    accounts = dict(
        Hat.objects.filter(organ__in=[one.organ_id for one in bodies if one.organ_id], account__is_active=True)
        .values_list("organ").annotate(n=Count("account", distinct=True))
    )  # fmt: skip
    below: dict[int | None, list[ElectionBody]] = defaultdict(list)
    known = {one.pk for one in bodies}
    for one in bodies:
        below[one.parent_id if one.parent_id in known else None].append(one)
    found: list[Node] = []
    _walk(None, 0, below, found, lambda body, depth: Node(body, depth, people[body.pk], accounts.get(body.organ_id, 0)))
    reading = _Rules(election)
    for node in found:
        node.words += reading.of_body(node)
    return found


def _walk(parent: int | None, depth: int, below: Mapping[int | None, list[ElectionBody]], found: list[Node], make: Any) -> None:
    for body in below.get(parent, ()):
        if all(node.body.pk != body.pk for node in found):
            found.append(make(body, depth))
            _walk(body.pk, depth + 1, below, found, make)


def places(election: Election, *, only_lacking: bool = False) -> list[PlaceRow]:
    """Polling places and mobile boxes with their people by task. Two queries and the law."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = PollingStaff.objects.alive().filter(election=election).values_list("place", "task").annotate(n=Count("pk"))
    for place, task, number in rows:
        counts[place][task] = number
    reading = _Rules(election)
    found = [
        PlaceRow(one, counts[one.pk], reading.of_place(one, counts[one.pk]))
        for one in PollingPlace.objects.alive().filter(election=election).order_by("division__path", "district", "kind", "name")
    ]
    return [one for one in found if one.lacks] if only_lacking else found


def groups_of(election: Election) -> dict[str, int]:
    """Voter groups: how many, how many without a leader, how many districts have none. Two queries."""
    groups = VoterGroup.objects.alive().filter(election=election)
    found = groups.aggregate(
        all=Count("pk"), headless=Count("pk", filter=Q(leader="")), districts=Count("district", distinct=True)
    )
    total = ElectoralDistrict.objects.alive().filter(election=election).count()
    return {"all": found["all"], "headless": found["headless"], "without": total - found["districts"]}


class _Rules:
    """What a province in use says of numbers of people; nothing is said where none does (the national law names no number)."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.prefix = "township_" if election.level == Level.TOWNSHIP else "county_"
        self._values: dict[str, Value | None] = {}

    def value(self, key: str) -> Value | None:
        if key not in self._values:
            try:
                self._values[key] = law_on(self.election)(key)
            except LawError:
                self._values[key] = None
        return self._values[key]

    def number(self, key: str, name: str) -> int | None:
        value = self.value(key)
        if value is None or not isinstance(value.value, Mapping):
            return None
        found = value.value.get(self.prefix + name, value.value.get(name))
        return int(found) if isinstance(found, int) else None

    def of_body(self, node: Node) -> Iterable[str]:
        key = {BodyKind.COMMITTEE: SIZE, BodyKind.GROUP: GROUP}.get(BodyKind(node.body.kind))
        if key and node.people:
            yield from self._within(key, len(node.people))
        if key == SIZE and node.people:
            chairs = sum(one.post == BodyPost.CHAIR for one in node.people)
            wanted, value = self.number(CHAIR, "chairs"), self.value(CHAIR)
            if wanted is not None and value is not None and chairs != wanted:
                yield _("主任 %(n)s 人，应为 %(wanted)s 人（%(article)s）") % {
                    "n": chairs,
                    "wanted": wanted,
                    "article": value.citation,
                }

    def _within(self, key: str, number: int) -> Iterable[str]:
        least, most, value = self.number(key, "min"), self.number(key, "max"), self.value(key)
        if value is None or least is None or most is None or least <= number <= most:
            return
        numbers = {"n": number, "least": least, "most": most, "article": value.citation}
        yield _("现有 %(n)s 人，一般应为 %(least)s 至 %(most)s 人（%(article)s）") % numbers

    def of_place(self, place: PollingPlace, counts: Mapping[str, int]) -> str:
        if place.kind != PlaceKind.MOBILE_BOX:
            return ""
        value = self.value(MOBILE)
        if value is None:
            return ""
        scrutineers, staff = self.number(MOBILE, "scrutineers_min") or 0, self.number(MOBILE, "staff_min") or 0
        have, everybody = counts.get(StaffTask.SCRUTINEER, 0), sum(counts.values())
        if have >= scrutineers and everybody >= staff:
            return ""
        numbers = {"have": have, "scrutineers": scrutineers, "all": everybody, "article": value.citation}
        return _("监票人 %(have)s 人，至少 %(scrutineers)s 人；共 %(all)s 人（%(article)s）") % numbers
