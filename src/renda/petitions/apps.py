"""App configuration of `renda.petitions`."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """Letters and visits."""

    name = "renda.petitions"
    label = "petitions"
    verbose_name = "信访"

    def ready(self) -> None:
        from renda.law import uses
        from renda.petitions import figures, ledger, letters
        from renda.petitions.representatives import MOST

        uses.declare("rule", "信访：集体来访的代表人数", MOST)
        uses.declare("rule", "信访：不得转给被反映的单位", "pet.confidential")
        ledger.declare()
        letters.declare()
        figures.declare()
