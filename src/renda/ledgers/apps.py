"""App configuration of the ledgers."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Ledgers (台账导入导出)."""

    name = "renda.ledgers"
    label = "ledgers"
    verbose_name = "台账导入导出"
