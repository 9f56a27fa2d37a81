"""renda: the working platform of a county-level People's Congress."""

__version__ = "0.1.0"
