"""Words of the declarations (column names, choices, register names) in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext


def said(text: object) -> str:
    """The translation of a declared Chinese text; an empty text stays empty (gettext would give the catalogue's header)."""
    words = str(text) if text is not None else ""
    return gettext(words) if words else ""
