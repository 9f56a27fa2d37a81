"""App configuration of `renda.meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "renda.meetings"
    label = "meetings"
    verbose_name = "会议"

    def ready(self) -> None:
        """Declare the room's registers and indicators."""
        from renda.meetings import figures, ledger

        ledger.declare()
        figures.declare()
