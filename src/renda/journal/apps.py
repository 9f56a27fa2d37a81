"""App configuration of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal (日志)."""

    name = "renda.journal"
    label = "journal"
    verbose_name = "日志"
