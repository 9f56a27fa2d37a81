"""App configuration of `renda.procedure`."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProcedureConfig(AppConfig):
    """Matters, their milestones and procedures."""

    name = "renda.procedure"
    label = "procedure"
    verbose_name = "事项"

    def ready(self) -> None:
        from renda.lawbook.services import on_change
        from renda.procedure.recounting import follow_law

        post_migrate.connect(_catch_up, sender=self)
        on_change(follow_law)


def _catch_up(**_more: Any) -> None:
    """Matters from before their procedure was declared get their phase and deadlines."""
    from renda.procedure import recounting

    recounting.catch_up()
