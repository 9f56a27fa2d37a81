"""The gists of parameters in English, for readers of the English pages: one short sentence for each Chinese one. No translation of the law."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """Chinese gist → English gist."""
    found: dict[str, str] = json.loads((files(__package__) / "gists.en.json").read_text("utf-8"))
    return found
