"""The congress's own organ of a division: in whose name its letters go out."""

from __future__ import annotations

from renda.directory.models import Division, Organ
from renda.directory.models.divisions import Level
from renda.directory.models.organs import OrganKind


def organ(division: Division) -> Organ | None:
    """The standing committee of a county, the presidium of a township; None where the list of organs lacks it."""
    kind = OrganKind.PRESIDIUM if division.level == Level.TOWNSHIP else OrganKind.STANDING_COMMITTEE
    return Organ.objects.alive().filter(division=division, kind=kind).order_by("pk").first()


def name(division: Division) -> str:
    """Its name; where the list of organs lacks it, as the law names it."""
    found = organ(division)
    if found is not None:
        return found.name
    return f"{division.name}人民代表大会{'主席团' if division.level == Level.TOWNSHIP else '常务委员会'}"


def county_of(division: Division) -> Division:
    """The county that a division lies in, itself included; the division itself where there is none."""
    one: Division | None = division
    while one is not None and one.level != Level.COUNTY:
        one = one.parent
    return one or division
