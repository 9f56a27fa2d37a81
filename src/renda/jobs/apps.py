"""App configuration of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work (后台任务)."""

    name = "renda.jobs"
    label = "jobs"
    verbose_name = "后台任务"
