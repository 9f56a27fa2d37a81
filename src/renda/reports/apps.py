"""App configuration of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from renda.journal.anchors import Anchor


class ReportsConfig(AppConfig):
    """Reports (年度报告)."""

    name = "renda.reports"
    label = "reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Tell the gate how reports are reached: by division; those bound to an organ or a person see issued ones only.

        Issued reports keep heads of the journal, which its verification looks for.
        """
        from django.db.models import Q

        from renda.directory import gate
        from renda.directory.gate import Access
        from renda.journal import anchors
        from renda.reports import models

        issued = Q(state=models.State.ISSUED)
        gate.declare(models.Report, Access("reports", open_to_bound=True, open_when=issued))
        gate.declare(models.Remembered, Access("reports"))
        anchors.register(_heads_of_the_journal)


def _heads_of_the_journal() -> list[Anchor]:
    from renda.reports.services import issuing

    return issuing.anchors()
