"""What the worker puts right when it starts: imports and searches that a dead one left."""

from __future__ import annotations

from django.utils.translation import gettext as _

from renda.core import clock
from renda.elections.models import DuplicateSearch, RollImport, WorkState
from renda.jobs.running import is_running


def recover() -> None:
    """Mark work that nobody is at any more as failed. Its transaction is undone by the database, so nothing of it was written."""
    message = _("平台中途停止，没有写入任何数据。请重新进行。")
    for model in (RollImport, DuplicateSearch):
        for one in model.objects.filter(state=WorkState.RUNNING).order_by("pk"):
            if not is_running(model, one.pk):
                one.state, one.message, one.ended_at = WorkState.FAILED, message, clock.now()
                one.save(update_fields=["state", "message", "ended_at"])
