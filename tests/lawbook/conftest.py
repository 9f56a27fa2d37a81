"""The same office as for the register pages."""

from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
