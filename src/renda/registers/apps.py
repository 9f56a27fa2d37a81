"""App configuration of the registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Registers (台账)."""

    name = "renda.registers"
    label = "registers"
    verbose_name = "台账"

    def ready(self) -> None:
        from renda.registers import directory

        directory.declare()
