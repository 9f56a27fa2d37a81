"""App configuration of `renda.web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The staff's door."""

    name = "renda.web"
    label = "web"
    verbose_name = "工作平台"
