"""An import through the browser: uploaded, checked in the background, confirmed by the clerk, written in the background.

Uploaded lists are sealed before they touch the disk, and are removed with the import's end; those that nobody confirms go after a week.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Hat
from renda.elections.models import Election, ElectoralDistrict, RollImport, Source, Voter, WorkState
from renda.elections.roll import sealed_files
from renda.elections.roll.importing import SOURCES, NotImportable, Options, Work, import_files
from renda.elections.roll.places import own_districts
from renda.elections.roll.reading import LIMITS, Given
from renda.elections.roll.rejects import write_rejects
from renda.elections.roll.report import Report
from renda.jobs.running import Running
from renda.journal.services import Line, change, record
from renda.ledgers.reading import UnreadableFile

SUFFIXES = (".xlsx", ".xls", ".csv", ".et")
MOST_FILES = 20
UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)
KEPT_DAYS = 7
KIND = "elections.roll_import"


class NotAccepted(ValueError):
    """An upload or a step that cannot be taken; the text says why and what to do next."""


@dataclass(frozen=True)
class Upload:
    """What a clerk hands in: files, their source, the district of rows that name none."""

    files: Sequence[UploadedFile]
    source: str
    district: ElectoralDistrict | None = None


def upload(election: Election, given: Upload, *, hat: Hat) -> RollImport:
    """Keep the lists and have them checked in the background. Raises NotAccepted and PermissionDenied; then nothing is kept."""
    actor = gate.actor_of(hat)
    gate.require(actor, roles.IMPORT, Voter)
    _check(given, election, actor)
    with change():
        made = RollImport.objects.create(
            election=election, source=given.source, district=given.district, account_id=actor.account_id, actor=str(actor), progress=_by(hat)
        )  # fmt: skip
        keys, said = [], []
        for number, file in enumerate(given.files, 1):
            content = b"".join(file.chunks())
            keys.append(sealed_files.keep(made.pk, str(number), content))
            name = Path((file.name or "").replace("\\", "/")).name[:120]
            said.append({"name": name, "size": len(content), "digest": hashlib.sha256(content).hexdigest()})
        made.files, made.seal, made.started_at = said, "\n".join(keys), clock.now()  # by the platform's clock, as what ends it
        made.save(update_fields=["files", "seal", "started_at"])
        record(
            Line(
                str(actor),
                "roll.uploaded",
                KIND,
                made.pk,
                election.name,
                {"source": given.source, "files": [one["name"] for one in said]},
            )
        )
        _queue(made.pk, hat.pk)
    return made


def _check(given: Upload, election: Election, actor: Actor) -> None:
    if given.source not in SOURCES:
        raise NotAccepted(_("请选择名单的来源。"))
    if roles.ROLES[actor.role].bound_to_organ and given.source == Source.HOUSEHOLD:
        raise NotAccepted(_("公安户籍资料由选举委员会导入。请选择单位名册、学校名册或登记站。"))
    if given.district is None and roles.ROLES[actor.role].bound_to_organ:
        raise NotAccepted(_("请选择这份名单的选区。"))
    if given.district is not None and not own_districts(actor, election).filter(pk=given.district.pk).exists():
        raise NotAccepted(_("这个选区不由您登记。请选择本工作组或本区划的选区。"))
    if not given.files:
        raise NotAccepted(_("没有选择文件。请选择 .xlsx、.xls 或 .csv 名单。"))
    if len(given.files) > MOST_FILES:
        raise NotAccepted(_("一次最多导入 %(most)s 个文件，请分几次导入。") % {"most": MOST_FILES})
    for file in given.files:
        if Path(file.name or "").suffix.lower() not in SUFFIXES:
            raise NotAccepted(_("“%(name)s”不是名单文件。请选择 .xlsx、.xls 或 .csv 文件。") % {"name": file.name})
        if (file.size or 0) > LIMITS.file:
            raise NotAccepted(_("“%(name)s”超过 %(most)s MB，请分成几个文件。") % {"name": file.name, "most": LIMITS.file >> 20})


def _by(hat: Hat) -> Mapping[str, object]:
    return {"hat": hat.pk, "language": translation.get_language()}


def _queue(pk: int, hat: int) -> None:
    from renda.elections import tasks

    tasks.roll_bring.defer(import_id=pk, hat_id=hat)


def confirm(one: RollImport, *, hat: Hat) -> None:
    """Have a checked import written. Raises NotAccepted where it does not wait for that, PermissionDenied for another's."""
    if one.account_id != hat.account_id:
        raise PermissionDenied(_("只有上传人可以确认这次导入。"))
    with change():
        locked = _locked(one, WorkState.CHECKED)
        locked.state, locked.dry_run, locked.progress = WorkState.QUEUED, False, _by(hat)
        locked.save(update_fields=["state", "dry_run", "progress"])
        _queue(one.pk, hat.pk)


def drop(one: RollImport, *, actor: Actor) -> None:
    """Give an import up that is not written; its files are removed."""
    with change():
        locked = _locked(one, WorkState.CHECKED, WorkState.FAILED)
        locked.state, locked.ended_at = WorkState.DROPPED, clock.now()
        locked.save(update_fields=["state", "ended_at"])
        record(Line(str(actor), "roll.dropped", KIND, one.pk, one.election.name, {}))
    sealed_files.forget(one.pk)


def _locked(one: RollImport, *states: WorkState) -> RollImport:
    locked = RollImport.objects.select_for_update(of=("self",)).select_related("election").get(pk=one.pk)
    if locked.state not in states:
        raise NotAccepted(
            _("这次导入现在是“%(state)s”，不能进行这一步。请刷新页面查看最新情况。") % {"state": _(locked.get_state_display())}
        )
    return locked


def run(pk: int, hat_id: int) -> None:
    """The background part. Whatever happens, the import says what became of it."""
    with Running(RollImport, pk) as running:
        one = RollImport.objects.filter(pk=pk, state__in=(WorkState.QUEUED, WorkState.RUNNING)).select_related("election").first()
        if one is None or not running.taken:
            return
        RollImport.objects.filter(pk=pk).update(state=WorkState.RUNNING)
        with translation.override(one.progress.get("language")):
            _run_guarded(one, hat_id, running)


def _run_guarded(one: RollImport, hat_id: int, running: Running) -> None:
    try:
        actor = gate.actor_of(
            Hat.objects.select_related("account", "division", "organ").get(pk=hat_id, account_id=one.account_id or 0)
        )
        keys = str(one.seal).split("\n")
        files = [
            Given(file["name"], content=sealed_files.content_of(one.pk, str(number), key))
            for number, (file, key) in enumerate(zip(one.files, keys, strict=False), 1)
        ]
        options = Options(one.source, one.district_id, one.dry_run, one.pk)
        report, work = import_files(one.election, files, actor=actor, options=options, progress=running.report)
        _ended(one, report, work)
    except (UnreadableFile, NotImportable, PermissionDenied) as error:
        _end(one.pk, WorkState.FAILED, _told(error))
    except Hat.DoesNotExist:
        _end(one.pk, WorkState.FAILED, _("导入人的身份已被撤销，没有写入任何数据。请由有权限的人员重新导入。"))
    except FileNotFoundError:
        _end(one.pk, WorkState.FAILED, _("上传的文件已过期删除，没有写入任何数据。请重新上传。"))
    except Exception:
        _end(one.pk, WorkState.FAILED, _("系统出错，没有写入任何数据。请重试；如果仍然出错，请将这次导入的编号告诉系统管理员。"))
        raise


def _told(error: Exception) -> str:
    if not isinstance(error, UnreadableFile):
        return str(error)
    said = "".join(_(part).format(**error.params) for part in (error.template, error.hint_template))
    return _("%(file)s：%(said)s") % {"file": error.file, "said": said} if error.file else said


def _ended(one: RollImport, report: Report, work: Work) -> None:
    held = io.BytesIO()
    key = ""
    if write_rejects(held, work):
        key = sealed_files.keep(one.pk, sealed_files.REJECTS, held.getvalue())
        report.rejects = sealed_files.REJECTS
    keys = "\n".join([*str(one.seal).split("\n")[: len(one.files)], *([key] if key else [])])
    fresh = RollImport.objects.get(pk=one.pk)
    fresh.seal, fresh.report = keys, report.as_dict()
    fresh.state = WorkState.CHECKED if one.dry_run else WorkState.DONE
    fresh.ended_at = None if one.dry_run else clock.now()
    fresh.save(update_fields=["seal", "report", "state", "ended_at"])
    if not one.dry_run:
        sealed_files.forget(one.pk, rejects_too=False)


def _end(pk: int, state: WorkState, message: str) -> None:
    RollImport.objects.filter(pk=pk).update(state=state, message=message, ended_at=clock.now())


def rejects(one: RollImport, *, actor: Actor) -> bytes:
    """The workbook of the rows that were not taken, for its uploader. FileNotFoundError where there is none."""
    if one.account_id != actor.account_id:
        raise PermissionDenied(_("只有上传人可以下载没有列入的行。"))
    keys = str(one.seal).split("\n")
    if len(keys) <= len(one.files):
        raise FileNotFoundError
    return sealed_files.content_of(one.pk, sealed_files.REJECTS, keys[-1])


def forget_old() -> int:
    """Remove what was uploaded more than a week ago; how many imports that were still waiting were given up by that."""
    old = clock.now() - timedelta(days=KEPT_DAYS)
    for pk in (
        RollImport.objects.filter(started_at__lt=old).exclude(seal=None).exclude(state__in=UNDER_WAY).values_list("pk", flat=True)
    ):
        sealed_files.forget(pk)
        RollImport.objects.filter(pk=pk).update(seal=None)
    return RollImport.objects.filter(started_at__lt=old, state=WorkState.CHECKED).update(
        state=WorkState.DROPPED, message=_("一周内没有确认，上传的文件已删除。"), ended_at=clock.now()
    )
