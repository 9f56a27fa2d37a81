"""What petitioners do themselves on the public pages: hand in, look up, rate. Nothing of who they are enters the journal or a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.cells import DateValue
from renda.core.crypto import keyed_hash
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.files import services as files
from renda.journal.services import Line, change, record
from renda.petitions.effects import REGISTER, fresh_code
from renda.petitions.models import Form, Petition, Rating, Source
from renda.procedure.models import Milestone
from renda.registers import registry, services

PETITIONER = replace(OPERATOR, name="信访人")
GIVEN = (
    "title",
    "petitioner",
    "phone",
    "address",
    "content",
    "complained",
    "demand",
    "secret",
    "collective",
    "persons",
    "representatives",
)
RATED_FROM = ("answered", "closed", "reviewed", "rechecked")
MOST_PICTURES = 5


class NotNow(ValueError):
    """What the petitioner asks for cannot be done now; the text says why."""


@dataclass(frozen=True)
class Picture:
    """A picture that the petitioner attaches."""

    name: str
    content: bytes


def submit_online(values: Mapping[str, Any], division: Division, token: str, pictures: Sequence[Picture] = ()) -> Petition:
    """Register a petition from the public pages (信访工作条例 17, 19, 22). The same ``token`` twice is one petition.

    ``values`` holds the fields of ``GIVEN``. Raises files.FileRefused for what is no picture; registers.services.Refused for a broken rule.
    """
    key = f"网上\x1f{token}"
    held = Petition.objects.filter(natural_key=key, keeper=division).first()
    if held is not None:
        return held
    for one in pictures[:MOST_PICTURES]:
        files.look(one.content)
    row = {name: values[name] for name in GIVEN if name in values}
    row |= {
        "number": "",
        "form": Form.ONLINE.value,
        "source": Source.DIRECT.value,
        "division": division.pk,
        "keeper": division.pk,
        "received": DateValue(clock.today(), "day"),
        "query_code": fresh_code(),
    }
    with change():
        (pk,) = services.save(registry.get(REGISTER), [services.Change(row, None, key)], actor=PETITIONER)
        petition = Petition.objects.get(pk=pk)
        for one in pictures[:MOST_PICTURES]:
            files.attach(REGISTER, petition, one.name, one.content, actor=PETITIONER)
    return petition


def look_up(number: str, code: str, division: Division) -> Petition | None:
    """The petition with this number and query code; None alike where the number is unknown and where the code is wrong."""
    rows = Petition.objects.alive().select_related("handler", "reviewer", "rechecker", "division")
    return rows.filter(query_hash=keyed_hash(code.strip().upper()), number=number.strip(), keeper=division).first()


def may_rate(petition: Petition) -> bool:
    """Whether the petitioner may rate the handling now: after an answer, once (信访工作条例 21(2))."""
    return not petition.rating and Milestone.objects.filter(matter_id=petition.pk, code__in=RATED_FROM).exists()


def rate(petition: Petition, rating: str, words: str = "") -> None:
    """Keep the petitioner's rating. Raises NotNow before an answer and for a second time."""
    if rating not in Rating.values:
        raise NotNow(_("请选择满意、基本满意或者不满意。"))
    with change():
        locked = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
        if not may_rate(locked):
            raise NotNow(_("该事项尚未答复，或者您已经评价过。"))
        row = {"id": locked.pk, "rating": rating, "rated_on": clock.today(), "rating_words": words.strip()[:500]}
        bulk.update(Petition, [row], ["rating", "rated_on", "rating_words"])
        record(Line(PETITIONER.name, "petition.rated", REGISTER, locked.pk, locked.number, {"rating": rating}))
