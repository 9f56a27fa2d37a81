"""The office of the page tests, for the tests of the desk."""

from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]
