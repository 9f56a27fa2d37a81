"""App configuration of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports (年度报告)."""

    name = "renda.reports"
    label = "reports"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Tell the gate how reports are reached: by division; those bound to an organ or a person see issued ones only."""
        from django.db.models import Q

        from renda.directory import gate
        from renda.directory.gate import Access
        from renda.reports import models

        issued = Q(state=models.State.ISSUED)
        gate.declare(models.Report, Access("reports", open_to_bound=True, open_when=issued))
        gate.declare(models.Remembered, Access("reports"))
