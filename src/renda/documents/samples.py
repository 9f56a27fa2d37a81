"""Samples of templates as PDF: made in the background once per content of the template and kept in the data folder, since LibreOffice takes
seconds for each."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from renda import __version__
from renda.core import clock
from renda.core.datafolder import data_folder, private_folder
from renda.documents import pdf, registry, rendering
from renda.documents.faults import TemplateFault
from renda.documents.models import Sample, SampleState
from renda.documents.registry import Template
from renda.documents.services import Current
from renda.files.services import content_of
from renda.jobs.running import Running, is_running

FOLDER = "samples"
MOST = 200
"""How many are kept; the ones that were not asked for the longest go."""
SECONDS = 60.0
UNDER_WAY = (SampleState.WAITING, SampleState.RUNNING)


def made(template: Template, current: Current) -> bytes | None:
    """The sample of a template as it is now; None where it has not been made."""
    kept = _place(name_of(template, current.content))
    try:
        os.utime(kept)
        return kept.read_bytes()
    except FileNotFoundError:
        return None


def is_made(template: Template, current: Current) -> bool:
    """Whether the sample of a template as it is now is there."""
    return _place(name_of(template, current.content)).is_file()


def state_of(template: Template, current: Current) -> Sample | None:
    """The making of this sample, if it is under way or failed."""
    return Sample.objects.filter(digest=name_of(template, current.content)).first()


def order(template: Template, current: Current) -> None:
    """Have the sample made, unless it is there or being made already. Raises ``pdf.NoPdf`` where this machine cannot make any."""
    pdf.require_program()
    if is_made(template, current):
        return
    digest = name_of(template, current.content)
    fresh = {
        "code": template.code, "version": current.version, "state": SampleState.WAITING, "message": "", "ordered_at": clock.now(),
        "progress": {"language": translation.get_language()},
    }  # fmt: skip
    with transaction.atomic():
        one, new = Sample.objects.select_for_update().get_or_create(digest=digest, defaults=fresh)
        if not new:
            if one.state in UNDER_WAY:
                return
            Sample.objects.filter(pk=one.pk).update(**fresh)
        _queue(one.pk)


def _queue(pk: int) -> None:
    from renda.documents import tasks

    tasks.sample.defer(sample_id=pk)


def run(pk: int) -> None:
    """The background part: make the sample, or say why it could not be made."""
    with Running(Sample, pk) as running:
        one = Sample.objects.filter(pk=pk, state__in=UNDER_WAY).select_related("version__file").first()
        if one is None or not running.taken:
            return
        Sample.objects.filter(pk=pk).update(state=SampleState.RUNNING)
        with translation.override(one.progress.get("language")):
            try:
                _make(one)
            except (pdf.NoPdf, TemplateFault) as error:
                _failed(pk, str(error))
            except Exception:
                _failed(pk, _("系统出错，样稿没有做成。请重新制作；如果仍然出错，请告诉系统管理员。"))
                raise
            else:
                Sample.objects.filter(pk=pk).delete()


def recover() -> None:
    """Samples that a worker left and no job will take up again are said to have failed, so that they can be ordered anew."""
    for one in Sample.objects.filter(state__in=UNDER_WAY):
        if not is_running(Sample, one.pk) and not _queued(one.pk):
            with translation.override(one.progress.get("language")):
                _failed(one.pk, _("后台任务中断，样稿没有做成。请重新制作。"))


def _queued(pk: int) -> bool:
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="documents.sample", status__in=("todo", "doing"))
    return jobs.filter(args__sample_id=pk).exists()


def _failed(pk: int, message: str) -> None:
    Sample.objects.filter(pk=pk).update(state=SampleState.FAILED, message=message[:500])


def _make(one: Sample) -> None:
    """Made under another name first: a sample is whole as soon as it is seen."""
    template = registry.get(one.code)
    stored = one.version.file if one.version else None
    content = content_of(stored) if stored else template.shipped.read_bytes()
    kept = _place(one.digest)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=kept.parent) as folder:
        paper = Path(folder) / "sample.docx"
        paper.write_bytes(rendering.render(content, template.samples(), title=template.name))
        pdf.to_pdf(paper, paper.with_suffix(".pdf"), timeout=SECONDS)
        paper.with_suffix(".pdf").replace(kept)
    _tidy(kept.parent)


def name_of(template: Template, content: bytes) -> str:
    """What the sample depends on, as one digest: the template, what fills it, the program."""
    filling = json.dumps(template.samples(), ensure_ascii=False, sort_keys=True, default=str)
    said = f"{__version__}\x1f{template.code}\x1f{template.name}\x1f{filling}\x1f{hashlib.sha256(content).hexdigest()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _place(digest: str) -> Path:
    return private_folder(data_folder() / FOLDER) / f"{digest}.pdf"


def _tidy(folder: Path) -> None:
    kept = sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST:]:
        path.unlink(missing_ok=True)
