"""What petitioners do themselves on the public pages: hand in, look up, rate. Nothing of who they are enters the journal or a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from renda.core import bulk, clock
from renda.core.cells import DateValue
from renda.core.crypto import keyed_hash
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.files import kinds
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
MOST_FILES = 5
MOST_FILE_BYTES = 20 * kinds.MEGABYTE


class NotNow(ValueError):
    """What the petitioner asks for cannot be done now; the text says why."""


def submit_online(values: Mapping[str, Any], division: Division, token: str, handed: Sequence[files.Given] = ()) -> Petition:
    """Register a petition from the public pages (信访工作条例 17, 19, 22). The same ``token`` twice is one petition.

    ``values`` holds the fields of ``GIVEN``. ``handed`` are pictures and PDF, opened later
    only by those who may unmask the petitioner. Raises files.FileRefused for what cannot be kept; registers.services.Refused for a broken rule.
    """
    key = f"网上\x1f{token}"
    held = Petition.objects.filter(natural_key=key, keeper=division).first()
    if held is not None:
        return held
    given = _looked_into(handed)
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
        files.attach_with(REGISTER, petition, given, files.Way(secret=True), actor=PETITIONER)
    return petition


def _looked_into(handed: Sequence[files.Given]) -> list[files.Given]:
    """The files that a petitioner hands in, each known for what it is. Raises files.FileRefused."""
    if len(handed) > MOST_FILES:
        raise files.FileRefused(
            _("一次最多上传 %(most)s 个文件，您选了 %(n)s 个。请挑选最能说明问题的。") % {"most": MOST_FILES, "n": len(handed)}
        )
    given = []
    for one in handed:
        try:
            given.append(replace(one, seen=kinds.look(one.content, kinds.PICTURES_AND_PDF, MOST_FILE_BYTES)))
        except files.FileRefused as refused:
            words = {"name": one.name or _("附件"), "reason": refused}
            raise files.FileRefused(_("%(name)s：%(reason)s") % words) from refused
    return given


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
