"""Canonical JSON and digests: the same content gives the same bytes (RFC 8785 in spirit: sorted keys, no blanks, UTF-8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

ALGORITHM = "sha256"


def canonical(value: Any) -> bytes:
    """Canonical JSON of ``value``; dates are ISO, Decimals plain strings."""
    return _encode(value).encode()


def digest(value: Any) -> str:
    """Hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def root(digests: Iterable[str]) -> str:
    """One digest over many, in their order: what a bulk entry of the journal carries."""
    whole = hashlib.sha256()
    for one in digests:
        whole.update(one.encode())
    return whole.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if hasattr(value, "_asdict"):
        return value._asdict()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode
