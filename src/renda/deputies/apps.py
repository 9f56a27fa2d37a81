"""App configuration of `renda.deputies`."""

from django.apps import AppConfig


class DeputiesConfig(AppConfig):
    """Deputies (代表工作)."""

    name = "renda.deputies"
    label = "deputies"
    verbose_name = "代表"

    def ready(self) -> None:
        from renda.deputies import figures, ledger

        ledger.declare()
        figures.declare()
