"""Seats in two areas: a nominee who is a deputy, or a nominee, of an area that is neither above nor below this one (选举法 48)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.directory.models import Division, Mandate
from renda.elections import legal
from renda.elections.models import STANDING, Election, Nominee


def warnings(election: Election, several: Sequence[Nominee]) -> dict[int, list[str]]:
    """What must be said of each nominee, by key. Compared by identity number alone: a name may be another person's. Two queries."""
    hashes = {bytes(one.identity_hash): one.pk for one in several if one.identity_hash}
    found: dict[int, list[str]] = defaultdict(list)
    if not hashes:
        return found
    article = legal.law_on(election)("elec.cand.two_areas").citation
    for pk, words in (*_mandates(election, hashes), *_nominees(election, hashes)):
        found[pk].append(
            _("%(where)s，与本次选举的行政区域没有隶属关系，不得同时担任（%(article)s）") % {"where": words, "article": article}
        )
    return found


def _mandates(election: Election, hashes: dict[bytes, int]) -> Iterable[tuple[int, str]]:
    day = election.election_day
    rows = Mandate.objects.alive().filter(Q(until__isnull=True) | Q(until__gte=day), person__identity_hash__in=list(hashes))
    for one in rows.select_related("person", "division"):
        if apart(one.division, election.division):
            words = _("现为%(area)s第%(term)s届人大代表") % {"area": one.division.name, "term": one.term_number}
            yield hashes[bytes(one.person.identity_hash)], words


def _nominees(election: Election, hashes: dict[bytes, int]) -> Iterable[tuple[int, str]]:
    rows = Nominee.objects.alive().filter(identity_hash__in=list(hashes), stage__in=STANDING).exclude(election=election)
    for one in rows.filter(election__voided_at__isnull=True, election__frozen_at__isnull=True).select_related(
        "division", "election"
    ):
        if apart(one.division, election.division):
            words = _("已在“%(election)s”%(area)s被推荐为候选人") % {"election": one.election.name, "area": one.division.name}
            yield hashes[bytes(one.identity_hash)], words


def apart(one: Division, other: Division) -> bool:
    """Whether neither area lies in the other: nobody is deputy of both (选举法 48)."""
    return not (one.within(other) or other.within(one))
