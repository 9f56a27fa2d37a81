"""App configuration of `renda.ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Shared page components."""

    name = "renda.ui"
    label = "ui"
    verbose_name = "页面组件"
