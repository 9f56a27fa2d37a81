"""Why a file is not kept."""

from __future__ import annotations


class FileRefused(ValueError):
    """The file cannot be kept; the text says what is wrong with it and what to do."""
