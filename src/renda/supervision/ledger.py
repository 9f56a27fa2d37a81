"""The registers of the supervision room."""

from renda.directory import gate
from renda.directory.gate import Access
from renda.registers.registry import register
from renda.supervision import models
from renda.supervision.ledgers import follow_up, inquiries, inspections, reports


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    gate.declare(models.SupervisionWork, Access("supervision"))
    for one in (*reports.registers(), *inspections.registers(), *inquiries.registers(), *follow_up.registers()):
        register(one)
