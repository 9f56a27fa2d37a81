"""The count: blind entry by two teams, their differences settled, the result decided by law, published and signed (选举法 43-46)."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "templates"
"""The shipped templates of the result records."""
