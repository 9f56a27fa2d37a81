"""The office of the page tests, for the tests of the desk; every test begins in Chinese, whatever a page was asked in before."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """A request in English leaves its language to the thread."""
    with translation.override("zh-hans"):
        yield
