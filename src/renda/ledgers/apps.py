"""App configuration of the ledgers."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Ledgers (台账导入导出)."""

    name = "renda.ledgers"
    label = "ledgers"
    verbose_name = "台账导入导出"

    def ready(self) -> None:
        """Have imports that a dead worker left put right."""
        from renda.jobs.recovery import at_start

        at_start(_recover_imports)


def _recover_imports() -> None:
    from renda.ledgers.flow import recover

    recover()
