"""Uploading a county's own outlines for the map, and taking them back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from renda.directory import roles
from renda.elections import outline, overview, pages
from renda.elections.models import Election, MapOutline
from renda.elections.outline import BadOutline


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The outlines in use; posted, new ones or none."""
    election = pages.election_of(request, pk, roles.EDIT)
    fault = ""
    if request.method == "POST":
        if "remove" in request.POST:
            outline.remove(election, actor=pages.actor_of(request))
            messages.success(request, _("已撤下上传的地图，改用示意图。"))
            return HttpResponseRedirect(reverse("election", args=[pk]))
        fault = _stored(request, election)
        if not fault:
            return HttpResponseRedirect(reverse("election", args=[pk]))
    held = MapOutline.objects.filter(election=election).first()
    context = {"fault": fault, "held": held, "unknown": _unknown(election, held)}
    return pages.page(
        request, "elections/plan/map.html", election, "election-plan", context, (_("选区地图"), ""),
        status=pages.UNPROCESSABLE if fault else 200,
    )  # fmt: skip


def _stored(request: HttpRequest, election: Election) -> str:
    """Store the file posted; what is wrong with it, in words."""
    file = request.FILES.get("file")
    if file is None:
        return _("请选择文件。")
    if (file.size or 0) > outline.MOST_BYTES:
        return _("文件超过 %(most)s MB，请用制图软件简化后再上传。") % {"most": outline.MOST_BYTES // 1_000_000}
    try:
        found = outline.store(election, file.read(), file.name or "", actor=pages.actor_of(request))
    except BadOutline as reason:
        return str(reason)
    messages.success(request, _("已收下 %(n)s 个图形。") % {"n": len(found.shapes)})
    return ""


def _unknown(election: Election, held: MapOutline | None) -> list[str]:
    """Names in the file that are neither a district nor a township of the election."""
    known = {one.name for by_district in (True, False) for one in overview.parts(election, by_district=by_district)}
    return sorted(name for name in (held.shapes if held else {}) if name not in known)
