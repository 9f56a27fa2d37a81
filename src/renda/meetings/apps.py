"""App configuration of `renda.meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "renda.meetings"
    label = "meetings"
    verbose_name = "会议"

    def ready(self) -> None:
        """Declare the room's registers and indicators."""
        from renda.law import uses
        from renda.meetings import figures, ledger, outcomes

        uses.declare("outcome", "会议：是否达到法定人数", *outcomes.QUORUM.values())
        uses.declare("outcome", "表决：通过所需票数、是否通过", *outcomes.MAJORITY.values())
        ledger.declare()
        figures.declare()
