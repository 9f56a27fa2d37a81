"""The registers of the supervision room."""

from renda.registers.registry import register
from renda.supervision.ledgers import follow_up, inquiries, inspections, reports


def declare() -> None:
    """Register the room's registers (called once, at start)."""
    for one in (*reports.registers(), *inspections.registers(), *inquiries.registers(), *follow_up.registers()):
        register(one)
