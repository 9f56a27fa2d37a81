"""App configuration of `renda.directory`."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Divisions, organs, people, mandates, accounts."""

    name = "renda.directory"
    label = "directory"
    verbose_name = "名录"
