"""The process that looks into one PDF: content on standard input, one word on standard output. Bounded in memory and time."""

from __future__ import annotations

import io
import resource
import sys
from typing import Any

FINE, BROKEN, LOCKED, ACTIVE, WRAPPED = "fine", "broken", "locked", "active", "wrapped"
MEMORY_BYTES = 1536 * 2**20
CPU_SECONDS = 20
MOST_OBJECTS = 2_000_000
MOST_DEEP = 12
RUNNING = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/Movie"})
HARMLESS_INSIDE = (".xml", ".pdf", ".ofd", ".txt", ".csv", ".png", ".jpg", ".jpeg")
"""What invoices and archives carry within: data that nothing runs."""


def verdict(content: bytes) -> str:
    """What a PDF is: fine, broken, locked (a password), active (scripts, programs), wrapped (hidden files of other kinds)."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
                return BROKEN
            found = {_of(one, 0) for one in pdf.objects} | {_of(pdf.trailer, 0)}
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OverflowError, MemoryError, RecursionError):
        return BROKEN
    return ACTIVE if ACTIVE in found else WRAPPED if WRAPPED in found else FINE


def _of(one: Any, deep: int) -> str:
    """The worst of an object and of what stands directly in it."""
    import pikepdf

    if deep > MOST_DEEP:
        return FINE
    if isinstance(one, pikepdf.Array):
        return _worst(_of(each, deep + 1) for each in one.as_list() if not getattr(each, "is_indirect", False))
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return FINE
    if str(one.get("/S", "")) in RUNNING or "/JS" in one or "/RichMediaContent" in one:
        return ACTIVE
    if "/EF" in one and not str(one.get("/UF", one.get("/F", ""))).lower().endswith(HARMLESS_INSIDE):
        return WRAPPED
    return _worst(_of(value, deep + 1) for _key, value in one.items() if not getattr(value, "is_indirect", False))


def _worst(several: Any) -> str:
    found = set(several)
    return ACTIVE if ACTIVE in found else WRAPPED if WRAPPED in found else FINE


def main() -> None:
    """Read, look, say."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(verdict(sys.stdin.buffer.read()))
