"""Pictures attached to a record: shown on its page, served only through the gate, added by those who may edit the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import roles
from renda.directory.gate import Actor, may, require
from renda.files.models import Attachment
from renda.files.services import FileRefused, attach
from renda.files.serving import SHOWN_INLINE, answer
from renda.registers.register import Register


@dataclass(frozen=True)
class Picture:
    """One attached picture as the page shows it."""

    url: str
    text: str
    width: int | None
    height: int | None


def of_record(register: Register, pk: int) -> list[Picture]:
    """The pictures of a record, oldest first."""
    rows = Attachment.objects.filter(register=register.code, record_id=pk, voided_at__isnull=True).select_related("file")
    return [Picture(_url(register, pk, row.pk), row.caption or row.name, row.file.width, row.file.height) for row in rows]


def _url(register: Register, pk: int, attachment: int) -> str:
    return reverse("ui:picture", args=[register.room, register.slug, pk, attachment])


def serve(register: Register, record: Any, attachment: int) -> HttpResponseBase:
    """The content of a picture of a record that the caller found through the gate. Http404 where it has none such."""
    row = (
        Attachment.objects.filter(pk=attachment, register=register.code, record_id=record.pk, voided_at__isnull=True)
        .select_related("file")
        .first()
    )
    if row is None or row.file.media_type not in SHOWN_INLINE:
        raise Http404
    return answer(row.file, row.name, inline=True)


def add(register: Register, record: Any, request: HttpRequest, actor: Actor) -> str:
    """Attach the uploaded pictures; returns what stands in the way, or nothing. PermissionDenied where the gate says no."""
    require(actor, roles.EDIT, record)
    uploaded = request.FILES.getlist("pictures")
    if not uploaded:
        return _("请先选择要上传的图片。")
    for file in uploaded:
        try:
            attach(
                register.code,
                record,
                file.name or "图片",
                file.read(),
                actor=actor,
                caption=request.POST.get("caption", "").strip(),
            )
        except FileRefused as refused:
            return _("%(name)s：%(reason)s") % {"name": file.name, "reason": refused}
    return ""


def may_add(register: Register, record: Any, actor: Actor) -> bool:
    """Whether the page offers to add pictures."""
    return not record.voided_at and may(actor, roles.EDIT, register.model)
