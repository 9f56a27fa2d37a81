"""Declarations of the registers, by subject."""
