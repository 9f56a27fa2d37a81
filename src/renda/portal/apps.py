"""App configuration of the public pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "renda.portal"
    label = "portal"
    verbose_name = "公众服务"

    def ready(self) -> None:
        from renda.directory import gate
        from renda.directory.gate import Access
        from renda.law import uses
        from renda.portal.models import Notice
        from renda.portal.standing import KEYS

        gate.declare(Notice, Access("petitions"))
        uses.declare("page", "公众页面", *KEYS)
