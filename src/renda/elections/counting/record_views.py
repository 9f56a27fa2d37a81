"""Pages of the result records: making them, and their files."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.directory import roles
from renda.documents import papers
from renda.documents.checking import MEDIA_TYPE
from renda.documents.language import TemplateFault
from renda.documents.models import PaperVersion
from renda.documents.pdf import NoPdf
from renda.elections import pages
from renda.elections.counting import letters
from renda.elections.counting.views import TAB
from renda.elections.voting.changes import VotingFault
from renda.elections.voting.views import attempt, opened
from renda.files.serving import attachment

FORMS = ("docx", "pdf")


@require_POST
def make_record(request: HttpRequest, pk: int, round: int) -> HttpResponse:
    """Make the record of a settled round."""
    _election, one = opened(request, pk, round, roles.EDIT)
    _make(request, lambda reason: letters.make_record(one, reason=reason, actor=pages.actor_of(request)))
    return redirect("election-count", pk, round)


@require_POST
def make_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the record of the whole election."""
    election = pages.election_of(request, pk, roles.EDIT)
    _make(request, lambda reason: letters.make_summary(election, reason=reason, actor=pages.actor_of(request)))
    return redirect(TAB, pk)


def _make(request: HttpRequest, work: Callable[[str], PaperVersion]) -> None:
    def made() -> str:
        try:
            version = work(request.POST.get("reason", ""))
        except TemplateFault as fault:
            raise VotingFault(str(fault)) from fault
        return _("报告单已生成（第 %(n)s 版），可以下载 Word 和 PDF。") % {"n": version.version}

    attempt(request, made)


@require_GET
@never_cache
def record(request: HttpRequest, pk: int, round: int, form: str) -> HttpResponse:
    """The newest record of a round as Word or PDF."""
    _election, one = opened(request, pk, round, roles.EXPORT)
    kept, name = letters.kept(letters.RECORD, one.pk, one.digest), _("%(round)s选举结果报告单") % {"round": one}
    return _file(request, kept, form, name, redirect("election-count", pk, round))


@require_GET
@never_cache
def summary(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The newest record of the whole election as Word or PDF."""
    election = pages.election_of(request, pk, roles.EXPORT)
    kept, name = letters.kept(letters.SUMMARY, election.pk, ""), _("%(name)s结果汇总报告单") % {"name": election.name}
    return _file(request, kept, form, name, redirect(TAB, pk))


def _file(request: HttpRequest, kept: letters.Kept | None, form: str, name: str, back: HttpResponse) -> HttpResponse:
    """The record as a file; ``back`` with the reason where the machine cannot make one."""
    if kept is None or form not in FORMS:
        raise Http404
    content = papers.content_of(kept.version)
    if form == "docx":
        return attachment(content, f"{name}.docx", MEDIA_TYPE)
    try:
        return attachment(letters.as_pdf(content), f"{name}.pdf", "application/pdf")
    except NoPdf as missing:
        messages.error(request, str(missing))
        return back
