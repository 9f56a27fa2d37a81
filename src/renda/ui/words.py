"""Words of the declarations (column names, choices, register names) in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext


def said(text: object) -> str:
    """The translation of a declared Chinese text; an empty text stays empty (gettext would give the catalogue's header)."""
    words = str(text) if text is not None else ""
    return gettext(words) if words else ""


def entered(name: str) -> str:
    """What is entered in a register, so that 登记 is not said twice: 信访登记 → 信访."""
    return name.removesuffix("登记")
