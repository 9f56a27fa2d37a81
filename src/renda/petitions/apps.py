"""App configuration of `renda.petitions`."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """Letters and visits."""

    name = "renda.petitions"
    label = "petitions"
    verbose_name = "信访"

    def ready(self) -> None:
        from renda.petitions import figures, ledger

        ledger.declare()
        figures.declare()
