"""App configuration of `renda.figures`."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Indicators."""

    name = "renda.figures"
    label = "figures"
    verbose_name = "指标"
