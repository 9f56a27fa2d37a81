"""The page on which the clerk chooses the album's pictures, and the album as a download."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.files.models import Attachment
from renda.outreach.models import AlbumPicture
from renda.registers import registry
from renda.registers.services import Refused
from renda.reports.album.candidates import CAPTION_MOST, Candidate, candidates, in_chapters
from renda.reports.album.choice import PER_PAGE, Choice, Chosen, remember, remembered
from renda.reports.album.images import thumbnail
from renda.reports.album.writing import NothingChosen, write_album
from renda.reports.papers import NoPdf, can_make_pdf, to_pdf
from renda.reports.yearend.places import crumbs, division_of, year_of, years

BY = ("room", "month")
CHAPTER_MOST, TITLE_MOST = 60, 60


def _asked(request: HttpRequest) -> tuple[Actor, Division, int]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    gate.require(actor, roles.EXPORT, AlbumPicture)
    division = division_of(actor)
    if division is None:
        raise Http404
    return actor, division, year_of(request)


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Pictures of the year by chapter, those of the kept choice ticked, with the captions that they have or would get."""
    actor, division, year = _asked(request)
    by = request.GET.get("by") if request.GET.get("by") in BY else BY[0]
    offered, held = candidates(year, division, actor=actor), remembered(year, division)
    groups = []
    for chapter, several in in_chapters(offered, str(by)).items():
        shown = [_shown(one, held, chapter) for one in several]
        groups.append((chapter, shown, sum(row["on"] for row in shown)))
    context: dict[str, Any] = {
        "year": year, "years": years(year), "by": by, "division": division, "groups": groups, "count": len(offered),
        "chosen": sum(number for _chapter, _rows, number in groups), "title": Choice(year, division, []).title, "pdf": can_make_pdf(),
        "may_keep": gate.may(actor, roles.CREATE, AlbumPicture), "most": CAPTION_MOST, "crumbs": crumbs(_("工作图册")),
    }  # fmt: skip
    return render(request, "yearend/album.html", context)


def _shown(one: Candidate, held: dict[Any, AlbumPicture], chapter: str) -> dict[str, Any]:
    kept = held.get(one.key)
    return {
        "one": one, "on": kept is not None, "caption": kept.caption if kept and kept.caption else one.caption,
        "chapter": kept.chapter if kept and kept.chapter else chapter,
    }  # fmt: skip


@require_POST
def make(request: HttpRequest) -> HttpResponse | FileResponse:
    """Keep the choice (``do`` is keep), or keep it and give the album as .docx or .pdf."""
    actor, division, year = _asked(request)
    offered = candidates(year, division, actor=actor)
    choice = _choice(request, offered, year, division)
    back = HttpResponseRedirect(
        f"{reverse('album')}?year={year}&by={request.POST.get('by') if request.POST.get('by') in BY else BY[0]}"
    )
    try:
        if gate.may(actor, roles.CREATE, AlbumPicture):
            chosen, dropped = remember(choice, offered, actor=actor)
            if request.POST.get("do") == "keep":
                messages.success(request, _said(chosen, dropped))
                return back
        return _album(choice, "pdf" if request.POST.get("do") == "pdf" else "docx")
    except (Refused, NothingChosen, NoPdf) as error:
        messages.error(request, str(error))
    except FileNotFoundError:
        messages.error(request, _("有图片的文件在数据文件夹中找不到了，图册没有生成。请核对数据文件夹是否完整，或去掉这张图片。"))
    return back


def _choice(request: HttpRequest, offered: list[Candidate], year: int, division: Division) -> Choice:
    picked = set(request.POST.getlist("pick"))
    pictures = [
        Chosen(
            one,
            request.POST.get(f"caption-{one.attachment}", "").strip()[:CAPTION_MOST] or one.caption,
            request.POST.get(f"chapter-{one.attachment}", "").strip()[:CHAPTER_MOST] or "其他",
        )
        for chapter in in_chapters(offered, request.POST.get("by", BY[0])).values()
        for one in chapter
        if str(one.attachment) in picked
    ]
    per_page = int(request.POST.get("per_page", "2")) if request.POST.get("per_page", "2") in map(str, PER_PAGE) else PER_PAGE[0]
    return Choice(year, division, pictures, request.POST.get("title", "").strip()[:TITLE_MOST], per_page)


def _said(chosen: int, dropped: int) -> str:
    text = ngettext("已保存：选入 %(n)d 张图片。", "已保存：选入 %(n)d 张图片。", chosen) % {"n": chosen}
    return text + (ngettext("取消 %(n)d 张。", "取消 %(n)d 张。", dropped) % {"n": dropped} if dropped else "")


def _album(choice: Choice, form: str) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "album.docx"
        write_album(choice, made)
        if form == "pdf":
            to_pdf(made, made := Path(folder) / "album.pdf")
        content = made.open("rb")  # stays readable after its name is gone
    return FileResponse(content, as_attachment=True, filename=f"{choice.title}.{form}")


@require_GET
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """A small picture of a record that the actor may see."""
    actor, _division, _year = _asked(request)
    row = Attachment.objects.filter(pk=pk, voided_at__isnull=True, secret=False).select_related("file").first()
    register = next((one for one in registry.all_registers() if row and one.code == row.register), None)
    if row is None or register is None or not gate.visible_to(actor, register.records()).filter(pk=row.record_id).exists():
        raise Http404
    try:
        small = thumbnail(row.file.digest)
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = FileResponse(small.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
