"""App configuration of `renda.filing`."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """Filing and review of normative documents."""

    name = "renda.filing"
    label = "filing"
    verbose_name = "备案审查"

    def ready(self) -> None:
        from renda.filing import figures, ledger

        ledger.declare()
        figures.declare()
