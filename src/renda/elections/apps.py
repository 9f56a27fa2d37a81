"""App configuration of `renda.elections`."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections to county and township congresses (换届选举)."""

    name = "renda.elections"
    label = "elections"
    verbose_name = "换届选举"

    def ready(self) -> None:
        from renda.elections import figures, ledger
        from renda.elections.lists import access

        ledger.declare()
        access.declare()
        figures.declare()
