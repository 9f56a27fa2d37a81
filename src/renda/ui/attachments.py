"""Attachments of a record: pictures and documents, listed on its page, served only through the gate, taken away with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.files import kinds, services
from renda.files.models import Attachment
from renda.files.serving import SHOWN_INLINE, answer
from renda.journal.services import change
from renda.registers.register import Register
from renda.ui import history

MOST_FILES = 20
MOST_TOGETHER = 200 * kinds.MEGABYTE


@dataclass(frozen=True)
class Row:
    """One attachment as the page lists it. ``url`` is empty where the reader may not open it, ``shown`` where it is no picture to look at."""

    pk: int
    name: str
    caption: str
    about: str
    at: datetime
    by: str
    secret: bool
    url: str
    shown: str = ""
    width: int | None = None
    height: int | None = None
    void_url: str = ""
    void_reason: str = ""
    voided_by: str = ""
    step: int | None = None
    ask: str = ""

    @property
    def text(self) -> str:
        """What a picture shows, in words."""
        return self.caption or self.name


@dataclass(frozen=True)
class Attachments:
    """What the page of a record says of its attachments."""

    rows: Sequence[Row]
    voided: Sequence[Row]

    @property
    def pictures(self) -> list[Row]:
        """The standing ones that are shown as pictures."""
        return [row for row in self.rows if row.shown]

    def of_step(self, place: int) -> list[Row]:
        """What came with the step at this place, standing or taken away."""
        return [row for row in (*self.rows, *self.voided) if row.step == place]


def of_record(register: Register, record: Any, actor: Actor) -> Attachments:
    """The attachments of a record that the actor sees, oldest first. One query, besides the gate's."""
    found = list(Attachment.objects.filter(register=register.code, record_id=record.pk).select_related("file"))
    reveals = gate.may(actor, roles.REVEAL, register.model) and not record.voided_at
    edits = bool(found) and gate.may(actor, roles.EDIT, record)
    rows = [_row(register, record, one, actor, reveals=reveals, edits=edits) for one in found]
    return Attachments([row for row in rows if not row.void_reason], [row for row in rows if row.void_reason])


def _row(register: Register, record: Any, one: Attachment, actor: Actor, *, reveals: bool, edits: bool) -> Row:
    args = [register.room, register.slug, record.pk, one.pk]
    opens = not one.voided_at and (reveals or not one.secret)
    own = one.account_id is not None and one.account_id == actor.account_id
    voids = not one.voided_at and not record.voided_at and (edits or own)
    return Row(
        pk=one.pk, name=_("（保密附件）") if one.secret and not reveals else one.name,
        caption="" if one.secret and not reveals else one.caption,
        about=f"{one.name.rpartition('.')[2].upper()} · {filesizeformat(one.file.content_size)}", at=one.added_at, by=history.who(one.by),
        secret=one.secret, url=reverse("ui:attachment", args=args) if opens else "",
        shown=reverse("ui:picture", args=args) if opens and not one.secret and one.file.media_type in SHOWN_INLINE else "",
        width=one.file.width, height=one.file.height, void_url=reverse("ui:attachment-void", args=args) if voids else "",
        void_reason=one.void_reason, voided_by=history.who(one.voided_by) if one.voided_by else "", step=one.step, ask=one.ask,
    )  # fmt: skip


def find(register: Register, record: Any, attachment: int) -> Attachment:
    """A standing attachment of a record that the caller found through the gate. Http404 where it has none such."""
    rows = Attachment.objects.filter(pk=attachment, register=register.code, record_id=record.pk, voided_at__isnull=True)
    row = rows.select_related("file").first()
    if row is None:
        raise Http404
    return row


def show(register: Register, record: Any, attachment: int) -> HttpResponseBase:
    """A picture to be looked at. Http404 for documents and for what is secret."""
    row = find(register, record, attachment)
    if row.secret or row.file.media_type not in SHOWN_INLINE:
        raise Http404
    return answer(row.file, row.name, inline=True)


def download(register: Register, record: Any, attachment: int, actor: Actor) -> HttpResponseBase:
    """The content to be saved, never run. A secret one asks for the right to unmask, and is journalled."""
    row = find(register, record, attachment)
    if row.secret and (record.voided_at or not gate.may(actor, roles.REVEAL, register.model)):
        raise PermissionDenied(_("这个附件含有保密内容，您当前的身份不能下载。需要时请向办理该事项的工作人员索取。"))
    answered = answer(row.file, row.name, kept=not row.secret)
    if row.secret:
        services.note_opened(row, actor=actor)
    return answered


def secret_by_default(register: Register) -> bool:
    """Whether files of such records are taken to hold what is masked in them, until somebody says otherwise."""
    return any(column.secret for column in register.columns)


def add(register: Register, record: Any, request: HttpRequest, actor: Actor) -> str:
    """Attach the uploaded files, all or none; returns what stands in the way, or nothing. PermissionDenied where the gate says no."""
    gate.require(actor, roles.EDIT, record)
    uploaded = request.FILES.getlist("files")
    if not uploaded:
        return _("请先选择要上传的文件。")
    given, fault = received(uploaded)
    if fault:
        return fault
    way = services.Way(request.POST.get("caption", ""), "secret" in request.POST)
    with change():
        services.attach_with(register.code, record, given, way, actor=actor)
    return ""


def received(uploaded: Sequence[UploadedFile]) -> tuple[list[services.Given], str]:
    """The uploaded files, each looked into; and what is wrong with the first that cannot be kept."""
    if len(uploaded) > MOST_FILES:
        return [], _("一次最多上传 %(most)s 个文件，请分几次上传。") % {"most": MOST_FILES}
    if sum(one.size or 0 for one in uploaded) > MOST_TOGETHER:
        return [], _("文件合计超过 %(most)s MB，请分几次上传。") % {"most": MOST_TOGETHER // kinds.MEGABYTE}
    given = []
    for one in uploaded:
        name, content = one.name or _("附件"), one.read()
        try:
            seen = kinds.look(content)
        except services.FileRefused as refused:
            return [], _("%(name)s：%(reason)s") % {"name": name, "reason": refused}
        given.append(services.Given(name, content, seen))
    return given, ""


def may_add(register: Register, record: Any, actor: Actor) -> bool:
    """Whether the page offers to add files."""
    return not record.voided_at and gate.may(actor, roles.EDIT, register.model)
