"""App configuration of `renda.stations`."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Liaison stations (代表联络站)."""

    name = "renda.stations"
    label = "stations"
    verbose_name = "联络站"

    def ready(self) -> None:
        from renda.stations import figures, kinds, ledger

        kinds.declare()
        ledger.declare()
        figures.declare()
