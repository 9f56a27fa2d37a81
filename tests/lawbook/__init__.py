"""Packs, holidays and choices of a county, their commands and the law pages."""
