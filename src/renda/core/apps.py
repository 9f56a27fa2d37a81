"""App configuration of `renda.core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "renda.core"
    label = "core"
    verbose_name = "基础"
