"""登录安全规定: the security administrator says how long a session lasts unused, and who needs a second factor."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renda.directory import accounts, gate, roles
from renda.web import lockout, policies
from renda.web.forms import PolicyForm
from renda.web.models import CodeDevice, Passkey

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """The form of the policy; each change is journalled."""
    actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.ACCOUNTS)
    now = policies.current()
    form = PolicyForm(request.POST or None, initial={"idle_minutes": now.idle_minutes, "second_factor": now.second_factor})
    if request.method == "POST" and form.is_valid():
        policies.change(**form.cleaned_data, actor=actor)
        messages.success(request, _("登录安全规定已保存。"))
        return HttpResponseRedirect(reverse("door-policy"))
    rows = accounts.manageable(actor)
    codes = CodeDevice.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False)
    context = {
        "form": form, "tries": lockout.TRIES, "minutes": lockout.MINUTES, "all_accounts": rows.count(),
        "with_factor": rows.filter(Q(Exists(codes)) | Q(Exists(Passkey.objects.filter(account=OuterRef("pk"))))).count(),
        "crumbs": [(_("首页"), "/"), (_("账号"), reverse("accounts")), (_("登录安全规定"), "")],
    }  # fmt: skip
    return render(request, "web/door_policy.html", context, status=UNPROCESSABLE if form.errors else 200)
