"""App configuration of `renda.suggestions`."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Bills and suggestions."""

    name = "renda.suggestions"
    label = "suggestions"
    verbose_name = "议案建议"

    def ready(self) -> None:
        from renda.law import uses
        from renda.suggestions import figures, ledger, services

        uses.declare("deadline", "代表建议：答复期限", *services.REPLY.values())
        ledger.declare()
        figures.declare()
