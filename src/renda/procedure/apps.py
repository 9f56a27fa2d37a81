"""App configuration of `renda.procedure`."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    """Matters and their milestones."""

    name = "renda.procedure"
    label = "procedure"
    verbose_name = "事项"
