"""App configuration of `renda.documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Templates of letters, and the letters that were made from them."""

    name = "renda.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        from renda.directory import gate
        from renda.directory.gate import Access
        from renda.directory.roles import TEMPLATES
        from renda.documents.models import TemplateVersion
        from renda.jobs.recovery import at_start

        gate.declare(TemplateVersion, Access(TEMPLATES))
        at_start(_recover)


def _recover() -> None:
    from renda.documents.samples import recover

    recover()
