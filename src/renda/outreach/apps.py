"""App configuration of `renda.outreach`."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Training, law publicity, media, articles, album (宣传培训)."""

    name = "renda.outreach"
    label = "outreach"
    verbose_name = "宣传培训"

    def ready(self) -> None:
        from renda.outreach import figures, ledger

        ledger.declare()
        figures.declare()
