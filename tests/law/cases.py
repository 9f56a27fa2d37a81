"""Worked examples as YAML that a lawyer can read: each says its article and where it comes from."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The examples of one file."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def title(case: dict[str, Any]) -> str:
    """The name under which pytest shows an example."""
    return str(case["case"])
