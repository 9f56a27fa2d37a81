"""Whose mandate a matter is about, and the electoral district that its voters are looked up in."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from renda.directory.models import Division, Mandate, Organ, Post
from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganKind
from renda.elections.models import ElectoralDistrict

COUNTY_BODIES = (OrganKind.STANDING_COMMITTEE, OrganKind.SPECIAL_COMMITTEE)
TOWNSHIP_POSTS = ("主席", "副主席")


def held(person: int, level: str, on: date) -> Mandate | None:
    """The mandate of a person at a level on a day; one that ended on that very day counts. None where there is none."""
    rows = Mandate.objects.alive().filter(person=person, level=level, since__lte=on)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=on)).select_related("division", "person").order_by("-since").first()


def district_of(mandate: Mandate) -> ElectoralDistrict | None:
    """The electoral district of the general election of the mandate's term, by its name; None where it is not entered."""
    rows = ElectoralDistrict.objects.alive().filter(
        election__voided_at__isnull=True, election__by_election=False, election__rehearsal=False,
        election__level=mandate.level, election__term_number=mandate.term_number, name=mandate.electoral_district,
    )  # fmt: skip
    near = [one for one in rows.select_related("election__division", "division") if _near(one, mandate)]
    return near[0] if len(near) == 1 else None


def _near(district: ElectoralDistrict, mandate: Mandate) -> bool:
    """Whether the congress that was elected is the one that the deputy sits in."""
    return mandate.division.within(district.election.division)


def posts_lost(mandate: Mandate) -> list[Post]:
    """The posts still held that end with the mandate (选举法 54, 56): standing and special committees for a county deputy, chair and vice
    chair of the congress for a township deputy."""
    rows = Post.objects.alive().filter(person=mandate.person_id, until__isnull=True).select_related("organ")
    if mandate.level == Level.COUNTY:
        rows = rows.filter(Q(committee_member=True) | Q(organ__kind__in=COUNTY_BODIES), organ__in=_of_county(mandate.division))
    else:
        own = Organ.objects.filter(division=mandate.division, kind__in=(OrganKind.PRESIDIUM, OrganKind.CONGRESS))
        titles = Q()
        for title in TOWNSHIP_POSTS:
            titles |= Q(title__endswith=title)
        rows = rows.filter(titles, organ__in=own)
    return list(rows.order_by("pk"))


def _of_county(division: Division) -> object:
    county: Division | None = division
    while county is not None and county.level != Level.COUNTY:
        county = county.parent
    return Organ.objects.filter(division=county or division).values("pk")
