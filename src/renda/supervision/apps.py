"""App configuration of `renda.supervision`."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision."""

    name = "renda.supervision"
    label = "supervision"
    verbose_name = "监督"

    def ready(self) -> None:
        """Declare the room's kinds of matter, registers and indicators."""
        from renda.supervision import figures, kinds, ledger

        kinds.declare()
        ledger.declare()
        figures.declare()
