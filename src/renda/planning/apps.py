"""App configuration of `renda.planning`."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Yearly plan, requests and reports, problems, township returns (计划统筹)."""

    name = "renda.planning"
    label = "planning"
    verbose_name = "计划统筹"

    def ready(self) -> None:
        from renda.planning import figures, ledger

        ledger.declare()
        figures.declare()
