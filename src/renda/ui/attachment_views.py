"""Pages of attachments: adding, looking at, downloading, taking away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from renda.files import services
from renda.ui import addresses, attachments, detail
from renda.ui.pages import UNPROCESSABLE, actor_of, back, crumbs, register_at

PLACE = "#attachments"


@require_POST
def attach(request: HttpRequest, room: str, slug: str, pk: int) -> HttpResponse:
    """Attach files to a record that the actor may edit."""
    register, actor = register_at(room, slug), actor_of(request)
    record = detail.find(register, pk, actor)
    trouble = attachments.add(register, record, request, actor)
    if trouble:
        messages.error(request, trouble)
    else:
        messages.success(request, _("附件已保存。"))
    return HttpResponseRedirect(addresses.of_record(register, pk) + PLACE)


@require_GET
def picture(request: HttpRequest, room: str, slug: str, pk: int, attachment: int) -> HttpResponseBase:
    """A picture of a record that the actor may see."""
    register, actor = register_at(room, slug), actor_of(request)
    return attachments.show(register, detail.find(register, pk, actor), attachment)


@require_GET
def download(request: HttpRequest, room: str, slug: str, pk: int, attachment: int) -> HttpResponseBase:
    """An attachment of a record that the actor may see, to be saved."""
    register, actor = register_at(room, slug), actor_of(request)
    return attachments.download(register, detail.find(register, pk, actor), attachment, actor)


@require_http_methods(["GET", "POST"])
@never_cache
def void(request: HttpRequest, room: str, slug: str, pk: int, attachment: int) -> HttpResponse:
    """Take an attachment away: asks with its name, for a reason."""
    register, actor = register_at(room, slug), actor_of(request)
    record = detail.find(register, pk, actor)
    row = attachments.find(register, record, attachment)
    if not services.may_void(row, record, actor):
        raise PermissionDenied(_("只有可以修改这条记录的人和上传附件的人可以作废附件。"))
    here, fault = addresses.of_record(register, pk), ""
    if request.method == "POST":
        try:
            services.void(row, record, reason=request.POST.get("reason", ""), actor=actor)
        except services.FileRefused as refused:
            fault = str(refused)
        else:
            messages.success(request, _("附件已作废，原因已记入日志。"))
            return HttpResponseRedirect(here + PLACE)
    shown = next(one for one in attachments.of_record(register, record, actor).rows if one.pk == row.pk)
    title = _("作废附件")
    context = {
        "title": title, "row": shown, "fault": fault, "reason": request.POST.get("reason", ""), "cancel_url": here + PLACE,
        "crumbs": crumbs(register, (str(record)[:20], here), (title, ""), back=back(request, register)),
    }  # fmt: skip
    return render(request, "ui/attachment_void.html", context, status=UNPROCESSABLE if fault else 200)
