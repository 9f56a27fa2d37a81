"""An import through the browser, step by step: uploaded, checked in the background, confirmed by the clerk, written in the background.

The uploaded files lie in the data folder (``imports/<id>/``, readable by its owner alone) until the import is written or given up.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.datafolder import private_folder
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Division, Hat
from renda.jobs.running import Running, is_running
from renda.journal.services import Line, change, record
from renda.ledgers import vocabulary
from renda.ledgers.importing import NotImportable, Options, import_files
from renda.ledgers.models import Import, State
from renda.ledgers.reading import Limits, UnreadableFile
from renda.ledgers.sheets import write_rejects
from renda.registers import registry
from renda.registers.register import Register

SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm", ".et")
MOST_FILES = 40
MOST_BYTES = Limits().file
REJECTS = "rejects.xlsx"
RUNNING = (State.CHECKING, State.WRITING)


class NotAccepted(ValueError):
    """An upload or a step that cannot be taken; the text says why and what to do next."""


def importable(actor: Actor) -> list[Register]:
    """The registers that the actor may import, in the order of import."""
    return [register for register in registry.all_registers() if gate.may(actor, roles.IMPORT, register.model)]


def require_importer(actor: Actor) -> None:
    """Raise PermissionDenied unless the actor may import at least one register."""
    if not importable(actor):
        raise PermissionDenied(_("您当前的身份不能导入台账。如工作需要，请联系安全管理员调整角色。"))


def visible(actor: Actor) -> list[Import]:
    """The actor's own imports, and those in scope whose registers the actor may all import; newest first."""
    rows = Import.objects.select_related("division").all()
    if actor.division_path:
        rows = rows.filter(division__in=Division.objects.subtree(actor.division_path))
    allowed = {register.code for register in importable(actor)} | {"directory.divisions"}
    return [one for one in rows[:200] if _may_see(one, actor, allowed)]


def find(pk: int, actor: Actor) -> Import | None:
    """One import that the actor may see."""
    found = Import.objects.filter(pk=pk).select_related("division").first()
    if found is None or (actor.division_path and not _within(found.division.path, actor.division_path)):
        return None
    allowed = {register.code for register in importable(actor)} | {"directory.divisions"}
    return found if _may_see(found, actor, allowed) else None


def _may_see(one: Import, actor: Actor, allowed: set[str]) -> bool:
    if one.account_id is not None and one.account_id == actor.account_id:
        return True
    codes = {sheet["register"] for sheet in one.report.get("sheets", []) if sheet["register"]}
    return actor.role == gate.OPERATOR.role or (bool(codes) and codes <= allowed)


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(above + ".")


def folder_of(pk: int) -> Path:
    """Where the files of an import lie."""
    return Path(settings.DATA) / "imports" / str(pk)


def upload(files: Sequence[UploadedFile], hat: Hat) -> Import:
    """Keep the files and have them checked in the background. Raises NotAccepted and PermissionDenied; then nothing is kept."""
    actor = gate.actor_of(hat)
    require_importer(actor)
    _check_upload(files)
    with change():
        made = Import.objects.create(
            division=hat.division, account_id=actor.account_id, actor=str(actor), state=State.CHECKING, progress=_begun_by(hat)
        )
        try:
            made.files = [_keep(file, folder_of(made.pk), number) for number, file in enumerate(files, 1)]
        except OSError as error:
            shutil.rmtree(folder_of(made.pk), ignore_errors=True)
            raise NotAccepted(_("数据文件夹写不进去，文件没有保存。请联系系统管理员检查磁盘空间。")) from error
        made.save(update_fields=["files"])
        record(Line(str(actor), "ledgers.uploaded", "ledgers.import", made.pk, "", {"files": made.files}))
        _queue("check", made.pk, hat.pk)
    return made


def _check_upload(files: Sequence[UploadedFile]) -> None:
    if not files:
        raise NotAccepted(_("没有选择文件。请选择 .xlsx、.xls 或 .csv 台账文件。"))
    if len(files) > MOST_FILES:
        raise NotAccepted(_("一次最多导入 %(most_files)s 个文件，请分几次导入。") % {"most_files": MOST_FILES})
    for file in files:
        if Path(file.name or "").suffix.lower() not in SUFFIXES:
            raise NotAccepted(
                _("“%(name)s”不是台账文件。请选择 .xlsx、.xls 或 .csv 文件；其他格式请先另存为 .xlsx。") % {"name": file.name}
            )
        if (file.size or 0) > MOST_BYTES:
            raise NotAccepted(
                _("“%(name)s”超过 %(most_bytes)s MB。请删去图片后重试，或者分成几个文件。")
                % {"name": file.name, "most_bytes": MOST_BYTES // 2**20}
            )


def _keep(file: UploadedFile, folder: Path, number: int) -> dict[str, Any]:
    """Write one file under a name of our own; the clerk's name is only shown, never a path."""
    private_folder(folder)
    name = Path((file.name or "").replace("\\", "/")).name[:120]
    target = folder / f"{number}{Path(name).suffix.lower()}"
    digest = hashlib.sha256()
    target.touch(mode=0o600)
    with target.open("wb") as stream:
        for part in file.chunks():
            digest.update(part)
            stream.write(part)
    return {"name": name, "stored": target.name, "size": file.size, "digest": digest.hexdigest()}


def _begun_by(hat: Hat) -> dict[str, Any]:
    """Who began the work, and the language in which its findings are to be told."""
    return {"hat": hat.pk, "language": translation.get_language()}


def _queue(task: str, pk: int, hat: int) -> None:
    from renda.ledgers import tasks

    getattr(tasks, task).defer(import_id=pk, hat_id=hat)


def settle(one: Import, mappings: Mapping[tuple[str, str], str], registers: Mapping[str, str], *, hat: Hat) -> None:
    """Remember the clerk's choices ((register, heading) → field; file/sheet → register) and check the files again."""
    actor = gate.actor_of(hat)
    allowed = {register.code for register in importable(actor)}
    if not set(registers.values()) <= allowed:
        raise PermissionDenied(_("所选的台账不在您可以导入的范围内。"))
    with change():
        vocabulary.remember(dict(mappings), actor=actor)
        locked = _lock(one.pk, (State.CHECKED, State.FAILED))
        for file in locked.files:
            chosen = {key.split("/", 1)[1]: code for key, code in registers.items() if key.split("/", 1)[0] == file["name"]}
            file["registers"] = file.get("registers", {}) | chosen
        locked.state, locked.message, locked.progress = State.CHECKING, "", _begun_by(hat)
        locked.save(update_fields=["state", "files", "message", "progress"])
        _queue("check", one.pk, hat.pk)


def confirm(one: Import, *, take_good_rows: bool, hat: Hat) -> None:
    """Have a checked import written in the background. Raises NotAccepted where it is not waiting for that."""
    with change():
        locked = _lock(one.pk, (State.CHECKED,))
        if not take_good_rows and (locked.report["rejected"] or locked.report["conflicting"]):
            raise NotAccepted(_("还有退回或冲突的行，不能全部导入。请改正后重新上传，或只导入合格的行。"))
        locked.state, locked.take_good_rows, locked.progress = State.WRITING, take_good_rows, _begun_by(hat)
        locked.save(update_fields=["state", "take_good_rows", "progress"])
        _queue("write", one.pk, hat.pk)


def give_up(one: Import, *, actor: Actor) -> None:
    """Drop an import that is not written; its files are removed."""
    with change():
        locked = _lock(one.pk, (State.CHECKED, State.FAILED))
        _end(locked, State.REFUSED, _("已放弃，没有写入任何数据。"))
        record(Line(str(actor), "ledgers.dropped", "ledgers.import", one.pk, "", {}))
    forget_files(one.pk)


def _lock(pk: int, states: Iterable[str]) -> Import:
    locked = Import.objects.select_for_update().get(pk=pk)
    if locked.state not in states:
        raise NotAccepted(
            _("这次导入现在是“%(state)s”，不能进行这一步。请刷新页面查看最新情况。") % {"state": _(locked.get_state_display())}
        )
    return locked


def forget_files(pk: int, *, rejects_too: bool = True) -> None:
    """Remove what was uploaded; the rejected rows stay for the clerk unless they are to go too."""
    for path in folder_of(pk).glob("*"):
        if rejects_too or path.name != REJECTS:
            path.unlink(missing_ok=True)
    if rejects_too:
        shutil.rmtree(folder_of(pk), ignore_errors=True)


def run(pk: int, hat_id: int, *, dry_run: bool) -> None:
    """The background part: check (a dry run) or write. Whatever happens, the import says what became of it."""
    expected = State.CHECKING if dry_run else State.WRITING
    with Running(Import, pk) as running:
        one = Import.objects.filter(pk=pk, state=expected).first()
        if one is None or not running.taken:
            return
        with translation.override(one.progress.get("language")):
            _run_guarded(one, hat_id, running, dry_run)


def _run_guarded(one: Import, hat_id: int, running: Running, dry_run: bool) -> None:
    try:
        _run(one, hat_id, running, dry_run)
    except UnreadableFile as error:
        _failed(one.pk, unreadable(error))
    except (NotImportable, PermissionDenied) as error:
        _failed(one.pk, str(error))
    except Hat.DoesNotExist:
        _failed(one.pk, _("导入人的身份已被撤销，没有写入任何数据。请由有权限的人员重新导入。"))
    except Exception:
        _failed(one.pk, _("系统出错，没有写入任何数据。请重试；如果仍然出错，请将这次导入的编号告诉系统管理员。"))
        raise


def _run(one: Import, hat_id: int, running: Running, dry_run: bool) -> None:
    actor = gate.actor_of(
        Hat.objects.select_related("account", "division", "organ").get(pk=hat_id, account_id=one.account_id or 0)
    )
    paths = [folder_of(one.pk) / file["stored"] for file in one.files]
    names = [file["name"] for file in one.files]
    chosen = {f"{file['name']}/{sheet}": code for file in one.files for sheet, code in file.get("registers", {}).items()}
    options = Options(dry_run, one.take_good_rows, one.division_id, chosen, one.pk)
    report, tasks = import_files(paths, actor=actor, options=options, progress=running.report, names=names)
    _write_rejects(one.pk, tasks)
    if dry_run:
        Import.objects.filter(pk=one.pk).update(state=State.CHECKED, report=report.as_dict(), message="")
    elif report.committed:
        forget_files(one.pk, rejects_too=False)
    else:
        message = _("检查之后数据有了变化，出现了退回或冲突的行，没有写入任何数据。请核对后再确认。")
        Import.objects.filter(pk=one.pk).update(state=State.CHECKED, report=report.as_dict(), message=message)


def unreadable(error: UnreadableFile) -> str:
    """What is wrong with a file and what to do, in the reader's language."""
    said = "".join(_(part).format(**error.params) for part in (error.template, error.hint_template))
    return _("%(file)s：%(said)s") % {"file": error.file, "said": said} if error.file else said


def _write_rejects(pk: int, tasks: Sequence[Any]) -> None:
    target = folder_of(pk) / REJECTS
    target.unlink(missing_ok=True)
    if write_rejects(target, tasks):
        target.chmod(0o600)


def _failed(pk: int, message: str) -> None:
    _end(Import.objects.get(pk=pk), State.FAILED, message)


def _end(one: Import, state: str, message: str) -> None:
    one.state, one.message, one.ended_at = state, message, clock.now()
    one.save(update_fields=["state", "message", "ended_at"])


def recover() -> None:
    """When the worker starts: imports that a dead one left are checked again, or, if it died while writing, marked as failed (their
    transaction is undone by the database, so nothing of them was written)."""
    for one in Import.objects.filter(state__in=RUNNING).order_by("pk"):
        hat = one.progress.get("hat")
        if is_running(Import, one.pk) or (one.state == State.WRITING and "started_at" not in one.progress):
            continue  # at work elsewhere, or still waiting in the queue
        with transaction.atomic():
            if one.state == State.CHECKING and hat and Hat.objects.filter(pk=hat).exists():
                _queue("check", one.pk, hat)
            else:
                _end(one, State.FAILED, _("导入时平台中途停止，没有写入任何数据。请重新检查后再导入。"))
