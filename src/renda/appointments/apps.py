"""App configuration of `renda.appointments`."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """Appointments and removals."""

    name = "renda.appointments"
    label = "appointments"
    verbose_name = "人事任免"

    def ready(self) -> None:
        from renda.appointments import figures, ledger

        ledger.declare()
        figures.declare()
