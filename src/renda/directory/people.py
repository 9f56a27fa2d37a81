"""One row per human being: matching written people with the directory's, and adding those who are new.

Matched by keyed hash of the identity number where known, otherwise by name, birth date and employer; a name that fits two is never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renda.core import bulk, rehashing
from renda.core.crypto import keyed_hash, keyed_mark
from renda.core.pinyin import initials, pinyin_key
from renda.directory.models import Division, Person
from renda.directory.names import Candidate, people_by_name

FIELDS = ("name", "sex", "birth_date", "nationality", "party", "education", "employer", "identity_number", "phone")
Written = Mapping[str, Any]


def match(people: Sequence[Written], path: str) -> tuple[list[int | None], dict[int, str]]:
    """The person that each written one is (None: new), and a reason for each that cannot be told (by index)."""
    by_identity = _by_identity(people)
    by_name = people_by_name({p["name"] for p in people if p.get("name")}, path)
    identified = set(_with_identity(c.pk for several in by_name.values() for c in several))
    found: list[int | None] = []
    faults: dict[int, str] = {}
    for index, written in enumerate(people):
        pk, fault = _match_one(written, by_identity, by_name.get(written.get("name", ""), []), identified)
        found.append(pk)
        if fault:
            faults[index] = fault
    return found, faults


def _by_identity(people: Sequence[Written]) -> dict[bytes, tuple[int, str]]:
    hashes = [keyed_hash(p["identity_number"]) for p in people if p.get("identity_number")]
    rows = Person.objects.alive().filter(identity_hash__in=hashes).values_list("identity_hash", "pk", "name")
    return {bytes(value): (pk, name) for value, pk, name in rows}


def _with_identity(pks: Any) -> Any:
    return Person.objects.filter(pk__in=list(pks), identity_hash__isnull=False).values_list("pk", flat=True)


def _match_one(
    written: Written, by_identity: Mapping[bytes, tuple[int, str]], candidates: list[Candidate], identified: set[int]
) -> tuple[int | None, str]:
    identity = written.get("identity_number")
    if identity:
        known = by_identity.get(keyed_hash(identity))
        if known and known[1] != written["name"]:
            return None, "该身份证号已登记在另一姓名下，请核对姓名和号码"
        if known:
            return known[0], ""
        candidates = [c for c in candidates if c.pk not in identified]
    fitting = [c for c in candidates if _agrees(written, c)]
    if len(fitting) > 1:
        shown = "、".join(str(c) for c in fitting[:5])
        return None, _("“%(name)s”与 %(fitting_count)s 人相符：%(shown)s，请补充身份证号或出生日期") % {
            "name": written["name"],
            "fitting_count": len(fitting),
            "shown": shown,
        }
    return (fitting[0].pk, "") if fitting else (None, "")


def _agrees(written: Written, candidate: Candidate) -> bool:
    birth: date | None = written.get("birth_date")
    if birth and candidate.birth:
        return birth.isoformat() == candidate.birth
    employer = written.get("employer") or ""
    return not (employer and candidate.employer) or employer == candidate.employer


def put(people: Sequence[Written], pks: Sequence[int | None], divisions: Sequence[int]) -> list[int]:
    """Add those without a primary key (the same new person once), bring the others up to date; returns all primary keys."""
    fresh: dict[tuple, int] = {}
    rows: list[dict[str, Any]] = []
    places: list[int | None] = []
    for written, pk, division in zip(people, pks, divisions, strict=True):
        token = (
            written.get("identity_number") or (written.get("name"), written.get("birth_date"), written.get("employer") or ""),
        )
        if pk is None and token not in fresh:
            fresh[token] = len(rows)
            rows.append(_row(written, division))
        places.append(None if pk is not None else fresh[token])
    added = bulk.insert(Person, rows)
    _bring_up_to_date({pk: written for written, pk in zip(people, pks, strict=True) if pk is not None})
    return [pk if pk is not None else added[place] for pk, place in zip(pks, places, strict=True)]  # type: ignore[index]


def _row(written: Written, division: int) -> dict[str, Any]:
    name = written["name"]
    own = {field: written[field] for field in FIELDS if written.get(field) not in (None, "")}
    return {
        **own,
        "division_id": division,
        "natural_key": person_key(written),
        "pinyin": pinyin_key(name),
        "initials": initials(name, as_name=True)[:30],
    }


def person_key(written: Written) -> str:
    """The natural key of a person: name, birth date and a keyed digest of the identity number."""
    identity = written.get("identity_number")
    return "\x1f".join((written["name"], str(written.get("birth_date") or ""), keyed_mark(identity) if identity else ""))


@rehashing.with_table(Person._meta.db_table)
def rekey(key: bytes, part: int = 2_000) -> int:
    """Write the natural keys of people with identity numbers anew under a new lookup key; returns how many."""
    count = 0
    people = Person.objects.exclude(identity_number=None).only("pk", "natural_key", "identity_number").order_by("pk")
    rows: list[dict[str, Any]] = []
    for person in people.iterator(part):
        head, found, _mark = person.natural_key.rpartition("\x1f")
        fresh = f"{head}\x1f{keyed_mark(str(person.identity_number), key)}"
        if found and _mark and fresh != person.natural_key:
            rows.append({"id": person.pk, "natural_key": fresh})
    for start in range(0, len(rows), part):
        bulk.update(Person, rows[start : start + part], ["natural_key"])
        count += len(rows[start : start + part])
    return count


def _bring_up_to_date(people: Mapping[int, Written]) -> None:
    """Write what is given and differs; what is not given stays."""
    held = {p.pk: p for p in Person.objects.filter(pk__in=people)}
    changed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pk, written in people.items():
        for field in FIELDS[1:]:
            value = written.get(field)
            if value not in (None, "") and value != getattr(held[pk], field):
                changed[field].append({"id": pk, field: value})
    for field, rows in changed.items():
        bulk.update(Person, rows, [field])


def in_scope(path: str) -> Any:
    """The living people of a division's subtree."""
    return Person.objects.alive().filter(division__in=Division.objects.subtree(path))
