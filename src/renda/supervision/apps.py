"""App configuration of `renda.supervision`."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision."""

    name = "renda.supervision"
    label = "supervision"
    verbose_name = "监督"

    def ready(self) -> None:
        """Declare the room's kinds of matter, registers and indicators."""
        from renda.law import uses
        from renda.supervision import figures, kinds, ledger, rules

        uses.declare("rule", "质询案：联名人数", *rules.COSIGNERS.values())
        kinds.declare()
        ledger.declare()
        figures.declare()
