"""App configuration of `renda.activities`."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities and taking part."""

    name = "renda.activities"
    label = "activities"
    verbose_name = "活动"
