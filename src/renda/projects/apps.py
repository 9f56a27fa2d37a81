"""App configuration of `renda.projects`."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Livelihood projects (民生实事)."""

    name = "renda.projects"
    label = "projects"
    verbose_name = "民生实事"

    def ready(self) -> None:
        from renda.projects import figures, kinds, ledger

        kinds.declare()
        ledger.declare()
        figures.declare()
