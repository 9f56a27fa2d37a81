"""A small county for the tests of this room."""

import pytest

from tests import small_county


@pytest.fixture
def county(db: None) -> small_county.SmallCounty:
    """清河县, with its people as posts so that names can be matched."""
    return small_county.make()
