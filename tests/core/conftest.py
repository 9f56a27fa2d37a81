"""What tests of keys share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from renda.core import keys


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Keys of the test's own."""
    settings.FIELD_KEY_FILE = tmp_path / "fields.json"
    keys.store.cache_clear()
    yield settings.FIELD_KEY_FILE
    keys.store.cache_clear()
