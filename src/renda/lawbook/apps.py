"""App configuration of `renda.lawbook`."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Packs, holidays and choices in use; the law pages."""

    name = "renda.lawbook"
    label = "lawbook"
    verbose_name = "法律参数"

    def ready(self) -> None:
        from renda.law import uses
        from renda.lawbook import reading, steering

        uses.collect(steering.uses)
        reading.follow_requests()
