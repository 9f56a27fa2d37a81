"""App configuration of `renda.filing`."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """Filing and review of normative documents."""

    name = "renda.filing"
    label = "filing"
    verbose_name = "备案审查"

    def ready(self) -> None:
        from renda.filing import figures, ledger, letters
        from renda.filing.deadline import FILING
        from renda.law import uses

        uses.declare("deadline", "规范性文件备案：应报备日期", FILING)
        ledger.declare()
        letters.declare()
        figures.declare()
