"""The calendar feed's own address, which asks for no sign-in, and the two buttons of the calendar page that make and revoke it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.directory import gate, roles
from renda.directory.models import Hat
from renda.web import calendar_page, feeds, ical


@login_not_required
@require_GET
@never_cache
def serve(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the feed's hat; 404 for a secret that opens none."""
    feed = feeds.find(token)
    if feed is None:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    answer = HttpResponse(ical.of_hat(feed.hat, gate.actor_of(feed.hat), site=site), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="renda.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """Make the hat's feed; its address stands on the page that answers, and nowhere after that."""
    token = feeds.make(_hat(request), actor=request.actor)  # type: ignore[attr-defined]
    return calendar_page.page(request, token=token)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Revoke the hat's feed."""
    if feeds.revoke(_hat(request), actor=request.actor):  # type: ignore[attr-defined]
        messages.success(request, _("已停用日历订阅地址，原来订阅的日历不再更新。"))
    return redirect("calendar")


def _hat(request: HttpRequest) -> Hat:
    """The hat worn, where it has a calendar."""
    hat: Hat = request.hat  # type: ignore[attr-defined]
    if not roles.ROLES[hat.role].rooms:
        raise PermissionDenied(_("您当前的身份不查看事项和活动，没有可以订阅的日历。"))
    return hat
