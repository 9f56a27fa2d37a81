"""What posters and voter cards say, as data for their templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from renda.directory.models.people import Sex
from renda.documents.days import spoken
from renda.elections.lists.dates import OBJECTION, PUBLISH, objection_until
from renda.elections.models import (
    Election,
    ElectoralDistrict,
    ExtraField,
    Listed,
    PlaceKind,
    PollingPlace,
    Publication,
    WhyOff,
)
from renda.lawbook.reading import context
from renda.procedure import lawful

SEXES = {code: str(label) for code, label in Sex.choices}
LAWFUL_ONLY = {str(WhyOff(one).label) for one in (WhyOff.DEPRIVED, WhyOff.SUSPENDED, WhyOff.INCAPABLE)}
"""Reasons that a poster does not spell out: it says that the law has it so."""
BY_LAW = "依法不列入"


def poster(publication: Publication, election: Election, paper: str) -> dict[str, Any]:
    """A voter list or a correction to it, for posting."""
    correction = publication.number > 0
    title = f"选民名单补正公告（第{publication.number}号）" if correction else "选民名单公告"
    return {
        "paper": paper, "title": title, "district": publication.district.name, "election": election.name, "committee": election.committee_name,
        "date": spoken(publication.published_on), "intro": _intro(publication, election),
        "sections": list(_corrected(publication) if correction else _grouped(publication)),
    }  # fmt: skip


def _intro(publication: Publication, election: Election) -> list[str]:
    under, day = context(election.division), publication.published_on
    name = publication.district.name
    if publication.number:
        basis = f"根据{lawful.citation(under, 'elec.voter.update.move', day)}的规定，"
        words = f"{basis}现将{name}选民名单公布后的变动补正公布如下。补正后本选区共有选民 {publication.voters} 人。"
    else:
        basis = f"根据{lawful.citation(under, PUBLISH, day)}的规定，"
        words = f"{basis}现将{name}选民名单公布如下。本选区共有选民 {publication.voters} 人，选举日为{spoken(election.election_day)}。"
    until = objection_until(election.division, day)
    if until is None:
        return [words]
    days = under.parameter(OBJECTION, as_of=day)
    asked = (
        f"对名单有不同意见的，可以自公布之日起{days.value}日内（{spoken(until.date)}前）向{election.committee_name}提出申诉"
        f"（{until.citation}）。"
    )
    return [words, asked]


def _extra(row: Listed, fields: Sequence[str]) -> str:
    parts = [SEXES.get(row.sex, "")]
    parts += [str(row.age)] if ExtraField.AGE in fields else []
    parts += [f"{row.birth_year}年生"] if ExtraField.BIRTH_YEAR in fields else []
    return " ".join(parts)


def _grouped(publication: Publication) -> Iterator[dict[str, Any]]:
    """The names of a list by voter group."""
    groups: dict[str, list[list[str]]] = {}
    for row in Listed.objects.filter(publication=publication).order_by("place"):
        groups.setdefault(row.group, []).append([str(row.place), row.name, _extra(row, publication.fields)])
    for name, rows in groups.items():
        yield {"name": name or ("未编选民小组" if len(groups) > 1 else "选民"), "note": f"{len(rows)} 人", "rows": rows}


def _corrected(publication: Publication) -> Iterator[dict[str, Any]]:
    """Who came and who went."""
    came = Listed.objects.filter(publication=publication).order_by("place")
    went = Listed.objects.filter(ended_by=publication).order_by("place")
    same = set(came.values_list("voter", flat=True)) & set(went.values_list("voter", flat=True))
    for name, rows in (
        ("增列", [[str(row.place), row.name, _extra(row, publication.fields)] for row in came if row.voter_id not in same]),
        ("更正", [[str(row.place), row.name, _extra(row, publication.fields)] for row in came if row.voter_id in same]),
        ("除名", [[str(row.place), row.name, _why(row.ended_why)] for row in went if row.voter_id not in same]),
    ):
        if rows:
            yield {"name": name, "note": f"{len(rows)} 人", "rows": rows}


def _why(reason: str) -> str:
    return BY_LAW if reason in LAWFUL_ONLY else reason


def listed_in(election: Election, districts: Sequence[ElectoralDistrict]) -> QuerySet[Listed]:
    """The voters who get a card: those on the lists in force of the districts."""
    rows = Listed.objects.filter(election_id=election.roll_id, district__in=districts, ended_by__isnull=True)
    return rows.order_by("district", "place")


def card_number(district: ElectoralDistrict, place: int) -> str:
    """The number of a voter's card: district and place on its list."""
    return f"{district.code or district.pk}-{place:05d}"


def places(districts: Sequence[ElectoralDistrict]) -> dict[int, str]:
    """Where the voters of each district vote (assembly or polling station), from the ledger of polling places."""
    names = {(one.election_id, one.name): one.pk for one in districts}
    parents = {(one.parent.election_id, one.parent.name): one.pk for one in districts if one.parent}
    found: dict[int, list[str]] = {}
    elections = {key[0] for key in (*names, *parents)}
    rows = PollingPlace.objects.alive().filter(election__in=elections).exclude(kind=PlaceKind.MOBILE_BOX).order_by("pk")
    for election, district, name in rows.values_list("election_id", "district", "name"):
        pk = names.get((election, district)) or parents.get((election, district))
        if pk and name not in found.setdefault(pk, []):
            found[pk].append(name)
    return {pk: "、".join(several) for pk, several in found.items()}


def cards(
    rows: Sequence[Listed], election: Election, fields: Sequence[str], where: dict[int, str], *, single: bool
) -> dict[str, Any]:
    """Voter cards of these rows (with their districts loaded)."""
    under, day = context(election.division), election.election_day
    aged = ExtraField.AGE in fields
    return {
        "single": single, "election": election.name, "committee": election.committee_name, "day": spoken(day),
        "note": f"凭身份证或者选民证领取选票（{lawful.citation(under, 'elec.voter.id', day)}）。",
        "traits": "性别年龄" if aged else "性　　别",
        "cards": [
            {
                "name": row.name, "traits": f"{SEXES.get(row.sex, '')}　{row.age} 岁" if aged else SEXES.get(row.sex, ""),
                "district": row.district.name, "group": row.group or "—", "number": card_number(row.district, row.place), "code": row.code,
                "place": where.get(row.district_id) or "见投票公告",
            }
            for row in rows
        ],
    }  # fmt: skip
