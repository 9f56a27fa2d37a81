"""App configuration of `renda.suggestions`."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Bills and suggestions."""

    name = "renda.suggestions"
    label = "suggestions"
    verbose_name = "议案建议"

    def ready(self) -> None:
        from renda.suggestions import figures, ledger

        ledger.declare()
        figures.declare()
